//! `S = L Lᵀ`, and what is computed from the factor.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use super::super::Entry;
use super::super::symmetric::{from_lower, onto_lower};
use super::transposed::subtract_rows;

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
        inverse_of_definite(f).dot(s_dot)
    }

    /// `z_bar S⁻¹`.
    pub fn pull_0<T, D>(f: &Cholesky<T, D>, z_bar: &T) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        inverse_of_definite(f) * *z_bar
    }
}

/// `S⁻¹`, in 2/3 n³ operations: the zeros of `L⁻¹` are left out, and one half is that of the other.
///
/// A column of `rows` is a row of the solution, as in the inverse by an LU decomposition.
pub fn inverse_of_definite<T, D>(f: &Cholesky<T, D>) -> OMatrix<T, D, D>
where
    T: Entry,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let l = f.l_dirty();
    let (dimension, _) = l.shape_generic();
    let n = dimension.value();
    let mut rows = OMatrix::<T, D, D>::zeros_generic(dimension, dimension);
    let mut factors = Vec::with_capacity(n);
    // L Y = 1, where row i of Y ends at its column i
    for i in 0..n {
        factors.clear();
        factors.extend((0..i).map(|k| l[(i, k)]));
        let (done, rest) = rows.as_mut_slice().split_at_mut(i * n);
        let reciprocal = T::one() / l[(i, i)];
        subtract_rows(&mut rest[..i], done, &factors, |row| row + 1);
        rest[..i].iter_mut().for_each(|y| *y *= reciprocal);
        rest[i] = reciprocal;
    }
    // Lᵀ W = Y, up to the diagonal
    for (i, column) in l.as_slice().chunks_exact(n.max(1)).enumerate().rev() {
        let (rest, done) = rows.as_mut_slice().split_at_mut((i + 1) * n);
        let row = &mut rest[i * n..][..=i];
        subtract_rows(row, done, &column[i + 1..], |_| i + 1);
        let reciprocal = T::one() / column[i];
        row.iter_mut().for_each(|w| *w *= reciprocal);
    }
    rows.fill_lower_triangle_with_upper_triangle();
    rows
}
