//! Eigenvalues and eigenvectors of symmetric matrices.

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, Matrix, OMatrix, OVector, Storage, SymmetricEigen};

use super::super::Entry;
use super::super::dynamic::{dynamic, shaped};
use super::super::symmetric::{from_lower, onto_lower};
use super::{Gaps, SymmetricEigenTangent};

/// `S = V Λ Vᵀ` of the lower triangle of `A`, which is all that nalgebra reads. With `M = Vᵀ S_dot V`: `λ_dot = diag(M)`,
/// `V_dot = V Ω`, `Ω_ij = M_ij / (λ_j - λ_i)`. With `K = Vᵀ V_bar`: `S_bar = V N Vᵀ`, `N_ii = λ_bar_i`,
/// `N_ij = (K_ij - K_ji) / 2(λ_j - λ_i)` (Giles, "An extended collection of matrix derivative results", 2008, 3.1).
///
/// Where `λ_i = λ_j` up to rounding, `Ω_ij` is 0 if `M_ij` is, `N_ij` is 0 if `K_ij = K_ji`, and both are NaN otherwise.
pub mod symmetric_eigen {
    use super::*;

    /// The tangents of values and vectors.
    pub fn push_0<T, D, S>(
        _a: &Matrix<T, D, D, S>,
        z: &SymmetricEigen<T, D>,
        a_dot: &OMatrix<T, D, D>,
    ) -> SymmetricEigenTangent<OVector<T, D>, OMatrix<T, D, D>>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        let (v, values) = (dynamic(&z.eigenvectors), &z.eigenvalues);
        let s_dot = dynamic(&from_lower(a_dot));
        let m = v.transpose() * &s_dot * &v;
        let gaps = Gaps::new(values.as_slice(), &[&s_dot]);
        let omega = DMatrix::from_fn(m.nrows(), m.ncols(), |i, j| match i == j {
            true => T::constant(0.0),
            false => gaps.over(m[(i, j)], values[j] - values[i]),
        });
        SymmetricEigenTangent {
            eigenvalues: values.map_with_location(|i, _, _| m[(i, i)]),
            eigenvectors: shaped(&z.eigenvectors, &(v * omega)),
        }
    }

    /// `V N Vᵀ`, onto the lower triangle.
    pub fn pull_0<T, D, S>(
        a: &Matrix<T, D, D, S>,
        z: &SymmetricEigen<T, D>,
        z_bar: &SymmetricEigenTangent<OVector<T, D>, OMatrix<T, D, D>>,
    ) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        let (v, values) = (dynamic(&z.eigenvectors), &z.eigenvalues);
        let v_bar = dynamic(&z_bar.eigenvectors);
        let k = v.transpose() * &v_bar;
        let gaps = Gaps::new(values.as_slice(), &[&v_bar]);
        let n = DMatrix::from_fn(k.nrows(), k.ncols(), |i, j| match i == j {
            true => z_bar.eigenvalues[i],
            false => gaps.over(k[(i, j)] - k[(j, i)], values[j] - values[i]) * T::constant(0.5),
        });
        onto_lower(&shaped(a, &(&v * n * v.transpose())))
    }
}
