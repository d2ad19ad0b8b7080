//! nalgebra's points and rotations. The tangent of a point has its form, with a vector for its coordinates. That of a rotation is
//! a matrix: the derivative by the entries of its matrix, as if they were independent.

use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimName, Matrix, OPoint, OVector, RawStorage, RawStorageMut, RealField, Rotation, SMatrix,
};

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};
use crate::real::Real;

impl<T, D> Differentiable for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    type Tangent = Self;

    #[inline]
    fn zero_tangent(&self) -> Self {
        Self::from(OVector::zeros_generic(D::name(), nalgebra::U1))
    }
}

impl<T, D> Retract for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn add_tangent(&mut self, delta: &Self) {
        self.accumulate(delta);
    }
}

impl<T, D> Accumulate for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn accumulate(&mut self, rhs: &Self) {
        self.coords.accumulate(&rhs.coords);
    }
}

/// `p += v` moves a point by a vector.
impl<T, D, R, C, S> Accumulate<Matrix<T, R, C, S>> for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn accumulate(&mut self, rhs: &Matrix<T, R, C, S>) {
        self.coords.accumulate(rhs);
    }
}

/// The transpose of it: the vector's cotangent is that of the coordinates.
impl<T, D, R, C, S> Accumulate<OPoint<T, D>> for Matrix<T, R, C, S>
where
    T: Real + RealField,
    D: DimName,
    R: Dim,
    C: Dim,
    S: RawStorageMut<T, R, C>,
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn accumulate(&mut self, rhs: &OPoint<T, D>) {
        self.accumulate(&rhs.coords);
    }
}

impl<T, D> SetZero for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn set_to_zero(&mut self) {
        self.coords.set_to_zero();
    }
}

impl<T, D> Tangent for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    #[inline]
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
        Tangent::zip_apply(&mut self.coords, others.map(|other| &other.coords), op);
    }

    #[inline]
    fn fixed_zero() -> Option<Self> {
        Some(Self::origin())
    }
}

impl<T: Real + RealField, const D: usize> Differentiable for Rotation<T, D> {
    type Tangent = SMatrix<T, D, D>;

    #[inline]
    fn zero_tangent(&self) -> SMatrix<T, D, D> {
        SMatrix::zeros()
    }
}
