//! The second derivatives of products and quotients of numbers, in forms that those of matrices share.

use super::{DivCurvature, MulCurvature, Product, Quotient};
use crate::differentiable::Differentiable;
use crate::rules::{DivRule, MulRule};

/// A product that is linear in each factor: a map by one factor is the same map at the tangent of the other.
macro_rules! bilinear {
    ([$($generics:tt)*] $left:ty, $right:ty $(, where $($bounds:tt)*)?) => {
        impl<$($generics)*> $crate::rules::second_order::MulCurvature<$right> for $left
        $(where $($bounds)*)?
        {
            #[inline(always)]
            fn push_0_by_0(&self, _: &$right, _: &Self::Tangent, _: &Self::Tangent) -> Option<Self::Output> {
                None
            }

            #[inline(always)]
            fn push_0_by_1(
                &self,
                _: &$right,
                seed: &Self::Tangent,
                rhs_dot: &<$right as Differentiable>::Tangent,
            ) -> Self::Output {
                MulRule::<<$right as Differentiable>::Tangent>::push_0(self, rhs_dot, seed)
            }

            #[inline(always)]
            fn push_1_by_0(
                &self,
                rhs: &$right,
                seed: &<$right as Differentiable>::Tangent,
                self_dot: &Self::Tangent,
            ) -> Self::Output {
                MulRule::<$right>::push_1(self_dot, rhs, seed)
            }

            #[inline(always)]
            fn push_1_by_1(
                &self,
                _: &$right,
                _: &<$right as Differentiable>::Tangent,
                _: &<$right as Differentiable>::Tangent,
            ) -> Option<Self::Output> {
                None
            }

            #[inline(always)]
            fn pull_0_by_0(&self, _: &$right, _: &Self::Output, _: &Self::Tangent) -> Option<Self::Tangent> {
                None
            }

            #[inline(always)]
            fn pull_0_by_1(
                &self,
                _: &$right,
                z_bar: &Self::Output,
                rhs_dot: &<$right as Differentiable>::Tangent,
            ) -> Self::Tangent {
                MulRule::<<$right as Differentiable>::Tangent>::pull_0(self, rhs_dot, z_bar)
            }

            #[inline(always)]
            fn pull_1_by_0(
                &self,
                rhs: &$right,
                z_bar: &Self::Output,
                self_dot: &Self::Tangent,
            ) -> <$right as Differentiable>::Tangent {
                MulRule::<$right>::pull_1(self_dot, rhs, z_bar)
            }

            #[inline(always)]
            fn pull_1_by_1(
                &self,
                _: &$right,
                _: &Self::Output,
                _: &<$right as Differentiable>::Tangent,
            ) -> Option<<$right as Differentiable>::Tangent> {
                None
            }
        }

        // for third derivatives
        impl<$($generics)*> $crate::rules::second_order::Product<$right> for $left $(where $($bounds)*)? {}
    };
}
#[cfg(feature = "nalgebra")]
pub(crate) use bilinear;

/// `z = a / b` by a scalar `b`. With `D s = -(s / b) b_dot / b`, the derivative of `s ↦ s / b` along `b_dot`: the map by `a` moves by
/// `D seed`, and the map by `b`, which is a multiple of `1 / b²`, by `2 D b` of itself.
macro_rules! quotient {
    ([$($generics:tt)*] $left:ty, $right:ty $(, where $($bounds:tt)*)?) => {
        impl<$($generics)*> $crate::rules::second_order::DivCurvature<$right> for $left
        $(where $($bounds)*)?
        {
            #[inline(always)]
            fn push_0_by_0(&self, _: &$right, _: &Self::Tangent, _: &Self::Tangent) -> Option<Self::Output> {
                None
            }

            #[inline(always)]
            fn push_0_by_1(&self, rhs: &$right, seed: &Self::Tangent, rhs_dot: &$right) -> Self::Output {
                DivRule::push_1(seed, rhs, rhs_dot)
            }

            #[inline(always)]
            fn push_1_by_0(&self, rhs: &$right, seed: &$right, self_dot: &Self::Tangent) -> Self::Output {
                DivRule::push_1(self_dot, rhs, seed)
            }

            #[inline(always)]
            fn push_1_by_1(&self, rhs: &$right, seed: &$right, rhs_dot: &$right) -> Option<Self::Output> {
                let slope = DivRule::push_1(self, rhs, seed);
                let once = MulRule::push_0(&slope, rhs, &slope);
                let twice = DivRule::push_1(&once, rhs, &(*rhs_dot + *rhs_dot));
                Some(twice)
            }

            #[inline(always)]
            fn pull_0_by_0(&self, _: &$right, _: &Self::Output, _: &Self::Tangent) -> Option<Self::Tangent> {
                None
            }

            #[inline(always)]
            fn pull_0_by_1(&self, rhs: &$right, z_bar: &Self::Output, rhs_dot: &$right) -> Self::Tangent {
                DivRule::push_1(z_bar, rhs, rhs_dot)
            }

            #[inline(always)]
            fn pull_1_by_0(&self, rhs: &$right, z_bar: &Self::Output, self_dot: &Self::Tangent) -> $right {
                DivRule::pull_1(self_dot, rhs, z_bar)
            }

            #[inline(always)]
            fn pull_1_by_1(&self, rhs: &$right, z_bar: &Self::Output, rhs_dot: &$right) -> Option<$right> {
                let slope = DivRule::pull_1(self, rhs, z_bar);
                Some(-(slope * (*rhs_dot + *rhs_dot)) / *rhs)
            }
        }

        // for third derivatives
        impl<$($generics)*> $crate::rules::second_order::Quotient<$right> for $left $(where $($bounds)*)? {}
    };
}
#[cfg(feature = "nalgebra")]
pub(crate) use quotient;

bilinear!([] f64, f64);
bilinear!([] f32, f32);
quotient!([] f64, f64);
quotient!([] f32, f32);

macro_rules! of_integers {
    ($($integer:ident),*) => { $(
        of_integers!(@each $integer, MulCurvature, Product);
        of_integers!(@each $integer, DivCurvature, Quotient);
    )* };
    (@each $integer:ident, $curvature:ident, $plain:ident) => {
        impl $curvature for $integer {
            fn push_0_by_0(&self, _: &Self, (): &(), (): &()) -> Option<()> {
                None
            }
            fn push_0_by_1(&self, _: &Self, (): &(), (): &()) {}
            fn push_1_by_0(&self, _: &Self, (): &(), (): &()) {}
            fn push_1_by_1(&self, _: &Self, (): &(), (): &()) -> Option<()> {
                None
            }
            fn pull_0_by_0(&self, _: &Self, (): &(), (): &()) -> Option<()> {
                None
            }
            fn pull_0_by_1(&self, _: &Self, (): &(), (): &()) {}
            fn pull_1_by_0(&self, _: &Self, (): &(), (): &()) {}
            fn pull_1_by_1(&self, _: &Self, (): &(), (): &()) -> Option<()> {
                None
            }
        }

        impl $plain for $integer {}
    };
}

of_integers!(usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
