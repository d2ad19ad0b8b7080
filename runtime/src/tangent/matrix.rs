//! nalgebra matrices and views: the tangent is the owned matrix of the same dimensions.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RawStorage, RawStorageMut, RealField};

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};
use crate::real::Real;

impl<T, R, C, S> Differentiable for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Tangent = OMatrix<T, R, C>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        let (rows, columns) = self.shape_generic();
        OMatrix::zeros_generic(rows, columns)
    }
}

impl<T, R, C, S> Retract for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: RawStorageMut<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    #[inline]
    fn add_tangent(&mut self, delta: &Self::Tangent) {
        self.accumulate(delta);
    }
}

impl<T, R, C, S, R2, C2, S2> Accumulate<Matrix<T, R2, C2, S2>> for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: RawStorageMut<T, R, C>,
    R2: Dim,
    C2: Dim,
    S2: RawStorage<T, R2, C2>,
{
    #[inline]
    fn accumulate(&mut self, rhs: &Matrix<T, R2, C2, S2>) {
        assert!(self.shape() == rhs.shape(), "matrices of shapes {:?} and {:?}", self.shape(), rhs.shape());
        // by indices: nalgebra's iterators step over the ends of columns, which keeps loops from being vectorised
        for j in 0..self.ncols() {
            for i in 0..self.nrows() {
                self[(i, j)] += rhs[(i, j)];
            }
        }
    }
}

impl<T, R, C, S> SetZero for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: RawStorageMut<T, R, C>,
{
    #[inline]
    fn set_to_zero(&mut self) {
        self.fill(T::constant(0.0));
    }
}

impl<T, R, C> Tangent for OMatrix<T, R, C>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    #[inline]
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
        for other in others {
            assert!(self.shape() == other.shape(), "matrices of shapes {:?} and {:?}", self.shape(), other.shape());
        }
        for (i, target) in self.iter_mut().enumerate() {
            op.apply(target, others.map(|other| other[i]));
        }
    }

    #[inline]
    fn fixed_zero() -> Option<Self> {
        let (rows, columns) = (R::try_to_usize()?, C::try_to_usize()?);
        Some(OMatrix::zeros_generic(R::from_usize(rows), C::from_usize(columns)))
    }
}
