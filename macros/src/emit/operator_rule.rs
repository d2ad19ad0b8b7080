//! The rule of an operator of the user's.

use crate::ir::{Param, Passing};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// What a rule is made of.
pub struct OperatorRule<'a> {
    /// The implementation of the operator.
    pub block: &'a syn::ItemImpl,
    /// `mul`
    pub method: &'a str,
    /// `MulRule`
    pub rule: &'a str,
    /// The operands.
    pub params: &'a [Param],
    /// Which of them are differentiated.
    pub active: Vec<bool>,
    /// The type of the result.
    pub ret: &'a syn::Type,
    /// The derivatives of the method as a function.
    pub companion: TokenStream,
}

/// `name: Type`
pub fn typed(name: &Ident, ty: &syn::Type) -> TokenStream {
    quote!(#name: #ty)
}

/// `const _: () = { struct mul {} impl mul { .. } impl MulRule<f64> for V3 { .. } };`
pub fn emit_operator_rule(rule: &OperatorRule<'_>) -> TokenStream {
    let (params, _, predicates) = rule.block.generics.split_for_impl();
    let (name, companion, ret) = (format_ident!("{}", rule.rule), &rule.companion, rule.ret);
    let types: Vec<&syn::Type> = rule.params.iter().map(|param| &param.declared).collect();
    let (own, other) = (types[0], types.get(1));
    let arguments = other.map(|other| quote!(<#other>));
    let maps = (0..types.len()).flat_map(|at| [rule.push(at), rule.pull(at)]);
    quote! {
        const _: () = {
            #companion

            #[automatically_derived]
            impl #params ::chainrule::rules::#name #arguments for #own #predicates {
                type Output = <#ret as ::chainrule::Differentiable>::Tangent;
                #(#maps)*
            }
        };
    }
}

impl OperatorRule<'_> {
    /// `self`, `rhs`
    fn names(&self) -> Vec<TokenStream> {
        [quote!(self), quote!(rhs)].into_iter().take(self.params.len()).collect()
    }

    /// The operands as the method takes them.
    fn passed(&self) -> Vec<TokenStream> {
        let by_value = |param: &Param| param.passing == Passing::Value;
        let passed = self.names().into_iter().zip(self.params).map(|(name, param)| match by_value(param) {
            true => quote!(#name.clone()),
            false => name,
        });
        passed.collect()
    }

    /// The second operand in the signature of a map.
    fn second(&self) -> Option<TokenStream> {
        let ty = &self.params.get(1)?.declared;
        Some(quote!(rhs: &#ty,))
    }

    /// `fn push_0(&self, rhs: &f64, seed: &V3Tangent) -> Self::Output`
    fn push(&self, at: usize) -> TokenStream {
        let (function, second, passed) = (format_ident!("push_{at}"), self.second(), self.passed());
        let (method, ty) = (format_ident!("{}", self.method), &self.params[at].declared);
        let dots = self.params.iter().zip(self.names()).enumerate().filter(|(of, _)| self.active[*of]).map(
            |(of, (param, name))| match (of == at, param.passing) {
                (true, Passing::Value) => quote!(seed.clone()),
                (true, _) => quote!(seed),
                (false, Passing::Value) => quote!(::chainrule::Differentiable::zero_tangent(#name)),
                (false, _) => quote!(&::chainrule::Differentiable::zero_tangent(#name)),
            },
        );
        let dots: Vec<TokenStream> = dots.collect();
        let dots = super::signature::one_or_tuple(&dots);
        let body = match self.active[at] {
            true => quote!(#method::jvp(#(#passed,)* #dots).1),
            false => quote!(::chainrule::Differentiable::zero_tangent(&#method::vjp(#(#passed),*).0)),
        };
        quote! {
            #[inline]
            fn #function(
                &self,
                #second
                seed: &<#ty as ::chainrule::Differentiable>::Tangent,
            ) -> Self::Output {
                #body
            }
        }
    }

    /// `fn pull_0(&self, rhs: &f64, seed: &Self::Output) -> V3Tangent`
    fn pull(&self, at: usize) -> TokenStream {
        let (function, second, passed) = (format_ident!("pull_{at}"), self.second(), self.passed());
        let (method, ty) = (format_ident!("{}", self.method), &self.params[at].declared);
        let bars: Vec<Ident> = (0..self.params.len()).map(|of| format_ident!("bar_{of}")).collect();
        let names = self.names();
        let lent: Vec<TokenStream> =
            bars.iter().zip(&self.active).filter(|(_, active)| **active).map(|(bar, _)| quote!(&mut #bar)).collect();
        let lent = super::signature::one_or_tuple(&lent);
        let bar = &bars[at];
        quote! {
            #[inline]
            fn #function(
                &self,
                #second
                seed: &Self::Output,
            ) -> <#ty as ::chainrule::Differentiable>::Tangent {
                #(let mut #bars = ::chainrule::Differentiable::zero_tangent(#names);)*
                #method::vjp_into(#(#passed,)* #lent, seed.clone());
                #bar
            }
        }
    }
}
