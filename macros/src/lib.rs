//! The compiler behind chainrule's `#[differentiable]`.
//!
//! `ARCHITECTURE.md` at the root of the repository describes the stages.
#![forbid(unsafe_code)]

mod analysis;
mod derivatives;
mod derive;
mod diagnostics;
mod differentiable;
mod emit;
mod ir;
mod lower;
mod options;
mod refusal;
mod rules;
mod simplify;
mod symbolic;
mod timing;
mod transform;

use proc_macro::TokenStream;

/// Generates the derivatives of a function.
#[proc_macro_attribute]
pub fn differentiable(options: TokenStream, item: TokenStream) -> TokenStream {
    timing::timed(item.into(), |item| differentiable::expand_differentiable(options.into(), item)).into()
}

/// Generates the tangent type of a struct.
#[proc_macro_derive(Differentiable, attributes(no_diff))]
pub fn derive_differentiable(item: TokenStream) -> TokenStream {
    derive::expand_derive(item.into()).into()
}
