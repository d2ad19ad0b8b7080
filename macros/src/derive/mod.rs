//! `#[derive(Differentiable)]`: the tangent type of a struct or of an enum.
//!
//! Takes the item as parsed; returns its model, in which a struct is one variant. The tangent of what carries no
//! float, as far as the tokens tell, is `()`; what is marked `#[no_diff]` has none.

mod model;

pub use model::{Field, Model, Style, Variant};

use crate::diagnostics::Diagnostics;
use crate::emit::emit_tangent;
use crate::fragments::WithoutGroups;
use crate::walk::Changing;
use proc_macro2::TokenStream;
use syn::visit_mut::VisitMut;

/// Expands the derive.
pub fn expand_derive(item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::new();
    let model = match syn::parse2::<syn::DeriveInput>(item) {
        Ok(mut input) => {
            Changing(&mut WithoutGroups).visit_derive_input_mut(&mut input);
            Model::of(&input, &mut diagnostics)
        }
        Err(error) => {
            diagnostics.error(error);
            None
        }
    };
    let generated = model.as_ref().map(emit_tangent).unwrap_or_default();
    match diagnostics.finish() {
        Ok(()) => generated,
        Err(errors) => errors,
    }
}
