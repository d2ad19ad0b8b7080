//! Derivative rules for what the macro cannot look into.
//!
//! Each operation `NAME` is a module with its linear maps: `push_i` applies the derivative by operand `i` to a tangent,
//! `pull_i` applies its transpose to a cotangent. What generated code names is an ordinary function here.

/// Says of types that they have a trait without methods.
macro_rules! implement {
    ($name:ident for $($ty:ty),*) => { $(impl $name for $ty {})* };
}

pub mod cast;
mod count;
pub mod float;
mod integers;
mod kept;
#[cfg(feature = "nalgebra")]
mod matrix;
pub mod methods;
mod operand;
mod operators;
pub mod second_order;
pub mod sequence;
mod text;

pub use count::{Count, Integer, Whole, count, count_mut, integer, whole};
pub use kept::{Kept, KeptBeside, Map, Maps};
/// The rule of an inverse that always exists.
#[cfg(feature = "nalgebra")]
pub use matrix::try_inverse as inverse;
#[cfg(feature = "nalgebra")]
pub use matrix::{Cofactors, Entry, Factor, LowerFactor, Movable, Solution, SvdTangent, SymmetricEigenTangent};
#[cfg(feature = "nalgebra")]
pub use matrix::{
    amax, cholesky, component_div, component_mul, coordinates, cross, determinant, diagonal, displacement, dot,
    entries, kronecker, l, ln_determinant, lu, map, max, mean, min, norm, norm_squared, normalize, q, qr, r,
    rotation_2, rotation_3, rotation_matrix, rotation_transpose, shape, singular_values, solve, sum, svd,
    symmetric_eigen, symmetric_eigenvalues, tr_mul, trace, transpose, try_inverse, u, written,
};
pub use operand::{Operand, TangentOf};
pub use operators::{
    AddRule, Additive, DivRule, MulRule, NegRule, SubRule, add, decrease, div, increase, mul, neg, sub,
};
pub use text::{Text, texts};
