//! Partial derivatives of scalar functions, for generated code.
//!
//! Each function states its formula and its value where the formula is singular. At a kink the value is a subgradient;
//! where both one-sided derivatives are infinite it is the infinity, and [`strong_mul`] keeps a zero seed zero there.
//! Source of the choices: the test suite of ChainRules.jl, and Griewank & Walther 2008, chapter 14.

use crate::differentiable::Tangent;
use crate::real::Real;

#[inline(always)]
fn zero<T: Real>() -> T {
    T::constant(0.0)
}

#[inline(always)]
fn is_zero<T: Real>(x: T) -> bool {
    x == zero()
}

/// `seed * partial`, but 0 for a zero seed even if the partial is infinite or NaN ("strong zero").
///
/// What does not depend on an argument must not become NaN because the function is singular there.
#[inline]
pub fn strong_mul<T: Real>(seed: T, partial: T) -> T {
    if is_zero(seed) { zero() } else { seed * partial }
}

/// `d xⁿ / dx = n xⁿ⁻¹`; 0 for `n = 0`, also at `x = 0`.
#[inline]
pub fn powi_dx<T: Real>(x: T, n: i32) -> T {
    match n.checked_sub(1) {
        _ if n == 0 => zero(),
        Some(exponent) => T::constant(f64::from(n)) * x.real_powi(exponent),
        None => T::constant(f64::from(n)) * x.real_powi(n) / x,
    }
}

/// `∂ xᵖ / ∂x = p xᵖ⁻¹`; 0 for `p = 0`, also at `x = 0`.
#[inline]
pub fn powf_dx<T: Real>(x: T, p: T) -> T {
    if is_zero(p) { zero() } else { p * x.real_powf(p - T::constant(1.0)) }
}

/// `∂ xᵖ / ∂p = xᵖ ln x`; at `x = 0` it is 0 for `p > 0`, and NaN otherwise, where `xᵖ` jumps.
#[inline]
pub fn powf_dp<T: Real>(x: T, p: T) -> T {
    if !is_zero(x) {
        x.real_powf(p) * x.real_ln()
    } else if p > zero() {
        zero()
    } else {
        T::constant(f64::NAN)
    }
}

/// `d|x|/dx = sign(x)`; 0 at 0, the middle of the subgradients.
#[inline]
pub fn abs_dx<T: Real>(x: T) -> T {
    if is_zero(x) { zero() } else { x.real_signum() }
}

/// Whether `a.max(b)` returns `a`, so that the derivative is its. A tie goes to `a`; a NaN is never returned if the
/// other operand is a number.
#[inline]
pub fn max_takes_first<T: Real>(a: T, b: T) -> bool {
    a >= b || b.is_nan_real()
}

/// Whether `a.min(b)` returns `a`, so that the derivative is its. A tie goes to `a`; a NaN is never returned if the
/// other operand is a number.
#[inline]
pub fn min_takes_first<T: Real>(a: T, b: T) -> bool {
    a <= b || b.is_nan_real()
}

/// Whether the result of `x.clamp(low, high)` is `x` itself: `low ≤ x ≤ high`, bounds included; also for NaN, which
/// passes through.
#[inline]
pub fn clamp_takes_value<T: Real>(x: T, low: T, high: T) -> bool {
    x.is_nan_real() || (low <= x && x <= high)
}

/// The larger of `|x|` and `|y|`.
#[inline]
fn largest<T: Real>(x: T, y: T) -> T {
    let (x, y) = (x.real_abs(), y.real_abs());
    if x >= y || y.is_nan_real() { x } else { y }
}

/// `∂ hypot(x, y) / ∂x = x / √(x² + y²)`; 0 at the origin. Scaled, so that nothing overflows or underflows.
#[inline]
pub fn hypot_dx<T: Real>(x: T, y: T) -> T {
    let scale = largest(x, y);
    if is_zero(scale) {
        return zero();
    }
    let (x, y) = (x / scale, y / scale);
    x / x.real_hypot(y)
}

/// `∂ hypot(x, y) / ∂y = y / √(x² + y²)`; 0 at the origin. Scaled, so that nothing overflows or underflows.
#[inline]
pub fn hypot_dy<T: Real>(x: T, y: T) -> T {
    hypot_dx(y, x)
}

/// `∂ atan2(y, x) / ∂y = x / (x² + y²)`; 0 at the origin. Scaled, so that the squares do not overflow or underflow.
#[inline]
pub fn atan2_dy<T: Real>(y: T, x: T) -> T {
    let scale = largest(x, y);
    if is_zero(scale) {
        return zero();
    }
    let (x, y) = (x / scale, y / scale);
    x / (x * x + y * y) / scale
}

/// `∂ atan2(y, x) / ∂x = -y / (x² + y²)`; 0 at the origin. Scaled, so that the squares do not overflow or underflow.
#[inline]
pub fn atan2_dx<T: Real>(y: T, x: T) -> T {
    -atan2_dy(x, y)
}

/// `∂ (x % y) / ∂y = -trunc(x / y)`, since `x % y = x - trunc(x / y) y`; the jumps are ignored.
///
/// The quotient is taken from the exact remainder, as `x / y` may round up to the next integer.
#[inline]
pub fn rem_dy<T: Real>(x: T, y: T) -> T {
    -((x - x % y) / y).real_round()
}

/// `∂ x.rem_euclid(y) / ∂y = -x.div_euclid(y)`, since `x.rem_euclid(y) = x - x.div_euclid(y) y`; the jumps are ignored.
#[inline]
pub fn rem_euclid_dy<T: Real>(x: T, y: T) -> T {
    let truncated = rem_dy(x, y);
    if x % y >= zero() {
        truncated
    } else if y > zero() {
        truncated + T::constant(1.0)
    } else {
        truncated - T::constant(1.0)
    }
}

/// `d x.copysign(s) / dx = sign(x) sign(s)`, with the sign bit of `s`; 0 at `x = 0`, as for `abs`.
#[inline]
pub fn copysign_dx<T: Real>(x: T, sign: T) -> T {
    let flips = sign.real_signum();
    if flips.is_nan_real() { abs_dx(x) } else { abs_dx(x) * flips }
}

/// `zero + Σ items`: the reverse of repeating a value, as in `[a; n]`.
#[inline]
pub fn sum_elements<T: Tangent>(items: &[T], zero: T) -> T {
    items.iter().fold(zero, |mut sum, item| {
        sum.accumulate(item);
        sum
    })
}

#[cfg(test)]
mod tests;
