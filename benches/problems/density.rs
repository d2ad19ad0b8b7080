//! A linear system with a determinant: the exponent of a Gaussian density in terms of its covariance, ½ (bᵀ A⁻¹ b + ln |A|),
//! by an LU decomposition.

use super::{Case, repeat};
use chainrule::differentiable;
use nalgebra::{DMatrix, DVector};
use std::hint::black_box;

/// ½ (bᵀ A⁻¹ b + ln |A|); infinite where A is singular.
#[differentiable]
pub fn exponent(a: &DMatrix<f64>, b: &DVector<f64>) -> f64 {
    let lu = a.clone().lu();
    match lu.solve(b) {
        Some(x) => 0.5 * (b.dot(&x) + lu.determinant().abs().ln()),
        None => f64::INFINITY,
    }
}

/// The gradient by hand: with the inverse, which the same factors give, x = A⁻¹ b and y = A⁻ᵀ b are products, and the cotangents
/// are ½ (A⁻ᵀ - y xᵀ) and ½ (x + y).
pub fn by_hand(a: &DMatrix<f64>, b: &DVector<f64>, a_bar: &mut DMatrix<f64>, b_bar: &mut DVector<f64>) -> f64 {
    let lu = a.clone().lu();
    let Some(inverse) = lu.try_inverse() else { return f64::INFINITY };
    let (x, y) = (&inverse * b, inverse.tr_mul(b));
    inverse.transpose_to(a_bar);
    a_bar.ger(-0.5, &y, &x, 0.5);
    b_bar.copy_from(&x);
    b_bar.axpy(0.5, &y, 0.5);
    0.5 * (b.dot(&x) + lu.determinant().abs().ln())
}

/// A matrix that is far from singular, and a vector.
pub fn input(n: usize) -> (DMatrix<f64>, DVector<f64>) {
    let a = DMatrix::from_vec(n, n, super::spread(n * n, 0)) + DMatrix::identity(n, n) * 3.0;
    (a, DVector::from_vec(super::spread(n, 700)))
}

/// Twenty unknowns.
pub fn cases() -> Vec<Case> {
    let n = 20;
    let [(a, b), (c, d), (e, f)] = [input(n), input(n), input(n)];
    let zeros = || (DMatrix::zeros(n, n), DVector::zeros(n));
    let [(mut c_bar, mut d_bar), (mut e_bar, mut f_bar)] = [zeros(), zeros()];
    vec![Case {
        name: "density-20".into(),
        primal: repeat(move || exponent(black_box(&a), &b)),
        generated: repeat(move || exponent::grad_into(black_box(&c), &d, (&mut c_bar, &mut d_bar))),
        by_hand: repeat(move || by_hand(black_box(&e), &f, black_box(&mut e_bar), &mut f_bar)),
        product: None,
    }]
}
