//! Forward mode along several directions at once, and the Jacobian by columns.

use super::{direction_name, float_type, lanes};
use crate::emit::Emitter;
use crate::emit::call::ALONG;
use crate::emit::companion::Companion;
use crate::emit::stmt::ParamNames;
use crate::ir::{Passing, Wrt};
use crate::transform::directions::Directions;
use crate::transform::forward::Pushforward;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

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
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn #name <#(#generic_params,)* #(#bounds,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* _: (#(#markers,)*), #(#dots),*
            ) -> (#ret, #ret_dot) #predicates {
                #(#alone)*
                #body
            }
        }
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
