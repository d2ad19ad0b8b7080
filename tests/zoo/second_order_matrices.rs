//! Second order through matrices: products and norms, systems, inverses, determinants, rotations.

use crate::second_order::{SecondOrder, of_slice};
use chainrule::differentiable;
use nalgebra::{DMatrix, DVector, Matrix2, Matrix3, Rotation2, Rotation3, SVector, Vector2, Vector3};

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

#[differentiable(order = 2)]
fn network(w: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    let hidden = (w * x).map(f64::tanh);
    let output = w.transpose() * &hidden / (1.0 + hidden.norm_squared());
    let scaled = output.component_mul(x) * hidden.dot(&hidden);
    let unit = scaled.normalize() - x * 0.5;
    let quotient = unit.component_div(&(x.component_mul(x) + x.map(f64::exp)));
    scaled.norm() + quotient.sum() / hidden.norm() - output.mean()
}

#[differentiable(order = 2)]
fn quadratic<const N: usize>(x: &SVector<f64, N>) -> f64 {
    x.dot(x) * x.sum()
}

#[test]
fn of_matrices() {
    let split = |x: &[f64]| (DMatrix::from_column_slice(2, 2, &x[..4]), DVector::from_column_slice(&x[4..]));
    let joined = |(w, x): (DMatrix<f64>, DVector<f64>)| w.iter().chain(x.iter()).copied().collect::<Vec<f64>>();
    SecondOrder {
        name: "network",
        value: &|x| {
            let (w, x) = split(x);
            network(&w, &x)
        },
        gradient: &|x| {
            let (w, x) = split(x);
            joined(network::grad(&w, &x))
        },
        hvp: &|x, v| {
            let (w, x) = split(x);
            joined(network::hvp(&w, &x, split(v)))
        },
        at: vec![0.5, -0.3, 0.8, 0.2, 0.7, -0.6],
    }
    .check();
    let x = SVector::<f64, 3>::new(0.5, 1.0, -0.25);
    let hessian: nalgebra::Matrix3<f64> = quadratic::hessian(&x);
    let one = SVector::<f64, 3>::repeat(1.0);
    let known = nalgebra::Matrix3::identity() * (2.0 * x.sum()) + (x * one.transpose() + one * x.transpose()) * 2.0;
    assert!((hessian - known).norm() < 1e-14);
}
