use chainrule::differentiable;
use nalgebra::{Complex, DMatrix};

#[differentiable]
fn modulus(z: Complex<f64>) -> f64 {
    z.re * z.re + z.im * z.im
}

#[differentiable]
fn trace(a: &DMatrix<nalgebra::Complex<f64>>, #[no_diff] b: &Complex<f64>, x: f64) -> f64 {
    a.trace().re * x * b.re
}

#[differentiable]
fn polar(r: f64, angle: f64) -> Complex<f64> {
    Complex::from_polar(r, angle)
}

#[differentiable]
fn square(x: f64, y: f64) -> f64 {
    let z = Complex::new(x, y);
    (z * z).re
}

fn main() {}
