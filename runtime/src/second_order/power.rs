//! The eigenvalue of largest magnitude by the power method.

use super::vector::{add_scaled, dot, norm, scale};
use crate::differentiable::Tangent;
use crate::real::Real;

/// An eigenvalue with its vector.
#[derive(Clone, Debug)]
pub struct Eigenpair<V> {
    /// The eigenvalue `λ`.
    pub value: f64,
    /// The eigenvector `v`, of length 1.
    pub vector: V,
    /// `‖H v - λ v‖`: for a symmetric `H` an eigenvalue is at most this far from `value`.
    pub residual: f64,
    /// How many products were formed.
    pub products: usize,
}

/// The eigenvalue of `H` of largest magnitude: `v ← H v / ‖H v‖`, `λ = vᵀ H v`, until `‖H v - λ v‖ ≤ tolerance |λ|` or after
/// `most` products. It converges by the ratio of the two largest magnitudes a step; `lanczos` is faster.
///
/// A start that is zero, or that `H` maps to zero, gives the eigenvalue 0.
///
/// Source: Golub & Van Loan, Matrix Computations (2013), §8.2.1.
pub fn power_iteration<V: Tangent>(
    mut hvp: impl FnMut(&V) -> V,
    start: V,
    tolerance: f64,
    most: usize,
) -> Eigenpair<V> {
    let mut pair = Eigenpair { value: 0.0, residual: f64::INFINITY, vector: start, products: 0 };
    let length = norm(&pair.vector);
    if length == 0.0 {
        pair.residual = 0.0;
        return pair;
    }
    scale(&mut pair.vector, 1.0 / length);
    while pair.products < most {
        let mut image = hvp(&pair.vector);
        pair.products += 1;
        pair.value = dot(&pair.vector, &image);
        let length = norm(&image);
        let mut rest = image.clone();
        add_scaled(&mut rest, -pair.value, &pair.vector);
        pair.residual = norm(&rest);
        if pair.residual <= tolerance * pair.value.real_abs() || length == 0.0 {
            break;
        }
        scale(&mut image, 1.0 / length);
        pair.vector = image;
    }
    pair
}
