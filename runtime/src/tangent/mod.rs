//! The traits of differentiable values for the types of the standard library: one shape of value a file.

mod inert;
mod scalar;
mod sequence;
mod tuple;
