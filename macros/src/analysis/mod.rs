//! Analyses: they read the IR and answer questions, with reasons where an answer is a refusal.

pub mod activity;
pub mod extents;
pub mod induction;
pub mod lasting;
pub mod overwrite;
pub mod restorable;
pub mod shapes;
pub mod storage;
pub mod sum;
pub mod work;
