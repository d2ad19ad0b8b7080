//! The other half of the zoo: what can be derived, and of what. Higher orders, Jacobians, rules, matrices, checkpoints.
// The zoo holds what users write, tidy or not.
#![allow(clippy::style, clippy::complexity, clippy::perf, clippy::suspicious)]

#[macro_use]
#[path = "../laws/mod.rs"]
mod laws;

mod alone;
mod apart;
mod binomials;
mod blocks;
mod checkpoints;
mod constants;
mod constructors;
mod costs;
mod curvature;
mod custom_rules;
mod decompositions;
mod directions;
mod elementwise;
mod frames;
mod half_open;
mod jacobian_modes;
#[macro_use]
mod jacobians;
mod kept_scratch;
mod kept_sums;
mod lasting;
mod linear_algebra;
mod map_results;
mod matrices;
mod method_jacobians;
mod method_order;
mod moved_back;
mod pairs;
mod parts_of_matrices;
mod points;
mod records;
mod refills;
mod regroups;
mod residuals;
mod restored;
mod restored_calls;
mod restored_fields;
mod restored_points;
mod restored_results;
mod restored_triangles;
mod results_of_callees;
mod rules_of_methods;
mod scalars;
mod second_order;
mod second_order_calls;
mod second_order_data;
mod second_order_matrices;
mod second_order_operators;
mod shared_lanes;
mod shared_methods;
mod slopes;
mod sparse;
mod stand_ins;
mod straight;
mod taylor;
mod vectors;
mod without_graph;
