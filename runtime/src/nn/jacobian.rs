//! The Jacobian of a network by its input, through the layers in the cheapest order.

use nalgebra::{DMatrix, DVector, RealField};

use super::{Mlp, activate, affine};
use crate::Real;
use crate::chain::{self, ChainError};

impl<T: Real + RealField> Mlp<T> {
    /// `∂f/∂x` at one example `x` of `d_0` components: a `d_L x d_0` matrix.
    ///
    /// That of a layer is `diag(φ'(z)) W`, where `φ'` is generated. The product of the layers is taken in the order with the
    /// fewest multiplications ([`chain`]): from the outputs back in a classifier, from both ends in a network with a
    /// bottleneck.
    ///
    /// # Errors
    /// If there is no layer.
    ///
    /// # Panics
    /// If the shapes do not fit.
    pub fn jacobian(&self, x: &DVector<T>) -> Result<DMatrix<T>, ChainError> {
        let mut h = DMatrix::from_column_slice(x.len(), 1, x.as_slice());
        let mut jacobians = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let z = affine(&layer.weights, &layer.bias, &h);
            // φ acts by component, so its derivative along ones is φ' in every component
            let ones = DMatrix::from_element(z.nrows(), 1, T::one());
            let (value, slope) = activate::jvp(&z, layer.activation, &ones);
            let mut jacobian = layer.weights.clone();
            for (mut row, slope) in jacobian.row_iter_mut().zip(slope.iter()) {
                row *= *slope;
            }
            jacobians.push(jacobian);
            h = value;
        }
        chain::product(&jacobians)
    }
}
