//! Second order through matrices: systems, inverses, determinants, rotations.

use crate::second_order::of_slice;
use chainrule::differentiable;
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Rotation2, Rotation3, Vector2, Vector3};

#[differentiable(order = 2)]
fn determinant(x: &[f64]) -> f64 {
    Matrix3::from_row_slice(&x[..9]).determinant()
}

#[differentiable(order = 2)]
fn inverse(x: &[f64]) -> f64 {
    let m = Matrix3::from_row_slice(&x[..9]) + Matrix3::identity() * 3.0;
    let y = m.try_inverse().unwrap();
    y.norm_squared() + y[(0, 1)]
}

#[differentiable(order = 2)]
fn solved_by_lu(x: &[f64]) -> f64 {
    let m = Matrix3::from_row_slice(&x[..9]) + Matrix3::identity() * 3.0;
    let b = Vector3::new(x[9], x[10] * x[9], x[11]);
    let y = m.lu().solve(&b).unwrap();
    y.norm_squared() * y[0]
}

#[differentiable(order = 2)]
fn solved_by_qr(x: &[f64]) -> f64 {
    let m = DMatrix::from_row_slice(3, 3, &x[..9]) + DMatrix::identity(3, 3) * 3.0;
    let b = DVector::from_row_slice(&x[9..12]);
    let y = m.qr().solve(&b).unwrap();
    y.norm_squared() * y[0]
}

#[differentiable(order = 2)]
fn of_cholesky(x: &[f64]) -> f64 {
    let m = Matrix3::from_row_slice(&x[..9]);
    let s = m * m.transpose() + Matrix3::identity() * 2.0;
    let b = Vector3::new(x[9], x[10] * x[9], x[11]);
    let c = s.cholesky().unwrap();
    let y = c.solve(&b);
    y.dot(&b) + c.ln_determinant() + c.inverse().trace() + c.determinant() * 0.01
}

#[differentiable(order = 2)]
fn rotation(x: &[f64]) -> f64 {
    let r = Rotation3::new(Vector3::new(x[0], x[1], x[2]));
    let v = Vector3::new(x[3], x[4], x[5]);
    let y = r * v;
    y.x * y.y + (r.inverse() * v).z + r.matrix()[(0, 1)] * x[0]
}

#[differentiable(order = 2)]
fn small_rotation(x: &[f64]) -> f64 {
    let r = Rotation3::new(Vector3::new(x[0], x[1], x[2]) * 0.01);
    let v = Vector3::new(x[3], x[4], x[5]);
    let y = r * v;
    1000.0 * y.x * y.y
}

#[differentiable(order = 2)]
fn rotation_in_the_plane(x: &[f64]) -> f64 {
    let r = Rotation2::new(x[0]) * Rotation2::new(x[1] * x[2]);
    let v = Vector2::new(x[3], x[4]);
    let y = r * v;
    y.x * y.y * y.y
}

#[differentiable(order = 2)]
fn products(x: &[f64]) -> f64 {
    let a = Matrix2::from_row_slice(&x[..4]);
    let b = Matrix2::from_row_slice(&x[4..8]);
    let k = a.kronecker(&b);
    (k.norm_squared() + a.tr_mul(&b).diagonal().sum()) * a[(0, 0)]
}

#[differentiable(order = 2)]
fn two_determinants(x: &[f64]) -> f64 {
    Matrix3::new(x[0], x[1], x[2], x[0], x[1], x[2] + 0.0 * x[3], x[3], x[4], x[5]).determinant() * 1.0
        + Matrix3::from_row_slice(&[x[0], x[1], x[2], x[3], x[4], x[5], x[6] + x[0], x[7] + x[1], x[8] + x[2]])
            .determinant()
}

const POINT: [f64; 12] = [0.3, 0.9, 0.82, -0.4, 0.6, -0.25, 1.12, 1.01, -0.58, 0.79, -0.8, 0.57];

#[test]
fn systems() {
    of_slice!(determinant, POINT[..9]);
    of_slice!(determinant, [1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 0.5, -1.0, 2.0]);
    of_slice!(two_determinants, POINT[..9]);
    of_slice!(inverse, POINT[..9]);
    of_slice!(solved_by_lu, POINT);
    of_slice!(solved_by_qr, POINT);
    of_slice!(of_cholesky, POINT);
    of_slice!(products, POINT[..8]);
}

#[test]
fn rotations() {
    of_slice!(rotation, POINT[..6]);
    of_slice!(rotation, [0.0, 0.0, 0.0, 0.4, -0.7, 1.2]);
    of_slice!(small_rotation, POINT[..6]);
    of_slice!(rotation_in_the_plane, POINT[..5]);
}
