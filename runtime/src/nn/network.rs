//! The multilayer perceptron.

use nalgebra::{DMatrix, DVector, RealField};
use rand::Rng;

use super::{Activation, Dense, dense};
use crate::error::{Error, Result};
use crate::init::Init;
use crate::{Differentiable, Real, differentiable};

/// A chain of dense layers, `f = f_L ∘ .. ∘ f_1` (Rosenblatt, 1958; Rumelhart, Hinton & Williams, 1986).
#[derive(Differentiable, Clone, Debug, PartialEq)]
pub struct Mlp<T: Real + RealField> {
    /// The layers, that of the input first.
    pub layers: Vec<Dense<T>>,
}

impl<T: Real + RealField> Mlp<T> {
    /// A network of these widths, `d_0` inputs to `d_L` outputs: weights by `init`, biases zero. The hidden layers have
    /// the given activation, the last one has none.
    ///
    /// # Errors
    /// [`Error::Widths`] for fewer than two widths or a width of zero.
    pub fn new(widths: &[usize], activation: Activation, init: Init, rng: &mut impl Rng) -> Result<Self> {
        if widths.len() < 2 || widths.contains(&0) {
            return Err(Error::Widths { widths: widths.to_vec() });
        }
        let last = widths.len() - 2;
        let layers = widths
            .windows(2)
            .enumerate()
            .map(|(layer, pair)| Dense {
                weights: init.weights(pair[1], pair[0], rng),
                bias: DVector::zeros(pair[1]),
                activation: if layer == last { Activation::Identity } else { activation },
            })
            .collect();
        Ok(Self { layers })
    }

    /// `f(X)`, `d_0 x examples` to `d_L x examples`.
    ///
    /// # Panics
    /// If there is no layer, or the shapes do not fit.
    pub fn forward(&self, x: &DMatrix<T>) -> DMatrix<T> {
        mlp(self, x)
    }

    /// The number of parameters, `Σ d_l (d_{l-1} + 1)`.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weights.len() + layer.bias.len()).sum()
    }
}

/// [`Mlp::forward`] as a function.
///
/// # Panics
/// If there is no layer, or the shapes do not fit.
#[differentiable(order = 2)]
pub fn mlp<T: Real + RealField>(model: &Mlp<T>, x: &DMatrix<T>) -> DMatrix<T> {
    let mut h = dense(&model.layers[0], x);
    for l in 1..model.layers.len() {
        h = dense(&model.layers[l], &h);
    }
    h
}
