//! `x as f64`, where only rustc knows whether `x` is a float or an integer.

use crate::differentiable::Differentiable;

/// The derivative of `z = x as To`: the conversion of the seed, or nothing if `x` is an integer.
#[diagnostic::on_unimplemented(message = "there is no derivative rule for `{Self}` as `{To}`")]
pub trait CastRule<To>: Differentiable {
    /// `z_dot`.
    fn push(x_dot: &Self::Tangent) -> To;
    /// `x_bar`.
    fn pull(z_bar: &To) -> Self::Tangent;
}

/// `z_dot` from `x_dot`.
#[inline(always)]
pub fn push<To, A: CastRule<To>>(_: &A, x_dot: &A::Tangent) -> To {
    A::push(x_dot)
}

/// `x_bar` from `z_bar`.
#[inline(always)]
pub fn pull<To, A: CastRule<To>>(_: &A, z_bar: &To) -> A::Tangent {
    A::pull(z_bar)
}

macro_rules! floats {
    ($($from:ident as $to:ident),*) => {
        $(
            impl CastRule<$to> for $from {
                #[inline(always)]
                #[allow(clippy::cast_possible_truncation, clippy::cast_lossless, clippy::unnecessary_cast)]
                fn push(x_dot: &$from) -> $to {
                    *x_dot as $to
                }

                #[inline(always)]
                #[allow(clippy::cast_possible_truncation, clippy::cast_lossless, clippy::unnecessary_cast)]
                fn pull(z_bar: &$to) -> $from {
                    *z_bar as $from
                }
            }
        )*
    };
}

floats!(f64 as f64, f64 as f32, f32 as f64, f32 as f32);

macro_rules! integers {
    ($($from:ident),*) => {
        $(
            impl CastRule<f64> for $from {
                #[inline(always)]
                fn push((): &()) -> f64 {
                    0.0
                }

                #[inline(always)]
                fn pull(_: &f64) {}
            }

            impl CastRule<f32> for $from {
                #[inline(always)]
                fn push((): &()) -> f32 {
                    0.0
                }

                #[inline(always)]
                fn pull(_: &f32) {}
            }
        )*
    };
}

integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);
