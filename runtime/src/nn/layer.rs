//! The dense layer.

use nalgebra::{DMatrix, DVector, RealField};

use super::{Activation, activate};
use crate::{Differentiable, Real, differentiable, stop_gradient};

/// The layer `f(X) = φ(W X + b 1ᵀ)`: `W` is `outputs x inputs`, `b` has `outputs` components, `X` is `inputs x examples`.
#[derive(Differentiable, Clone, Debug, PartialEq)]
pub struct Dense<T: Real + RealField> {
    /// The weights `W`.
    pub weights: DMatrix<T>,
    /// The bias `b`.
    pub bias: DVector<T>,
    /// The function φ.
    #[no_diff]
    pub activation: Activation,
}

impl<T: Real + RealField> Dense<T> {
    /// The number of components of an input.
    pub fn inputs(&self) -> usize {
        self.weights.ncols()
    }

    /// The number of components of an output.
    pub fn outputs(&self) -> usize {
        self.weights.nrows()
    }

    /// `f(X)`.
    ///
    /// # Panics
    /// If `X` does not have [`inputs`](Self::inputs) rows.
    pub fn forward(&self, x: &DMatrix<T>) -> DMatrix<T> {
        dense(self, x)
    }
}

/// `W X + b 1ᵀ`: the bias is added to every column.
///
/// # Panics
/// If the shapes do not fit.
#[differentiable(order = 2)]
pub fn affine<T: Real + RealField>(weights: &DMatrix<T>, bias: &DVector<T>, x: &DMatrix<T>) -> DMatrix<T> {
    let mut z = weights * x;
    for j in 0..x.ncols() {
        let mut column = z.column_mut(j);
        column += bias;
    }
    z
}

/// [`Dense::forward`] as a function.
#[differentiable(order = 2)]
pub fn dense<T: Real + RealField>(layer: &Dense<T>, x: &DMatrix<T>) -> DMatrix<T> {
    let z = affine(&layer.weights, &layer.bias, x);
    activate(&z, stop_gradient(layer.activation))
}
