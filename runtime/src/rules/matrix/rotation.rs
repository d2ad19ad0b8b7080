//! Rotations as the matrices that they are: `R v`, `R p`, `R Q`, with the rules of the matrix product.

use nalgebra::{Const, Dim, Matrix, OMatrix, Point, RealField, Rotation, SMatrix, Storage};

use crate::differentiable::Differentiable;
use crate::real::Real;
use crate::rules::{MulRule, Operand};

impl<T: Real + RealField, const D: usize> Operand for Rotation<T, D> {
    type Value = Self;

    #[inline(always)]
    fn value(&self) -> &Self {
        self
    }
}

/// A product with a rotation on the left, by the rule of its matrix; `$matrix` is what the right operand is to that rule.
macro_rules! rotated {
    ([$($params:tt)*] $rhs:ty, $output:ty, |$b:ident| $matrix:expr, [$($bounds:tt)*]) => {
        impl<T: Real + RealField, const D: usize, $($params)*> MulRule<$rhs> for Rotation<T, D>
        where
            $($bounds)*
        {
            type Output = $output;

            #[inline]
            fn push_0(&self, $b: &$rhs, self_dot: &SMatrix<T, D, D>) -> $output {
                MulRule::push_0(self.matrix(), $matrix, self_dot)
            }

            #[inline]
            fn push_1(&self, $b: &$rhs, rhs_dot: &<$rhs as Differentiable>::Tangent) -> $output {
                MulRule::push_1(self.matrix(), $matrix, rhs_dot)
            }

            #[inline]
            fn pull_0(&self, $b: &$rhs, z_bar: &$output) -> SMatrix<T, D, D> {
                MulRule::pull_0(self.matrix(), $matrix, z_bar)
            }

            #[inline]
            fn pull_1(&self, $b: &$rhs, z_bar: &$output) -> <$rhs as Differentiable>::Tangent {
                MulRule::pull_1(self.matrix(), $matrix, z_bar)
            }
        }
    };
}

rotated!([] Point<T, D>, Point<T, D>, |b| b, []);
rotated!([] Self, SMatrix<T, D, D>, |b| b.matrix(), []);
rotated!([R: Dim, C: Dim, S: Storage<T, R, C>] Matrix<T, R, C, S>, OMatrix<T, Const<D>, C>, |b| b, [
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<R, C> + nalgebra::allocator::Allocator<Const<D>, C>,
    Matrix<T, R, C, S>: Differentiable,
    SMatrix<T, D, D>: MulRule<Matrix<T, R, C, S>, Output = OMatrix<T, Const<D>, C>>
        + Differentiable<Tangent = SMatrix<T, D, D>>,
]);
