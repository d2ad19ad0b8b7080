//! The matrix product `Z = A B`, for all shapes that nalgebra multiplies, vectors included.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{AreMultipliable, DimEq, SameNumberOfColumns, SameNumberOfRows, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField, Storage};

use crate::real::Real;
use crate::rules::MulRule;

/// `Z_dot = A_dot B + A B_dot`; `A_bar = Z_bar Bᵀ`, `B_bar = Aᵀ Z_bar` (Giles 2.2.2).
///
/// Shapes: `A` is R x K, `B` is L x C, `Z` is R x C. `K` and `L` are the same number, which one of them may not know at compile
/// time.
impl<T, R, K, L, C, S, S2> MulRule<Matrix<T, L, C, S2>> for Matrix<T, R, K, S>
where
    T: Real + RealField,
    R: Dim,
    K: Dim,
    L: Dim,
    C: Dim,
    S: Storage<T, R, K>,
    S2: Storage<T, L, C>,
    DefaultAllocator: Allocator<R, K> + Allocator<L, C> + Allocator<R, C> + Allocator<K, R> + Allocator<C, L>,
    ShapeConstraint: AreMultipliable<R, K, L, C>
        + AreMultipliable<R, C, C, L>
        + AreMultipliable<K, R, R, C>
        + SameNumberOfRows<R, R>
        + SameNumberOfRows<L, K>
        + SameNumberOfColumns<K, L>
        + SameNumberOfColumns<C, C>
        + DimEq<R, R>,
{
    type Output = OMatrix<T, R, C>;

    #[inline]
    fn push_0(&self, rhs: &Matrix<T, L, C, S2>, self_dot: &OMatrix<T, R, K>) -> OMatrix<T, R, C> {
        self_dot * rhs
    }

    #[inline]
    fn push_1(&self, _: &Matrix<T, L, C, S2>, rhs_dot: &OMatrix<T, L, C>) -> OMatrix<T, R, C> {
        self * rhs_dot
    }

    #[inline]
    fn pull_0(&self, rhs: &Matrix<T, L, C, S2>, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, K> {
        let (rows, columns) = self.shape_generic();
        let mut bar = OMatrix::zeros_generic(rows, columns);
        bar.gemm(T::constant(1.0), z_bar, &rhs.transpose(), T::constant(0.0));
        bar
    }

    #[inline]
    fn pull_1(&self, rhs: &Matrix<T, L, C, S2>, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, L, C> {
        let (rows, columns) = rhs.shape_generic();
        let mut bar = OMatrix::zeros_generic(rows, columns);
        // `gemm_tr` reads columns in place, which is best for a vector; only the true product is blocked for the cache.
        if z_bar.ncols() == 1 {
            bar.gemm_tr(T::constant(1.0), self, z_bar, T::constant(0.0));
        } else {
            bar.gemm(T::constant(1.0), &self.transpose(), z_bar, T::constant(0.0));
        }
        bar
    }
}
