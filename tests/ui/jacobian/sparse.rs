use chainrule::{Differentiable, differentiable};
use nalgebra::DVector;

#[differentiable(sparse)]
fn of_matrices(x: &DVector<f64>) -> DVector<f64> {
    x * 2.0
}

#[differentiable(sparse)]
fn of_two_types(x: f64, y: f32) -> f64 {
    x * y as f64
}

#[differentiable(sparse)]
fn with_a_cast(x: &[f64]) -> Vec<f64> {
    let mut y = Vec::new();
    for i in 0..x.len() {
        let short = x[i] as f32;
        y.push(short as f64);
    }
    y
}

#[differentiable(sparse)]
fn generic<T: num_traits::Float>(x: &[T]) -> T {
    x[0] * x[1]
}

#[differentiable(sparse)]
fn of_options(x: f64) -> Option<f64> {
    if x > 0.0 { Some(x.sqrt()) } else { None }
}

#[derive(Differentiable)]
struct Model {
    factor: f64,
}

#[differentiable]
impl Model {
    fn double(&self, x: f64) -> f64 {
        self.factor * x
    }

    #[differentiable(sparse)]
    fn sparse(&self, x: f64) -> f64 {
        self.factor * x
    }
}

#[differentiable(sparse)]
fn with_a_method(x: f64, #[no_diff] model: &Model) -> f64 {
    let y: f64 = model.double(x);
    y * x
}

fn rule(x: f64, x_dot: f64) -> (f64, f64) {
    (2.0 * x, 2.0 * x_dot)
}

#[differentiable(sparse, custom_jvp = rule)]
fn by_a_rule(x: f64) -> f64 {
    2.0 * x
}

#[derive(Differentiable, Clone, Copy)]
struct Pair {
    a: f64,
    b: f64,
}

#[differentiable(sparse)]
fn of_a_struct(x: Pair) -> f64 {
    x.a * x.b
}

#[differentiable]
fn callee(x: f64) -> f64 {
    x.sin()
}

#[differentiable(sparse)]
fn untyped(x: f64) -> f64 {
    let y = callee(x);
    y * x
}

#[differentiable(sparse, order = 2)]
fn calls_itself(x: f64, n: usize) -> f64 {
    if n == 0 {
        return x * x;
    }
    let less: f64 = calls_itself(x, n - 1);
    less * x
}

fn main() {}
