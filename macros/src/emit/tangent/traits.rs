//! The traits of a tangent type.

use super::{Tangent, bound};
use crate::derive::Style;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

impl Tangent<'_> {
    /// A tangent is its own tangent.
    pub fn of_itself(&self) -> TokenStream {
        let name = &self.name;
        let (params, arguments, predicates) = self.kept_generics();
        quote! {
            #[automatically_derived]
            impl #params ::chainrule::Differentiable for #name #arguments #predicates {
                type Tangent = Self;

                #[inline]
                fn zero_tangent(&self) -> Self {
                    let mut zero = self.clone();
                    ::chainrule::SetZero::set_to_zero(&mut zero);
                    zero
                }
            }

            #[automatically_derived]
            impl #params ::chainrule::Retract for #name #arguments #predicates {
                #[inline]
                fn add_tangent(&mut self, delta: &Self) {
                    ::chainrule::Accumulate::accumulate(self, delta);
                }
            }

            #[automatically_derived]
            impl #params ::chainrule::rules::Operand for #name #arguments #predicates {
                type Value = Self;

                #[inline(always)]
                fn value(&self) -> &Self {
                    self
                }
            }
        }
    }

    /// `2.0 * tangent`, `tangent * 2.0` and `tangent / 2.0`, as generated code writes them beside a literal. A generic type has
    /// none, because `f64` could not have them all.
    pub fn scaling(&self) -> TokenStream {
        if self.kept.iter().any(|param| matches!(param, syn::GenericParam::Type(_))) {
            return TokenStream::new();
        }
        let name = &self.name;
        let (params, arguments, predicates) = self.kept_generics();
        let row = |operator: &str, method: &str, left: TokenStream, right: TokenStream, scaled: TokenStream| {
            let (operator, method) = (format_ident!("{operator}"), format_ident!("{method}"));
            quote! {
                #[automatically_derived]
                impl #params ::core::ops::#operator<#right> for #left #predicates {
                    type Output = #name #arguments;

                    #[inline]
                    fn #method(self, rhs: #right) -> #name #arguments {
                        #scaled
                    }
                }
            }
        };
        let (tangent, float) = (quote!(&#name #arguments), quote!(f64));
        let scale = |factor: TokenStream| {
            quote! {
                let mut scaled = self.clone();
                ::chainrule::Tangent::scale(&mut scaled, #factor);
                scaled
            }
        };
        let rows = [
            row("Mul", "mul", tangent.clone(), float.clone(), scale(quote!(rhs))),
            row("Div", "div", tangent.clone(), float.clone(), scale(quote!(1.0 / rhs))),
            row("Mul", "mul", float, tangent, quote!(rhs * self)),
        ];
        quote!(#(#rows)*)
    }

    pub fn vector_space(&self) -> TokenStream {
        let name = &self.name;
        let (params, arguments, predicates) = self.kept_generics();
        let added = self.pairs(name, name, |own, other| quote!(::chainrule::Accumulate::accumulate(#own, #other);));
        let zeroed = self.each(|own, _, _| quote!(::chainrule::SetZero::set_to_zero(#own);));
        let applied = self.each(|own, variant, field| {
            let (path, member) = (self.path(name, variant), &field.member);
            let otherwise = (self.model.variants.len() != 1)
                .then(|| quote!(_ => ::chainrule::__private::payload::other_variant(),));
            quote! {
                ::chainrule::Tangent::zip_apply(
                    #own,
                    others.map(|other| match other { #path { #member: part, .. } => part, #otherwise }),
                    op,
                );
            }
        });
        let fixed = self.model.variants.first().filter(|_| !self.model.is_enum).map(|variant| {
            let members = variant.kept().map(|field| &field.member);
            quote! {
                #[inline]
                fn fixed_zero() -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(#name { #(#members: ::chainrule::Tangent::fixed_zero()?),* })
                }
            }
        });
        quote! {
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #params ::chainrule::Accumulate for #name #arguments #predicates {
                #[inline]
                fn accumulate(&mut self, rhs: &Self) {
                    match (self, rhs) { #added }
                }
            }

            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #params ::chainrule::SetZero for #name #arguments #predicates {
                #[inline]
                fn set_to_zero(&mut self) {
                    match self { #zeroed }
                }
            }

            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic, unused_variables)]
            impl #params ::chainrule::Tangent for #name #arguments #predicates {
                #[inline]
                fn zip_apply<const COUNT: usize, Operation: ::chainrule::ElementOp<COUNT>>(
                    &mut self,
                    others: [&Self; COUNT],
                    op: &mut Operation,
                ) {
                    match self { #applied }
                }

                #fixed
            }
        }
    }

    /// `Clone`, `Debug` and `PartialEq`, without a bound on the type's own parameters.
    pub fn standard_traits(&self) -> TokenStream {
        let name = &self.name;
        let (params, arguments, predicates) = self.kept_generics();
        let cloned = self.model.variants.iter().map(|variant| {
            let path = self.path(name, variant);
            let members: Vec<&syn::Member> = variant.kept().map(|field| &field.member).collect();
            let names: Vec<Ident> = variant.kept().map(|field| bound("own", field)).collect();
            quote!(#path { #(#members: #names,)* } => #path { #(#members: ::core::clone::Clone::clone(#names),)* })
        });
        let cloned =
            if self.model.variants.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#cloned,)* }) };
        let equal = self.model.variants.iter().map(|variant| {
            let path = self.path(name, variant);
            let members: Vec<&syn::Member> = variant.active().map(|field| &field.member).collect();
            let own: Vec<Ident> = variant.active().map(|field| bound("own", field)).collect();
            let other: Vec<Ident> = variant.active().map(|field| bound("other", field)).collect();
            quote! {
                (#path { #(#members: #own,)* .. }, #path { #(#members: #other,)* .. }) => true #(&& #own == #other)*
            }
        });
        let unequal = (self.model.variants.len() != 1).then(|| quote!(_ => false,));
        let shown = self.model.variants.iter().map(|variant| {
            let path = self.path(name, variant);
            let text = if self.model.is_enum { variant.name.to_string() } else { name.to_string() };
            let members = variant.kept().map(|field| &field.member);
            let names: Vec<Ident> = variant.kept().map(|field| bound("own", field)).collect();
            let steps = variant.kept().zip(&names).map(|(field, name)| match &field.member {
                syn::Member::Named(member) => {
                    let text = member.to_string();
                    quote!(.field(#text, #name))
                }
                syn::Member::Unnamed(_) => quote!(.field(#name)),
            });
            let start = if variant.style == Style::Tuple { quote!(debug_tuple) } else { quote!(debug_struct) };
            quote!(#path { #(#members: #names,)* } => formatter.#start(#text) #(#steps)* .finish())
        });
        let shown =
            if self.model.variants.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#shown,)* }) };
        quote! {
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #params ::core::clone::Clone for #name #arguments #predicates {
                #[inline]
                fn clone(&self) -> Self {
                    #cloned
                }
            }

            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #params ::core::cmp::PartialEq for #name #arguments #predicates {
                #[inline]
                fn eq(&self, other: &Self) -> bool {
                    match (self, other) { #(#equal,)* #unequal }
                }
            }

            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #params ::core::fmt::Debug for #name #arguments #predicates {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #shown
                }
            }
        }
    }

    /// Access to the parts of the tangent by the name of the variant, which generated code uses where it knows the
    /// variant and not the type.
    pub fn payloads(&self) -> TokenStream {
        let (params, arguments, predicates) = self.kept_generics();
        let name = &self.name;
        let methods = self.model.variants.iter().flat_map(|variant| {
            variant.kept().map(move |field| {
                let (path, member, ty) = (self.path(name, variant), &field.member, self.field_type(field));
                let suffix = bound(&variant.name.to_string(), field);
                let (read, write) = (format_ident!("__payload_{suffix}"), format_ident!("__payload_mut_{suffix}"));
                let otherwise = (self.model.variants.len() != 1)
                    .then(|| quote!(_ => ::chainrule::__private::payload::other_variant(),));
                quote! {
                    #[doc(hidden)]
                    #[inline(always)]
                    pub fn #read(&self) -> &#ty {
                        match self { #path { #member: part, .. } => part, #otherwise }
                    }

                    #[doc(hidden)]
                    #[inline(always)]
                    pub fn #write(&mut self) -> &mut #ty {
                        match self { #path { #member: part, .. } => part, #otherwise }
                    }
                }
            })
        });
        quote! {
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic, dead_code, non_snake_case)]
            impl #params #name #arguments #predicates {
                #(#methods)*
            }
        }
    }
}
