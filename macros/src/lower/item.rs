//! What the attribute stands on.

use crate::diagnostics::Diagnostics;
use crate::refusal::Refusal;
use proc_macro2::TokenStream;
use syn::spanned::Spanned;

/// The function, if the attribute stands on one that can be differentiated.
pub fn check_item(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Option<syn::ItemFn> {
    let item = match syn::parse2::<syn::Item>(tokens) {
        Ok(syn::Item::Fn(item)) => item,
        Ok(other) => {
            diagnostics.refuse(other.span(), &Refusal::NotAFunction);
            return None;
        }
        Err(error) => {
            diagnostics.error(error);
            return None;
        }
    };
    let sig = &item.sig;
    let qualifiers = [
        (sig.asyncness.map(|token| token.span()), "async"),
        (sig.constness.map(|token| token.span()), "const"),
        (unsafe_span(&sig.safety), "unsafe"),
        (sig.abi.as_ref().map(|token| token.span()), "extern"),
    ];
    for (span, word) in qualifiers {
        if let Some(span) = span {
            diagnostics.refuse(span, &Refusal::Qualifier(word));
        }
    }
    Some(item)
}

fn unsafe_span(safety: &syn::Safety) -> Option<proc_macro2::Span> {
    match safety {
        syn::Safety::Unsafe(token) => Some(token.span()),
        _ => None,
    }
}
