//! Forward mode along several directions at once, and the Jacobian by columns.

use super::{direction_name, float_type, lanes};
use crate::emit::Emitter;
use crate::emit::call::ALONG;
use crate::emit::companion::Companion;
use crate::emit::home::Home;
use crate::emit::stmt::ParamNames;
use crate::emit::types::without_lifetimes;
use crate::ir::{Passing, Wrt};
use crate::transform::directions::Directions;
use crate::transform::forward::Pushforward;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// How many operations of each direction a call has at least that looks at the tangents that it is given.
const LEAST_WORK: usize = 32;

impl Companion<'_> {
    /// Value and tangent, whatever type stands for the tangent of a float.
    pub fn pushforward_along(&self, directions: &Directions) -> TokenStream {
        let direction = direction_name(&self.signature);
        let along = Companion { signature: self.signature.along(&direction), source: self.source };
        let signature = &along.signature;
        let (pushforward, float) = (&directions.pushforward, float_type(&directions.float));
        let emitter = Emitter::along(&pushforward.vars, &direction);
        let (params, generic_params) = (signature.params(true), signature.generic_params());
        let (markers, bounds) = self.markers();
        let (predicates, ret, ret_dot) = (self.where_forward(), signature.ret(), signature.ret_tangent());
        let (mut names, mut dots) = (Vec::new(), Vec::new());
        for (index, (param, marker)) in signature.function.params.iter().zip(&markers).enumerate() {
            let name = match pushforward.dots[index] {
                Some(dot) => emitter.name(dot),
                None => format_ident!("unused_dot_{index}"),
            };
            let (ty, _) = along.opened(index, param, marker, &name);
            dots.push(quote!(mut #name: #ty));
            names.push(name);
        }
        let alone = directions.alone.iter().map(|(index, pushforward)| {
            let body = along.body_along(pushforward, &direction, &markers, &names);
            let marker = &markers[*index];
            let others = directions.alone.iter().filter(|(other, _)| other != index).map(|(other, _)| &markers[*other]);
            quote!(if #marker::IS_ACTIVE #(&& !#others::IS_ACTIVE)* { return { #body }; })
        });
        let body = along.body_along(pushforward, &direction, &markers, &names);
        let name = Ident::new(ALONG, Span::call_site());
        let without_zeros = self.without_known_zeros(directions, &direction, &markers, &names);
        let given = match (&without_zeros, markers.len()) {
            (None, _) | (_, 1) => quote!(_),
            _ => Ident::new("markers", Span::mixed_site()).to_token_stream(),
        };
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn #name <#(#generic_params,)* #(#bounds,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* #given: (#(#markers,)*), #(#dots),*
            ) -> (#ret, #ret_dot) #predicates {
                #without_zeros
                #(#alone)*
                #body
            }
        }
    }

    /// For tangents that tell it: a call in which one is zero is a call in which its argument is constant, and a call in which
    /// all are constant is one of the primal.
    fn without_known_zeros(
        &self,
        directions: &Directions,
        direction: &Ident,
        markers: &[Ident],
        dots: &[Ident],
    ) -> Option<TokenStream> {
        let signature = &self.signature;
        let (function, of) = (signature.function, &signature.item.sig.ident);
        let active = signature.active();
        // with several arguments, there have to be bodies that leave one out
        let worth_it = directions.work.each >= LEAST_WORK
            && (active.len() == 1 || directions.alone.len() == active.len())
            && function.params.iter().all(|param| param.passing != Passing::Mutable || param.wrt == Wrt::Inert);
        let named = matches!(signature.home, Home::Companion) && signature.arguments().iter().all(|name| name != of);
        let asked: Vec<_> =
            active.iter().filter(|(_, param)| function.vars[param.var].ty.is_copy()).map(|(index, _)| *index).collect();
        if !(function.sparse && worth_it && named && function.ret.is_some()) || asked.is_empty() {
            return None;
        }
        let (arguments, generics) = (signature.arguments(), signature.generic_names());
        let [given, value, dot] = ["markers", "value", "dot"].map(|name| Ident::new(name, Span::mixed_site()));
        let along = Ident::new(ALONG, Span::call_site());
        let asked = asked.into_iter().map(|index| {
            let param = &function.params[index];
            let (marker, own, ty) = (&markers[index], &dots[index], without_lifetimes(&param.declared));
            let telling = quote!(<#ty as ::chainrule::directions::Telling<#direction>>);
            let look = if param.passing == Passing::Value { quote!(look) } else { quote!(look_behind) };
            let inactive = quote!(::chainrule::activity::Inactive);
            let replaced = |other: usize, by: TokenStream, or: TokenStream| if other == index { by } else { or };
            let all = 0..markers.len();
            let kinds = all.clone().map(|other| replaced(other, inactive.clone(), markers[other].to_token_stream()));
            let values = all.clone().map(|other| {
                let at = syn::Index::from(other);
                replaced(other, inactive.clone(), quote!(#given.#at))
            });
            let passed = all.map(|other| replaced(other, quote!(()), dots[other].to_token_stream()));
            quote! {
                if #marker::IS_ACTIVE && #telling::ASKED && #telling::is_known_zero(#marker::#look(&#own)) {
                    return Self::#along::<#(#generics,)* #(#kinds,)* #direction>(
                        #(#arguments,)* (#(#values,)*), #(#passed),*
                    );
                }
            }
        });
        let actives = active.iter().map(|(index, _)| &markers[*index]);
        let turbofish = signature.turbofish(0);
        Some(quote! {
            if #direction::TELLS {
                #(#asked)*
                if #(!#actives::IS_ACTIVE)&&* {
                    let #value = #of #turbofish (#(#arguments),*);
                    let #dot = ::chainrule::directions::zeros::<#direction, _>(&#value);
                    return (#value, #dot);
                }
            }
        })
    }

    /// The tangents of the parameters as they are read, and the statements.
    fn body_along(
        &self,
        pushforward: &Pushforward,
        direction: &Ident,
        markers: &[Ident],
        given: &[Ident],
    ) -> TokenStream {
        let emitter = Emitter::along(&pushforward.vars, direction);
        let mut body = TokenStream::new();
        for (index, param) in self.signature.function.params.iter().enumerate() {
            let Some(dot) = pushforward.dots[index] else { continue };
            let (name, given) = (emitter.name(dot), &given[index]);
            if name != *given {
                body.extend(quote!(let mut #name = #given;));
            }
            body.extend(self.opened(index, param, &markers[index], &name).1);
        }
        body.extend(emitter.block(&pushforward.body, &ParamNames::default()));
        if self.signature.function.ret.is_none() {
            body.extend(quote!(((), ())));
        }
        body
    }

    /// Value and tangent along the tangents whose components the seeds are.
    pub fn push_seeds(&self, directions: &Directions) -> TokenStream {
        let direction = direction_name(&self.signature);
        let along = self.signature.along(&direction);
        let float = float_type(&directions.float);
        let (params, generic_params) = (along.params(false), along.generic_params());
        let (predicates, ret, ret_dot) = (self.where_forward(), along.ret(), along.ret_tangent());
        let (seed, names) = (Ident::new("seed", Span::mixed_site()), self.directions());
        let tangents = along.active().into_iter().zip(&names).map(|((_, param), name)| {
            let value = self.signature.name(param);
            let value = if param.passing == Passing::Value { quote!(&#value) } else { quote!(&*#value) };
            let mutable = (param.passing == Passing::Mutable).then(|| quote!(mut));
            quote!(let #mutable #name = ::chainrule::directions::Along::along(#value, #seed);)
        });
        let mut names = names.iter();
        let (mut markers, mut passed) = (Vec::new(), Vec::new());
        for param in &along.function.params {
            let name = if param.wrt == Wrt::Active { names.next() } else { None };
            markers.push(match name {
                Some(_) => quote!(::chainrule::activity::Active),
                None => quote!(::chainrule::activity::Inactive),
            });
            passed.push(match (name, param.passing) {
                (Some(name), Passing::Value) => quote!(#name),
                (Some(name), Passing::Shared) => quote!(&#name),
                (Some(name), Passing::Mutable) => quote!(&mut #name),
                (None, _) => quote!(()),
            });
        }
        let (arguments, name) = (along.arguments(), Ident::new(ALONG, Span::call_site()));
        let turbofish = along.turbofish(along.function.params.len() + 1);
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn push_seeds <#(#generic_params,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* #seed: &mut dyn ::core::ops::FnMut() -> #direction
            ) -> (#ret, #ret_dot) #predicates {
                #(#tangents)*
                Self::#name #turbofish (#(#arguments,)* (#(#markers,)*), #(#passed),*)
            }
        }
    }

    /// `|seed| Self::push_seeds(args.., seed)`
    pub fn pushed_seeds(&self) -> TokenStream {
        let (seed, arguments) = (Ident::new("seed", Span::mixed_site()), self.arguments_in_loop());
        let turbofish = self.signature.turbofish(1);
        quote!(|#seed| Self::push_seeds #turbofish (#(#arguments,)* #seed))
    }

    /// A closure that runs [`Companion::push_seeds`] with so many lanes.
    pub fn pushed_lanes(&self, directions: &Directions, width: usize) -> TokenStream {
        let (float, width) = (float_type(&directions.float), Literal::usize_unsuffixed(width));
        let (seed, arguments) = (Ident::new("seed", Span::mixed_site()), self.arguments_in_loop());
        let (turbofish, direction) = (self.signature.turbofish(1), lanes(&float, &width));
        quote! {
            |#seed: &mut dyn ::core::ops::FnMut() -> #direction| {
                Self::push_seeds #turbofish (#(#arguments,)* #seed)
            }
        }
    }
}
