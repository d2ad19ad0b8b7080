//! Second derivatives: how a push or a pull changes when an operand moves.
//!
//! For the linear maps of a rule, `push_i` and `pull_i`, the function `push_i_by_j(a, b, seed, dot)` is the derivative of
//! `push_i(a, b, seed)` along the tangent `dot` of operand `j`, and `pull_i_by_j` that of the pull. Where the maps read
//! the result `z`, it moves with the operand. Operations that are linear or bilinear need none: the macro writes them
//! with the maps that there are. With `A_bar = z_bar ∇f(A)`, `pull_0_by_0` is `z_bar ∇²f(A) A_dot`.

mod arithmetic;
#[cfg(feature = "nalgebra")]
mod elementwise;
#[cfg(feature = "nalgebra")]
mod norms;
mod operators;
#[cfg(feature = "nalgebra")]
mod products;
#[cfg(feature = "nalgebra")]
mod rotations;
#[cfg(feature = "nalgebra")]
mod systems;

#[cfg(feature = "nalgebra")]
pub use elementwise::{component_div, map};
#[cfg(feature = "nalgebra")]
pub use norms::{norm, norm_squared, normalize};
pub use operators::{DivCurvature, MulCurvature, Product, Quotient, Term, div, mixed, mul};
#[cfg(feature = "nalgebra")]
pub use rotations::{rotation_2, rotation_3};
#[cfg(feature = "nalgebra")]
pub use systems::try_inverse as inverse;
#[cfg(feature = "nalgebra")]
pub use systems::{determinant, ln_determinant, solve, try_inverse};
