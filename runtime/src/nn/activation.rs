//! Activation functions, applied to every component.

use nalgebra::{DMatrix, RealField};

use crate::{Real, differentiable};

/// The function φ of a layer `φ(W x + b)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activation {
    /// `φ(z) = z`
    Identity,
    /// [`relu`](fn@relu)
    Relu,
    /// `φ(z) = tanh z`
    Tanh,
    /// [`sigmoid`](fn@sigmoid)
    Sigmoid,
}

/// The rectified linear unit, `φ(z) = max(z, 0)`.
///
/// At the kink the derivative is that from the left, 0: `φ(z) = 0` for `z <= 0` (Glorot, Bordes & Bengio, Deep Sparse
/// Rectifier Neural Networks, 2011).
#[differentiable(order = 2)]
#[inline]
pub fn relu<T: Real + RealField>(z: T) -> T {
    if z > T::zero() { z } else { T::zero() }
}

/// The logistic function, `φ(z) = 1 / (1 + e⁻ᶻ)`, written so that neither branch overflows.
#[differentiable(order = 2)]
#[inline]
pub fn sigmoid<T: Real + RealField>(z: T) -> T {
    if z >= T::zero() {
        T::one() / (T::one() + (-z).exp())
    } else {
        let e = z.exp();
        e / (T::one() + e)
    }
}

/// `φ(Z)`, component by component. Any shape.
#[differentiable(order = 2)]
pub fn activate<T: Real + RealField>(z: &DMatrix<T>, #[no_diff] activation: Activation) -> DMatrix<T> {
    match activation {
        Activation::Identity => z.clone(),
        Activation::Relu => z.map(relu::<T>),
        Activation::Tanh => z.map(T::tanh),
        Activation::Sigmoid => z.map(sigmoid::<T>),
    }
}
