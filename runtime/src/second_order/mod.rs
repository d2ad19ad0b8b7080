//! What is done with products of second order: curvature along a direction, extreme eigenvalues, Gauss-Newton products.
//!
//! Everything takes a closure `v -> H v`, for which `f::hvp` serves, over tangents of any shape. `H` is symmetric, so that
//! `vᵀ H = (H v)ᵀ` is the same call.
//!
//! ```
//! use chainrule::{differentiable, second_order};
//!
//! #[differentiable(order = 2)]
//! fn bowl(x: &[f64]) -> f64 {
//!     x[0] * x[0] + 2.5 * x[1] * x[1]
//! }
//!
//! let x = [1.0, 2.0];
//! let largest = second_order::power_iteration(|v| bowl::hvp(&x, v), vec![1.0, 1.0], 1e-9, 100);
//! assert!((largest.value - 5.0).abs() < 1e-6);
//! ```

#[cfg(feature = "nalgebra")]
mod lanczos;
mod power;
mod vector;

#[cfg(feature = "nalgebra")]
pub use lanczos::{Extremes, lanczos};
pub use power::{Eigenpair, power_iteration};

use crate::differentiable::Tangent;

/// `vᵀ H v / vᵀ v`, the curvature along a direction (the Rayleigh quotient); NaN for `v = 0`.
pub fn curvature<V: Tangent>(hvp: impl FnOnce(&V) -> V, v: &V) -> f64 {
    vector::dot(v, &hvp(v)) / vector::dot(v, v)
}

/// `Jᵀ J v + damping v`, the Gauss-Newton product of Levenberg and Marquardt for least squares `½ ‖r(x)‖²`, from a
/// pushforward and a pullback of the residuals `r`. Their order of accuracy is that of the residuals themselves.
///
/// Source: Nocedal & Wright, Numerical Optimization (2006), §10.3.
pub fn gauss_newton<V: Tangent, R>(jvp: impl FnOnce(&V) -> R, vjp: impl FnOnce(R) -> V, damping: f64, v: &V) -> V {
    let mut product = vjp(jvp(v));
    vector::add_scaled(&mut product, damping, v);
    product
}

#[cfg(test)]
mod tests;
