//! `jvp`, and `pushforward` as other generated code calls it.

use super::Emitter;
use super::companion::Companion;
use super::signature::one_or_tuple;
use super::stmt::ParamNames;
use crate::differentiable::Source;
use crate::ir::{Param, Passing, Wrt};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

impl Companion<'_> {
    /// The forward mode: `jvp(args.., tangents)`.
    pub fn jvp(&self) -> TokenStream {
        let signature = &self.signature;
        let (generics, predicates) = (self.generics(), self.where_forward());
        let (ret, ret_dot) = (signature.ret(), signature.ret_tangent());
        let (vis, jvp) = (self.visibility(), self.function("jvp"));
        let doc = format!("The value of {} and its tangent along the given tangents (forward mode).", self.link());
        if let Source::Rules(rules) = self.source {
            return self.jvp_by_rule(&rules.forward);
        }
        let Some(derivatives) = self.derivatives() else {
            let params = signature.params(false);
            let types: Vec<TokenStream> =
                signature.active().iter().map(|(_, param)| self.tangent_type(param)).collect();
            let types = one_or_tuple(&types);
            return quote! {
                #[doc = #doc]
                fn #jvp #generics (#(#params,)* tangents: #types) -> (#ret, #ret_dot) #predicates;
            };
        };
        let pushforward = &derivatives.pushforward;
        let params = signature.params(true);
        let mut names = Vec::new();
        let mut types = Vec::new();
        let mut prelude = TokenStream::new();
        for (index, param) in signature.active() {
            let Some(dot) = pushforward.dots[index] else { continue };
            let name = Ident::new(&pushforward.vars[dot].name, Span::call_site());
            let primal = signature.name(param);
            types.push(self.tangent_type(param));
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
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #jvp #generics (#(#params,)* #names: #types) -> (#ret, #ret_dot) #predicates {
                #prelude
                #body
            }
        }
    }

    /// The type of a tangent as it is passed.
    pub fn tangent_type(&self, param: &Param) -> TokenStream {
        let lent = self.signature.lent(param);
        match (param.passing, self.signature.item_tangent(param)) {
            (Passing::Value, Some(item)) => quote!(impl ::core::convert::AsRef<[#item]>),
            (Passing::Value, None) => quote!(#lent),
            (Passing::Shared, _) => quote!(&#lent),
            (Passing::Mutable, _) => quote!(&mut #lent),
        }
    }

    /// The forward mode as other generated code calls it: an inactive argument has no tangent.
    pub fn pushforward(&self) -> TokenStream {
        let signature = &self.signature;
        let (params, arguments) = (signature.params(false), signature.arguments());
        let generic_params = signature.generic_params();
        let (markers, bounds) = self.markers();
        let predicates = self.where_forward();
        let (ret, ret_dot) = (signature.ret(), signature.ret_tangent());
        let mut opened = TokenStream::new();
        let mut passed = Vec::new();
        for (index, (param, marker)) in signature.function.params.iter().zip(&markers).enumerate() {
            let dot = format_ident!("dot_{index}");
            let zero = format_ident!("zero_{index}");
            let zero_value = self.zero(param);
            match (param.wrt, param.passing) {
                (Wrt::Active, Passing::Value) => {
                    let value = value_or_zero(marker, &dot, &zero_value);
                    opened.extend(quote!(let #dot = #value;));
                    passed.push(quote!(#dot));
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
                }
                (Wrt::Active, Passing::Mutable) => passed.push(quote!(#marker::lent(&mut #dot))),
                _ => {}
            }
        }
        let dots = self.dot_types(&markers).into_iter().zip(&signature.function.params).enumerate();
        let dots = dots.map(|(index, (ty, param))| {
            let (dot, lent) = (format_ident!("dot_{index}"), param.passing == Passing::Mutable);
            let mutable = lent.then(|| quote!(mut));
            quote!(#mutable #dot: #ty)
        });
        let turbofish = signature.turbofish(0);
        // an argument of type `impl AsRef` is inferred
        let turbofish = if self.has_inferred_tangent() { TokenStream::new() } else { turbofish };
        let passed = one_or_tuple(&passed);
        let (vis, pushforward, jvp) = (self.visibility(), self.function("pushforward"), self.function("jvp"));
        quote! {
            #[doc(hidden)]
            #[inline]
            #vis fn #pushforward <#(#generic_params,)* #(#bounds),*> (
                #(#params,)* _: (#(#markers,)*), #(#dots),*
            ) -> (#ret, #ret_dot) #predicates {
                #opened
                Self::#jvp #turbofish (#(#arguments,)* #passed)
            }
        }
    }

    /// The types of the tangents, one an argument, under the caller's markers.
    pub fn dot_types(&self, markers: &[Ident]) -> Vec<TokenStream> {
        let signature = &self.signature;
        let params = signature.function.params.iter().zip(markers);
        params
            .map(|(param, marker)| {
                let lent = signature.lent_elided(param);
                match (param.wrt, param.passing) {
                    (_, Passing::Value) => {
                        let tangent = signature.passed(param);
                        quote!(#marker::Dot<#tangent>)
                    }
                    (_, Passing::Shared) => quote!(#marker::SharedDot<'_, #lent>),
                    (_, Passing::Mutable) => quote!(#marker::Bar<'_, #lent>),
                }
            })
            .collect()
    }

    /// Whether a tangent is of a type that the caller chooses.
    fn has_inferred_tangent(&self) -> bool {
        self.signature
            .active()
            .iter()
            .any(|(_, param)| param.passing == Passing::Value && self.signature.is_sequence(param))
    }
}

/// `A0::value(x_dot).unwrap_or(0.0)`
pub fn value_or_zero(marker: &Ident, name: &Ident, zero: &TokenStream) -> TokenStream {
    match syn::parse2::<syn::Lit>(zero.clone()) {
        Ok(_) => quote!(#marker::value(#name).unwrap_or(#zero)),
        Err(_) => quote!(#marker::value(#name).unwrap_or_else(|| #zero)),
    }
}
