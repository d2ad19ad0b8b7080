//! The traits of differentiable values, implemented for the types of `core`, `alloc` and nalgebra.

mod borrowed;
mod deque;
#[cfg(feature = "nalgebra")]
mod geometry;
mod inactive;
#[cfg(feature = "nalgebra")]
mod matrix;
mod option;
mod result;
mod scalar;
mod sequence;
mod tuple;
