//! Labelled examples: read from a file, split, and taken in batches.

mod read;
mod split;

pub use read::read_csv;

use nalgebra::{DMatrix, RealField};

use crate::Real;

/// Examples of a classification: the columns of `inputs`, and a label for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset<T: Real + RealField> {
    /// `features x examples`
    pub inputs: DMatrix<T>,
    /// The class of each example, below `classes`.
    pub labels: Vec<usize>,
    /// The number of classes.
    pub classes: usize,
}

impl<T: Real + RealField> Dataset<T> {
    /// The number of examples.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no examples.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The number of components of an input.
    pub fn features(&self) -> usize {
        self.inputs.nrows()
    }

    /// The examples with these indices, in this order.
    ///
    /// # Panics
    /// If an index is out of range.
    pub fn select(&self, indices: &[usize]) -> Self {
        Self {
            inputs: self.inputs.select_columns(indices),
            labels: indices.iter().map(|&index| self.labels[index]).collect(),
            classes: self.classes,
        }
    }

    /// The share of examples for which the largest component of the output is that of the label; of equal components the
    /// first counts. `outputs` is `classes x examples`.
    ///
    /// # Panics
    /// If there are fewer outputs than examples.
    pub fn accuracy(&self, outputs: &DMatrix<T>) -> f64 {
        let right = self.labels.iter().enumerate().filter(|&(j, &label)| outputs.column(j).argmax().0 == label);
        right.count() as f64 / self.len() as f64
    }
}
