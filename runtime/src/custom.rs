//! What the generated code of functions with custom rules asks for.
//!
//! A rule is checked where it is called: [`pullback`] demands a closure of the right type. A mode that no rule gives has a
//! bound that nothing meets, [`ForwardMode`] or [`ReverseMode`], so that asking for it is an error of the build which names the
//! option to add.

use crate::differentiable::Tangent;
use crate::real::Real;

/// A closure from the cotangent `Y` of a result to the gradient `G`.
#[diagnostic::on_unimplemented(
    message = "the `custom_vjp` rule returns `{Self}` where a pullback is expected",
    label = "this rule has to return `(R, impl Fn({Y}) -> {G})`",
    note = "the pullback takes the cotangent of the result, and returns that of the one differentiated parameter, or the tuple \
            of them in order"
)]
pub trait Pullback<Y, G>: Fn(Y) -> G {}

impl<Y, G, P: Fn(Y) -> G> Pullback<Y, G> for P {}

/// The pullback that a rule returned, which has to be of this type.
#[inline(always)]
pub fn pullback<Y, G, P: Pullback<Y, G>>(pullback: P) -> P {
    pullback
}

/// `⟨a, b⟩`, the inner product of a gradient and a tangent.
#[inline]
pub fn inner<T: Real, V: Tangent>(a: &V, b: &V) -> T {
    T::constant(a.inner(b))
}

/// `Σ ⟨aᵢ, bᵢ⟩`
///
/// # Panics
/// If the lengths differ.
#[inline]
pub fn inner_of_slices<T: Real, V: Tangent>(a: &[V], b: &[V]) -> T {
    assert_eq!(a.len(), b.len(), "the tangent and the gradient must have the same length");
    T::constant(a.iter().zip(b).map(|(a, b)| a.inner(b)).sum())
}

/// Met by no type: stands for a forward mode that does not exist.
#[diagnostic::on_unimplemented(
    message = "this function has no forward mode, because it has a `custom_vjp` only",
    label = "forward mode is needed here",
    note = "add `custom_jvp = path` to its `#[differentiable(..)]`"
)]
pub trait ForwardMode {
    /// What cannot be computed.
    fn never<T>() -> T;
}

/// Met by no type: stands for a reverse mode that does not exist.
#[diagnostic::on_unimplemented(
    message = "this function has no reverse mode, because it has a `custom_jvp` only",
    label = "reverse mode is needed here",
    note = "add `custom_vjp = path` to its `#[differentiable(..)]`"
)]
pub trait ReverseMode {
    /// What cannot be computed.
    fn never<T>() -> T;
}

/// The forward mode of a function without one.
#[derive(Clone, Copy, Debug)]
pub struct NoJvp;

/// The reverse mode of a function without one.
#[derive(Clone, Copy, Debug)]
pub struct NoVjp;
