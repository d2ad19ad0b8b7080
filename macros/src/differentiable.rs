//! The whole pipeline of `#[differentiable]` on one screen.

use crate::analysis::activity::analyse_activity;
use crate::derivatives::Derivatives;
use crate::diagnostics::Diagnostics;
use crate::emit::{Signature, emit_companion, emit_primal, emit_stub, source};
use crate::lower::{check_item, lower_function};
use crate::options::{Options, without_no_diff};
use crate::symbolic::symbolic_gradient;
use proc_macro2::TokenStream;

/// Expands the attribute: the function as it was, and its companion.
pub fn expand_differentiable(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::new();
    let options = syn::parse2::<Options>(options).unwrap_or_else(|error| {
        diagnostics.error(error);
        Options::default()
    });
    let item_fn = match check_item(item.clone(), &mut diagnostics) {
        Some(item_fn) => item_fn,
        None => return report(item, TokenStream::new(), diagnostics),
    };
    let primal = emit_primal(&without_no_diff(&item_fn));
    let mut function = lower_function(&item_fn, &options, &mut diagnostics);
    analyse_activity(&function, &mut diagnostics);
    if diagnostics.any() {
        return report(primal, emit_stub(&item_fn), diagnostics);
    }
    let formulas = symbolic_gradient(&function);
    let derivatives = match Derivatives::of(&mut function, !options.unsimplified) {
        Ok(derivatives) => derivatives,
        Err(message) => {
            diagnostics.error(syn::Error::new(item_fn.sig.ident.span(), message));
            return report(primal, emit_stub(&item_fn), diagnostics);
        }
    };
    let companion = emit_companion(Signature::new(&function, &item_fn), &derivatives, &formulas);
    if let Err(message) = source::write_if_asked(&item_fn.sig.ident.to_string(), &companion) {
        diagnostics.error(syn::Error::new(item_fn.sig.ident.span(), message));
    }
    report(primal, companion, diagnostics)
}

/// The user's item, what was generated for it, and every error.
fn report(primal: TokenStream, generated: TokenStream, diagnostics: Diagnostics) -> TokenStream {
    let errors = diagnostics.finish().err();
    [Some(primal), Some(generated), errors].into_iter().flatten().collect()
}
