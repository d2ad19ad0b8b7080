//! Rosenbrock's function of n variables: Σᵢ (1 - xᵢ)² + 100 (xᵢ₊₁ - xᵢ²)².

use super::{Case, repeat};
use chainrule::differentiable;
use std::hint::black_box;

/// The function.
#[differentiable(order = 2)]
pub fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        let a = 1.0 - x[i];
        let b = x[i + 1] - x[i] * x[i];
        sum += a * a + 100.0 * b * b;
    }
    sum
}

/// Its gradient by hand: every term adds to two neighbours.
pub fn by_hand(x: &[f64], x_bar: &mut [f64]) -> f64 {
    let mut sum = 0.0;
    // what the terms before add to the element at hand
    let mut carried = 0.0;
    for i in 0..x.len() - 1 {
        let a = 1.0 - x[i];
        let b = x[i + 1] - x[i] * x[i];
        sum += a * a + 100.0 * b * b;
        x_bar[i] = carried - 2.0 * a - 400.0 * b * x[i];
        carried = 200.0 * b;
    }
    x_bar[x.len() - 1] = carried;
    sum
}

/// A point away from the minimum.
pub fn input(n: usize) -> Vec<f64> {
    super::spread(n, 0)
}

/// Ten, a hundred, a thousand variables.
pub fn cases() -> Vec<Case> {
    [10, 100, 1000].map(case).into()
}

fn case(n: usize) -> Case {
    let [x, y, z, w] = [(); 4].map(|()| input(n));
    let direction = super::spread(n, 40);
    let (mut y_bar, mut z_bar) = (vec![0.0; n], vec![0.0; n]);
    Case {
        name: format!("rosenbrock-{n}"),
        primal: repeat(move || rosenbrock(black_box(&x))),
        generated: repeat(move || rosenbrock::grad_into(black_box(&y), black_box(&mut y_bar))),
        by_hand: repeat(move || by_hand(black_box(&z), black_box(&mut z_bar))),
        product: Some(repeat(move || rosenbrock::hvp(black_box(&w), &direction)[0])),
    }
}
