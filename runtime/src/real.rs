//! Real scalars, as generated code and the rules see them.

use core::fmt::{Debug, Display};
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, Sub, SubAssign};

use num_traits::Float;

use crate::differentiable::{Differentiable, Retract, Tangent};
use crate::rules::second_order::{Product, Quotient};
use crate::rules::{AddRule, Additive, DivRule, MulRule, NegRule, Operand, SubRule};

/// A real scalar: `f64`, `f32`, or a generic parameter that stands for one of them.
///
/// The methods have names of their own so that a bound by this trait never makes `x.sin()` ambiguous.
pub trait Real:
    Copy
    + PartialOrd
    + Debug
    + Display
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Rem<Output = Self>
    + AddAssign
    + SubAssign
    + Additive
    + MulAssign
    + DivAssign
    + Differentiable<Tangent = Self>
    + Retract
    + Tangent
    + Operand<Value = Self>
    + AddRule<Self, Output = Self>
    + SubRule<Self, Output = Self>
    + MulRule<Self, Output = Self>
    + DivRule<Self, Output = Self>
    + NegRule<Output = Self>
    + Product<Self>
    + Quotient<Self>
    + 'static
{
    /// The distance from 1 to the next larger value.
    const REAL_EPSILON: Self;
    /// 0.
    const REAL_ZERO: Self;

    /// The nearest value to a constant.
    fn constant(value: f64) -> Self;
    /// The value in `f64`.
    fn to_f64_lossy(self) -> f64;
    /// Whether the value is NaN.
    fn is_nan_real(self) -> bool;
    /// `|x|`.
    fn real_abs(self) -> Self;
    /// `±1` with the sign bit of `self`; NaN for NaN.
    fn real_signum(self) -> Self;
    /// The integer part.
    fn real_trunc(self) -> Self;
    /// The nearest integer.
    fn real_round(self) -> Self;
    /// `√x`.
    fn real_sqrt(self) -> Self;
    /// `√(x² + y²)` without overflow.
    fn real_hypot(self, other: Self) -> Self;
    /// `eˣ`.
    fn real_exp(self) -> Self;
    /// The natural logarithm.
    fn real_ln(self) -> Self;
    /// `xᵖ`.
    fn real_powf(self, exponent: Self) -> Self;
    /// `xⁿ`.
    fn real_powi(self, exponent: i32) -> Self;
}

macro_rules! real {
    ($float:ident) => {
        impl Real for $float {
            const REAL_EPSILON: Self = $float::EPSILON;
            const REAL_ZERO: Self = 0.0;

            #[inline(always)]
            #[allow(clippy::cast_possible_truncation)]
            fn constant(value: f64) -> Self {
                value as $float
            }

            #[inline(always)]
            fn to_f64_lossy(self) -> f64 {
                f64::from(self)
            }

            #[inline(always)]
            fn is_nan_real(self) -> bool {
                self.is_nan()
            }

            real!(@forward $float: real_abs = abs, real_signum = signum, real_trunc = trunc, real_round = round,
                real_sqrt = sqrt, real_exp = exp, real_ln = ln);

            #[inline]
            fn real_hypot(self, other: Self) -> Self {
                Float::hypot(self, other)
            }

            #[inline]
            fn real_powf(self, exponent: Self) -> Self {
                Float::powf(self, exponent)
            }

            #[inline]
            fn real_powi(self, exponent: i32) -> Self {
                Float::powi(self, exponent)
            }
        }
    };
    (@forward $float:ident: $($name:ident = $float_name:ident),*) => {
        $(
            #[inline]
            fn $name(self) -> Self {
                Float::$float_name(self)
            }
        )*
    };
}

real!(f64);
real!(f32);
