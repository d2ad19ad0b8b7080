//! Forward mode with tangents of its own for each argument.

use super::{direction_name, float_type};
use crate::emit::Emitter;
use crate::emit::companion::Companion;
use crate::emit::stmt::ParamNames;
use crate::ir::{Access, Passing};
use crate::transform::directions::{Apart, Directions};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The function with a set of directions for each argument.
pub const APART: &str = "push_apart";
/// The one where neighbours share a set.
pub const NEAR: &str = "push_near";

impl Companion<'_> {
    /// Tangents of the value, one along each argument, along the tangents whose components the seeds are.
    pub fn push_apart(&self, name: &str, directions: &Directions, apart: &Apart) -> TokenStream {
        let direction = direction_name(&self.signature);
        let (signature, float) = (self.signature.along(&direction), float_type(&directions.float));
        let pushforward = &apart.pushforward;
        let emitter = Emitter::along(&pushforward.vars, &direction);
        let (params, generic_params) = (signature.params(true), signature.generic_params());
        let (predicates, ret_dot) = (self.where_forward(), signature.ret_tangent());
        let (seed, function) = (Ident::new("seed", Span::mixed_site()), Ident::new(name, Span::call_site()));
        let tangents = signature.active().into_iter().filter_map(|(index, param)| {
            let dot = pushforward.dots[index]?;
            let (name, primal, lent) = (emitter.name(dot), signature.name(param), signature.lent(param));
            let primal = if param.passing == Passing::Value { quote!(&#primal) } else { quote!(&*#primal) };
            let along = quote!(::chainrule::directions::Along::along(#primal, #seed));
            Some(match pushforward.vars[dot].access {
                Access::Owned => quote!(let mut #name = #along;),
                _ => quote!(let #name: &#lent = &#along;),
            })
        });
        let body = emitter.block(&pushforward.body, &ParamNames::default());
        let arguments = Literal::usize_unsuffixed(apart.groups.len());
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn #function <#(#generic_params,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* #seed: &mut dyn ::core::ops::FnMut() -> #direction
            ) -> [#ret_dot; #arguments] #predicates {
                #(#tangents)*
                #body
            }
        }
    }

    /// `|seed| Self::push_apart(args.., seed)`
    pub fn pushed_apart(&self, name: &str) -> TokenStream {
        let function = Ident::new(name, Span::call_site());
        let (seed, arguments) = (Ident::new("seed", Span::mixed_site()), self.arguments_in_loop());
        let turbofish = self.signature.turbofish(1);
        quote!(|#seed| Self::#function #turbofish (#(#arguments,)* #seed))
    }

    /// How many columns each argument has, and what the work is together and apart.
    pub fn plan_apart(&self, directions: &Directions, apart: &Apart) -> TokenStream {
        let float = float_type(&directions.float);
        let columns = apart.groups.iter().map(|group| {
            let counts = group.iter().map(|index| {
                let param = &self.signature.function.params[*index];
                let name = self.signature.name(param);
                let value = if param.passing == Passing::Value { quote!(&#name) } else { quote!(&*#name) };
                quote!(::chainrule::directions::count::<#float, _>(#value))
            });
            quote!(#(#counts)+*)
        });
        let [together, apart] = [directions.work, apart.work].map(|work| {
            let [shared, each] = [work.shared, work.each].map(Literal::usize_unsuffixed);
            quote!((#shared, #each))
        });
        quote!(::chainrule::sparse::Apart { columns: [#(#columns),*], together: #together, apart: #apart })
    }
}
