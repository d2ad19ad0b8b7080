//! Sets of columns.

use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use super::{Direction, Zero};
use crate::differentiable::{Accumulate, SetZero};
use crate::real::Real;

/// The set of columns, out of `64 W`, that a tangent depends on. A sum depends on what either term does, and a product with a
/// float on what the tangent does, also if the float is zero at this point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns<const W: usize>([u64; W]);

impl<const W: usize> Columns<W> {
    /// How many columns a set can tell apart.
    pub const COUNT: usize = 64 * W;

    /// No column.
    pub const NONE: Self = Self([0; W]);

    /// One column; none if the set has no such column.
    #[inline]
    pub fn one(column: usize) -> Self {
        let mut set = Self::NONE;
        if let Some(word) = set.0.get_mut(column / 64) {
            *word = 1 << (column % 64);
        }
        set
    }

    /// The columns of the set that another lacks.
    #[inline(always)]
    #[must_use]
    pub fn without(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
        self
    }

    #[inline(always)]
    fn union(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
        self
    }

    /// Calls `f` with each column of the set, in ascending order.
    #[inline]
    pub fn for_each(self, mut f: impl FnMut(usize)) {
        for (at, mut word) in self.0.into_iter().enumerate() {
            while word != 0 {
                f(64 * at + word.trailing_zeros() as usize);
                word &= word - 1;
            }
        }
    }
}

impl<const W: usize> Default for Columns<W> {
    #[inline(always)]
    fn default() -> Self {
        Self::NONE
    }
}

macro_rules! union {
    ($($operator:ident $method:ident, $assign:ident $method_assign:ident);*) => {
        $(
            impl<const W: usize> $operator for Columns<W> {
                type Output = Self;

                #[inline(always)]
                fn $method(self, other: Self) -> Self {
                    self.union(other)
                }
            }

            impl<const W: usize> $assign for Columns<W> {
                #[inline(always)]
                fn $method_assign(&mut self, other: Self) {
                    *self = self.union(other);
                }
            }
        )*
    };
}

union!(Add add, AddAssign add_assign; Sub sub, SubAssign sub_assign);

macro_rules! scaled {
    ($($operator:ident $method:ident),*) => {
        $(
            impl<T: Real, const W: usize> $operator<T> for Columns<W> {
                type Output = Self;

                #[inline(always)]
                fn $method(self, _: T) -> Self {
                    self
                }
            }
        )*
    };
}

scaled!(Mul mul, Div div);

impl<const W: usize> Neg for Columns<W> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        self
    }
}

impl<const W: usize> Accumulate for Columns<W> {
    #[inline(always)]
    fn accumulate(&mut self, rhs: &Self) {
        *self += *rhs;
    }
}

impl<const W: usize> SetZero for Columns<W> {
    #[inline(always)]
    fn set_to_zero(&mut self) {
        *self = Self::NONE;
    }
}

impl<const W: usize> Zero for Columns<W> {
    const ZERO: Self = Self::NONE;
}

impl<T: Real, const W: usize> Direction<T> for Columns<W> {
    #[inline(always)]
    fn by_singular(self, _: T) -> Self {
        self
    }

    #[inline(always)]
    fn by_strong(self, _: T) -> Self {
        self
    }

    #[inline(always)]
    fn when(self, _: bool) -> Self {
        self
    }

    #[inline(always)]
    fn unless(self, _: bool) -> Self {
        self
    }
}
