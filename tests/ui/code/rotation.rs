use chainrule::differentiable;
use nalgebra::{Rotation3, UnitComplex, Vector3};

#[differentiable]
fn f(roll: f64, x: &Vector3<f64>) -> Vector3<f64> {
    Rotation3::from_euler_angles(roll, 0.0, 0.0) * x
}

#[differentiable]
fn g(angle: f64, #[no_diff] by: f64) -> f64 {
    UnitComplex::new(by).angle() * UnitComplex::new(angle).re
}

fn main() {}
