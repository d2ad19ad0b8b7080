//! Tangents with the columns that they depend on.

use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use super::{Columns, Direction, Zero};
use crate::differentiable::{Accumulate, SetZero};
use crate::real::Real;

/// A tangent, and the set of columns that it depends on. Without a column it is zero, which it tells without a look at its
/// numbers: what would be calculated from it alone is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traced<A, const W: usize> {
    /// The tangent.
    pub tangent: A,
    /// What it depends on.
    pub columns: Columns<W>,
}

macro_rules! binary {
    ($($operator:ident $method:ident, $assign:ident $method_assign:ident);*) => {
        $(
            impl<A: $operator<Output = A>, const W: usize> $operator for Traced<A, W> {
                type Output = Self;

                #[inline(always)]
                fn $method(self, other: Self) -> Self {
                    Self { tangent: self.tangent.$method(other.tangent), columns: self.columns.$method(other.columns) }
                }
            }

            impl<A: $assign + Zero, const W: usize> $assign for Traced<A, W> {
                #[inline(always)]
                fn $method_assign(&mut self, other: Self) {
                    // the compiler calculates a term that is used here alone where it is needed
                    if !other.is_known_zero() {
                        self.tangent.$method_assign(other.tangent);
                        self.columns.$method_assign(other.columns);
                    }
                }
            }
        )*
    };
}

binary!(Add add, AddAssign add_assign; Sub sub, SubAssign sub_assign);

macro_rules! scaled {
    ($($operator:ident $method:ident),*) => {
        $(
            impl<T: Real, A: $operator<T, Output = A>, const W: usize> $operator<T> for Traced<A, W> {
                type Output = Self;

                #[inline(always)]
                fn $method(self, factor: T) -> Self {
                    Self { tangent: self.tangent.$method(factor), ..self }
                }
            }
        )*
    };
}

scaled!(Mul mul, Div div);

impl<A: Neg<Output = A>, const W: usize> Neg for Traced<A, W> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        Self { tangent: -self.tangent, ..self }
    }
}

impl<A: AddAssign + Zero + Copy, const W: usize> Accumulate for Traced<A, W> {
    #[inline(always)]
    fn accumulate(&mut self, rhs: &Self) {
        *self += *rhs;
    }
}

impl<A: Zero, const W: usize> SetZero for Traced<A, W> {
    #[inline(always)]
    fn set_to_zero(&mut self) {
        *self = Self::ZERO;
    }
}

impl<A: Zero, const W: usize> Zero for Traced<A, W> {
    const ZERO: Self = Self { tangent: A::ZERO, columns: Columns::NONE };
    const TELLS: bool = true;

    #[inline(always)]
    fn is_known_zero(&self) -> bool {
        self.columns == Columns::NONE
    }
}

impl<T: Real, A: Direction<T>, const W: usize> Direction<T> for Traced<A, W> {
    #[inline(always)]
    fn by_singular(self, partial: T) -> Self {
        Self { tangent: self.tangent.by_singular(partial), ..self }
    }

    #[inline(always)]
    fn by_strong(self, partial: T) -> Self {
        Self { tangent: self.tangent.by_strong(partial), ..self }
    }

    #[inline(always)]
    fn when(self, condition: bool) -> Self {
        Self { tangent: self.tangent.when(condition), ..self }
    }

    #[inline(always)]
    fn unless(self, condition: bool) -> Self {
        Self { tangent: self.tangent.unless(condition), ..self }
    }
}
