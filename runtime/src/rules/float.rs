//! Partial derivatives of float primitives that need more than an expression: kinks, singular points, overflow.
//!
//! Generated code calls these with primal values and multiplies by a seed. Conventions at singular points are those of
//! ChainRules.jl where it has one; each function states its own. They are continuous extensions or one-sided
//! derivatives, chosen so that a finite input off the singular set never yields NaN.

use crate::{Real, Tangent};

/// `seed * partial`, where a zero seed wins: `0 * inf = 0 * NaN = 0` ("strong zero").
///
/// It keeps a branch that contributes nothing from poisoning a sum, as for `√x` at 0.
#[inline]
pub fn strong_mul<T: Real>(seed: T, partial: T) -> T {
    if seed == T::constant(0.0) { seed } else { seed * partial }
}

/// `∂/∂x x^n = n x^(n-1)`; 0 for `n = 0`, also at `x = 0`.
#[inline]
pub fn powi_dx<T: Real>(x: T, n: i32) -> T {
    match n {
        0 => T::constant(0.0),
        // There is no `i32::MIN - 1`.
        i32::MIN => T::constant(f64::from(n)) * (x.real_powi(n) / x),
        _ => T::constant(f64::from(n)) * x.real_powi(n - 1),
    }
}

/// `∂/∂x x^p = p x^(p-1)`; 0 for `p = 0`, also at `x = 0`.
#[inline]
pub fn powf_dx<T: Real>(x: T, p: T) -> T {
    if p == T::constant(0.0) { p } else { p * x.real_powf(p - T::constant(1.0)) }
}

/// `∂/∂p x^p = x^p ln x`; at `x = 0` it is 0 for `p > 0` and NaN otherwise. NaN for `x < 0`.
#[inline]
pub fn powf_dp<T: Real>(x: T, p: T) -> T {
    let zero = T::constant(0.0);
    if x == zero { if p > zero { zero } else { T::constant(f64::NAN) } } else { x.real_powf(p) * x.real_ln() }
}

/// `∂|x|/∂x = sign(x)`; 0 at 0 (the middle of the subdifferential), NaN at NaN.
#[inline]
pub fn abs_dx<T: Real>(x: T) -> T {
    let zero = T::constant(0.0);
    if x == zero {
        zero
    } else if x.real_is_nan() {
        x
    } else {
        T::constant(1.0).real_copysign(x)
    }
}

/// Whether `max(a, b)` passes its derivative to `a`. A tie goes to `a`; beside a NaN, to the operand that
/// `f64::max` returns, which is the other one.
#[inline]
pub fn max_takes_first<T: Real>(a: T, b: T) -> bool {
    a >= b || b.real_is_nan()
}

/// Whether `min(a, b)` passes its derivative to `a`. A tie goes to `a`; beside a NaN, to the operand that
/// `f64::min` returns, which is the other one.
#[inline]
pub fn min_takes_first<T: Real>(a: T, b: T) -> bool {
    a <= b || b.real_is_nan()
}

/// Whether `x.clamp(lo, hi)` passes its derivative to `x`; on a bound it does, as for a tie in `max`.
#[inline]
pub fn clamp_takes_value<T: Real>(x: T, lo: T, hi: T) -> bool {
    !(x < lo) && !(hi < x)
}

/// `∂/∂x √(x² + y²) = x / √(x² + y²)`; 0 at the origin. Neither overflows nor underflows.
#[inline]
pub fn hypot_dx<T: Real>(x: T, y: T) -> T {
    let (scaled_x, scaled_y) = normalized(x, y);
    if x == T::constant(0.0) { x } else { scaled_x / scaled_x.real_hypot(scaled_y) }
}

/// `∂/∂y √(x² + y²) = y / √(x² + y²)`; 0 at the origin. Neither overflows nor underflows.
#[inline]
pub fn hypot_dy<T: Real>(x: T, y: T) -> T {
    hypot_dx(y, x)
}

/// `∂ atan2(y, x)/∂y = x / (x² + y²)`; 0 at the origin. The squares do not overflow.
#[inline]
pub fn atan2_dy<T: Real>(y: T, x: T) -> T {
    over_square_radius(x, x, y)
}

/// `∂ atan2(y, x)/∂x = -y / (x² + y²)`; 0 at the origin. The squares do not overflow.
#[inline]
pub fn atan2_dx<T: Real>(y: T, x: T) -> T {
    -over_square_radius(y, x, y)
}

/// `∂ (x % y)/∂y = -trunc(x / y)`, almost everywhere; `∂/∂x` is 1. At a jump, that of the branch that `%` takes.
#[inline]
pub fn rem_dy<T: Real>(x: T, y: T) -> T {
    -(x / y).real_trunc()
}

/// `∂ x.rem_euclid(y)/∂y = -x.div_euclid(y)`, almost everywhere; `∂/∂x` is 1.
#[inline]
pub fn rem_euclid_dy<T: Real>(x: T, y: T) -> T {
    let (zero, one) = (T::constant(0.0), T::constant(1.0));
    let quotient = (x / y).real_trunc();
    let remainder = x - quotient * y;
    if remainder >= zero {
        -quotient
    } else if y > zero {
        one - quotient
    } else {
        -one - quotient
    }
}

/// `∂ copysign(x, sign)/∂x`: 1 if the signs agree, -1 if not; 0 at `x = 0`, as for `abs`. `∂/∂sign` is 0.
#[inline]
pub fn copysign_dx<T: Real>(x: T, sign: T) -> T {
    abs_dx(x) * T::constant(1.0).real_copysign(sign)
}

/// `zero + Σ items`, for tangents of any kind; `zero` has the shape of an element, so that an empty sum has one too.
///
/// # Panics
/// If the shapes of the elements differ.
#[inline]
pub fn sum_elements<T: Tangent>(items: &[T], zero: T) -> T {
    items.iter().fold(zero, |mut sum, item| {
        sum.accumulate(item);
        sum
    })
}

/// `(x, y) / max(|x|, |y|)`, so that squares of the result are harmless; itself at the origin.
#[inline]
fn normalized<T: Real>(x: T, y: T) -> (T, T) {
    let scale = largest(x, y);
    if scale == T::constant(0.0) { (x, y) } else { (x / scale, y / scale) }
}

/// `value / (x² + y²)`, 0 at the origin.
#[inline]
fn over_square_radius<T: Real>(value: T, x: T, y: T) -> T {
    let scale = largest(x, y);
    if scale == T::constant(0.0) {
        return scale;
    }
    let (x, y) = (x / scale, y / scale);
    value / scale / (x * x + y * y) / scale
}

#[inline]
fn largest<T: Real>(x: T, y: T) -> T {
    let (x, y) = (x.real_abs(), y.real_abs());
    if max_takes_first(x, y) { x } else { y }
}
