//! Softmax cross-entropy.

use nalgebra::{DMatrix, RealField};

use crate::{Real, differentiable, stop_gradient};

/// The mean over the columns `z` of `-ln softmax(z)_label = ln Σ_i e^{z_i - m} + m - z_label`, where `m = max z` keeps
/// large logits from overflowing (Bishop, Pattern Recognition and Machine Learning, 2006, §4.3.4). The sum does not
/// depend on `m`, so it carries no derivative.
///
/// `logits` is `classes x examples`; there is one label, below `classes`, for every column.
///
/// # Panics
/// If there are fewer labels than columns, no classes, or a label is out of range.
#[differentiable(order = 2)]
pub fn softmax_cross_entropy<T: Real + RealField>(logits: &DMatrix<T>, labels: &[usize]) -> T {
    let mut total = T::zero();
    for j in 0..logits.ncols() {
        let largest = stop_gradient(logits.column(j).max());
        let mut sum = T::zero();
        for i in 0..logits.nrows() {
            sum += (logits[(i, j)] - largest).exp();
        }
        total += sum.ln() + largest - logits[(labels[j], j)];
    }
    total / T::constant(logits.ncols() as f64)
}
