//! The body of a stand-in for a function of another crate.

use proc_macro2::{Ident, Span};
use quote::quote;
use syn::parse::Parser;

/// `{ let function: fn(f64) -> f64 = libm::erf; function(x) }`: a wrong signature is reported at the path.
pub fn emit_call_of(path: &syn::ExprPath, sig: &syn::Signature) -> syn::Block {
    let function = Ident::new("function", Span::mixed_site());
    let (mut types, mut names) = (Vec::new(), Vec::new());
    for input in &sig.inputs {
        let syn::FnArg::Typed(typed) = input else { continue };
        types.push(match &*typed.ty {
            syn::Type::ImplTrait(_) => quote!(_),
            ty => quote!(#ty),
        });
        // a pattern that is no name is refused with the signature
        if let syn::Pat::Ident(pat) = &*typed.pat {
            let name = &pat.ident;
            names.push(quote!(#name));
        }
    }
    let output = &sig.output;
    let call = quote! {
        let #function: fn(#(#types),*) #output = #path;
        #function(#(#names),*)
    };
    let stmts = syn::Block::parse_within.parse2(call).unwrap_or_default();
    syn::Block { brace_token: syn::token::Brace::default(), stmts }
}
