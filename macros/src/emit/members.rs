//! Blocks around generated methods.

use super::companion::allowed;
use crate::lower::types::Generics;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// `impl Model { fn loss_grad(..) .. }`, beside the user's own block.
pub fn emit_inherent(block: &syn::ItemImpl, functions: TokenStream) -> TokenStream {
    if functions.is_empty() {
        return TokenStream::new();
    }
    let conditions = block.attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    let (generics, _, predicates) = block.generics.split_for_impl();
    let (self_ty, allowed) = (&block.self_ty, allowed());
    quote! {
        #(#conditions)*
        #allowed
        impl #generics #self_ty #predicates {
            #functions
        }
    }
}

/// The block with further functions at its end.
pub fn emit_inside(block: TokenStream, functions: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = block.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        let mut extended = Group::new(Delimiter::Brace, body.stream().into_iter().chain(functions).collect());
        extended.set_span(body.span());
        *body = extended;
    }
    tokens.into_iter().collect()
}

/// The implementation of a trait, whose methods cannot ask for more than the trait does: `T: Real` for its floats `T`.
pub fn with_real_floats(block: &syn::ItemImpl) -> syn::ItemImpl {
    let mut block = block.clone();
    for name in Generics::within(None, &block.generics).floats {
        let name = format_ident!("{name}");
        let predicate = syn::parse_quote!(#name: ::chainrule::Real);
        block.generics.make_where_clause().predicates.push(predicate);
    }
    block
}

/// The block with methods of these names that are not dead if only their derivatives are called.
pub fn with_live_methods(block: &syn::ItemImpl, names: &[&syn::Ident]) -> syn::ItemImpl {
    let mut block = block.clone();
    for item in &mut block.items {
        if let syn::ImplItem::Fn(method) = item
            && names.contains(&&method.sig.ident)
        {
            method.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
        }
    }
    block
}
