//! What a differentiable function may not be.

use crate::diagnostics::Diagnostics;
use crate::refusal::Refusal;
use syn::spanned::Spanned;

/// Refuses `async fn` and its kin.
pub fn check_qualifiers(sig: &syn::Signature, diagnostics: &mut Diagnostics) {
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
}

fn unsafe_span(safety: &syn::Safety) -> Option<proc_macro2::Span> {
    match safety {
        syn::Safety::Unsafe(token) => Some(token.span()),
        _ => None,
    }
}
