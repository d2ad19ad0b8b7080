//! Gradient descent with momentum.

use super::Optimizer;
use crate::{Differentiable, ElementOp, Real, Retract, Tangent};

/// Stochastic gradient descent: `v ← μ v - η g`, `θ ← θ + v` (Polyak, 1964; Sutskever et al., On the Importance of
/// Initialization and Momentum in Deep Learning, 2013).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sgd {
    /// The learning rate η.
    pub rate: f64,
    /// The momentum μ, 0 for plain gradient descent.
    pub momentum: f64,
}

impl Sgd {
    /// Plain gradient descent.
    pub fn new(rate: f64) -> Self {
        Self { rate, momentum: 0.0 }
    }

    /// The same with momentum.
    pub fn with_momentum(self, momentum: f64) -> Self {
        Self { momentum, ..self }
    }
}

struct Velocity {
    rate: f64,
    momentum: f64,
}

impl ElementOp<1> for Velocity {
    #[inline]
    fn apply<T: Real>(&mut self, velocity: &mut T, [gradient]: [T; 1]) {
        *velocity = T::constant(self.momentum) * *velocity - T::constant(self.rate) * gradient;
    }
}

impl<M: Retract> Optimizer<M> for Sgd {
    type State = <M as Differentiable>::Tangent;

    fn init(&self, model: &M) -> Self::State {
        model.zero_tangent()
    }

    fn update(&self, velocity: &mut Self::State, model: &mut M, gradient: &M::Tangent) {
        velocity.zip_apply([gradient], &mut Velocity { rate: self.rate, momentum: self.momentum });
        model.add_tangent(velocity);
    }
}

#[cfg(test)]
mod tests {
    use super::{Optimizer, Sgd};

    #[test]
    fn momentum_accumulates() {
        let sgd = Sgd::new(0.1).with_momentum(0.5);
        let mut x = [1.0_f64];
        let mut velocity = sgd.init(&x);
        sgd.update(&mut velocity, &mut x, &[2.0]);
        assert!((x[0] - 0.8).abs() < 1e-15);
        // v = 0.5 * -0.2 - 0.1 * 2
        sgd.update(&mut velocity, &mut x, &[2.0]);
        assert!((x[0] - 0.5).abs() < 1e-15);
    }
}
