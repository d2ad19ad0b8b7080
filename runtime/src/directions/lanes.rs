//! Several tangents side by side.

use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use super::{Direction, Zero};
use crate::differentiable::{Accumulate, SetZero};
use crate::real::Real;

/// `N` tangents of a float. Every operation works on each of them by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes<T, const N: usize>(pub [T; N]);

impl<T: Real, const N: usize> Lanes<T, N> {
    /// One in a lane, zero in the others; zero in all if there is no such lane.
    #[inline]
    pub fn unit(lane: usize) -> Self {
        let mut unit = Self::ZERO;
        if let Some(one) = unit.0.get_mut(lane) {
            *one = T::constant(1.0);
        }
        unit
    }

    #[inline(always)]
    fn each(mut self, f: impl Fn(T) -> T) -> Self {
        for lane in &mut self.0 {
            *lane = f(*lane);
        }
        self
    }

    #[inline(always)]
    fn both(mut self, other: Self, f: impl Fn(T, T) -> T) -> Self {
        for (lane, other) in self.0.iter_mut().zip(&other.0) {
            *lane = f(*lane, *other);
        }
        self
    }
}

impl<T: Real, const N: usize> Default for Lanes<T, N> {
    #[inline(always)]
    fn default() -> Self {
        Self::ZERO
    }
}

impl<T: Real, const N: usize> Add for Lanes<T, N> {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.both(other, |a, b| a + b)
    }
}

impl<T: Real, const N: usize> Sub for Lanes<T, N> {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.both(other, |a, b| a - b)
    }
}

impl<T: Real, const N: usize> Neg for Lanes<T, N> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        self.each(|a| -a)
    }
}

impl<T: Real, const N: usize> Mul<T> for Lanes<T, N> {
    type Output = Self;

    #[inline(always)]
    fn mul(self, factor: T) -> Self {
        self.each(|a| a * factor)
    }
}

impl<T: Real, const N: usize> Div<T> for Lanes<T, N> {
    type Output = Self;

    #[inline(always)]
    fn div(self, divisor: T) -> Self {
        self.each(|a| a / divisor)
    }
}

impl<T: Real, const N: usize> AddAssign for Lanes<T, N> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<T: Real, const N: usize> SubAssign for Lanes<T, N> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<T: Real, const N: usize> Accumulate for Lanes<T, N> {
    #[inline(always)]
    fn accumulate(&mut self, rhs: &Self) {
        *self += *rhs;
    }
}

impl<T: Real, const N: usize> SetZero for Lanes<T, N> {
    #[inline(always)]
    fn set_to_zero(&mut self) {
        *self = Self::ZERO;
    }
}

impl<T: Real, const N: usize> Zero for Lanes<T, N> {
    const ZERO: Self = Self([T::REAL_ZERO; N]);
}

impl<T: Real, const N: usize> Direction<T> for Lanes<T, N> {
    #[inline(always)]
    fn by_singular(self, partial: T) -> Self {
        self.each(|a| if a == T::REAL_ZERO { T::REAL_ZERO } else { a * partial })
    }

    #[inline(always)]
    fn by_strong(self, partial: T) -> Self {
        if partial == T::REAL_ZERO { Self::ZERO } else { self * partial }
    }

    #[inline(always)]
    fn when(self, condition: bool) -> Self {
        if condition { self } else { Self::ZERO }
    }

    #[inline(always)]
    fn unless(self, condition: bool) -> Self {
        if condition { Self::ZERO } else { self }
    }
}
