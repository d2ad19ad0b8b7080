//! Mean squared error.

use nalgebra::{DMatrix, RealField};

use crate::{Real, differentiable};

/// `Σ (P - Y)² / examples`: the squared Euclidean distance of a column, on average.
///
/// `prediction` and `target` have the same shape, `outputs x examples`.
///
/// # Panics
/// If the shapes differ.
#[differentiable(order = 2)]
pub fn mean_squared_error<T: Real + RealField>(prediction: &DMatrix<T>, target: &DMatrix<T>) -> T {
    let difference = prediction - target;
    difference.norm_squared() / T::constant(prediction.ncols() as f64)
}
