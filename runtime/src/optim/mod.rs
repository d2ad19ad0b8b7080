//! Optimisers: `init` makes the state for a model, `update` moves the model along one gradient.
//!
//! They work on any model that derives [`Differentiable`](trait@crate::Differentiable): what they know of it is that its
//! tangents form a vector space.

mod adam;
mod sgd;

pub use adam::{Adam, AdamState};
pub use sgd::Sgd;

use crate::{Differentiable, Retract};

/// An optimiser of models of type `M`.
pub trait Optimizer<M: Retract> {
    /// What is remembered from step to step.
    type State;

    /// The state before the first step.
    fn init(&self, model: &M) -> Self::State;

    /// One step: moves the model, given the gradient of the loss.
    ///
    /// # Panics
    /// If the gradient does not have the shape of the model.
    fn update(&self, state: &mut Self::State, model: &mut M, gradient: &<M as Differentiable>::Tangent);
}
