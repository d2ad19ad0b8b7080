use chainrule::differentiable;
use nalgebra::Matrix2;

#[differentiable(order = 2)]
fn f(a: &Matrix2<f64>) -> f64 {
    a.symmetric_eigenvalues().norm_squared()
}

fn main() {}
