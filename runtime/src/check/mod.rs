//! Checks of derivatives, in one line of a test.
//!
//! ```
//! use chainrule::check;
//!
//! let f = |x: &[f64; 2]| x[0] * x[1].sin();
//! let gradient = |x: &[f64; 2]| [x[1].sin(), x[0] * x[1].cos()];
//! let x = [2.0, 1.0];
//! check::assert_grad(f, &gradient(&x), &x);
//! ```
//!
//! Several arguments are one tuple. Every function takes the primal's derivative as a value or a closure and compares
//! it in a few random directions, which are the same in every run: a wrong component shows in all of them.
//!
//! - [`grad`] and [`jvp`] compare with central differences, and check that the first-order Taylor remainder is of
//!   second order;
//! - [`transpose`] checks `⟨y_bar, J x_dot⟩ = ⟨Jᵀ y_bar, x_dot⟩`, which needs no differences and is exact up to rounding.
//!
//! The functions that return a `Result` have twins named `assert_..`, which panic with the error's message. Choose the
//! number of directions, the seed or the tolerance with [`Checker`].

mod checker;
mod difference;
mod direction;
mod error;
#[cfg(test)]
mod tests;

pub use checker::Checker;
pub use error::CheckError;

use crate::differentiable::{Differentiable, Retract, Tangent};
use crate::real::Real;

/// Whether `gradient` is the gradient of `f` at `x`, by central differences and the Taylor remainder.
///
/// ```
/// # use chainrule::check;
/// let x = vec![1.0, -2.0, 3.0];
/// let norm_squared = |x: &Vec<f64>| x.iter().map(|x| x * x).sum::<f64>();
/// assert!(check::grad(norm_squared, &vec![2.0, -4.0, 6.0], &x).is_ok());
///
/// let error = check::grad(norm_squared, &vec![2.0, 4.0, 6.0], &x).unwrap_err();
/// assert!(error.to_string().contains("component 1 of the gradient is -4.0"), "{error}");
/// ```
///
/// # Errors
/// If the two disagree, or if the differences do not converge because `f` is not smooth at `x`.
///
/// # Panics
/// If the gradient and the point differ in shape.
pub fn grad<P, Y>(f: impl Fn(&P) -> Y, gradient: &P::Tangent, x: &P) -> Result<(), CheckError>
where
    P: Retract + Clone,
    Y: Real,
{
    Checker::new().grad(f, gradient, x)
}

/// Whether `jvp(x, x_dot)` is the directional derivative of `f` at `x`.
///
/// The result of `f` is a value that is its own tangent: a float, a tuple, array or `Vec` of floats, a matrix.
///
/// # Errors
/// If the two disagree, or if the differences do not converge because `f` is not smooth at `x`.
pub fn jvp<P, Y>(f: impl Fn(&P) -> Y, jvp: impl Fn(&P, &P::Tangent) -> Y, x: &P) -> Result<(), CheckError>
where
    P: Retract + Clone,
    Y: Tangent,
{
    Checker::new().jvp(f, jvp, x)
}

/// Whether `vjp(x, y_bar)` is the transpose of `jvp(x, x_dot)`: `⟨y_bar, J x_dot⟩ = ⟨Jᵀ y_bar, x_dot⟩`.
///
/// # Errors
/// If the two inner products differ by more than rounding.
pub fn transpose<P, Y>(
    jvp: impl Fn(&P, &P::Tangent) -> Y,
    vjp: impl Fn(&P, &Y) -> P::Tangent,
    x: &P,
) -> Result<(), CheckError>
where
    P: Differentiable,
    Y: Tangent,
{
    Checker::new().transpose(jvp, vjp, x)
}

/// Both modes at once: [`jvp`] against differences, and `vjp` against `jvp` by [`transpose`].
///
/// # Errors
/// The first that disagrees.
pub fn vjp_jvp<P, Y>(
    f: impl Fn(&P) -> Y,
    jvp: impl Fn(&P, &P::Tangent) -> Y,
    vjp: impl Fn(&P, &Y) -> P::Tangent,
    x: &P,
) -> Result<(), CheckError>
where
    P: Retract + Clone,
    Y: Tangent,
{
    let checker = Checker::new();
    checker.jvp(f, &jvp, x)?;
    checker.transpose(jvp, vjp, x)
}

/// [`grad`], for tests.
///
/// # Panics
/// With the error's message.
#[track_caller]
pub fn assert_grad<P, Y>(f: impl Fn(&P) -> Y, gradient: &P::Tangent, x: &P)
where
    P: Retract + Clone,
    Y: Real,
{
    assert_ok(grad(f, gradient, x));
}

/// [`jvp`], for tests.
///
/// # Panics
/// With the error's message.
#[track_caller]
pub fn assert_jvp<P, Y>(f: impl Fn(&P) -> Y, jvp: impl Fn(&P, &P::Tangent) -> Y, x: &P)
where
    P: Retract + Clone,
    Y: Tangent,
{
    assert_ok(self::jvp(f, jvp, x));
}

/// [`transpose`], for tests.
///
/// # Panics
/// With the error's message.
#[track_caller]
pub fn assert_transpose<P, Y>(jvp: impl Fn(&P, &P::Tangent) -> Y, vjp: impl Fn(&P, &Y) -> P::Tangent, x: &P)
where
    P: Differentiable,
    Y: Tangent,
{
    assert_ok(transpose(jvp, vjp, x));
}

/// [`vjp_jvp`], for tests.
///
/// # Panics
/// With the error's message.
#[track_caller]
pub fn assert_vjp_jvp<P, Y>(
    f: impl Fn(&P) -> Y,
    jvp: impl Fn(&P, &P::Tangent) -> Y,
    vjp: impl Fn(&P, &Y) -> P::Tangent,
    x: &P,
) where
    P: Retract + Clone,
    Y: Tangent,
{
    assert_ok(vjp_jvp(f, jvp, vjp, x));
}

#[track_caller]
fn assert_ok(outcome: Result<(), CheckError>) {
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
