use chainrule::differentiable;
use nalgebra::Vector2;

#[differentiable]
fn length(v: Vector2<f64>) -> f64 {
    v.norm()
}

#[differentiable]
fn f(xs: &[f64]) -> f64 {
    length(xs.iter().map(|x| Vector2::new(*x, x * x)).sum())
}

fn main() {}
