//! The second derivatives of an operator of the user's, to which the runtime dispatches by the type.

use super::dispatched_rule::DispatchedRule;
use super::signature::one_or_tuple;
use crate::ir::Passing;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// `impl MulCurvature<f64> for V3 { .. }`, from what the companion has with `order = 2`.
pub fn emit_curvature_rule(rule: &DispatchedRule<'_>) -> Option<TokenStream> {
    let name = format_ident!("{}", rule.operator?.replace("Rule", "Curvature"));
    let (generics, _, predicates) = rule.block.generics.split_for_impl();
    let (own, other) = (rule.types[0], rule.types.get(1)?);
    let conditions = rule.block.attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    let pairs = [(0, 0), (0, 1), (1, 0), (1, 1)];
    let maps = pairs.iter().flat_map(|(of, by)| [rule.push_by(*of, *by), rule.pull_by(*of, *by)]);
    Some(quote! {
        #(#conditions)*
        #[automatically_derived]
        impl #generics ::chainrule::rules::second_order::#name<#other> for #own #predicates {
            #(#maps)*
        }
    })
}

impl DispatchedRule<'_> {
    /// Where one operand moves along `dot`, and the other one stays.
    fn moving(&self, by: usize, dot: &TokenStream) -> Vec<TokenStream> {
        let names = self.names().into_iter().enumerate();
        let dots =
            names.map(
                |(at, name)| {
                    if at == by { dot.clone() } else { quote!(::chainrule::Differentiable::zero_tangent(#name)) }
                },
            );
        dots.collect()
    }

    /// What is passed for each operand that is differentiated, by value or by reference as the operand.
    fn lent(&self, values: &[TokenStream]) -> Vec<TokenStream> {
        let operands = values.iter().zip(self.params).zip(&self.active);
        let lent = operands.map(|((value, param), active)| match (active, param.passing) {
            (false, _) => quote!(()),
            (true, Passing::Value) => value.clone(),
            (true, _) => quote!(&#value),
        });
        lent.collect()
    }

    fn markers(&self) -> TokenStream {
        let markers = self.active.iter().map(|active| match active {
            true => quote!(::chainrule::activity::Active),
            false => quote!(::chainrule::activity::Inactive),
        });
        quote!((#(#markers),*))
    }

    fn head(&self, direction: &str, of: usize, by: usize, seed: &TokenStream, result: &TokenStream) -> TokenStream {
        let (function, second, dot) = (format_ident!("{direction}_{of}_by_{by}"), self.second(), self.types[by]);
        let returned = if of == by { quote!(Option<#result>) } else { quote!(#result) };
        quote! {
            #[inline]
            fn #function(
                &self,
                #second
                seed: &#seed,
                dot: &<#dot as ::chainrule::Differentiable>::Tangent,
            ) -> #returned
        }
    }

    /// `fn push_0_by_1(&self, rhs: &f64, seed: &V3Tangent, dot: &f64) -> Self::Output`, by polarisation of the second derivative along a
    /// line: `D² f(u, v) = (D² f(u + v, u + v) - D² f(u, u) - D² f(v, v)) / 2`.
    fn push_by(&self, of: usize, by: usize) -> TokenStream {
        let (ty, passed, markers) = (self.types[of], self.passed(), self.markers());
        let head =
            self.head("push", of, by, &quote!(<#ty as ::chainrule::Differentiable>::Tangent), &quote!(Self::Output));
        let method = format_ident!("{}", self.method);
        let zeros: Vec<TokenStream> =
            self.names().iter().map(|name| quote!(::chainrule::Differentiable::zero_tangent(#name))).collect();
        let zeros = self.lent(&zeros);
        let along = |values: &[TokenStream]| {
            let dots = self.lent(values);
            quote!(#method::pushforward_2(#(#passed,)* #markers, #(#dots,)* #(#zeros),*).2)
        };
        let (seed, dot) = (quote!(seed.clone()), quote!(dot.clone()));
        let both = match of == by {
            true => self.moving(of, &quote!(both)),
            false => {
                let mut both = self.moving(of, &seed);
                both[by] = dot.clone();
                both
            }
        };
        let sum = (of == by).then(|| {
            quote! {
                let mut both = seed.clone();
                ::chainrule::Accumulate::accumulate(&mut both, dot);
            }
        });
        let (both, first, second) = (along(&both), along(&self.moving(of, &seed)), along(&self.moving(by, &dot)));
        let mixed = quote!(::chainrule::rules::second_order::mixed(#both, &#first, &#second));
        let mixed = if of == by { quote!(Some(#mixed)) } else { mixed };
        quote! {
            #head {
                #sum
                #mixed
            }
        }
    }

    /// `fn pull_0_by_1(&self, rhs: &f64, seed: &Self::Output, dot: &f64) -> V3Tangent`: the tangent of the cotangent.
    fn pull_by(&self, of: usize, by: usize) -> TokenStream {
        let (ty, passed, markers) = (self.types[of], self.passed(), self.markers());
        let head =
            self.head("pull", of, by, &quote!(Self::Output), &quote!(<#ty as ::chainrule::Differentiable>::Tangent));
        let (method, names) = (format_ident!("{}", self.method), self.names());
        let buffers =
            |kind: &str| (0..self.params.len()).map(|at| format_ident!("{kind}_{at}")).collect::<Vec<Ident>>();
        let (bars, bar_dots, dots) = (buffers("bar"), buffers("bar_dot"), buffers("dot"));
        let of_dots: Vec<TokenStream> = dots.iter().map(|dot| quote!(#dot.clone())).collect();
        let lent_dots = self.lent(&of_dots);
        let moving = self.moving(by, &quote!(dot.clone()));
        let is_shared = |at: &usize| self.params[*at].passing != Passing::Value;
        let shared: Vec<TokenStream> = (0..names.len()).filter(is_shared).map(|at| names[at].clone()).collect();
        let shared_dots: Vec<TokenStream> =
            (0..names.len()).filter(is_shared).map(|at| lent_dots[at].clone()).collect();
        let lend = |buffers: &[Ident]| -> Vec<TokenStream> {
            let lent = buffers.iter().zip(&self.active);
            lent.map(|(buffer, active)| if *active { quote!(&mut #buffer) } else { quote!(()) }).collect()
        };
        let (lent_bars, lent_bar_dots) = (lend(&bars), lend(&bar_dots));
        let result = &bar_dots[of];
        let result = if of == by { quote!(Some(#result)) } else { quote!(#result) };
        let (dot_names, moving) =
            (one_or_tuple(&dots.iter().map(|dot| quote!(#dot)).collect::<Vec<_>>()), one_or_tuple(&moving));
        quote! {
            #head {
                let #dot_names = #moving;
                #(let mut #bars = ::chainrule::Differentiable::zero_tangent(#names);)*
                #(let mut #bar_dots = ::chainrule::Differentiable::zero_tangent(#names);)*
                let (_, pullback) = #method::linearize_order_2(#(#passed,)* #markers, #(#lent_dots),*);
                let seed_dot = ::chainrule::Differentiable::zero_tangent(seed);
                pullback(#(#shared,)* seed.clone(), #(#lent_bars,)* #(#shared_dots,)* seed_dot, #(#lent_bar_dots),*);
                #result
            }
        }
    }
}
