//! The compiler behind chainrule's `#[differentiable]`. Use it through the crate `chainrule`, which re-exports both macros:
//! generated code names the traits and rules of that crate.
//!
//! Tokens of a function come in; the function and the tokens of its derivatives go out. On a user's mistake the errors go
//! out with the function as it was, and nothing panics. `ARCHITECTURE.md` at the root of the repository describes the
//! stages between.
#![forbid(unsafe_code)]

mod analysis;
mod custom;
mod derivatives;
mod derive;
mod diagnostics;
mod differentiable;
mod elimination;
mod emit;
mod fragments;
#[cfg(test)]
mod hostile;
mod hygiene;
mod idioms;
mod ir;
mod lifetimes;
mod lower;
mod members;
mod operators;
mod options;
mod parameters;
mod questions;
mod refusal;
mod rules;
mod simplify;
mod stand_in;
mod symbolic;
mod timing;
mod tokens;
mod transform;
mod walk;

use proc_macro::TokenStream;

#[doc = include_str!("../docs/differentiable.md")]
#[proc_macro_attribute]
pub fn differentiable(options: TokenStream, item: TokenStream) -> TokenStream {
    timing::timed(item.into(), |item| differentiable::expand_differentiable(options.into(), item)).into()
}

#[doc = include_str!("../docs/derivative_of.md")]
#[proc_macro_attribute]
pub fn derivative_of(arguments: TokenStream, item: TokenStream) -> TokenStream {
    timing::timed(item.into(), |item| stand_in::expand_derivative_of(arguments.into(), item)).into()
}

#[doc = include_str!("../docs/derive.md")]
#[proc_macro_derive(Differentiable, attributes(no_diff))]
pub fn derive_differentiable(item: TokenStream) -> TokenStream {
    derive::expand_derive(item.into()).into()
}
