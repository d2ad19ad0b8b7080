//! Diagonals, Kronecker products and `Aᵀ B`.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{SameNumberOfRows, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, DimMul, DimProd, Matrix, OMatrix, OVector, Storage, Vector};

use super::Entry;

/// `z_i = A_ii`: `z_dot` is the diagonal of `A_dot`; `A_bar` has `z_bar` on its diagonal and zeros elsewhere.
pub mod diagonal {
    use super::*;

    /// The diagonal of `A_dot`.
    #[inline]
    pub fn push_0<T, D, S>(_a: &Matrix<T, D, D, S>, a_dot: &OMatrix<T, D, D>) -> OVector<T, D>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        a_dot.diagonal()
    }

    /// `z_bar` on the diagonal.
    #[inline]
    pub fn pull_0<T, D, S, S2>(a: &Matrix<T, D, D, S>, z_bar: &Vector<T, D, S2>) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        S2: Storage<T, D>,
        DefaultAllocator: Allocator<D, D>,
    {
        let (rows, columns) = a.shape_generic();
        let mut a_bar = OMatrix::zeros_generic(rows, columns);
        a_bar.set_partial_diagonal(z_bar.iter().copied());
        a_bar
    }
}

/// `Z = A ⊗ B`, blocks `A_ij B`: `Z_dot = A_dot ⊗ B + A ⊗ B_dot`; `A_bar_ij = ⟨Z_bar_(ij), B⟩` with the block at (i, j),
/// `B_bar = Σ_ij A_ij Z_bar_(ij)`.
pub mod kronecker {
    use super::*;

    /// `A_dot ⊗ B`.
    #[inline]
    pub fn push_0<T, R, C, R2, C2, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R2, C2, S2>,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, DimProd<R, R2>, DimProd<C, C2>>
    where
        T: Entry,
        R: DimMul<R2>,
        C: DimMul<C2>,
        R2: Dim,
        C2: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<R, C> + Allocator<DimProd<R, R2>, DimProd<C, C2>>,
    {
        a_dot.kronecker(b)
    }

    /// `A ⊗ B_dot`.
    #[inline]
    pub fn push_1<T, R, C, R2, C2, S, S2>(
        a: &Matrix<T, R, C, S>,
        _b: &Matrix<T, R2, C2, S2>,
        b_dot: &OMatrix<T, R2, C2>,
    ) -> OMatrix<T, DimProd<R, R2>, DimProd<C, C2>>
    where
        T: Entry,
        R: DimMul<R2>,
        C: DimMul<C2>,
        R2: Dim,
        C2: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        DefaultAllocator: Allocator<R2, C2> + Allocator<DimProd<R, R2>, DimProd<C, C2>>,
    {
        a.kronecker(b_dot)
    }

    /// `⟨Z_bar_(ij), B⟩`.
    pub fn pull_0<T, R, C, R2, C2, RZ, CZ, S, S2, SZ>(
        a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R2, C2, S2>,
        z_bar: &Matrix<T, RZ, CZ, SZ>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        R2: Dim,
        C2: Dim,
        RZ: Dim,
        CZ: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        SZ: Storage<T, RZ, CZ>,
        DefaultAllocator: Allocator<R, C>,
    {
        let (rows, columns) = a.shape_generic();
        let (height, width) = b.shape_generic();
        OMatrix::from_fn_generic(rows, columns, |i, j| {
            z_bar.generic_view((i * height.value(), j * width.value()), (height, width)).dot(b)
        })
    }

    /// `Σ_ij A_ij Z_bar_(ij)`.
    pub fn pull_1<T, R, C, R2, C2, RZ, CZ, S, S2, SZ>(
        a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R2, C2, S2>,
        z_bar: &Matrix<T, RZ, CZ, SZ>,
    ) -> OMatrix<T, R2, C2>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        R2: Dim,
        C2: Dim,
        RZ: Dim,
        CZ: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R2, C2>,
        SZ: Storage<T, RZ, CZ>,
        DefaultAllocator: Allocator<R2, C2>,
    {
        let (height, width) = b.shape_generic();
        let mut b_bar = OMatrix::zeros_generic(height, width);
        for j in 0..a.ncols() {
            for i in 0..a.nrows() {
                let block = z_bar.generic_view((i * height.value(), j * width.value()), (height, width));
                b_bar.zip_apply(&block, |b_bar, z_bar| *b_bar += a[(i, j)] * z_bar);
            }
        }
        b_bar
    }
}

/// `Z = Aᵀ B`: `Z_dot = A_dotᵀ B + Aᵀ B_dot`; `A_bar = B Z_barᵀ`, `B_bar = A Z_bar`.
///
/// Shapes: `A` is K x R, `B` is K x C, `Z` is R x C.
pub mod tr_mul {
    use super::*;

    /// `A_dotᵀ B`.
    #[inline]
    pub fn push_0<T, K, R, C, S, S2>(
        _a: &Matrix<T, K, R, S>,
        b: &Matrix<T, K, C, S2>,
        a_dot: &OMatrix<T, K, R>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        K: Dim,
        R: Dim,
        C: Dim,
        S: Storage<T, K, R>,
        S2: Storage<T, K, C>,
        DefaultAllocator: Allocator<K, R> + Allocator<R, C>,
        ShapeConstraint: SameNumberOfRows<K, K>,
    {
        a_dot.tr_mul(b)
    }

    /// `Aᵀ B_dot`.
    #[inline]
    pub fn push_1<T, K, R, C, S, S2>(
        a: &Matrix<T, K, R, S>,
        _b: &Matrix<T, K, C, S2>,
        b_dot: &OMatrix<T, K, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        K: Dim,
        R: Dim,
        C: Dim,
        S: Storage<T, K, R>,
        S2: Storage<T, K, C>,
        DefaultAllocator: Allocator<K, C> + Allocator<R, C>,
        ShapeConstraint: SameNumberOfRows<K, K>,
    {
        a.tr_mul(b_dot)
    }

    /// `B Z_barᵀ`.
    #[inline]
    pub fn pull_0<T, K, R, C, S, S2>(
        _a: &Matrix<T, K, R, S>,
        b: &Matrix<T, K, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, K, R>
    where
        T: Entry,
        K: Dim,
        R: Dim,
        C: Dim,
        S: Storage<T, K, R>,
        S2: Storage<T, K, C>,
        DefaultAllocator: Allocator<K, R> + Allocator<R, C> + Allocator<C, R>,
    {
        b * z_bar.transpose()
    }

    /// `A Z_bar`.
    #[inline]
    pub fn pull_1<T, K, R, C, S, S2>(
        a: &Matrix<T, K, R, S>,
        _b: &Matrix<T, K, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, K, C>
    where
        T: Entry,
        K: Dim,
        R: Dim,
        C: Dim,
        S: Storage<T, K, R>,
        S2: Storage<T, K, C>,
        DefaultAllocator: Allocator<K, C> + Allocator<R, C>,
    {
        a * z_bar
    }
}
