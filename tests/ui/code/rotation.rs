use chainrule::differentiable;
use nalgebra::{Rotation2, Rotation3, Vector3};

#[differentiable]
fn f(w: &Vector3<f64>, x: &Vector3<f64>) -> Vector3<f64> {
    Rotation3::new(*w) * x
}

#[differentiable]
fn g(angle: f64, #[no_diff] by: f64) -> f64 {
    Rotation2::new(by).angle() * Rotation2::new(angle)[(0, 0)]
}

fn main() {}
