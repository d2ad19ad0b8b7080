//! The companion type `f {}` with the derivatives of a function `f` as associated functions.

use super::Emitter;
use super::signature::{Outcome, Signature, one_or_tuple};
use super::stmt::ParamNames;
use super::types::without_lifetimes;
use crate::derivatives::Derivatives;
use crate::ir::{Param, Passing, Ty, Wrt};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

struct Companion<'a> {
    signature: Signature<'a>,
    derivatives: &'a Derivatives,
}

/// `#[allow(..)] pub struct f {} impl f { pub fn grad(..) .. }`
pub fn emit_companion(signature: Signature<'_>, derivatives: &Derivatives, docs: &[String]) -> TokenStream {
    let item = signature.item;
    let (vis, name) = (&item.vis, &item.sig.ident);
    let companion = Companion { signature, derivatives };
    let doc = format!("The derivatives of [`{name}`](fn@{name}).");
    let functions = companion.functions(docs);
    quote! {
        #[doc = #doc]
        #[allow(non_camel_case_types)]
        #vis struct #name {}

        #[allow(
            clippy::all,
            clippy::pedantic,
            dead_code,
            non_snake_case,
            unused_assignments,
            unused_mut,
            unused_parens,
            unused_variables
        )]
        impl #name {
            #functions
        }
    }
}

/// The user's function. If only its derivatives are called, it is not dead.
pub fn emit_primal(item: &syn::ItemFn) -> TokenStream {
    quote!(#[allow(dead_code)] #item)
}

/// The companion of a function with errors: nothing else cascades from it.
pub fn emit_stub(item: &syn::ItemFn) -> TokenStream {
    let (vis, name) = (&item.vis, &item.sig.ident);
    quote! {
        #[allow(non_camel_case_types, dead_code)]
        #vis struct #name {}
    }
}

impl Companion<'_> {
    fn functions(&self, docs: &[String]) -> TokenStream {
        let outcome = self.signature.gradient_of();
        let gradient = outcome.map(|outcome| [self.value_and_grad(docs, &outcome), self.grad_into(&outcome)]);
        let gradient = gradient.into_iter().flatten();
        let others = [self.jvp(), self.vjp(), self.vjp_into(), self.pushforward(), self.linearize(), self.overwrites()];
        quote!(#(#gradient)* #(#others)*)
    }

    fn buffer(&self, index: usize) -> Ident {
        match self.derivatives.fused.bars.get(index).copied().flatten() {
            Some(bar) => Ident::new(&self.derivatives.fused.vars[bar].name, Span::call_site()),
            None => format_ident!("unused_bar_{index}"),
        }
    }

    /// The zero tangent of a parameter.
    fn zero(&self, param: &Param) -> TokenStream {
        let name = self.signature.name(param);
        match (&self.signature.function.vars[param.var].ty, param.passing) {
            (Ty::Float(_), _) => Emitter::new(&self.signature.function.vars, self.signature.float()).float(0.0, None),
            (_, Passing::Value) => quote!(::chainrule::Differentiable::zero_tangent(&#name)),
            (_, Passing::Shared) => quote!(::chainrule::Differentiable::zero_tangent(#name)),
            (_, Passing::Mutable) => quote!(::chainrule::Differentiable::zero_tangent(&*#name)),
        }
    }

    fn generics(&self) -> TokenStream {
        let params = self.signature.generic_params();
        if params.is_empty() { TokenStream::new() } else { quote!(<#(#params),*>) }
    }

    /// `grad` and `value_and_grad`: the reverse sweep with the seed one.
    fn value_and_grad(&self, docs: &[String], outcome: &Outcome) -> TokenStream {
        let signature = &self.signature;
        let (params, arguments) = (signature.params(false), signature.arguments());
        let (generics, predicates, turbofish) = (self.generics(), signature.where_clause(), signature.turbofish(0));
        let (ret, gradient) = (signature.ret(), signature.gradient());
        let active = signature.active();
        let buffers: Vec<Ident> = active.iter().map(|(index, _)| self.buffer(*index)).collect();
        let zeros = active.iter().map(|(_, param)| self.zero(param));
        let lent: Vec<TokenStream> = buffers.iter().map(|buffer| quote!(&mut #buffer)).collect();
        let (lent, owned) =
            (one_or_tuple(&lent), one_or_tuple(&buffers.iter().map(|buffer| quote!(#buffer)).collect::<Vec<_>>()));
        let one = outcome.seed(&Emitter::new(&signature.function.vars, signature.float()).float(1.0, None));
        let name = &signature.item.sig.ident;
        let grad_doc = format!("The gradient of [`{name}`](fn@{name}).");
        let blank = (!docs.is_empty()).then(String::new);
        let symbolic = blank.iter().chain(docs).map(|line| quote!(#[doc = #line]));
        let value_doc = format!("The value of [`{name}`](fn@{name}) and its gradient.");
        let only_gradient = outcome.wrap(&gradient);
        // the gradient of a failed call is the failure
        let (both, first, last) = match outcome {
            Outcome::Certain => (quote!((#ret, #gradient)), quote!((value, #owned)), quote!(.1)),
            _ => {
                let float = self.float_of_result();
                let both = outcome.wrap(&quote!((#float, #gradient)));
                (both, quote!(value.map(|value| (value, #owned))), quote!(.map(|(_, gradient)| gradient)))
            }
        };
        quote! {
            #[doc = #grad_doc]
            #(#symbolic)*
            #[inline]
            pub fn grad #generics (#(#params),*) -> #only_gradient #predicates {
                Self::value_and_grad #turbofish (#(#arguments),*) #last
            }

            #[doc = #value_doc]
            #[inline]
            pub fn value_and_grad #generics (#(#params),*) -> #both #predicates {
                #(let mut #buffers = #zeros;)*
                let value = Self::vjp_into #turbofish (#(#arguments,)* #lent, #one);
                #first
            }
        }
    }

    /// The float in `Option<f64>` or `Result<f64, E>`.
    fn float_of_result(&self) -> TokenStream {
        match &self.signature.function.ret {
            Some(syn::Type::Path(path)) => path.path.segments.last().and_then(|last| match &last.arguments {
                syn::PathArguments::AngleBracketed(args) => args.args.first().map(|float| quote!(#float)),
                _ => None,
            }),
            _ => None,
        }
        .unwrap_or_else(|| self.signature.ret())
    }

    /// The buffers as parameters: `bars: &mut P'`, or a tuple of them.
    fn buffer_params(&self) -> (TokenStream, TokenStream) {
        let active = self.signature.active();
        let names: Vec<TokenStream> = active
            .iter()
            .map(|(index, _)| {
                let name = self.buffer(*index);
                quote!(#name)
            })
            .collect();
        let types: Vec<TokenStream> = active
            .iter()
            .map(|(_, param)| {
                let lent = self.signature.lent(param);
                quote!(&mut #lent)
            })
            .collect();
        (one_or_tuple(&names), one_or_tuple(&types))
    }

    /// The lengths of lent slices have to be those of what they belong to.
    fn length_checks(&self) -> TokenStream {
        self.signature
            .active()
            .iter()
            .filter(|(_, param)| self.signature.is_sequence(param))
            .map(|(index, param)| {
                let (name, buffer) = (self.signature.name(param), self.buffer(*index));
                let message = format!("the cotangent of `{name}` must have its length");
                quote!(assert_eq!(#buffer.len(), #name.len(), #message);)
            })
            .collect()
    }

    fn grad_into(&self, outcome: &Outcome) -> TokenStream {
        let signature = &self.signature;
        let (params, arguments) = (signature.params(false), signature.arguments());
        let (generics, predicates, turbofish) = (self.generics(), signature.where_clause(), signature.turbofish(0));
        let ret = signature.ret();
        let (names, types) = self.buffer_params();
        let buffers = signature.active().into_iter().map(|(index, _)| self.buffer(index));
        let one = outcome.seed(&Emitter::new(&signature.function.vars, signature.float()).float(1.0, None));
        let name = &signature.item.sig.ident;
        let doc = format!("The value of [`{name}`](fn@{name}); its gradient overwrites the buffers.");
        quote! {
            #[doc = #doc]
            #[inline]
            pub fn grad_into #generics (#(#params,)* #names: #types) -> #ret #predicates {
                #(::chainrule::SetZero::set_to_zero(#buffers);)*
                Self::vjp_into #turbofish (#(#arguments,)* #names, #one)
            }
        }
    }

    fn jvp(&self) -> TokenStream {
        let signature = &self.signature;
        let pushforward = &self.derivatives.pushforward;
        let params = signature.params(true);
        let (generics, predicates) = (self.generics(), signature.where_clause());
        let (ret, ret_dot) = (signature.ret(), signature.ret_tangent());
        let mut names = Vec::new();
        let mut types = Vec::new();
        let mut prelude = TokenStream::new();
        for (index, param) in signature.active() {
            let Some(dot) = pushforward.dots[index] else { continue };
            let name = Ident::new(&pushforward.vars[dot].name, Span::call_site());
            let lent = signature.lent(param);
            let primal = signature.name(param);
            types.push(match (param.passing, signature.item_tangent(param)) {
                (Passing::Value, Some(item)) => quote!(impl ::core::convert::AsRef<[#item]>),
                (Passing::Value, None) => quote!(#lent),
                (Passing::Shared, _) => quote!(&#lent),
                (Passing::Mutable, _) => quote!(&mut #lent),
            });
            if let (Passing::Value, Some(item)) = (param.passing, signature.item_tangent(param)) {
                let mutable = signature.function.vars[param.var].mutable.then(|| quote!(mut));
                prelude.extend(quote! {
                    let #mutable #name: ::chainrule::__private::Vec<#item> = #name.as_ref().to_vec();
                });
            }
            if signature.is_sequence(param) {
                let message = format!("the tangent of `{primal}` must have its length");
                prelude.extend(quote!(assert_eq!(#name.len(), #primal.len(), #message);));
            }
            let by_value = param.passing == Passing::Value && signature.item_tangent(param).is_none();
            let mutable = by_value && signature.function.vars[param.var].mutable;
            names.push(if mutable { quote!(mut #name) } else { quote!(#name) });
        }
        let (names, types) = (one_or_tuple(&names), one_or_tuple(&types));
        let emitter = Emitter::new(&pushforward.vars, signature.float());
        let mut body = emitter.block(&pushforward.body, &ParamNames::default());
        if signature.function.ret.is_none() {
            body.extend(quote!(((), ())));
        }
        let name = &signature.item.sig.ident;
        let doc =
            format!("The value of [`{name}`](fn@{name}) and its tangent along the given tangents (forward mode).");
        quote! {
            #[doc = #doc]
            #[inline]
            pub fn jvp #generics (#(#params,)* #names: #types) -> (#ret, #ret_dot) #predicates {
                #prelude
                #body
            }
        }
    }

    fn vjp_into(&self) -> TokenStream {
        let signature = &self.signature;
        let sweeps = &self.derivatives.fused;
        let params = signature.params(true);
        let (generics, predicates) = (self.generics(), signature.where_clause());
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
        let forward = emitter.stmts(&sweeps.forward, &names_of);
        let reverse = emitter.stmts(&sweeps.reverse, &names_of);
        let result = sweeps.result.as_ref().map(|result| emitter.expr(result));
        let name = &signature.item.sig.ident;
        let doc = format!(
            "The value of [`{name}`](fn@{name}); adds the cotangents of its parameters to the buffers, given that of the \
             result (reverse mode, both sweeps in one call)."
        );
        quote! {
            #[doc = #doc]
            #[inline]
            pub fn vjp_into #generics (#(#params,)* #names: #types, #seed: #seed_type) -> #ret #predicates {
                #checks
                #convert
                #forward
                #reverse
                #result
            }
        }
    }

    /// `let (value, pullback) = f::vjp(args..)`, on top of `linearize`.
    fn vjp(&self) -> TokenStream {
        let signature = &self.signature;
        let (ret, ret_bar, gradient) = (signature.ret(), signature.ret_tangent(), signature.gradient());
        let predicates = signature.where_clause();
        let mut lifetimes = signature.lifetimes();
        let mut params = Vec::new();
        let mut own = Vec::new();
        for (index, param) in signature.function.params.iter().enumerate() {
            let lifetime = syn::Lifetime::new(&format!("'arg{index}"), Span::call_site());
            let name = signature.name(param);
            let declared = match param.passing {
                Passing::Shared => {
                    own.push(quote!(#lifetime));
                    lifetimes.push(lifetime.clone());
                    match self.original_lifetime(index) {
                        Some(original) => {
                            own.pop();
                            lifetimes.pop();
                            signature.param_type(param, Some(&original))
                        }
                        None => signature.param_type(param, Some(&lifetime)),
                    }
                }
                _ => signature.param_type(param, None),
            };
            params.push(quote!(#name: #declared));
        }
        let generic_params = signature.generic_params();
        let generics = quote!(<#(#own,)* #(#generic_params),*>);
        let names = signature.generic_names();
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
        let (markers, shared) = (self.own_markers(), self.shared());
        let arguments = signature.arguments();
        let turbofish = signature.turbofish(signature.function.params.len());
        let results = one_or_tuple(&results);
        let name = &signature.item.sig.ident;
        let doc = format!(
            "The value of [`{name}`](fn@{name}) and its pullback, from a cotangent of the value to those of the parameters \
             (reverse mode). The pullback can be called any number of times."
        );
        // names that hide none of the user's
        let [value, pullback, seed] =
            ["value", "pullback", "result_bar"].map(|name| Ident::new(name, Span::mixed_site()));
        quote! {
            #[doc = #doc]
            #[inline]
            pub fn vjp #generics (#(#params),*)
                -> (#ret, impl Fn(#ret_bar) -> #gradient + use<#(#lifetimes,)* #(#names),*>) #predicates
            {
                #prelude
                let (#value, #pullback) = Self::linearize #turbofish (#(#arguments,)* (#(#markers,)*));
                (#value, move |#seed: #ret_bar| {
                    #zeros
                    #pullback(#(#shared,)* #seed, #(#bars),*);
                    #results
                })
            }
        }
    }

    /// The markers of a call from outside.
    fn own_markers(&self) -> Vec<TokenStream> {
        let marker = |param: &Param| match param.wrt {
            Wrt::Active => quote!(::chainrule::activity::Active),
            _ => quote!(::chainrule::activity::Inactive),
        };
        self.signature.function.params.iter().map(marker).collect()
    }

    /// The arguments that the pullback is passed again.
    fn shared(&self) -> Vec<Ident> {
        let params = self.signature.function.params.iter();
        params.filter(|param| param.passing == Passing::Shared).map(|param| self.signature.name(param)).collect()
    }

    /// Both sweeps on their own, into the buffers at hand:
    /// `let (value, pullback) = Self::linearize(..); pullback(..); return value;`
    fn general(&self, seed: &Ident) -> TokenStream {
        let (arguments, markers, shared) = (self.signature.arguments(), self.own_markers(), self.shared());
        let turbofish = self.signature.turbofish(self.signature.function.params.len());
        let bars = self.signature.function.params.iter().enumerate().map(|(index, param)| match param.wrt {
            Wrt::Active => {
                let buffer = self.buffer(index);
                quote!(&mut *#buffer)
            }
            _ => quote!(()),
        });
        quote! {
            let (value, pullback) = Self::linearize #turbofish (#(#arguments,)* (#(#markers,)*));
            pullback(#(#shared,)* #seed, #(#bars),*);
            return value;
        }
    }

    /// What callers ask that reuse a slice as scratch space.
    fn overwrites(&self) -> TokenStream {
        let count = self.signature.function.params.len();
        let arms =
            self.derivatives.overwritten.iter().map(|(param, of)| quote!(#param => lengths[#param] <= lengths[#of],));
        quote! {
            #[doc(hidden)]
            #[inline]
            pub const fn overwrites(param: usize, lengths: [usize; #count]) -> bool {
                match param {
                    #(#arms)*
                    _ => false,
                }
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
            syn::FnArg::Receiver(_) => None,
        }
    }

    /// The types of the markers, one an argument, with their bounds.
    fn markers(&self) -> (Vec<Ident>, Vec<TokenStream>) {
        let taken = self.signature.generic_names();
        let names: Vec<Ident> = (0..self.signature.function.params.len())
            .map(|index| {
                let name = format_ident!("A{index}");
                if taken.contains(&name) { format_ident!("Activity{index}") } else { name }
            })
            .collect();
        let bounds =
            self.signature.function.params.iter().zip(&names).map(|(param, name)| match (param.wrt, param.passing) {
                (Wrt::Excluded, _) => quote!(#name: ::chainrule::activity::Excluded),
                (Wrt::Active, Passing::Mutable) => quote!(#name: ::chainrule::activity::Required),
                _ => quote!(#name: ::chainrule::activity::Activity),
            });
        let bounds = bounds.collect();
        (names, bounds)
    }

    /// The forward mode as other generated code calls it: an inactive argument has no tangent.
    fn pushforward(&self) -> TokenStream {
        let signature = &self.signature;
        let (params, arguments) = (signature.params(false), signature.arguments());
        let generic_params = signature.generic_params();
        let (markers, bounds) = self.markers();
        let predicates = signature.where_clause();
        let (ret, ret_dot) = (signature.ret(), signature.ret_tangent());
        let mut dots = Vec::new();
        let mut opened = TokenStream::new();
        let mut passed = Vec::new();
        for (index, (param, marker)) in signature.function.params.iter().zip(&markers).enumerate() {
            let dot = format_ident!("dot_{index}");
            let lent = signature.lent_elided(param);
            let zero = format_ident!("zero_{index}");
            let zero_value = self.zero(param);
            let ty = match (param.wrt, param.passing) {
                (Wrt::Active, Passing::Value) => {
                    let tangent = signature.tangent(param);
                    opened.extend(quote!(let #dot = #marker::value(#dot).unwrap_or_else(|| #zero_value);));
                    passed.push(quote!(#dot));
                    quote!(#marker::Dot<#tangent>)
                }
                (Wrt::Active, Passing::Shared) => {
                    opened.extend(quote! {
                        let #zero;
                        let #dot = match #marker::shared(#dot) {
                            Some(dot) => dot,
                            None => {
                                #zero = #zero_value;
                                &#zero
                            }
                        };
                    });
                    passed.push(quote!(#dot));
                    quote!(#marker::SharedDot<'_, #lent>)
                }
                (Wrt::Active, Passing::Mutable) => {
                    passed.push(quote!(#marker::lent(&mut #dot)));
                    quote!(#marker::Bar<'_, #lent>)
                }
                (_, Passing::Mutable) => quote!(#marker::Bar<'_, ()>),
                (_, Passing::Shared) => quote!(#marker::SharedDot<'_, ()>),
                (_, Passing::Value) => quote!(#marker::Dot<()>),
            };
            dots.push(quote!(mut #dot: #ty));
        }
        let turbofish = signature.turbofish(0);
        // an argument of type `impl AsRef` is inferred
        let turbofish = if self.has_inferred_tangent() { TokenStream::new() } else { turbofish };
        let passed = one_or_tuple(&passed);
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn pushforward <#(#generic_params,)* #(#bounds),*> (
                #(#params,)* _: (#(#markers,)*), #(#dots),*
            ) -> (#ret, #ret_dot) #predicates {
                #opened
                Self::jvp #turbofish (#(#arguments,)* #passed)
            }
        }
    }

    fn has_inferred_tangent(&self) -> bool {
        self.signature
            .active()
            .iter()
            .any(|(_, param)| param.passing == Passing::Value && self.signature.is_sequence(param))
    }

    /// The split reverse mode as other generated code calls it.
    fn linearize(&self) -> TokenStream {
        let signature = &self.signature;
        let sweeps = &self.derivatives.split;
        let params = signature.params(true);
        let generic_params = signature.generic_params();
        let names = signature.generic_names();
        let lifetimes = self.captured_lifetimes();
        let (markers, bounds) = self.markers();
        let predicates = signature.where_clause();
        let (ret, ret_bar) = (signature.ret(), signature.ret_tangent());
        let emitter = Emitter::new(&sweeps.vars, signature.float());
        let seed = emitter.name(sweeps.seed);
        let values: Vec<Ident> = (0..markers.len()).map(|index| format_ident!("activity_{index}")).collect();
        let mut higher = Vec::new();
        let mut types = Vec::new();
        let mut inputs = Vec::new();
        for param in signature.function.params.iter().filter(|param| param.passing == Passing::Shared) {
            let (name, ty) = (signature.name(param), without_lifetimes(&param.declared));
            types.push(quote!(&#ty));
            inputs.push(quote!(#name: &#ty));
        }
        types.push(quote!(#ret_bar));
        inputs.push(quote!(#seed: #ret_bar));
        let mut prelude = TokenStream::new();
        let mut buffers = Vec::new();
        for (index, (param, marker)) in signature.function.params.iter().zip(&markers).enumerate() {
            let lifetime = syn::Lifetime::new(&format!("'bar{index}"), Span::call_site());
            let lent = signature.lent_elided(param);
            let buffer = match sweeps.bars.get(index).copied().flatten() {
                Some(bar) => emitter.name(bar),
                None => format_ident!("unused_bar_{index}"),
            };
            types.push(quote!(#marker::Bar<#lifetime, #lent>));
            inputs.push(quote!(mut #buffer: #marker::Bar<'_, #lent>));
            higher.push(quote!(#lifetime));
            if param.wrt == Wrt::Active && param.passing == Passing::Mutable {
                prelude.extend(quote!(let #buffer = #marker::lent(&mut #buffer);));
            }
            buffers.push(quote!(#buffer));
        }
        let names_of = ParamNames {
            markers: values.iter().map(|value| quote!(#value)).collect(),
            types: markers.iter().map(|marker| quote!(#marker)).collect(),
            buffers,
            general: TokenStream::new(),
        };
        let forward = emitter.stmts(&sweeps.forward, &names_of);
        let reverse = emitter.stmts(&sweeps.reverse, &names_of);
        let result = match &sweeps.result {
            Some(result) => emitter.expr(result),
            None => quote!(()),
        };
        let pullback = quote! {
            move |#(#inputs),*| {
                #prelude
                #reverse
            }
        };
        let fn_type = quote!(for<#(#higher),*> Fn(#(#types),*));
        // a type that contains itself needs a box around it
        let boxed = signature.function.recursive.then(|| self.boxed_pullback(&fn_type, &inputs, &markers, &bounds));
        let pullback = match &boxed {
            Some(_) => {
                let (plain, arguments) = plain_inputs(&inputs);
                quote!({
                    let pullback = boxed_pullback::<#(#names,)* #(#markers,)* _>(#pullback);
                    move |#(#plain),*| pullback.pull(#(#arguments),*)
                })
            }
            None => pullback,
        };
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn linearize <#(#generic_params,)* #(#bounds),*> (
                #(#params,)* (#(#values,)*): (#(#markers,)*)
            ) -> (
                #ret,
                impl #fn_type + use<#(#lifetimes,)* #(#names,)* #(#markers),*>,
            ) #predicates {
                #boxed
                #forward
                (#result, #pullback)
            }
        }
    }

    /// A trait whose objects are the pullbacks of a function that calls itself: an `impl Fn` would contain its own type.
    fn boxed_pullback(
        &self,
        fn_type: &TokenStream,
        inputs: &[TokenStream],
        markers: &[Ident],
        bounds: &[TokenStream],
    ) -> TokenStream {
        let signature = &self.signature;
        let (generic_params, names) = (signature.generic_params(), signature.generic_names());
        let lifetimes = signature.lifetimes();
        let predicates = signature.where_clause();
        let (plain, arguments) = plain_inputs(inputs);
        let arguments_of = quote!(#(#lifetimes,)* #(#names,)* #(#markers),*);
        let bound = self.captured_lifetimes().first().map_or(quote!('static), |lifetime| quote!(#lifetime));
        quote! {
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
        }
    }

    /// Lifetimes of values that are passed by value, which the pullback may own.
    fn captured_lifetimes(&self) -> Vec<syn::Lifetime> {
        let by_value: Vec<String> = self
            .signature
            .function
            .params
            .iter()
            .filter(|param| param.passing == Passing::Value)
            .map(|param| {
                let ty = &param.declared;
                quote!(#ty).to_string()
            })
            .collect();
        self.signature
            .lifetimes()
            .into_iter()
            .filter(|lifetime| by_value.iter().any(|ty| ty.contains(&lifetime.to_string())))
            .collect()
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
