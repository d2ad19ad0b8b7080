//! Differentiation at compile time for stable Rust.
//!
//! `#[differentiable]` on a function generates, while it compiles, its forward-mode and reverse-mode derivative as
//! plain, safe, readable Rust. This crate is what the generated code and its users see at run time: the traits, the
//! rules for what the macro cannot look into, and, with the feature `nn`, networks that train on generated
//! derivatives only.
//!
//! ```
//! use chainrule::differentiable;
//!
//! #[differentiable]
//! fn f(x: f64, y: f64) -> f64 {
//!     x * y.sin()
//! }
//!
//! assert_eq!(f::grad(2.0, 0.0), (0.0, 2.0));
//! ```
//!
//! # Where to read
//!
//! 1. [`macro@differentiable`]: the derivatives of a function, and which parameters count.
//! 2. [`derive@Differentiable`]: structs and enums as parameters.
//! 3. [`check`]: a gradient against differences, in one line of a test.
//! 4. [`trait@Differentiable`], [`Tangent`], [`Accumulate`], [`Retract`]: what generated code asks of a type, to implement them
//!    for a type of your own.
//! 5. [`rules`]: the derivatives of what the macro cannot look into. The repository's `docs/rules.md` lists all rules with
//!    their values at singular points, and `docs/mathematics.md` explains the two modes.
//! 6. [`chain`]: the best order for a product of Jacobians; [`checkpoint`]: which states of a long loop the reverse sweep has.
//! 7. With the feature `nn`: `nn` (layers, networks), `loss`, `init`, `optim`, `train`, `data`, in the order in which a
//!    program uses them; `examples/digits` is one.
//!
//! [`activity`], [`custom`], [`residual`] and [`stepped`] serve generated code; they are public because it names them.
//!
//! # Features
//!
//! `std`, `nalgebra` and `nn`, all on by default. Without them the core is `no_std` with `alloc`: scalars, tuples, arrays, slices
//! and `Vec`. `sparse`, which is off by default, brings sparse Jacobians and Hessians.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;
// Generated code says `::chainrule::..`; the library's own differentiable functions expand inside it.
extern crate self as chainrule;

pub mod activity;
pub mod chain;
pub mod check;
pub mod checkpoint;
#[cfg(feature = "nalgebra")]
mod columns;
mod cost;
pub mod custom;
#[cfg(feature = "nn")]
pub mod data;
mod differentiable;
pub mod directions;
#[cfg(feature = "nn")]
mod error;
mod heap;
#[cfg(feature = "nn")]
pub mod init;
#[cfg(feature = "nalgebra")]
pub mod jacobian;
#[cfg(feature = "nn")]
pub mod loss;
#[cfg(feature = "nn")]
pub mod nn;
#[cfg(feature = "nn")]
pub mod optim;
mod order;
#[doc(hidden)]
pub mod payload;
mod real;
pub mod residual;
pub mod rules;
#[doc(hidden)]
pub mod same_name;
pub mod second_order;
#[cfg(feature = "sparse")]
pub mod sparse;
pub mod stepped;
mod tangent;
#[cfg(feature = "nn")]
pub mod train;

pub use chainrule_macros::{Differentiable, derivative_of, differentiable};
pub use cost::Cost;
pub use differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};
pub use real::Real;

#[cfg(feature = "nn")]
pub use error::{Error, Result};

/// The value itself, of which generated derivatives take no notice: its derivative counts as zero.
#[inline(always)]
pub fn stop_gradient<T>(value: T) -> T {
    value
}

#[doc(hidden)]
pub mod __private {
    //! What generated code names besides the public items; not part of the API.
    #[cfg(feature = "nalgebra")]
    pub use crate::columns::column_for_each;
    pub use crate::cost::CostOfCallee;
    pub use crate::order::{HasOrder, has_order};
    pub use crate::payload;
    pub use alloc::boxed::Box;
    pub use alloc::vec;
    pub use alloc::vec::Vec;
    #[cfg(feature = "nalgebra")]
    pub use nalgebra;
    #[cfg(feature = "sparse")]
    pub use nalgebra_sparse;
}

/// Generated functions that return matrices exist where there are matrices.
#[cfg(feature = "nalgebra")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_nalgebra {
    ($($items:tt)*) => { $($items)* };
}

/// Generated functions that return matrices exist where there are matrices.
#[cfg(not(feature = "nalgebra"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_nalgebra {
    ($($items:tt)*) => {};
}

/// Generated functions that return sparse matrices.
#[cfg(feature = "sparse")]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_sparse {
    ($($items:tt)*) => { $($items)* };
}

/// Generated functions that return sparse matrices: asked for, and there are none.
#[cfg(not(feature = "sparse"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __if_sparse {
    ($($items:tt)*) => {
        ::core::compile_error!("`#[differentiable(sparse)]` needs the feature `sparse` of chainrule");
    };
}

/// The examples of the documents are tests, and so are those of the macros, which cannot use this crate where they stand.
#[cfg(doctest)]
mod examples {
    #[doc = include_str!("../../README.md")]
    mod readme {}
    #[doc = include_str!("../../macros/docs/differentiable.md")]
    mod differentiable {}
    #[doc = include_str!("../../macros/docs/derivative_of.md")]
    mod derivative_of {}
    #[doc = include_str!("../../macros/docs/derive.md")]
    mod derive {}
    #[doc = include_str!("../../docs/limitations.md")]
    mod limitations {}
}
