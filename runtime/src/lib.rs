//! Differentiation at compile time for stable Rust.
//!
//! `#[differentiable]` on a function generates, while it compiles, its forward-mode and reverse-mode derivative as
//! plain, safe, readable Rust. This crate is what the generated code and its users see at run time: the traits, the
//! rules for what the macro cannot look into, and, with the feature `nn`, networks that train on generated
//! derivatives only.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;
// Generated code says `::chainrule::..`; the library's own differentiable functions expand inside it.
extern crate self as chainrule;

pub mod activity;
pub mod chain;
pub mod check;
#[cfg(feature = "nn")]
pub mod data;
mod differentiable;
#[cfg(feature = "nn")]
mod error;
#[cfg(feature = "nn")]
pub mod init;
#[cfg(feature = "nn")]
pub mod loss;
#[cfg(feature = "nn")]
pub mod nn;
#[cfg(feature = "nn")]
pub mod optim;
#[doc(hidden)]
pub mod payload;
mod real;
pub mod residual;
pub mod rules;
pub mod stepped;
mod tangent;
#[cfg(feature = "nn")]
pub mod train;

pub use chainrule_macros::{Differentiable, differentiable};
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
    pub use crate::payload;
    pub use alloc::boxed::Box;
    pub use alloc::vec;
    pub use alloc::vec::Vec;
}

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
