//! Partial derivatives of scalar functions, for generated code.
//!
//! Each function states its formula and its value where the formula is singular. At a kink the value is a subgradient;
//! where both one-sided derivatives are infinite it is the infinity, and [`strong_mul`] keeps a zero seed zero there.
//! Source of the choices: the test suite of ChainRules.jl, and Griewank & Walther 2008, chapter 14.

use crate::differentiable::Accumulate;
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

/// `∂ᵏ xⁿ / ∂xᵏ = n (n-1) .. (n-k+1) xⁿ⁻ᵏ`; 0 where a factor is 0, also at `x = 0`.
#[inline]
pub fn powi_partial<T: Real>(x: T, n: i32, by_x: u32) -> T {
    let exponent = i64::from(n) - i64::from(by_x);
    let factor: f64 = (0..by_x).map(|i| f64::from(n) - f64::from(i)).product();
    match i32::try_from(exponent) {
        _ if factor == 0.0 => zero(),
        Ok(exponent) => T::constant(factor) * x.real_powi(exponent),
        Err(_) => T::constant(factor) * x.real_powf(T::constant(f64::from(n) - f64::from(by_x))),
    }
}

/// `∂ᵏ⁺ᵐ xᵖ / ∂xᵏ ∂pᵐ = ∂ᵐ/∂pᵐ [p (p-1) .. (p-k+1) xᵖ⁻ᵏ]`. With `m = 0` it is 0 where a factor is 0, also at `x = 0`; with
/// `m > 0` at `x = 0` it is 0 for `p > k`, and NaN otherwise.
#[inline]
pub fn powf_partial<T: Real>(x: T, p: T, by_x: usize, by_p: usize) -> T {
    // the coefficients of the factor in powers of `t`, at `p + t`
    const MOST: usize = 16;
    let mut factor = [zero::<T>(); MOST];
    factor[0] = T::constant(1.0);
    for i in 0..by_x {
        let root = p - T::constant(i as f64);
        for at in (0..MOST).rev() {
            factor[at] = factor[at] * root + if at == 0 { zero() } else { factor[at - 1] };
        }
    }
    let exponent = p - T::constant(by_x as f64);
    if by_p == 0 {
        return if is_zero(factor[0]) { zero() } else { factor[0] * x.real_powf(exponent) };
    }
    if is_zero(x) {
        return if exponent > zero() { zero() } else { T::constant(f64::NAN) };
    }
    // Leibniz: m! Σ factor[j] (ln x)ᵐ⁻ʲ / (m-j)!
    let (mut sum, mut term, mut factorial) = (zero(), T::constant(1.0), 1.0);
    for i in 0..=by_p {
        if by_p - i < MOST {
            sum += factor[by_p - i] * term;
        }
        term = term * x.real_ln() / T::constant((i + 1) as f64);
        factorial *= if i == 0 { 1.0 } else { i as f64 };
    }
    T::constant(factorial) * sum * x.real_powf(exponent)
}

/// `1/x`, and 0 at 0: for the second derivatives of what is 0 at the origin by convention.
#[inline]
pub fn recip_or_zero<T: Real>(x: T) -> T {
    if is_zero(x) { zero() } else { T::constant(1.0) / x }
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
pub fn sum_elements<T: Accumulate>(items: &[T], zero: T) -> T {
    items.iter().fold(zero, |mut sum, item| {
        sum.accumulate(item);
        sum
    })
}

#[cfg(test)]
mod tests;
