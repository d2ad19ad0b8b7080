//! What is wrong with a pattern.

use core::fmt;

/// A pattern that was taken elsewhere does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The matrix has another number of rows or columns at this point.
    Shape {
        /// Rows and columns of the pattern.
        pattern: (usize, usize),
        /// Rows and columns at this point.
        found: (usize, usize),
    },
    /// The pattern lacks an entry that the matrix has at this point.
    Pattern {
        /// A row with such an entry.
        row: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape { pattern: (rows, columns), found } => {
                let (found_rows, found_columns) = found;
                write!(formatter, "a pattern of {rows}×{columns} for a matrix of {found_rows}×{found_columns}")
            }
            Self::Pattern { row } => {
                write!(formatter, "row {row} has an entry here that its pattern lacks: take the pattern at this point")
            }
        }
    }
}

impl std::error::Error for Error {}
