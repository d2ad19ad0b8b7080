//! Second derivatives: how a push or a pull changes when an operand moves.
//!
//! For the linear maps of a rule, `push_i` and `pull_i`, the function `push_i_by_j(a, b, seed, dot)` is the derivative of
//! `push_i(a, b, seed)` along the tangent `dot` of operand `j`, and `pull_i_by_j` that of the pull. Where the maps read
//! the result `z`, it moves with the operand. Operations that are linear or bilinear need none: the macro writes them
//! with the maps that there are. With `A_bar = z_bar ∇f(A)`, `pull_0_by_0` is `z_bar ∇²f(A) A_dot`.

mod elementwise;
mod norms;
mod rotations;
mod systems;

pub use elementwise::{component_div, map};
pub use norms::{norm, norm_squared, normalize};
pub use rotations::{rotation_2, rotation_3};
pub use systems::try_inverse as inverse;
pub use systems::{determinant, ln_determinant, solve, try_inverse};
