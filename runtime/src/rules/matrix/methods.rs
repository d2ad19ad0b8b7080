//! The methods that a type of the user's may have too, on matrices: dispatched to their rules.

use nalgebra::allocator::Allocator;
use nalgebra::constraint::{DimEq, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField, Rotation, SMatrix, Storage, Unit};

use super::Entry;
use crate::real::Real;
use crate::rules::methods::{BinaryMethod, UnaryMethod};
use crate::rules::{Operand, matrix, methods};

/// Methods without an argument, with the method that gives the result again where the rule reads it, and what else is to be allocated.
macro_rules! unary {
    ($($name:ident($($result:ident)?): $output:ty $(, $more:path)?;)*) => { $(
        impl<T, R, C, S> UnaryMethod<methods::$name::Name> for Matrix<T, R, C, S>
        where
            T: Entry,
            R: Dim,
            C: Dim,
            S: Storage<T, R, C>,
            DefaultAllocator: Allocator<R, C> $(+ $more)?,
        {
            type Output = $output;

            #[inline(always)]
            fn push_0(&self, self_dot: &OMatrix<T, R, C>) -> Self::Output {
                matrix::$name::push_0(self, $(&self.$result(),)? self_dot)
            }

            #[inline(always)]
            fn pull_0(&self, z_bar: &Self::Output) -> OMatrix<T, R, C> {
                matrix::$name::pull_0(self, $(&self.$result(),)? z_bar)
            }
        }
    )* };
}

unary! {
    amax(amax): T;
    max(max): T;
    mean(): T;
    min(min): T;
    norm(norm): T;
    norm_squared(): T;
    normalize(normalize): OMatrix<T, R, C>;
    sum(): T;
    transpose(): OMatrix<T, C, R>, Allocator<C, R>;
}

impl<T, D, S> UnaryMethod<methods::trace::Name> for Matrix<T, D, D, S>
where
    T: Entry,
    D: Dim,
    S: Storage<T, D, D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    type Output = T;

    #[inline(always)]
    fn push_0(&self, self_dot: &OMatrix<T, D, D>) -> T {
        matrix::trace::push_0(self, self_dot)
    }

    #[inline(always)]
    fn pull_0(&self, z_bar: &T) -> OMatrix<T, D, D> {
        matrix::trace::pull_0(self, z_bar)
    }
}

/// A unit vector that is a constant, such as an axis.
impl<T, R, C, S> Operand for Unit<Matrix<T, R, C, S>>
where
    T: Entry,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Value = Matrix<T, R, C, S>;

    #[inline(always)]
    fn value(&self) -> &Self::Value {
        self
    }
}

/// The inverse of a rotation is its transpose.
macro_rules! of_rotation {
    ($($name:ident)*) => { $(
        impl<T: Real + RealField, const D: usize> UnaryMethod<methods::$name::Name> for Rotation<T, D> {
            type Output = SMatrix<T, D, D>;

            #[inline(always)]
            fn push_0(&self, self_dot: &SMatrix<T, D, D>) -> SMatrix<T, D, D> {
                matrix::rotation_transpose::push_0(self, self_dot)
            }

            #[inline(always)]
            fn pull_0(&self, z_bar: &SMatrix<T, D, D>) -> SMatrix<T, D, D> {
                matrix::rotation_transpose::pull_0(self, z_bar)
            }
        }
    )* };
}

of_rotation! { inverse transpose }

/// Methods of two matrices of the same type of shape.
macro_rules! binary {
    ($($name:ident)*) => { $(
        impl<T, R, C, S, S2> BinaryMethod<methods::$name::Name, Matrix<T, R, C, S2>> for Matrix<T, R, C, S>
        where
            T: Entry,
            R: Dim,
            C: Dim,
            S: Storage<T, R, C>,
            S2: Storage<T, R, C>,
            DefaultAllocator: Allocator<R, C>,
        {
            type Output = OMatrix<T, R, C>;

            #[inline(always)]
            fn push_0(&self, rhs: &Matrix<T, R, C, S2>, self_dot: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
                matrix::$name::push_0(self, rhs, self_dot)
            }

            #[inline(always)]
            fn push_1(&self, rhs: &Matrix<T, R, C, S2>, rhs_dot: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
                matrix::$name::push_1(self, rhs, rhs_dot)
            }

            #[inline(always)]
            fn pull_0(&self, rhs: &Matrix<T, R, C, S2>, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
                matrix::$name::pull_0(self, rhs, z_bar)
            }

            #[inline(always)]
            fn pull_1(&self, rhs: &Matrix<T, R, C, S2>, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
                matrix::$name::pull_1(self, rhs, z_bar)
            }
        }
    )* };
}

binary! { component_div component_mul cross }

impl<T, R, C, R2, C2, S, S2> BinaryMethod<methods::dot::Name, Matrix<T, R2, C2, S2>> for Matrix<T, R, C, S>
where
    T: Entry,
    R: Dim,
    C: Dim,
    R2: Dim,
    C2: Dim,
    S: Storage<T, R, C>,
    S2: Storage<T, R2, C2>,
    DefaultAllocator: Allocator<R, C> + Allocator<R2, C2>,
    ShapeConstraint: DimEq<R, R2> + DimEq<C, C2>,
{
    type Output = T;

    #[inline(always)]
    fn push_0(&self, rhs: &Matrix<T, R2, C2, S2>, self_dot: &OMatrix<T, R, C>) -> T {
        matrix::dot::push_0(self, rhs, self_dot)
    }

    #[inline(always)]
    fn push_1(&self, rhs: &Matrix<T, R2, C2, S2>, rhs_dot: &OMatrix<T, R2, C2>) -> T {
        matrix::dot::push_1(self, rhs, rhs_dot)
    }

    #[inline(always)]
    fn pull_0(&self, rhs: &Matrix<T, R2, C2, S2>, z_bar: &T) -> OMatrix<T, R, C> {
        matrix::dot::pull_0(self, rhs, z_bar)
    }

    #[inline(always)]
    fn pull_1(&self, rhs: &Matrix<T, R2, C2, S2>, z_bar: &T) -> OMatrix<T, R2, C2> {
        matrix::dot::pull_1(self, rhs, z_bar)
    }
}
