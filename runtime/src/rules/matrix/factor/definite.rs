//! `S = L Lᵀ`, and what is computed from the factor.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use super::super::Entry;
use super::super::symmetric::{from_lower, onto_lower};

/// The factorisation of `S`, the symmetric matrix of the lower triangle of `A`, which is all that nalgebra reads.
///
/// `S_dot` mirrors the lower triangle of `A_dot`. `A_bar` has in its lower triangle the sum of both halves of `S_bar`, and
/// zeros above: `(A_bar + A_barᵀ) / 2` is the gradient among symmetric matrices.
pub mod cholesky {
    use super::*;

    /// `S_dot`; `None` where `S` is not positive definite.
    pub fn push_0<T, D, S>(
        _a: &Matrix<T, D, D, S>,
        z: &Option<Cholesky<T, D>>,
        a_dot: &OMatrix<T, D, D>,
    ) -> Option<OMatrix<T, D, D>>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D>,
    {
        z.as_ref().map(|_| from_lower(a_dot))
    }

    /// `A_bar`; zero where `S` is not positive definite.
    pub fn pull_0<T, D, S>(
        a: &Matrix<T, D, D, S>,
        _z: &Option<Cholesky<T, D>>,
        z_bar: &Option<OMatrix<T, D, D>>,
    ) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D>,
    {
        match z_bar {
            Some(s_bar) => onto_lower(s_bar),
            None => {
                let (rows, columns) = a.shape_generic();
                OMatrix::zeros_generic(rows, columns)
            }
        }
    }
}

/// `z = ln det S`: `z_dot = tr(S⁻¹ S_dot)`, `S_bar = z_bar S⁻¹` (Giles 2.2.5; `S` is symmetric).
pub mod ln_determinant {
    use super::*;

    /// `tr(S⁻¹ S_dot)`.
    pub fn push_0<T, D>(f: &Cholesky<T, D>, s_dot: &OMatrix<T, D, D>) -> T
    where
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        f.inverse().dot(s_dot)
    }

    /// `z_bar S⁻¹`.
    pub fn pull_0<T, D>(f: &Cholesky<T, D>, z_bar: &T) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        f.inverse() * *z_bar
    }
}
