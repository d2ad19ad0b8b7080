//! Tiny functions, named by what they stress, through every law of `laws`.
// The zoo holds what users write, tidy or not.
#![allow(clippy::style, clippy::complexity, clippy::perf, clippy::suspicious)]

#[macro_use]
#[path = "../laws/mod.rs"]
mod laws;

mod aggregates;
mod aliasing;
mod binomials;
mod blocks;
mod branches;
mod calls;
mod chains;
mod checkpoints;
mod closure_exits;
mod closures;
mod combinations;
mod conditions;
mod constructors;
mod control;
mod curvature;
mod custom_rules;
mod decompositions;
mod directions;
mod elementwise;
mod estimation;
mod everyday;
mod exits;
mod fusion;
mod hard_cases;
mod hoisting;
mod iterators;
mod jacobians;
mod learning;
mod linear_algebra;
mod loops;
mod map_results;
mod matrices;
mod mechanics;
mod method_jacobians;
mod method_order;
mod methods;
mod motion;
mod mutation;
mod operands;
mod options;
mod order;
mod parts;
mod patterns;
mod points;
mod queues;
mod recursion;
mod references;
mod registers;
mod residuals;
mod scalars;
mod scenes;
mod second_order;
mod second_order_data;
mod second_order_matrices;
mod slices;
mod slopes;
mod sparse;
mod states;
mod straight;
mod structs;
mod taylor;
mod traits;
mod vectors;
