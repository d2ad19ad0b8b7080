//! The pullback of a function that calls itself: an `impl Fn` would contain its own type, so a trait object stands between.

use super::companion::Companion;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

impl Companion<'_> {
    /// The box around the pullback of a function that calls itself: its declarations, and the closure.
    pub fn boxed_if_recursive(
        &self,
        fn_type: &TokenStream,
        inputs: &[TokenStream],
        markers: &[Ident],
        bounds: &[TokenStream],
        pullback: TokenStream,
    ) -> (Option<TokenStream>, TokenStream) {
        if !self.signature.function.recursive {
            return (None, pullback);
        }
        let (boxed, closure) = self.boxed(fn_type, &pullback, inputs, markers, bounds);
        (Some(boxed), closure)
    }

    /// A trait whose objects are the pullbacks, and the closure around such an object.
    fn boxed(
        &self,
        fn_type: &TokenStream,
        pullback: &TokenStream,
        inputs: &[TokenStream],
        markers: &[Ident],
        bounds: &[TokenStream],
    ) -> (TokenStream, TokenStream) {
        let signature = &self.signature;
        let (generic_params, names) = (signature.visible_params(), signature.captured_names());
        let lifetimes = [signature.outer_lifetimes(), signature.lifetimes()].concat();
        let predicates = signature.visible_where_clause();
        let (plain, arguments) = plain_inputs(inputs);
        let arguments_of = quote!(#(#lifetimes,)* #(#names,)* #(#markers),*);
        let bound = self.captured_lifetimes().first().map_or(quote!('static), |lifetime| quote!(#lifetime));
        let items = quote! {
            trait Pullback<#(#generic_params,)* #(#bounds),*> #predicates {
                fn pull(&self, #(#plain),*);
            }
            impl<#(#generic_params,)* #(#bounds,)* Closure: #fn_type> Pullback<#arguments_of> for Closure #predicates {
                fn pull(&self, #(#plain),*) {
                    self(#(#arguments),*)
                }
            }
            fn boxed_pullback<#(#generic_params,)* #(#bounds,)* Closure: #fn_type + #bound>(
                closure: Closure,
            ) -> ::chainrule::__private::Box<dyn Pullback<#arguments_of> + #bound> #predicates {
                ::chainrule::__private::Box::new(closure)
            }
        };
        let closure = quote!({
            let pullback = boxed_pullback::<#(#names,)* #(#markers,)* _>(#pullback);
            move |#(#plain),*| pullback.pull(#(#arguments),*)
        });
        (items, closure)
    }
}

/// The parameters of a closure without `mut`, and their names.
fn plain_inputs(inputs: &[TokenStream]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let plain: Vec<TokenStream> = inputs
        .iter()
        .map(|input| {
            let is_mut = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "mut");
            let mut tokens = input.clone().into_iter().peekable();
            if tokens.peek().is_some_and(is_mut) {
                tokens.next();
            }
            tokens.collect()
        })
        .collect();
    let names = plain.iter().map(|input| input.clone().into_iter().take(1).collect()).collect();
    (plain, names)
}
