//! The matrix product `Z = A B`, for all shapes that nalgebra multiplies, vectors included.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{AreMultipliable, DimEq, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField, Storage};

use crate::real::Real;
use crate::rules::MulRule;

/// `Z_dot = A_dot B + A B_dot`; `A_bar = Z_bar Bᵀ`, `B_bar = Aᵀ Z_bar` (Giles 2.2.2).
///
/// Shapes: `A` is R x K, `B` is K x C, `Z` is R x C.
impl<T, R, K, C, S, S2> MulRule<Matrix<T, K, C, S2>> for Matrix<T, R, K, S>
where
    T: Real + RealField,
    R: Dim,
    K: Dim,
    C: Dim,
    S: Storage<T, R, K>,
    S2: Storage<T, K, C>,
    DefaultAllocator: Allocator<R, K> + Allocator<K, C> + Allocator<R, C> + Allocator<K, R> + Allocator<C, K>,
    ShapeConstraint:
        AreMultipliable<R, K, K, C> + AreMultipliable<R, C, C, K> + AreMultipliable<K, R, R, C> + DimEq<R, R>,
{
    type Output = OMatrix<T, R, C>;

    #[inline]
    fn push_0(&self, rhs: &Matrix<T, K, C, S2>, self_dot: &OMatrix<T, R, K>) -> OMatrix<T, R, C> {
        self_dot * rhs
    }

    #[inline]
    fn push_1(&self, _: &Matrix<T, K, C, S2>, rhs_dot: &OMatrix<T, K, C>) -> OMatrix<T, R, C> {
        self * rhs_dot
    }

    #[inline]
    fn pull_0(&self, rhs: &Matrix<T, K, C, S2>, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, K> {
        z_bar * rhs.transpose()
    }

    #[inline]
    fn pull_1(&self, _: &Matrix<T, K, C, S2>, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, K, C> {
        // `tr_mul` reads columns in place, which is best for a vector; only the true product is blocked for the cache.
        if z_bar.ncols() == 1 { self.tr_mul(z_bar) } else { self.transpose() * z_bar }
    }
}
