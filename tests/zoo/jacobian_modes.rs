//! Jacobians by columns and by rows, of results and arguments of several kinds.

use chainrule::differentiable;
use nalgebra::{DMatrix, DVector, Matrix2, SVector};

#[differentiable]
fn polar(r: f64, angle: f64) -> (f64, f64) {
    (r * angle.cos(), r * angle.sin())
}

#[differentiable]
fn few_to_many(x: [f64; 2]) -> [f64; 3] {
    [x[0] * x[1], x[0].sin(), x[1] * x[1]]
}

#[differentiable]
fn many_to_few(x: &[f64], scale: f64) -> (f64, f64) {
    let mut s = 0.0;
    let mut t = 1.0;
    for i in 0..x.len() {
        s += scale * x[i];
        t *= x[i];
    }
    (s, t)
}

#[differentiable]
fn linear_map(a: &DMatrix<f64>, #[no_diff] x: &DVector<f64>) -> DVector<f64> {
    a * x
}

#[differentiable(jacobian = reverse)]
fn stretch_reverse<const N: usize>(x: SVector<f64, N>) -> SVector<f64, N> {
    x * x.norm_squared()
}

#[differentiable(jacobian = forward)]
fn stretch_forward<const N: usize>(x: SVector<f64, N>) -> SVector<f64, N> {
    x * x.norm_squared()
}

#[test]
fn jacobians() {
    let (sin, cos) = 0.3_f64.sin_cos();
    let polar: Matrix2<f64> = polar::jacobian(2.0, 0.3);
    assert!((polar - Matrix2::new(cos, -2.0 * sin, sin, 2.0 * cos)).norm() < 1e-15);
    let few: nalgebra::SMatrix<f64, 3, 2> = few_to_many::jacobian([2.0, 5.0]);
    assert_eq!(few, nalgebra::SMatrix::<f64, 3, 2>::new(5.0, 2.0, 2.0_f64.cos(), 0.0, 0.0, 10.0));
    let many: DMatrix<f64> = many_to_few::jacobian(&[2.0, 3.0, 4.0], 10.0);
    assert_eq!(many, DMatrix::from_row_slice(2, 4, &[10.0, 10.0, 10.0, 9.0, 12.0, 8.0, 6.0, 0.0]));
    let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
    let of_map: DMatrix<f64> = linear_map::jacobian(&a, &DVector::from_column_slice(&[5.0, 6.0]));
    assert_eq!(of_map, DMatrix::from_row_slice(2, 4, &[5.0, 0.0, 6.0, 0.0, 0.0, 5.0, 0.0, 6.0]));
    let x = SVector::<f64, 3>::new(0.5, 1.0, -0.25);
    let (forward, reverse) = (stretch_forward::jacobian(x), stretch_reverse::jacobian(x));
    assert!((forward - reverse).norm() < 1e-15);
    assert!((forward - nalgebra::Matrix3::identity() * x.norm_squared() - x * x.transpose() * 2.0).norm() < 1e-15);
}
