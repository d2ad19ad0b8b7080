//! The derivatives of the benchmark problems: generated, by hand and by differences.

#[path = "../../benches/problems/mod.rs"]
mod problems;

mod gradients;
mod hessians;
mod jacobians;
