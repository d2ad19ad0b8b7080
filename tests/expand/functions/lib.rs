//! Functions whose generated code is kept as a snapshot, because it is worth reading.
#![allow(missing_docs)]

use chainrule::{Differentiable, differentiable};
use nalgebra::{DMatrix, DVector};

/// One expression: the documentation of `grad` holds the symbolic derivatives.
#[differentiable]
pub fn product(x: f64, y: f64) -> f64 {
    x * y.sin()
}

/// A linear loop saves nothing.
#[differentiable]
pub fn dot(xs: &[f64], ys: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in xs.iter().zip(ys) {
        sum += x * y;
    }
    sum
}

/// What is overwritten and used non-linearly is saved.
#[differentiable]
pub fn recurrence(x: f64, n: usize) -> f64 {
    let mut y = x;
    for _ in 0..n {
        y = y.sin() * x;
    }
    y
}

/// A branch is taken again.
#[differentiable]
pub fn huber(x: f64, limit: f64) -> f64 {
    if x.abs() <= limit { 0.5 * x * x } else { limit * (x.abs() - 0.5 * limit) }
}

/// The iterations of a loop that is left early are counted.
#[differentiable]
pub fn newton(a: f64) -> f64 {
    let mut x = 1.0;
    loop {
        let step = (x * x - a) / (2.0 * x);
        x -= step;
        if step.abs() < 1e-12 {
            break;
        }
    }
    x
}

/// Elements that are written.
#[differentiable]
pub fn smooth(xs: &mut [f64], weight: f64) {
    for i in 1..xs.len() {
        xs[i] = weight * xs[i] + (1.0 - weight) * xs[i - 1];
    }
}

/// Integers that are counted back.
#[differentiable]
pub fn merge(left: &[f64], right: &[f64], merged: &mut [f64]) {
    let (mut i, mut j) = (0, 0);
    for to in 0..merged.len() {
        if j == right.len() || (i < left.len() && left[i] <= right[j]) {
            merged[to] = left[i];
            i += 1;
        } else {
            merged[to] = right[j];
            j += 1;
        }
    }
}

/// Scratch that the reverse sweep fills again.
#[differentiable]
pub fn centred(points: &[f64], centre: &[f64]) -> f64 {
    let d = centre.len();
    let mut offset = vec![0.0; d];
    let mut product = 1.0;
    for k in 0..points.len() / d {
        for j in 0..d {
            offset[j] = points[k * d + j] - centre[j];
        }
        for i in 0..d {
            for j in 0..i {
                product += offset[i] * offset[j] * product;
            }
        }
    }
    product
}

/// Calls in a loop.
#[differentiable]
pub fn products(xs: &[f64], y: f64) -> f64 {
    let mut sum = 0.0;
    for &x in xs {
        sum += product(x, y) * sum;
    }
    sum
}

/// Matrices.
#[differentiable]
pub fn residual(a: &DMatrix<f64>, x: &DVector<f64>, b: &DVector<f64>) -> f64 {
    let r = a * x - b;
    r.norm_squared()
}

/// Parts of what an `enum` carries.
#[derive(Differentiable, Clone)]
pub enum Shape {
    Circle(f64),
    Rectangle { width: f64, height: f64 },
}

#[differentiable]
pub fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Circle(radius) => std::f64::consts::PI * radius * radius,
        Shape::Rectangle { width, height } => width * height,
    }
}
