//! Both modes along several directions at once.
//!
//! A pushforward is linear in its tangents, a pullback in its cotangents, and the sweeps of second order in theirs. So each
//! can be written once for every type of tangent that can be added and multiplied by a float: `x_dot * y`, with the tangent
//! on the left. Such a type is a [`Direction`]. [`Lanes`] are several
//! tangents side by side, which share all the work of the primal and vectorise; [`Columns`] are the set of columns that a
//! tangent depends on, which gives the sparsity pattern of a Jacobian without looking at a number; [`Traced`] are one
//! beside the other.
//!
//! Source: Griewank & Walther, *Evaluating Derivatives*, 2008, §3.2 (vector forward mode), §7.1 (index domains).

mod along;
mod columns;
mod lanes;
mod traced;

pub use along::{Along, Telling, components, count, zeros};
pub use columns::Columns;
pub use lanes::Lanes;
pub use traced::Traced;

use core::fmt::Debug;
use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use crate::differentiable::{Accumulate, SetZero};

/// The reverse sweep of a run: it is given the components of the result's cotangent, and gives those of the gradient, both in
/// order. It can be run any number of times.
pub type Pull<'p, D> = &'p dyn Fn(&mut dyn FnMut() -> D, &mut dyn FnMut(&D));

/// What has a neutral element of addition.
pub trait Zero {
    /// The neutral element of addition.
    const ZERO: Self;

    /// Whether an element tells that it is zero without a look at numbers.
    const TELLS: bool = false;

    /// Whether the element tells that it is zero.
    #[inline(always)]
    fn is_known_zero(&self) -> bool {
        false
    }
}

impl Zero for f64 {
    const ZERO: Self = 0.0;
}

impl Zero for f32 {
    const ZERO: Self = 0.0;
}

/// What can stand for the tangent of a float `T`: an element of a vector space over it.
#[diagnostic::on_unimplemented(message = "`{Self}` is no tangent of `{T}` along several directions")]
pub trait Direction<T>:
    Copy
    + Default
    + Debug
    + PartialEq
    + Add<Output = Self>
    + Sub<Output = Self>
    + Neg<Output = Self>
    + Mul<T, Output = Self>
    + Div<T, Output = Self>
    + AddAssign
    + SubAssign
    + Accumulate
    + SetZero
    + Along<Self, Tangent = Self>
    + Zero
{
    /// `self * partial` of a partial that may be infinite or NaN: a zero tangent stays zero.
    #[must_use]
    fn by_singular(self, partial: T) -> Self;

    /// `self * partial` of a partial that wins if it is zero, over an infinite or NaN tangent.
    #[must_use]
    fn by_strong(self, partial: T) -> Self;

    /// The tangent if the condition holds, else zero. The condition depends on the point, so a set of columns stays.
    #[must_use]
    fn when(self, condition: bool) -> Self;

    /// The tangent unless the condition holds.
    #[must_use]
    fn unless(self, condition: bool) -> Self;
}
