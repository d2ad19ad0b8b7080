use chainrule::differentiable;
use nalgebra::DVector;

#[differentiable]
fn f(xs: &[DVector<f64>]) -> f64 {
    let total: DVector<f64> = xs.iter().map(|x| x * 2.0).sum();
    total.norm()
}

fn main() {}
