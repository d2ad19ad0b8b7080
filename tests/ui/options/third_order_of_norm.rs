use chainrule::differentiable;
use nalgebra::Vector3;

#[differentiable(order = 3)]
fn f(v: Vector3<f64>) -> f64 {
    v.norm()
}

fn main() {}
