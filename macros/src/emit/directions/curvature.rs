//! Second order along several directions at once.

use super::{direction_name, float_type, lanes};
use crate::emit::Emitter;
use crate::emit::companion::Companion;
use crate::emit::matrix_result::size_of_params;
use crate::emit::stmt::ParamNames;
use crate::emit::types::without_lifetimes;
use crate::ir::{Access, Passing};
use crate::transform::directions::{CurvatureAlong, width_for};
use crate::transform::tangent_of_sweeps::TangentSweeps;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

impl Companion<'_> {
    /// `push_curvature`, where the option asks for it the sparse Hessian, and what callers with the option call.
    pub fn curvature_along(&self, along: &CurvatureAlong) -> TokenStream {
        let direction = direction_name(&self.signature);
        let product = along.product.as_ref().map(|product| self.push_curvature(along, product));
        let float = float_type(&along.float);
        let split = along.split.as_ref().map(|split| self.linearize_order_2(split, Some((&direction, float))));
        let sparse = (product.is_some() && self.signature.function.sparse).then(|| self.sparse_hessian(along));
        quote!(#product #split #sparse)
    }

    /// The products of the Hessian with the tangents whose components the seeds are; `each` is called with their components.
    fn push_curvature(&self, along: &CurvatureAlong, product: &TangentSweeps) -> TokenStream {
        let (direction, float) = (direction_name(&self.signature), float_type(&along.float));
        let signature = self.signature.along(&direction);
        let emitter = Emitter::along(&product.vars, &direction);
        let (params, generic_params) = (signature.params(true), signature.generic_params());
        let predicates = signature.where_clause();
        let [seed, each, product_dot] = ["seed", "each", "product"].map(|name| Ident::new(name, Span::mixed_site()));
        let tangents = signature.active().into_iter().filter_map(|(index, param)| {
            let dot = product.dots[index]?;
            let (name, primal, lent) = (emitter.name(dot), signature.name(param), signature.lent(param));
            let primal = if param.passing == Passing::Value { quote!(&#primal) } else { quote!(&*#primal) };
            let along = quote!(::chainrule::directions::Along::along(#primal, #seed));
            Some(match product.vars[dot].access {
                Access::Owned => quote!(let mut #name = #along;),
                Access::Shared => quote!(let #name: &#lent = &#along;),
                Access::Mutable => quote!(let #name: &mut #lent = &mut #along;),
            })
        });
        let names_of = ParamNames::default();
        let (forward, reverse) =
            (emitter.stmts(&product.forward, &names_of), emitter.stmts(&product.reverse, &names_of));
        let result = product.result.as_ref().map(|result| emitter.expr(result));
        let active = signature.active();
        let components = active.iter().enumerate().map(|(at, (_, param))| {
            let (ty, at) = (without_lifetimes(&param.declared), syn::Index::from(at));
            let part = if active.len() == 1 { quote!(&#product_dot) } else { quote!(&#product_dot.#at) };
            quote!(<#ty as ::chainrule::directions::Along<#direction>>::components(#part, #each);)
        });
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn push_curvature <#(#generic_params,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* #seed: &mut dyn ::core::ops::FnMut() -> #direction, #each: &mut dyn ::core::ops::FnMut(&#direction)
            ) #predicates {
                #(#tangents)*
                #forward
                #reverse
                let #product_dot = #result;
                #(#components)*
            }
        }
    }

    /// The Hessian by several directions at once, where there is a product for them.
    pub fn hessian_by_directions(&self, along: &CurvatureAlong) -> Option<TokenStream> {
        along.product.as_ref()?;
        let width = Literal::usize_unsuffixed(width_for(size_of_params(&self.signature).number()));
        let lanes = lanes(&float_type(&along.float), &width);
        let [seed, each] = ["seed", "each"].map(|name| Ident::new(name, Span::mixed_site()));
        let (arguments, turbofish) = (self.arguments_in_loop(), self.signature.turbofish(1));
        Some(quote! {
            ::chainrule::jacobian::hessian_by_directions(
                |#seed: &mut dyn ::core::ops::FnMut() -> #lanes, #each: &mut dyn ::core::ops::FnMut(&#lanes)| {
                    Self::push_curvature #turbofish (#(#arguments,)* #seed, #each)
                },
            )
        })
    }
}
