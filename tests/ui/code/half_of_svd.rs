use chainrule::differentiable;
use nalgebra::DMatrix;

#[differentiable]
fn f(a: &DMatrix<f64>) -> f64 {
    let svd = a.clone().svd(true, false);
    svd.u.unwrap()[(0, 0)]
}

fn main() {}
