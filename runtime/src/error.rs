//! What can go wrong at run time.

use std::path::PathBuf;

/// An error of the library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A network needs at least an input and an output, of at least one component each.
    #[error("a network needs at least two widths, none of them zero, and not {widths:?}")]
    Widths {
        /// What was asked for.
        widths: Vec<usize>,
    },
    /// A file that cannot be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A place in a file that is not as it should be.
    #[error("{}, line {line}, column {column}: {what}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// The column, counted from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// A file without examples.
    #[error("{} holds no examples", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A share that leaves one part of a split without examples.
    #[error("a share of {share} of {examples} examples leaves one part empty")]
    Split {
        /// The share asked for.
        share: f64,
        /// The number of examples.
        examples: usize,
    },
    /// An option of training that makes no sense.
    #[error("{name} must be {expected}, and not {value}")]
    Option {
        /// The option.
        name: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        value: f64,
    },
}

/// A result of the library.
pub type Result<T> = std::result::Result<T, Error>;
