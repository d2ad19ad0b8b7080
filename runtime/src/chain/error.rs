//! What is wrong with a chain.

use core::error::Error;
use core::fmt::{Display, Formatter, Result};

/// Why widths or matrices are no chain. Layers count from 1, as J₁, and positions of widths from 0, as d₀.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainError {
    /// There are fewer than two widths, so there is no layer between them.
    NoLayer {
        /// How many widths there are.
        widths: usize,
    },
    /// A width is zero, or larger than [`WIDEST`](super::WIDEST).
    Width {
        /// The position of the width.
        position: usize,
        /// The width.
        width: usize,
    },
    /// There are more or fewer matrices than layers.
    Count {
        /// The number of layers.
        expected: usize,
        /// The number of matrices.
        got: usize,
    },
    /// A matrix does not have the shape of its layer's Jacobian, or not as many columns as its predecessor has rows.
    Shape {
        /// The layer.
        layer: usize,
        /// The shape that its neighbours or the widths ask for: rows and columns.
        expected: (usize, usize),
        /// The shape that it has.
        got: (usize, usize),
    },
}

impl Display for ChainError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::NoLayer { widths } => write!(f, "a chain needs at least two widths, and there are {widths}"),
            Self::Width { position, width } => {
                write!(f, "the width d{position} is {width}, which is not within 1 and {}", super::WIDEST)
            }
            Self::Count { expected, got } => write!(f, "the chain has {expected} layers, and there are {got} matrices"),
            Self::Shape { layer, expected, got } => {
                let ((rows, columns), (got_rows, got_columns)) = (expected, got);
                write!(f, "J{layer} is {got_rows} × {got_columns}, and {rows} × {columns} is expected")
            }
        }
    }
}

impl Error for ChainError {}
