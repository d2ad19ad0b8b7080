//! Real scalars: what the derivative rules need of `f64` and `f32`, under names that clash with nothing.
//!
//! Without the standard library the elementary functions are those of `libm`, through `num_traits`.

use crate::{Differentiable, Tangent};
use core::fmt::{Debug, Display};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// A real scalar: `f64`, `f32`, or a generic parameter that stands for one of them.
///
/// The methods have names of their own so that a bound by this trait never makes `x.sin()` ambiguous. Each
/// `real_NAME` is the method `NAME` of the float, value for value.
pub trait Real:
    Copy
    + Debug
    + Display
    + PartialOrd
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + Differentiable<Tangent = Self>
    + Tangent
    + 'static
{
    /// The distance from 1 to the next larger value.
    const REAL_EPSILON: Self;

    /// The nearest value to a constant.
    fn constant(value: f64) -> Self;
    /// The value in `f64`.
    fn to_f64_lossy(self) -> f64;

    /// Whether this is not a number.
    fn real_is_nan(self) -> bool;
    /// Whether this is neither infinite nor NaN.
    fn real_is_finite(self) -> bool;
    /// `|x|`.
    fn real_abs(self) -> Self;
    /// The magnitude of `self` with the sign of `sign`, which may be that of a zero.
    fn real_copysign(self, sign: Self) -> Self;
    /// The integer part, towards zero.
    fn real_trunc(self) -> Self;
    /// `√x`.
    fn real_sqrt(self) -> Self;
    /// `ln x`.
    fn real_ln(self) -> Self;
    /// `√(x² + y²)` without overflow of the squares.
    fn real_hypot(self, other: Self) -> Self;
    /// `x^n`.
    fn real_powi(self, exponent: i32) -> Self;
    /// `x^p`.
    fn real_powf(self, exponent: Self) -> Self;
}

macro_rules! real {
    ($($float:ident)*) => {$(
        impl Real for $float {
            const REAL_EPSILON: Self = $float::EPSILON;

            #[inline(always)]
            fn constant(value: f64) -> Self {
                value as $float
            }
            #[inline(always)]
            fn to_f64_lossy(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn real_is_nan(self) -> bool {
                self.is_nan()
            }
            #[inline(always)]
            fn real_is_finite(self) -> bool {
                self.is_finite()
            }
            #[inline(always)]
            fn real_abs(self) -> Self {
                self.abs()
            }
            #[inline(always)]
            fn real_copysign(self, sign: Self) -> Self {
                self.copysign(sign)
            }
            #[inline(always)]
            fn real_trunc(self) -> Self {
                num_traits::Float::trunc(self)
            }
            #[inline(always)]
            fn real_sqrt(self) -> Self {
                num_traits::Float::sqrt(self)
            }
            #[inline(always)]
            fn real_ln(self) -> Self {
                num_traits::Float::ln(self)
            }
            #[inline(always)]
            fn real_hypot(self, other: Self) -> Self {
                num_traits::Float::hypot(self, other)
            }
            #[inline(always)]
            fn real_powi(self, exponent: i32) -> Self {
                num_traits::Float::powi(self, exponent)
            }
            #[inline(always)]
            fn real_powf(self, exponent: Self) -> Self {
                num_traits::Float::powf(self, exponent)
            }
        }
    )*};
}

real!(f64 f32);
