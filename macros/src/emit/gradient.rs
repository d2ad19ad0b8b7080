//! `grad`, `value_and_grad`, `grad_into`: the reverse mode with the seed one.

use super::Emitter;
use super::companion::Companion;
use super::signature::{Outcome, one_or_tuple};
use super::stmt::ParamNames;
use crate::ir::Param;
use crate::transform::reverse::Sweeps;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Companion<'_> {
    /// `grad` and `value_and_grad`: the reverse sweep with the seed one.
    pub fn value_and_grad(&self, docs: &[String], outcome: &Outcome) -> TokenStream {
        let signature = &self.signature;
        let (params, arguments) = (signature.params(false), signature.arguments());
        let (generics, predicates, turbofish) = (self.generics(), self.where_reverse(), signature.turbofish(0));
        let (ret, gradient) = (signature.ret(), signature.gradient());
        let active = signature.active();
        let buffers: Vec<Ident> = active.iter().map(|(index, _)| self.buffer(*index)).collect();
        let zeros = active.iter().map(|(_, param)| self.zero(param));
        let lent: Vec<TokenStream> = buffers.iter().map(|buffer| quote!(&mut #buffer)).collect();
        let (lent, owned) =
            (one_or_tuple(&lent), one_or_tuple(&buffers.iter().map(|buffer| quote!(#buffer)).collect::<Vec<_>>()));
        let [grad, both, grad_into] = ["grad", "value_and_grad", "grad_into"].map(|what| self.function(what));
        let into_zeros = match self.overwriting() {
            Some(_) => quote!(Self::#grad_into #turbofish (#(#arguments,)* #lent)),
            None => self.call_with_one(&lent, outcome),
        };
        let (vis, link) = (self.visibility(), self.link());
        let grad_doc = format!("The gradient of {link}.");
        let blank = (!docs.is_empty()).then(String::new);
        let symbolic = blank.iter().chain(docs).map(|line| quote!(#[doc = #line]));
        let value_doc = format!("The value of {link} and its gradient.");
        let only_gradient = outcome.wrap(&gradient);
        // the gradient of a failed call is the failure
        let (pair, first, last) = match outcome {
            Outcome::Certain => (quote!((#ret, #gradient)), quote!((value, #owned)), quote!(.1)),
            _ => {
                let float = self.float_of_result();
                let pair = outcome.wrap(&quote!((#float, #gradient)));
                (pair, quote!(value.map(|value| (value, #owned))), quote!(.map(|(_, gradient)| gradient)))
            }
        };
        quote! {
            #[doc = #grad_doc]
            #(#symbolic)*
            #[inline]
            #vis fn #grad #generics (#(#params),*) -> #only_gradient #predicates {
                Self::#both #turbofish (#(#arguments),*) #last
            }

            #[doc = #value_doc]
            #[inline]
            #vis fn #both #generics (#(#params),*) -> #pair #predicates {
                #(let mut #buffers = #zeros;)*
                let value = #into_zeros;
                #first
            }
        }
    }

    /// The float in `Option<f64>` or `Result<f64, E>`.
    pub fn float_of_result(&self) -> TokenStream {
        match &self.signature.function.ret {
            Some(syn::Type::Path(path)) => path.path.segments.last().and_then(|last| match &last.arguments {
                syn::PathArguments::AngleBracketed(args) => args.args.first().map(|float| quote!(#float)),
                _ => None,
            }),
            _ => None,
        }
        .unwrap_or_else(|| self.signature.ret())
    }

    /// The gradient into buffers of the caller's.
    pub fn grad_into(&self, outcome: &Outcome) -> TokenStream {
        let signature = &self.signature;
        let params = signature.params(self.overwriting().is_some());
        let (generics, predicates, ret) = (self.generics(), self.where_reverse(), signature.ret());
        let (names, types) = self.buffer_params();
        let vis = self.visibility();
        let (grad_into, doc) =
            (self.function("grad_into"), format!("The value of {}; its gradient overwrites the buffers.", self.link()));
        let active = signature.active();
        let body = match self.overwriting() {
            None => {
                let (buffers, add) =
                    (active.iter().map(|(index, _)| self.buffer(*index)), self.call_with_one(&names, outcome));
                quote!(#(::chainrule::SetZero::set_to_zero(#buffers);)* #add)
            }
            Some(gradient) => {
                // of what the function does not use
                let none = |(index, _): &&(usize, &Param)| gradient.bars.get(*index).is_none_or(Option::is_none);
                let unused = active.iter().filter(none).map(|(index, _)| self.buffer(*index));
                let (checks, body) = (self.length_checks(), self.both_sweeps(gradient, &ParamNames::default()));
                quote!(#checks #(::chainrule::SetZero::set_to_zero(#unused);)* #body)
            }
        };
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #grad_into #generics (#(#params,)* #names: #types) -> #ret #predicates {
                #body
            }
        }
    }

    /// `Self::vjp_into(args.., buffers, 1.0)`
    fn call_with_one(&self, buffers: &TokenStream, outcome: &Outcome) -> TokenStream {
        let signature = &self.signature;
        let (vjp_into, turbofish, arguments) =
            (self.function("vjp_into"), signature.turbofish(0), signature.arguments());
        let one = outcome.seed(&Emitter::new(&signature.function.vars, signature.float()).float(1.0, None));
        quote!(Self::#vjp_into #turbofish (#(#arguments,)* #buffers, #one))
    }

    /// The gradient that does more than setting its buffers to zero before both sweeps.
    fn overwriting(&self) -> Option<&Sweeps> {
        self.derivatives().and_then(|derivatives| derivatives.gradient.as_ref())
    }
}
