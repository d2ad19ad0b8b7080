//! Products and quotients of matrices, points and rotations, whose second derivatives are those of arithmetic.

use super::arithmetic::{bilinear, quotient};
use nalgebra::allocator::Allocator;
use nalgebra::{
    Const, DefaultAllocator, Dim, DimName, Matrix, OMatrix, OPoint, Point, RealField, Rotation, SMatrix, SVector,
    Storage,
};

use crate::differentiable::Differentiable;
use crate::real::Real;
use crate::rules::{DivRule, MulRule};

bilinear!([T: Real + RealField, R: Dim, C: Dim, S: Storage<T, R, C>] Matrix<T, R, C, S>, T, where
    DefaultAllocator: Allocator<R, C>
);
quotient!([T: Real + RealField, R: Dim, C: Dim, S: Storage<T, R, C>] Matrix<T, R, C, S>, T, where
    DefaultAllocator: Allocator<R, C>
);
bilinear!([R: Dim, C: Dim, S: Storage<f64, R, C>] f64, Matrix<f64, R, C, S>, where DefaultAllocator: Allocator<R, C>);
bilinear!([R: Dim, C: Dim, S: Storage<f32, R, C>] f32, Matrix<f32, R, C, S>, where DefaultAllocator: Allocator<R, C>);
bilinear!([T: Real + RealField, D: DimName] OPoint<T, D>, T, where DefaultAllocator: Allocator<D>);
quotient!([T: Real + RealField, D: DimName] OPoint<T, D>, T, where DefaultAllocator: Allocator<D>);
bilinear!(
    [T: Real + RealField, R: Dim, K: Dim, L: Dim, C: Dim, S: Storage<T, R, K>, S2: Storage<T, L, C>]
    Matrix<T, R, K, S>, Matrix<T, L, C, S2>, where
    DefaultAllocator: Allocator<R, K> + Allocator<L, C> + Allocator<R, C>,
    Self: Differentiable<Tangent = OMatrix<T, R, K>>
        + MulRule<Matrix<T, L, C, S2>, Output = OMatrix<T, R, C>>
        + MulRule<OMatrix<T, L, C>, Output = OMatrix<T, R, C>>,
    Matrix<T, L, C, S2>: Differentiable<Tangent = OMatrix<T, L, C>>,
    OMatrix<T, R, K>: MulRule<Matrix<T, L, C, S2>, Output = OMatrix<T, R, C>>
        + Differentiable<Tangent = OMatrix<T, R, K>>,
    OMatrix<T, L, C>: Differentiable<Tangent = OMatrix<T, L, C>>
);
bilinear!([T: Real + RealField, const R: usize, const C: usize] SMatrix<T, R, C>, Point<T, C>, where
    Self: MulRule<SVector<T, C>, Output = SVector<T, R>> + Differentiable<Tangent = Self>
);
bilinear!([T: Real + RealField, const D: usize] Rotation<T, D>, Point<T, D>);
bilinear!([T: Real + RealField, const D: usize] Rotation<T, D>, Rotation<T, D>);
bilinear!([T: Real + RealField, const R: usize, const D: usize] SMatrix<T, R, D>, Rotation<T, D>, where
    Self: MulRule<SMatrix<T, D, D>, Output = SMatrix<T, R, D>> + Differentiable<Tangent = Self>
);
bilinear!(
    [T: Real + RealField, const D: usize, R: Dim, C: Dim, S: Storage<T, R, C>]
    Rotation<T, D>, Matrix<T, R, C, S>, where
    DefaultAllocator: Allocator<R, C> + Allocator<Const<D>, C>,
    Self: Differentiable<Tangent = SMatrix<T, D, D>>
        + MulRule<Matrix<T, R, C, S>, Output = OMatrix<T, Const<D>, C>>
        + MulRule<OMatrix<T, R, C>, Output = OMatrix<T, Const<D>, C>>,
    Matrix<T, R, C, S>: Differentiable<Tangent = OMatrix<T, R, C>>,
    OMatrix<T, R, C>: Differentiable<Tangent = OMatrix<T, R, C>>,
    SMatrix<T, D, D>: MulRule<Matrix<T, R, C, S>, Output = OMatrix<T, Const<D>, C>>
        + Differentiable<Tangent = SMatrix<T, D, D>>
);
