//! Adam.

use super::Optimizer;
use crate::{Differentiable, ElementOp, Real, Retract, Tangent};

/// Adaptive moments: `m ← β₁ m + (1 - β₁) g`, `v ← β₂ v + (1 - β₂) g²`,
/// `θ ← θ - η m̂ / (√v̂ + ε)` with `m̂ = m / (1 - β₁ᵗ)`, `v̂ = v / (1 - β₂ᵗ)` (Kingma & Ba, Adam, 2015).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    /// The learning rate η.
    pub rate: f64,
    /// The forgetting of the first moment, β₁.
    pub beta1: f64,
    /// The forgetting of the second moment, β₂.
    pub beta2: f64,
    /// What keeps the denominator from zero, ε.
    pub epsilon: f64,
}

impl Adam {
    /// The defaults of the paper: β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
    pub fn new(rate: f64) -> Self {
        Self { rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
    }
}

/// The moments of [`Adam`].
#[derive(Clone, Debug, PartialEq)]
pub struct AdamState<V> {
    /// The number of steps made, t.
    pub steps: i32,
    /// The mean of the gradients, m.
    pub first: V,
    /// The mean of their squares, v.
    pub second: V,
    /// The last step, so that no step allocates.
    step: V,
}

/// `m ← β m + (1 - β) gᵖ` for `p` = 1 or 2.
struct Moment {
    beta: f64,
    squared: bool,
}

impl ElementOp<1> for Moment {
    #[inline]
    fn apply<T: Real>(&mut self, moment: &mut T, [gradient]: [T; 1]) {
        let value = if self.squared { gradient * gradient } else { gradient };
        *moment = T::constant(self.beta) * *moment + T::constant(1.0 - self.beta) * value;
    }
}

struct Step {
    rate: f64,
    first_scale: f64,
    second_scale: f64,
    epsilon: f64,
}

impl ElementOp<2> for Step {
    #[inline]
    fn apply<T: Real>(&mut self, step: &mut T, [first, second]: [T; 2]) {
        let deviation = (second * T::constant(self.second_scale)).real_sqrt();
        *step = -(T::constant(self.rate * self.first_scale) * first) / (deviation + T::constant(self.epsilon));
    }
}

impl<M: Retract> Optimizer<M> for Adam {
    type State = AdamState<<M as Differentiable>::Tangent>;

    fn init(&self, model: &M) -> Self::State {
        let zero = model.zero_tangent();
        AdamState { steps: 0, first: zero.clone(), second: zero.clone(), step: zero }
    }

    fn update(&self, state: &mut Self::State, model: &mut M, gradient: &M::Tangent) {
        state.steps = state.steps.saturating_add(1);
        state.first.zip_apply([gradient], &mut Moment { beta: self.beta1, squared: false });
        state.second.zip_apply([gradient], &mut Moment { beta: self.beta2, squared: true });
        let mut op = Step {
            rate: self.rate,
            first_scale: 1.0 / (1.0 - self.beta1.powi(state.steps)),
            second_scale: 1.0 / (1.0 - self.beta2.powi(state.steps)),
            epsilon: self.epsilon,
        };
        state.step.zip_apply([&state.first, &state.second], &mut op);
        model.add_tangent(&state.step);
    }
}

#[cfg(test)]
mod tests {
    use super::{Adam, Optimizer};

    #[test]
    fn the_first_step_has_the_length_of_the_rate() {
        let adam = Adam::new(0.01);
        let mut x = vec![1.0_f64, -2.0];
        let mut state = adam.init(&x);
        adam.update(&mut state, &mut x, &vec![3.0, -0.5]);
        assert!((x[0] - 0.99).abs() < 1e-9 && (x[1] + 1.99).abs() < 1e-9);
    }

    #[test]
    fn it_finds_the_minimum_of_a_quadratic() {
        let adam = Adam::new(0.05);
        let mut x = [3.0_f64, -4.0];
        let mut state = adam.init(&x);
        for _ in 0..2000 {
            let gradient = [2.0 * (x[0] - 1.0), 20.0 * (x[1] - 2.0)];
            adam.update(&mut state, &mut x, &gradient);
        }
        assert!((x[0] - 1.0).abs() < 1e-3 && (x[1] - 2.0).abs() < 1e-3, "{x:?}");
    }
}
