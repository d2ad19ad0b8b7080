//! A function and its generated derivatives at one point, over lists of components.

use super::flat::{epsilon, flat};
use chainrule::Differentiable;
use std::ops::Range;

/// Value and derivative.
pub type Pair = (Vec<f64>, Vec<f64>);

/// What the laws compare. The components of `x` are those of the active parameters in order; those of `y` belong to the
/// result, and behind it to the final values of the `&mut` parameters.
pub struct Program<'p> {
    /// The path of the function, for messages.
    pub name: &'static str,
    /// The shapes.
    pub layout: &'p Layout,
    /// `delta -> f(x + delta)`
    pub primal: Box<dyn Fn(&[f64]) -> Vec<f64> + 'p>,
    /// `x_dot -> (y, y_dot)`
    pub jvp: Box<dyn Fn(&[f64]) -> Pair + 'p>,
    /// `(bars, y_bar) -> (y, bars)`: `y_bar` is that of the result only.
    pub vjp_into: Box<dyn Fn(&[f64], &[f64]) -> Pair + 'p>,
    /// `y_bars -> (y, x_bars)`: one pullback, called once for each.
    pub vjp: Box<dyn Fn(&[&[f64]]) -> (Vec<f64>, Vec<Vec<f64>>) + 'p>,
    /// Where the result is a float, `(y, gradient)` by `grad`, `value_and_grad` and `grad_into`.
    pub gradients: Option<Box<dyn Fn() -> Vec<(Option<Vec<f64>>, Vec<f64>)> + 'p>>,
}

/// The shapes of the point and of the result.
#[derive(Default)]
pub struct Layout {
    /// The number of components of the point.
    pub inputs: usize,
    /// The number of components of the result.
    pub result: usize,
    /// The components of `x` that belong to `&mut` parameters.
    pub mutable: Vec<Range<usize>>,
    /// The coarsest machine epsilon.
    pub epsilon: f64,
}

impl Layout {
    /// Adds an active parameter.
    pub fn param<P: Differentiable>(&mut self, value: &P, mutable: bool) {
        let zero = value.zero_tangent();
        let start = self.inputs;
        self.inputs += flat(&zero).len();
        if mutable {
            self.mutable.push(start..self.inputs);
        }
        self.epsilon = self.epsilon.max(epsilon(&zero));
    }

    /// Sets the result.
    pub fn result<R: Differentiable>(&mut self, value: &R) {
        let zero = value.zero_tangent();
        self.result = flat(&zero).len();
        self.epsilon = self.epsilon.max(epsilon(&zero));
    }

    /// The number of components of `y`.
    pub fn outputs(&self) -> usize {
        self.result + self.mutable.iter().map(Range::len).sum::<usize>()
    }

    /// Splits a cotangent of `y` into that of the result and buffers for `vjp_into`, which are `start` elsewhere.
    pub fn split(&self, y_bar: &[f64], start: &[f64]) -> Pair {
        let (result, mut finals) = y_bar.split_at(self.result);
        let mut bars = start.to_vec();
        for range in &self.mutable {
            let (part, rest) = finals.split_at(range.len());
            bars[range.clone()].copy_from_slice(part);
            finals = rest;
        }
        (result.to_vec(), bars)
    }

    /// Whether a component of `x` belongs to a `&mut` parameter.
    pub fn is_mutable(&self, component: usize) -> bool {
        self.mutable.iter().any(|range| range.contains(&component))
    }
}

impl Program<'_> {
    /// `y_bar -> x_bar`, from buffers that start at zero.
    pub fn transposed(&self, y_bar: &[f64]) -> Vec<f64> {
        let (result, bars) = self.layout.split(y_bar, &vec![0.0; self.layout.inputs]);
        (self.vjp_into)(&bars, &result).1
    }
}
