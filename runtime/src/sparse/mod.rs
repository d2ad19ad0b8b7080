//! Sparse Jacobians and Hessians in compressed columns.
//!
//! Takes a pushforward along directions ([`crate::directions`]), as `#[differentiable(sparse)]` generates it; returns
//! nalgebra's sparse matrices. First the pattern: a run with sets of columns says which inputs each output depends on, from
//! the operations alone and never from a number, so that an entry which happens to be zero is not lost. Then a colouring:
//! columns without a common row share a direction. Then the values: one direction for each colour, several at once. Where the
//! rows need fewer colours, as with a few full rows, `jacobian_sparse` pulls sums of rows by reverse mode instead, of functions
//! that call no others.
//!
//! ```
//! use chainrule::differentiable;
//! use chainrule::sparse::ColumnColoring;
//!
//! #[differentiable(sparse)]
//! fn differences(x: &[f64]) -> Vec<f64> {
//!     let mut y = vec![0.0; x.len()];
//!     for i in 1..x.len() {
//!         y[i] = (x[i] - x[i - 1]).powi(2);
//!     }
//!     y
//! }
//!
//! let x: Vec<f64> = (0..100).map(f64::from).collect();
//! let jacobian = differences::jacobian_sparse(&x);
//! assert_eq!(jacobian.nnz(), 198);
//!
//! // the same pattern at many points
//! let coloring = ColumnColoring::of(differences::jacobian_pattern(&x));
//! assert_eq!(coloring.colors(), 2);
//! assert_eq!(differences::jacobian_colored(&x, &coloring)?, jacobian);
//! # Ok::<(), chainrule::sparse::Error>(())
//! ```
//!
//! # Where a pattern holds
//!
//! A pattern is that of the operations that the function went through. Where these depend on values, by `if`, `match`, `while`
//! or an index, it holds for the point at which it was taken, and for others that take the same way; `max`, `min`, `clamp` and
//! `abs` are counted with all their arguments, so they do not change it. `jacobian_sparse` and `hessian_sparse` take the pattern at their
//! point. `jacobian_colored` and `hessian_colored` are given one; they compare what they find with one more
//! direction, along which every column counts, or with the columns that each row depends on, and return [`Error::Pattern`] if an entry is
//! missing.
//!
//! Sources: Curtis, Powell and Reid, *On the estimation of sparse Jacobian matrices*, IMA J. Appl. Math. 13 (1974);
//! Gebremedhin, Manne and Pothen, *What color is your Jacobian?*, SIAM Review 47 (2005).

mod apart;
mod coloring;
mod error;
mod hessian;
mod jacobian;
mod pattern;
mod sums;
mod values;

pub use coloring::{Coloring, ColumnColoring, StarColoring};
pub use error::Error;
pub use nalgebra_sparse::CscMatrix;
pub use nalgebra_sparse::pattern::SparsityPattern;

#[doc(hidden)]
pub use apart::{Apart, jacobian_apart, jacobian_colored_apart, jacobian_colored_near};
#[doc(hidden)]
pub use hessian::{hessian, hessian_colored};
#[doc(hidden)]
pub use jacobian::{jacobian, jacobian_by_fewer, jacobian_colored};
#[doc(hidden)]
pub use pattern::{of_columns, pattern, symmetric_pattern};
#[doc(hidden)]
pub use values::with_values;

use crate::directions::{Along, Columns, Lanes, Traced};

/// How many directions are pushed at once where there are no more than that: colours are often few.
const FEW: usize = 4;

/// How many where there are more: eight colours and what checks them, with a lane to spare, as machines take floats by twos.
const MANY: usize = 10;

/// How many for each argument, where arguments have directions of their own and a few are not enough.
const OWN: usize = 6;

/// A few directions at once.
pub type Few<T> = Lanes<T, FEW>;

/// Directions of one argument.
pub type Own<T> = Lanes<T, OWN>;

/// More of them.
pub type Many<T> = Lanes<T, MANY>;

/// A few directions at once, with the columns that they depend on: where the pattern has them all, nothing is to be checked.
pub type FewTraced<T> = Traced<Few<T>, FEW_WORDS>;

/// How many columns a set beside derivatives tells apart, in words.
const FEW_WORDS: usize = 1;

/// Columns beside derivatives.
type FewColumns = Columns<FEW_WORDS>;

/// How many columns a set tells apart, in words.
const WORDS: usize = 4;

/// The columns of one run.
pub type ColumnSet = Columns<WORDS>;

/// A value with its tangent.
type Pushed<D, V> = (V, <V as Along<D>>::Tangent);
