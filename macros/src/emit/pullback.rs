//! `vjp_into` and `vjp`, and `linearize` as other generated code calls it.

use super::Emitter;
use super::companion::Companion;
use super::signature::one_or_tuple;
use super::stmt::ParamNames;
use super::types::without_lifetimes;
use crate::differentiable::Source;
use crate::ir::{Passing, Wrt};
use crate::tokens::text_of;
use crate::transform::reverse::Sweeps;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

impl Companion<'_> {
    /// Both sweeps in one call: `vjp_into(args.., bars, y_bar)`.
    pub fn vjp_into(&self) -> TokenStream {
        let signature = &self.signature;
        let Some(derivatives) = self.derivatives() else { return self.vjp_into_by_pullback() };
        let sweeps = &derivatives.fused;
        let params = signature.params(true);
        let (generics, predicates) = (self.generics(), self.where_reverse());
        let ret = signature.ret();
        let (names, types) = self.buffer_params();
        let checks = self.length_checks();
        let emitter = Emitter::new(&sweeps.vars, signature.float());
        let seed = emitter.name(sweeps.seed);
        let (seed_type, convert) = match signature.ret_item_tangent() {
            Some(item) => (
                quote!(impl ::core::convert::AsRef<[#item]>),
                quote!(let #seed: ::chainrule::__private::Vec<#item> = #seed.as_ref().to_vec();),
            ),
            None => (signature.ret_tangent(), TokenStream::new()),
        };
        let names_of = ParamNames { general: self.general(&seed), ..ParamNames::default() };
        let body = self.both_sweeps(sweeps, &names_of);
        let (vis, vjp_into, doc) = (self.visibility(), self.function("vjp_into"), self.doc_of_vjp_into());
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #vjp_into #generics (#(#params,)* #names: #types, #seed: #seed_type) -> #ret #predicates {
                #checks
                #convert
                #body
            }
        }
    }

    /// The body of a function that runs both sweeps.
    pub fn both_sweeps(&self, sweeps: &Sweeps, names: &ParamNames) -> TokenStream {
        let emitter = Emitter::new(&sweeps.vars, self.signature.float());
        let [forward, reverse] = [&sweeps.forward, &sweeps.reverse].map(|stmts| emitter.stmts(stmts, names));
        let result = sweeps.result.as_ref().map(|result| emitter.expr(result));
        quote!(#forward #reverse #result)
    }

    fn doc_of_vjp_into(&self) -> String {
        format!(
            "The value of {}; adds the cotangents of its parameters to the buffers, given that of the result (reverse \
             mode, both sweeps in one call).",
            self.link()
        )
    }

    /// The same on top of `linearize`, for what has no sweeps: a method of a trait without a body, or a custom rule.
    fn vjp_into_by_pullback(&self) -> TokenStream {
        let signature = &self.signature;
        let params = signature.params(false);
        let (generics, predicates, ret) = (self.generics(), self.where_reverse(), signature.ret());
        let (names, types) = self.buffer_params();
        let (seed_type, convert) = match signature.ret_item_tangent() {
            Some(item) => (
                quote!(impl ::core::convert::AsRef<[#item]>),
                quote!(let result_bar: ::chainrule::__private::Vec<#item> = result_bar.as_ref().to_vec();),
            ),
            None => (signature.ret_tangent(), TokenStream::new()),
        };
        let (vis, vjp_into) = (self.visibility(), self.function("vjp_into"));
        let general = self.general(&format_ident!("result_bar"));
        let (checks, doc) = (self.length_checks(), self.doc_of_vjp_into());
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #vjp_into #generics (#(#params,)* #names: #types, result_bar: #seed_type) -> #ret #predicates {
                #checks
                #convert
                #general
            }
        }
    }

    /// Both sweeps on their own, into the buffers at hand:
    /// `let (value, pullback) = Self::linearize(..); pullback(..); return value;`
    fn general(&self, seed: &Ident) -> TokenStream {
        let (arguments, markers, shared) = (self.signature.arguments(), self.fixed_markers(), self.shared());
        let turbofish = self.signature.turbofish(self.signature.function.params.len());
        let linearize = self.function("linearize");
        let bars = self.signature.function.params.iter().enumerate().map(|(index, param)| match param.wrt {
            Wrt::Active => {
                let buffer = self.buffer(index);
                quote!(&mut *#buffer)
            }
            _ => quote!(()),
        });
        quote! {
            let (value, pullback) = Self::#linearize #turbofish (#(#arguments,)* (#(#markers,)*));
            pullback(#(#shared,)* #seed, #(#bars),*);
            return value;
        }
    }

    /// The names of shared references, which a pullback is given again.
    fn shared(&self) -> Vec<Ident> {
        let params = self.signature.function.params.iter();
        params.filter(|param| param.passing == Passing::Shared).map(|param| self.signature.name(param)).collect()
    }

    /// The markers of a caller who differentiates with respect to everything.
    pub fn fixed_markers(&self) -> Vec<TokenStream> {
        let params = self.signature.function.params.iter();
        params
            .map(|param| match param.wrt {
                Wrt::Active => quote!(::chainrule::activity::Active),
                _ => quote!(::chainrule::activity::Inactive),
            })
            .collect()
    }

    /// `let (value, pullback) = f::vjp(args..)`, on top of `linearize`.
    pub fn vjp(&self) -> TokenStream {
        let signature = &self.signature;
        let (ret, ret_bar, gradient) = (signature.ret(), signature.ret_tangent(), signature.gradient());
        let predicates = self.where_reverse();
        let mut lifetimes = [signature.outer_lifetimes(), signature.lifetimes()].concat();
        let mut params = Vec::new();
        let mut own = Vec::new();
        for (index, param) in signature.function.params.iter().enumerate() {
            let lifetime = syn::Lifetime::new(&format!("'arg{index}"), Span::call_site());
            params.push(match (param.passing, self.original_lifetime(index)) {
                (Passing::Shared, Some(original)) => signature.declaration(param, Some(&original)),
                (Passing::Shared, None) => {
                    own.push(quote!(#lifetime));
                    lifetimes.push(lifetime.clone());
                    signature.declaration(param, Some(&lifetime))
                }
                _ => signature.declaration(param, None),
            });
        }
        let generic_params = signature.generic_params();
        let generics = quote!(<#(#own,)* #(#generic_params),*>);
        let names = signature.captured_names();
        let (mut prelude, mut zeros) = (TokenStream::new(), TokenStream::new());
        let (mut bars, mut results) = (Vec::new(), Vec::new());
        for (index, param) in signature.function.params.iter().enumerate() {
            if param.wrt != Wrt::Active {
                bars.push(quote!(()));
                continue;
            }
            let buffer = self.buffer(index);
            let zero = self.zero(param);
            let is_float = signature.function.vars[param.var].ty.is_float();
            if is_float || param.passing == Passing::Shared {
                zeros.extend(quote!(let mut #buffer = #zero;));
            } else {
                let template = format_ident!("{buffer}_zero");
                prelude.extend(quote!(let #template = #zero;));
                zeros.extend(quote!(let mut #buffer = #template.clone();));
            }
            bars.push(quote!(&mut #buffer));
            results.push(quote!(#buffer));
        }
        let (markers, shared) = (self.fixed_markers(), self.shared());
        let arguments = signature.arguments();
        let turbofish = signature.turbofish(signature.function.params.len());
        let results = one_or_tuple(&results);
        let [vjp, linearize] = ["vjp", "linearize"].map(|what| self.function(what));
        // names that hide none of the user's
        let [value, pullback, seed] =
            ["value", "pullback", "result_bar"].map(|name| Ident::new(name, Span::mixed_site()));
        let vis = self.visibility();
        let doc = format!(
            "The value of {} and its pullback, from a cotangent of the value to those of the parameters (reverse mode). The \
             pullback can be called any number of times.",
            self.link()
        );
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #vjp #generics (#(#params),*)
                -> (#ret, impl Fn(#ret_bar) -> #gradient + use<#(#lifetimes,)* #(#names),*>) #predicates
            {
                #prelude
                let (#value, #pullback) = Self::#linearize #turbofish (#(#arguments,)* (#(#markers,)*));
                (#value, move |#seed: #ret_bar| {
                    #zeros
                    #pullback(#(#shared,)* #seed, #(#bars),*);
                    #results
                })
            }
        }
    }

    /// The lifetime that the user gave to a reference.
    fn original_lifetime(&self, index: usize) -> Option<syn::Lifetime> {
        match self.signature.item.sig.inputs.iter().nth(index)? {
            syn::FnArg::Typed(typed) => match &*typed.ty {
                syn::Type::Reference(reference) => reference.lifetime.clone(),
                _ => None,
            },
            syn::FnArg::Receiver(receiver) => match &receiver.kind {
                syn::ReceiverKind::Reference(_, lifetime, _) => lifetime.clone(),
                _ => None,
            },
        }
    }

    /// The split reverse mode as other generated code calls it.
    pub fn linearize(&self) -> TokenStream {
        let signature = &self.signature;
        let (markers, bounds) = self.markers();
        let generic_params = signature.generic_params();
        let predicates = self.where_reverse();
        let (vis, linearize) = (self.visibility(), self.function("linearize"));
        let returned = self.linearized(&markers, None);
        if let Source::Rules(rules) = self.source {
            return self.linearize_by_rule(&rules.reverse);
        }
        let Some(derivatives) = self.derivatives() else {
            let params = signature.params(false);
            return quote! {
                #[doc(hidden)]
                fn #linearize <#(#generic_params,)* #(#bounds),*> (#(#params,)* _: (#(#markers,)*))
                    -> #returned #predicates;
            };
        };
        let sweeps = &derivatives.split;
        let params = signature.params(true);
        let mut vars = sweeps.vars.clone();
        let (this, rename) = self.renamed_receiver(&mut vars).unzip();
        let emitter = Emitter::new(&vars, signature.float());
        let values: Vec<Ident> = (0..markers.len()).map(|index| format_ident!("activity_{index}")).collect();
        let seed = emitter.name(sweeps.seed);
        let buffers: Vec<Ident> = (0..markers.len())
            .map(|index| match sweeps.bars.get(index).copied().flatten() {
                Some(bar) => emitter.name(bar),
                None => format_ident!("unused_bar_{index}"),
            })
            .collect();
        let inputs = self.pullback_inputs(&markers, this.as_ref(), &seed, &buffers);
        let required = signature.function.params.iter().zip(&markers).zip(&buffers);
        let prelude: TokenStream = required
            .filter(|((param, _), _)| param.wrt == Wrt::Active && param.passing == Passing::Mutable)
            .map(|((_, marker), buffer)| quote!(let #buffer = #marker::lent(&mut #buffer);))
            .collect();
        let names_of = ParamNames {
            markers: values.iter().map(|value| quote!(#value)).collect(),
            types: markers.iter().map(|marker| quote!(#marker)).collect(),
            buffers: buffers.iter().map(|buffer| quote!(#buffer)).collect(),
            general: TokenStream::new(),
        };
        let forward = emitter.stmts(&sweeps.forward, &names_of);
        let result = match &sweeps.result {
            Some(result) => emitter.expr(result),
            None => quote!(()),
        };
        let fn_type = self.fn_type(&markers, None);
        let sweep = (&emitter, &*sweeps.reverse, &names_of);
        let (boxed, pullback) = self.boxed_if_recursive(&fn_type, &inputs, (&markers, &bounds), &prelude, sweep);
        quote! {
            #[doc(hidden)]
            #[inline]
            #vis fn #linearize <#(#generic_params,)* #(#bounds),*> (
                #(#params,)* (#(#values,)*): (#(#markers,)*)
            ) -> #returned #predicates {
                #boxed
                #rename
                #forward
                (#result, #pullback)
            }
        }
    }

    /// `(R, impl for<'bar0> Fn(&A, R', A0::Bar<'bar0, A'>) + use<..>)`; `first` is an argument before the others.
    pub fn linearized(&self, markers: &[Ident], first: Option<&TokenStream>) -> TokenStream {
        let names = self.signature.captured_names();
        let lifetimes = self.captured_lifetimes();
        let (ret, fn_type) = (self.signature.ret(), self.fn_type(markers, first));
        quote!((#ret, impl #fn_type + use<#(#lifetimes,)* #(#names,)* #(#markers),*>))
    }

    /// `for<'bar0> Fn(&A, R', A0::Bar<'bar0, A'>)`
    pub fn fn_type(&self, markers: &[Ident], first: Option<&TokenStream>) -> TokenStream {
        let signature = &self.signature;
        let ret_bar = signature.ret_tangent();
        let shared = signature.function.params.iter().filter(|param| param.passing == Passing::Shared).map(|param| {
            let ty = without_lifetimes(&param.declared);
            quote!(&#ty)
        });
        let mut types: Vec<TokenStream> = first.cloned().into_iter().chain(shared).collect();
        types.push(ret_bar);
        let mut higher = Vec::new();
        for (index, (param, marker)) in signature.function.params.iter().zip(markers).enumerate() {
            let lifetime = syn::Lifetime::new(&format!("'bar{index}"), Span::call_site());
            let lent = signature.lent_elided(param);
            types.push(quote!(#marker::Bar<#lifetime, #lent>));
            higher.push(lifetime);
        }
        quote!(for<#(#higher),*> Fn(#(#types),*))
    }

    /// The parameters of the pullback.
    pub fn pullback_inputs(
        &self,
        markers: &[Ident],
        this: Option<&Ident>,
        seed: &Ident,
        buffers: &[Ident],
    ) -> Vec<TokenStream> {
        let signature = &self.signature;
        let ret_bar = signature.ret_tangent();
        let params = &signature.function.params;
        let shared = params.iter().filter(|param| param.passing == Passing::Shared).map(|param| {
            let ty = without_lifetimes(&param.declared);
            let name = match this {
                Some(this) if signature.is_receiver(param) => this.clone(),
                _ => signature.name(param),
            };
            quote!(#name: &#ty)
        });
        let lent = params.iter().zip(markers).zip(buffers).map(|((param, marker), buffer)| {
            let lent = signature.lent_elided(param);
            quote!(mut #buffer: #marker::Bar<'_, #lent>)
        });
        shared.chain([quote!(#seed: #ret_bar)]).chain(lent).collect()
    }

    /// Lifetimes of values that are passed by value, which the pullback may own. Those of a trait, or of an implementation of one, the
    /// compiler captures in any case.
    pub fn captured_lifetimes(&self) -> Vec<syn::Lifetime> {
        let params = &self.signature.function.params;
        let by_value = params.iter().filter(|param| param.passing == Passing::Value);
        let by_value: Vec<&syn::Type> = by_value.map(|param| &param.declared).collect();
        let owned = |lifetime: &syn::Lifetime| by_value.iter().any(|ty| has_lifetime(ty, lifetime));
        let outer = self.signature.outer_lifetimes().into_iter();
        let outer = outer.filter(|lifetime| self.signature.home.is_of_trait() || owned(lifetime));
        outer.chain(self.signature.lifetimes().into_iter().filter(&owned)).collect()
    }
}

/// Whether a lifetime may be a part of a type: as it is written, or behind `Self`.
fn has_lifetime(ty: &syn::Type, lifetime: &syn::Lifetime) -> bool {
    let ty = text_of(ty);
    ty.contains(&lifetime.to_string()) || ty.contains("Self")
}
