//! Matrix functions with a scalar result: the pull is the gradient, scaled by the cotangent of the result.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{DimEq, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use super::Entry;

/// The matrix of the shape of `a` with every entry `entry`.
fn filled<T, R, C, S>(a: &Matrix<T, R, C, S>, entry: T) -> OMatrix<T, R, C>
where
    T: Entry,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let (rows, columns) = a.shape_generic();
    OMatrix::from_element_generic(rows, columns, entry)
}

/// `z = ⟨A, B⟩ = Σ A_ij B_ij`: `z_dot = ⟨A_dot, B⟩ + ⟨A, B_dot⟩`; `A_bar = z_bar B`, `B_bar = z_bar A`.
///
/// `A` and `B` have the same shape, of which one of them may not know a number at compile time.
pub mod dot {
    use super::*;

    /// `⟨A_dot, B⟩`.
    #[inline]
    pub fn push_0<T, R, C, R2, C2, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R2, C2, S2>,
        a_dot: &OMatrix<T, R, C>,
    ) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        R2: Dim,
        C2: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<R, C>,
        ShapeConstraint: DimEq<R, R2> + DimEq<C, C2>,
    {
        a_dot.dot(b)
    }

    /// `⟨A, B_dot⟩`.
    #[inline]
    pub fn push_1<T, R, C, R2, C2, S, S2>(
        a: &Matrix<T, R, C, S>,
        _b: &Matrix<T, R2, C2, S2>,
        b_dot: &OMatrix<T, R2, C2>,
    ) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        R2: Dim,
        C2: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<R2, C2>,
        ShapeConstraint: DimEq<R, R2> + DimEq<C, C2>,
    {
        a.dot(b_dot)
    }

    /// `z_bar B`.
    #[inline]
    pub fn pull_0<T, R, C, R2, C2, S, S2>(
        a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R2, C2, S2>,
        z_bar: &T,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        R2: Dim,
        C2: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<R, C>,
    {
        let (rows, columns) = a.shape_generic();
        OMatrix::from_iterator_generic(rows, columns, b.iter().map(|b| *b * *z_bar))
    }

    /// `z_bar A`.
    #[inline]
    pub fn pull_1<T, R, C, R2, C2, S, S2>(
        a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R2, C2, S2>,
        z_bar: &T,
    ) -> OMatrix<T, R2, C2>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        R2: Dim,
        C2: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<R2, C2>,
    {
        let (rows, columns) = b.shape_generic();
        OMatrix::from_iterator_generic(rows, columns, a.iter().map(|a| *a * *z_bar))
    }
}

/// `z = ‖A‖ = √⟨A, A⟩`: `z_dot = ⟨A, A_dot⟩ / z`, `A_bar = (z_bar / z) A` (Petersen & Pedersen 129).
///
/// The zero matrix, where the norm has a kink, has the derivative 0: the middle of the subgradients.
/// `z` is the saved result.
pub mod norm {
    use super::*;

    /// `⟨A, A_dot⟩ / z`.
    #[inline]
    pub fn push_0<T, R, C, S>(a: &Matrix<T, R, C, S>, z: &T, a_dot: &OMatrix<T, R, C>) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        if *z == T::constant(0.0) { *z } else { a.dot(a_dot) / *z }
    }

    /// `(z_bar / z) A`.
    #[inline]
    pub fn pull_0<T, R, C, S>(a: &Matrix<T, R, C, S>, z: &T, z_bar: &T) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        if *z == T::constant(0.0) { filled(a, *z) } else { a * (*z_bar / *z) }
    }
}

/// `z = ‖A‖² = ⟨A, A⟩`: `z_dot = 2 ⟨A, A_dot⟩`, `A_bar = 2 z_bar A` (Petersen & Pedersen 132).
pub mod norm_squared {
    use super::*;

    /// `2 ⟨A, A_dot⟩`.
    #[inline]
    pub fn push_0<T, R, C, S>(a: &Matrix<T, R, C, S>, a_dot: &OMatrix<T, R, C>) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a.dot(a_dot) * T::constant(2.0)
    }

    /// `2 z_bar A`.
    #[inline]
    pub fn pull_0<T, R, C, S>(a: &Matrix<T, R, C, S>, z_bar: &T) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a * (*z_bar * T::constant(2.0))
    }
}

/// `z = Σ A_ij`: `z_dot = Σ A_dot_ij`; every entry of `A_bar` is `z_bar`.
pub mod sum {
    use super::*;

    /// `Σ A_dot_ij`.
    #[inline]
    pub fn push_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, a_dot: &OMatrix<T, R, C>) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a_dot.sum()
    }

    /// `z_bar` in every entry.
    #[inline]
    pub fn pull_0<T, R, C, S>(a: &Matrix<T, R, C, S>, z_bar: &T) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        filled(a, *z_bar)
    }
}

/// `z = Σ A_ij / n` with `n` entries: `z_dot = Σ A_dot_ij / n`; every entry of `A_bar` is `z_bar / n`. The mean of no
/// entries is 0.
pub mod mean {
    use super::*;

    /// `Σ A_dot_ij / n`.
    #[inline]
    pub fn push_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, a_dot: &OMatrix<T, R, C>) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a_dot.mean()
    }

    /// `z_bar / n` in every entry.
    #[inline]
    pub fn pull_0<T, R, C, S>(a: &Matrix<T, R, C, S>, z_bar: &T) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        filled(a, *z_bar / T::constant(a.len() as f64))
    }
}

/// `z = tr A = Σ A_ii`: `z_dot = tr A_dot`, `A_bar = z_bar I` (Giles 2.2.4).
pub mod trace {
    use super::*;

    /// `tr A_dot`.
    #[inline]
    pub fn push_0<T, R, S>(_a: &Matrix<T, R, R, S>, a_dot: &OMatrix<T, R, R>) -> T
    where
        T: Entry,
        R: Dim,
        S: Storage<T, R, R>,
        DefaultAllocator: Allocator<R, R> + Allocator<R>,
    {
        a_dot.trace()
    }

    /// `z_bar I`.
    #[inline]
    pub fn pull_0<T, R, S>(a: &Matrix<T, R, R, S>, z_bar: &T) -> OMatrix<T, R, R>
    where
        T: Entry,
        R: Dim,
        S: Storage<T, R, R>,
        DefaultAllocator: Allocator<R, R>,
    {
        let mut a_bar = filled(a, T::constant(0.0));
        a_bar.fill_diagonal(*z_bar);
        a_bar
    }
}
