//! Derivative rules for what the macro cannot look into.

pub mod float;
