//! Derivative rules for what the macro cannot look into.
//!
//! Each operation `NAME` is a module with its linear maps: `push_i` applies the derivative by operand `i` to a tangent,
//! `pull_i` applies its transpose to a cotangent. What generated code names is an ordinary function here.

pub mod cast;
pub mod float;
#[cfg(feature = "nalgebra")]
mod matrix;
mod operand;
mod operators;

#[cfg(feature = "nalgebra")]
pub use matrix::Entry;
#[cfg(feature = "nalgebra")]
pub use matrix::{
    component_div, component_mul, cross, dot, map, mean, norm, norm_squared, normalize, sum, trace, transpose,
};
pub use operand::{Operand, TangentOf};
pub use operators::{AddRule, DivRule, MulRule, NegRule, SubRule, add, div, mul, neg, sub};
