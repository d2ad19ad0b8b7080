//! The traits of differentiable values, and their laws.
//!
//! A value `x: P` has tangents `x_dot: P::Tangent`, which form a vector space. Cotangents `x_bar` are represented by
//! the same type, through the inner product of the components. The laws that every implementation keeps:
//!
//! - `zero_tangent` is the neutral element of `accumulate`, of the shape of the value;
//! - `accumulate` is commutative and associative up to rounding: `a += b`;
//! - `Retract::add_tangent` moves a value: `x.add_tangent(&zero)` leaves it, and adding `a` then `b` adds `a + b`;
//! - a tangent is its own tangent: `Self::Tangent::Tangent = Self::Tangent`, so derivatives can be differentiated.

use core::fmt::Debug;

use crate::real::Real;

/// A type whose values have tangents.
///
/// Derive it for a struct of differentiable fields: `#[derive(Differentiable)]` makes `STangent` with the same field
/// names. Fields of integers, `bool`, `char` and strings, and those marked `#[no_diff]`, have no tangent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` carries no derivative: it is not `Differentiable`",
    label = "this value reaches a derivative",
    note = "derive it with `#[derive(Differentiable)]`, or exclude the parameter with `#[no_diff]`"
)]
pub trait Differentiable {
    /// Tangents (and, by the inner product, cotangents) of this type: owned, even for slices and views.
    type Tangent: Tangent;

    /// The zero tangent of the shape of `self`.
    fn zero_tangent(&self) -> Self::Tangent;
}

/// A differentiable value that can move along its tangents. Shared borrows and immutable views cannot.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot move along a tangent",
    note = "shared borrows and immutable views are read only; pass the value that they borrow from"
)]
pub trait Retract: Differentiable {
    /// Moves along a tangent: `self += delta`.
    ///
    /// # Panics
    /// If the shapes differ.
    fn add_tangent(&mut self, delta: &Self::Tangent);
}

/// `self += rhs`, for tangents and for the buffers that they are lent in.
///
/// # Panics
/// If the shapes differ.
#[diagnostic::on_unimplemented(message = "a cotangent of type `{Rhs}` cannot be accumulated into `{Self}`")]
pub trait Accumulate<Rhs: ?Sized = Self> {
    /// `self += rhs`.
    fn accumulate(&mut self, rhs: &Rhs);
}

/// Overwrites a tangent buffer with zeros of the same shape.
pub trait SetZero {
    /// `self = 0`.
    fn set_to_zero(&mut self);
}

/// An element of a vector space of tangents.
pub trait Tangent: Clone + Debug + PartialEq + Accumulate + SetZero + Differentiable<Tangent = Self> {
    /// Applies `op` to every real component of `self` together with the components of `others` at the same position.
    ///
    /// # Panics
    /// If the shapes differ.
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O);

    /// The zero of every value with this tangent, where the type tells its shape; nothing where values differ in shape.
    ///
    /// Generated code then keeps no zeros for its reverse sweep.
    #[inline]
    fn fixed_zero() -> Option<Self> {
        None
    }

    /// The inner product `Σ a_i b_i`, in `f64`.
    fn inner(&self, other: &Self) -> f64 {
        struct Inner(f64);
        impl ElementOp<1> for Inner {
            fn apply<T: Real>(&mut self, target: &mut T, [other]: [T; 1]) {
                self.0 += target.to_f64_lossy() * other.to_f64_lossy();
            }
        }
        let mut sum = Inner(0.0);
        self.clone().zip_apply([other], &mut sum);
        sum.0
    }

    /// `self *= factor`.
    fn scale(&mut self, factor: f64) {
        struct Scale(f64);
        impl ElementOp<0> for Scale {
            fn apply<T: Real>(&mut self, target: &mut T, _: [T; 0]) {
                *target *= T::constant(self.0);
            }
        }
        self.zip_apply([], &mut Scale(factor));
    }
}

/// An operation on corresponding components of tangents, whatever their float type.
pub trait ElementOp<const N: usize> {
    /// Updates one component, given those of the other tangents at the same position.
    fn apply<T: Real>(&mut self, target: &mut T, others: [T; N]);
}
