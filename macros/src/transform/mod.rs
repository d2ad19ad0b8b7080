//! Transformations of the IR: forward mode, reverse mode, fusion of loops.

pub mod forward;
pub mod fuse;
pub mod reverse;
