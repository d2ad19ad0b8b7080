//! Vector functions with a vector result.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use super::Entry;

/// `Z = A / ‖A‖`: `Z_dot = (A_dot - ⟨Z, A_dot⟩ Z) / ‖A‖`, the part of `A_dot` across `A`. The derivative is a symmetric
/// projection, so its pull is its push. `Z` is the saved result. At the zero vector both `Z` and the derivative are NaN.
pub mod normalize {
    use super::*;

    /// `(A_dot - ⟨Z, A_dot⟩ Z) / ‖A‖`.
    #[inline]
    pub fn push_0<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        z: &Matrix<T, R, C, S2>,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        let (along, norm) = (z.dot(a_dot), a.norm());
        a_dot.zip_map(z, |a_dot, z| (a_dot - along * z) / norm)
    }

    /// `(Z_bar - ⟨Z, Z_bar⟩ Z) / ‖A‖`.
    #[inline]
    pub fn pull_0<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        z: &Matrix<T, R, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        push_0(a, z, z_bar)
    }
}

/// `a × b` for two vectors of three entries, both columns or both rows.
///
/// # Panics
/// If there are not three entries.
fn cross_product<T, R, C, S, S2>(a: &Matrix<T, R, C, S>, b: &Matrix<T, R, C, S2>) -> OMatrix<T, R, C>
where
    T: Entry,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    S2: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    assert!(a.len() == 3 && b.len() == 3, "the cross product of vectors of {} and {} entries", a.len(), b.len());
    let entries = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    let (rows, columns) = a.shape_generic();
    OMatrix::from_iterator_generic(rows, columns, entries)
}

/// `z = a × b`: `z_dot = a_dot × b + a × b_dot`; `a_bar = b × z_bar`, `b_bar = z_bar × a`, as the triple product
/// `⟨z_bar, a × b⟩` is cyclic.
pub mod cross {
    use super::*;

    /// `a_dot × b`.
    #[inline]
    pub fn push_0<T, R, C, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        cross_product(a_dot, b)
    }

    /// `a × b_dot`.
    #[inline]
    pub fn push_1<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        _b: &Matrix<T, R, C, S2>,
        b_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        cross_product(a, b_dot)
    }

    /// `b × z_bar`.
    #[inline]
    pub fn pull_0<T, R, C, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        cross_product(b, z_bar)
    }

    /// `z_bar × a`.
    #[inline]
    pub fn pull_1<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        _b: &Matrix<T, R, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        cross_product(z_bar, a)
    }
}
