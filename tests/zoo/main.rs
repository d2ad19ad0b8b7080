//! Tiny functions, named by what they stress, through every law of `laws`: the language. `calculus.rs` is the other half,
//! so that two compilers can work at once.
// The zoo holds what users write, tidy or not.
#![allow(clippy::style, clippy::complexity, clippy::perf, clippy::suspicious, clippy::todo)]

#[macro_use]
#[path = "../laws/mod.rs"]
mod laws;

mod aggregates;
mod aliasing;
mod branches;
mod calls;
mod chains;
mod chosen;
mod closure_exits;
mod closures;
mod combinations;
mod conditions;
mod consumers;
mod control;
mod counters;
mod cursors;
mod cycles;
mod decisions;
mod elements;
mod estimation;
mod everyday;
mod exchanges;
mod exits;
mod found;
mod fragments;
mod fusion;
mod gathering;
mod graphs;
mod hard_cases;
mod hoisting;
mod idioms;
mod integer_fields;
mod iterator_loops;
mod iterators;
mod learning;
mod letters;
mod literals;
mod loops;
mod mechanics;
mod methods;
mod missing;
mod motion;
mod mutation;
mod operands;
mod operator_forms;
mod operators;
mod options;
mod order;
mod overwriting;
mod own_names;
mod parts;
mod patterns;
mod practice;
mod questions;
mod queues;
mod recursion;
mod reference_lists;
mod references;
mod registers;
mod reworded;
mod scenes;
mod searches;
mod shapes;
mod shrinking;
mod slices;
mod states;
mod still_there;
mod structs;
mod tables;
mod taken_apart;
mod traits;
mod upwards;
mod variants;
mod views;
