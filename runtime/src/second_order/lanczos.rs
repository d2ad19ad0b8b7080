//! Both ends of the spectrum by the Lanczos method.

use alloc::vec::Vec;
use nalgebra::{DMatrix, SymmetricEigen};

use super::power::Eigenpair;
use super::vector::{add_scaled, dot, norm, scale};
use crate::differentiable::Tangent;

/// The ends of a spectrum.
#[derive(Clone, Debug)]
pub struct Extremes<V> {
    /// The smallest eigenvalue.
    pub smallest: Eigenpair<V>,
    /// The largest eigenvalue.
    pub largest: Eigenpair<V>,
}

/// The smallest and the largest eigenvalue of `H` within the Krylov space `v, H v, .., Hᵐ⁻¹ v` of at most `steps`
/// dimensions, by the tridiagonal matrix of the three-term recurrence. The basis is orthogonalised in full, twice, so
/// that rounding brings no copies of eigenvalues; it is kept, at the cost of `steps` vectors. With as many steps as `H` has
/// rows, and a start that is orthogonal to no eigenvector, both are exact up to rounding.
///
/// `None` for a start that is zero, or for no step.
///
/// Source: Golub & Van Loan, Matrix Computations (2013), §10.1 and §10.3.
pub fn lanczos<V: Tangent>(mut hvp: impl FnMut(&V) -> V, start: V, steps: usize) -> Option<Extremes<V>> {
    let length = norm(&start);
    if length == 0.0 || steps == 0 {
        return None;
    }
    let mut next = start;
    scale(&mut next, 1.0 / length);
    let (mut basis, mut diagonal, mut beside): (Vec<V>, Vec<f64>, Vec<f64>) = Default::default();
    let mut scale_of_h = 0.0_f64;
    loop {
        let mut image = hvp(&next);
        scale_of_h = scale_of_h.max(norm(&image));
        diagonal.push(dot(&next, &image));
        basis.push(next);
        for _ in 0..2 {
            for vector in &basis {
                let along = dot(vector, &image);
                add_scaled(&mut image, -along, vector);
            }
        }
        let rest = norm(&image);
        beside.push(rest);
        if basis.len() == steps || rest <= 1e-14 * scale_of_h {
            break;
        }
        scale(&mut image, 1.0 / rest);
        next = image;
    }
    let size = basis.len();
    let tridiagonal = DMatrix::from_fn(size, size, |row, column| match row.abs_diff(column) {
        0 => diagonal[row],
        1 => beside[row.min(column)],
        _ => 0.0,
    });
    let eigen = SymmetricEigen::new(tridiagonal);
    let pair = |at: usize| {
        let weights = eigen.eigenvectors.column(at);
        let mut vector = basis[0].clone();
        scale(&mut vector, weights[0]);
        for (weight, part) in weights.iter().zip(&basis).skip(1) {
            add_scaled(&mut vector, *weight, part);
        }
        let residual = beside[size - 1] * weights[size - 1].abs();
        Eigenpair { value: eigen.eigenvalues[at], vector, residual, products: size }
    };
    Some(Extremes { smallest: pair(eigen.eigenvalues.imin()), largest: pair(eigen.eigenvalues.imax()) })
}
