//! Transformations of the IR: forward mode, reverse mode, fusion of loops.

pub mod capacity;
pub mod captures;
pub mod forward;
pub mod fuse;
pub mod registers;
pub mod reverse;
