//! Patterns of parameters: `fn f((x, y): (f64, f64))` as `fn f(x_y: (f64, f64)) { let (x, y) = x_y; .. }`.
//!
//! Takes a function; returns it with a name for every parameter. The primal stays as the user wrote it.

use crate::idioms::{Bound, Fresh};
use crate::walk::Reading;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// Gives every parameter a name.
pub fn name_parameters(item: &mut syn::ItemFn) {
    let mut fresh = Fresh::beside(item);
    let mut bound = Vec::new();
    for input in &mut item.sig.inputs {
        let syn::FnArg::Typed(typed) = input else { continue };
        if is_name(&typed.pat) || matches!(*typed.pat, syn::Pat::Macro(_) | syn::Pat::Verbatim(_)) {
            continue;
        }
        let mut names = Bound::default();
        Reading(&mut names).visit_pat(&typed.pat);
        let wish = if names.0.is_empty() { "unused".to_owned() } else { names.0.join("_") };
        let mut name = fresh.name(&wish);
        name.set_span(typed.pat.span());
        let pattern = std::mem::replace(&mut *typed.pat, syn::parse_quote!(#name));
        if !matches!(pattern, syn::Pat::Wild(_)) {
            bound.push(syn::parse_quote!(let #pattern = #name;));
        }
    }
    item.block.stmts.splice(0..0, bound);
}

/// `x`, `mut x`
fn is_name(pat: &syn::Pat) -> bool {
    matches!(pat, syn::Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none())
}
