//! Reverse mode with several cotangents at once, and the Jacobian by rows.

use super::{direction_name, float_type, lanes};
use crate::emit::Emitter;
use crate::emit::companion::Companion;
use crate::emit::stmt::ParamNames;
use crate::emit::types::without_lifetimes;
use crate::ir::Wrt;
use crate::transform::directions::Cotangents;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

impl Companion<'_> {
    /// The value, and both sweeps: the forward sweep runs once, then `sweep` is lent the number of rows and the reverse sweep,
    /// which it can run for as many sets of cotangents as it likes. `each` is called with the components of the gradients.
    pub fn pull_seeds(&self, cotangents: &Cotangents) -> TokenStream {
        let direction = direction_name(&self.signature);
        let along = Companion { signature: self.signature.along(&direction), source: self.source };
        let signature = &along.signature;
        let (sweeps, float) = (&cotangents.sweeps, float_type(&cotangents.float));
        let emitter = Emitter::along(&sweeps.vars, &direction);
        let (params, generic_params) = (signature.params(true), signature.generic_params());
        let (predicates, ret) = (self.where_reverse(), signature.ret());
        let [sweep, seed, each, value] =
            ["sweep", "seed", "each", "value"].map(|name| Ident::new(name, Span::mixed_site()));
        let (mut templates, mut buffers, mut components) = (TokenStream::new(), TokenStream::new(), TokenStream::new());
        for (index, param) in signature.active() {
            let Some(bar) = sweeps.bars.get(index).copied().flatten() else { continue };
            let (bar, zero, lent) = (emitter.name(bar), along.zero(param), signature.lent_elided(param));
            let [template, own] =
                ["zero", "own"].map(|what| format_ident!("{what}_{index}", span = Span::mixed_site()));
            templates.extend(quote!(let #template = #zero;));
            buffers.extend(quote! {
                let mut #own = #template.clone();
                let mut #bar: &mut #lent = &mut #own;
            });
            let ty = without_lifetimes(&param.declared);
            components.extend(quote!(<#ty as ::chainrule::directions::Along<#direction>>::components(&#own, #each);));
        }
        let markers = signature.function.params.iter().map(|param| {
            let marker = if param.wrt == Wrt::Active { quote!(Active) } else { quote!(Inactive) };
            quote!(<::chainrule::activity::#marker as ::chainrule::activity::Activity>)
        });
        let names_of = ParamNames { types: markers.collect(), ..ParamNames::default() };
        let (forward, reverse) = (emitter.stmts(&sweeps.forward, &names_of), emitter.stmts(&sweeps.reverse, &names_of));
        let (result, result_bar) =
            (sweeps.result.as_ref().map(|result| emitter.expr(result)), emitter.name(sweeps.seed));
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn pull_seeds <#(#generic_params,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* #sweep: &mut dyn ::core::ops::FnMut(usize, ::chainrule::directions::Pull<'_, #direction>)
            ) -> #ret #predicates {
                #templates
                #forward
                let #value: #ret = #result;
                #sweep(::chainrule::directions::count::<#direction, _>(&#value), &|#seed, #each| {
                    let #result_bar = ::chainrule::directions::Along::along(&#value, #seed);
                    #buffers
                    #reverse
                    #components
                });
                #value
            }
        }
    }

    /// `|sweep| Self::pull_seeds(args.., sweep)`
    pub fn pulled_seeds(&self) -> TokenStream {
        let (sweep, arguments) = (Ident::new("sweep", Span::mixed_site()), self.arguments_in_loop());
        let turbofish = self.signature.turbofish(1);
        quote!(|#sweep| Self::pull_seeds #turbofish (#(#arguments,)* #sweep))
    }

    /// A closure that runs [`Companion::pull_seeds`] with so many lanes.
    pub fn pulled_lanes(&self, cotangents: &Cotangents, width: usize) -> TokenStream {
        let (float, width) = (float_type(&cotangents.float), Literal::usize_unsuffixed(width));
        let (sweep, arguments) = (Ident::new("sweep", Span::mixed_site()), self.arguments_in_loop());
        let (turbofish, direction) = (self.signature.turbofish(1), lanes(&float, &width));
        quote! {
            |#sweep: &mut dyn ::core::ops::FnMut(usize, ::chainrule::directions::Pull<'_, #direction>)| {
                Self::pull_seeds #turbofish (#(#arguments,)* #sweep)
            }
        }
    }
}
