//! The whole pipeline of `#[differentiable]` on one screen.

use crate::analysis::activity::analyse_activity;
use crate::analysis::storage::analyse_storage;
use crate::diagnostics::Diagnostics;
use crate::emit::{Derivatives, Signature, emit_companion, emit_stub, source};
use crate::lower::{check_item, lower_function};
use crate::options::{Options, without_no_diff};
use crate::simplify::{simplify_fused, simplify_pushforward, simplify_split};
use crate::transform::forward::forward_function;
use crate::transform::reverse::{Mode, reverse_function};
use proc_macro2::TokenStream;
use quote::ToTokens;

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
    let primal = without_no_diff(&item_fn).into_token_stream();
    let function = lower_function(&item_fn, &options, &mut diagnostics);
    let activity = analyse_activity(&function, &mut diagnostics);
    if diagnostics.any() {
        return report(primal, emit_stub(&item_fn), diagnostics);
    }
    let storage = analyse_storage(&function);
    let mut derivatives = Derivatives {
        pushforward: forward_function(&function, &activity),
        fused: reverse_function(&function, &activity, &storage, Mode::Fused),
        split: reverse_function(&function, &activity, &storage, Mode::Split),
    };
    if !options.unsimplified {
        simplify_pushforward(&mut derivatives.pushforward);
        simplify_fused(&mut derivatives.fused);
        simplify_split(&mut derivatives.split);
    }
    let companion = emit_companion(Signature::new(&function, &item_fn), &derivatives, &[]);
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
