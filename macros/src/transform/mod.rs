//! The transforms: IR -> IR.

pub mod forward;
pub mod reverse;
