//! The rule of an operator or a method of the user's, to which the runtime dispatches by the type.

use super::curvature_rule::emit_curvature_rule;
use crate::ir::{Param, Passing};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// What a rule is made of.
pub struct DispatchedRule<'a> {
    /// The block of the operator or the method.
    pub block: &'a syn::ItemImpl,
    /// `mul`, whose derivatives are `mul::jvp`, ..; or the method `norm`, with `Self::norm_jvp`, ..
    pub method: &'a str,
    /// `MulRule`; a method's rule is one of two that are generic over its name.
    pub operator: Option<&'a str>,
    /// The operands.
    pub params: &'a [Param],
    /// Their types.
    pub types: Vec<&'a syn::Type>,
    /// Which of them are differentiated.
    pub active: Vec<bool>,
    /// The type of the result.
    pub ret: &'a syn::Type,
    /// Up to which order it is differentiated.
    pub order: usize,
    /// What its pulls need of the operands, where that is what those of the fields need.
    pub kept: Option<KeptByFields>,
}

/// An operator that is one field by field, with the names of the fields.
pub enum KeptByFields {
    /// A sum or a difference of values of one type.
    Sum(Vec<String>),
    /// The operand at this place is multiplied or divided by a float, which may stand on the other side of a field.
    Scaled(usize, Vec<(String, bool)>),
}

/// `name: Type`
pub fn typed(name: &Ident, ty: &syn::Type) -> TokenStream {
    quote!(#name: #ty)
}

/// `const _: () = { struct mul {} impl mul { .. } impl MulRule<f64> for V3 { .. } };`
pub fn emit_operator_rule(rule: &DispatchedRule<'_>, companion: &TokenStream) -> TokenStream {
    let implementation = emit_rule(rule);
    let multiplies = matches!(rule.operator, Some("MulRule" | "DivRule"));
    let second = (rule.order > 1 && multiplies).then(|| emit_curvature_rule(rule));
    quote! {
        const _: () = {
            #companion

            #implementation

            #second
        };
    }
}

/// `impl MulRule<f64> for V3 { .. }`, `impl methods::BinaryMethod<methods::dot::Name, V3> for V3 { .. }`
pub fn emit_rule(rule: &DispatchedRule<'_>) -> TokenStream {
    let mut generics = rule.block.generics.clone();
    let (own, other, ret) = (rule.types[0], rule.types.get(1), rule.ret);
    let other = other.map(|ty| ty.to_token_stream());
    let (path, arguments) = match rule.operator {
        Some(operator) => (format_ident!("{operator}").into_token_stream(), other.into_iter().collect()),
        None => {
            let (form, name) = (if other.is_some() { "BinaryMethod" } else { "UnaryMethod" }, rule.method);
            let (form, name) = (format_ident!("{form}"), format_ident!("{name}"));
            let name = quote!(::chainrule::rules::methods::#name::Name);
            (quote!(methods::#form), std::iter::once(name).chain(other).collect::<Vec<TokenStream>>())
        }
    };
    if rule.operator.is_none() {
        for (ty, _) in rule.types.iter().zip(rule.params).filter(|(_, param)| param.passing == Passing::Value) {
            generics.make_where_clause().predicates.push(syn::parse_quote!(for<'clone> #ty: ::core::clone::Clone));
        }
    }
    let (generics, _, predicates) = generics.split_for_impl();
    let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
    let conditions = rule.block.attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    let maps = (0..rule.types.len()).flat_map(|at| [rule.push(at), rule.pull(at)]).chain(rule.kept());
    quote! {
        #(#conditions)*
        #[automatically_derived]
        impl #generics ::chainrule::rules::#path #arguments for #own #predicates {
            type Output = <#ret as ::chainrule::Differentiable>::Tangent;
            #(#maps)*
        }
    }
}

impl DispatchedRule<'_> {
    /// Of the operands of an operator field by field its pulls need what those of the fields need.
    fn kept(&self) -> Option<TokenStream> {
        let generics = &self.block.generics;
        if generics.lifetimes().next().is_some() {
            return None;
        }
        let params = generics.type_params().map(|param| &param.ident);
        let params: Vec<&Ident> = params.chain(generics.const_params().map(|param| &param.ident)).collect();
        match self.kept.as_ref()? {
            KeptByFields::Sum(fields) => self.kept_of_sum(fields, &params),
            KeptByFields::Scaled(at, fields) => self.kept_beside(*at, fields, &params),
        }
    }

    fn kept_of_sum(&self, fields: &[String], params: &[&Ident]) -> Option<TokenStream> {
        let (method, ty) = (format_ident!("{}", self.method), self.types[1]);
        let names: Vec<Ident> = (0..fields.len()).map(|at| format_ident!("part_{at}")).collect();
        let fields = members(fields.iter())?;
        let map = |at: usize| {
            let pull = format_ident!("pull_{at}");
            quote! {{
                #(let #names = ::chainrule::rules::#method::keep(&self.#fields, &rhs.#fields);)*
                move |seed: &Self::Output| {
                    let mut bar = seed.clone();
                    #(bar.#fields = ::chainrule::rules::Kept::#pull(&#names, &seed.#fields);)*
                    bar
                }
            }}
        };
        let (left, right) = (map(0), map(1));
        Some(quote! {
            #[inline]
            fn kept(
                &self,
                rhs: &#ty,
            ) -> impl ::chainrule::rules::Kept<
                Self::Output,
                <Self as ::chainrule::Differentiable>::Tangent,
                <#ty as ::chainrule::Differentiable>::Tangent,
            > + use<#(#params),*> {
                ::chainrule::rules::Maps(#left, #right)
            }
        })
    }

    /// `fn kept_0(&self, rhs: &f64) -> impl KeptBeside<f64, Self::Output, V3Tangent>`
    fn kept_beside(&self, at: usize, fields: &[(String, bool)], params: &[&Ident]) -> Option<TokenStream> {
        let (method, second) = (format_ident!("{}", self.method), self.types[1]);
        let (own, literal) = (self.types[at], self.types[1 - at]);
        let names: Vec<Ident> = (0..fields.len()).map(|at| format_ident!("part_{at}")).collect();
        let keep = fields.iter().map(|(_, turned)| format_ident!("keep_{}", if *turned { 1 - at } else { at }));
        let members = members(fields.iter().map(|(name, _)| name))?;
        let arguments = fields.iter().zip(&members).map(|((_, turned), member)| {
            let (part, factor) =
                if at == 0 { (quote!(&self.#member), quote!(rhs)) } else { (quote!(&rhs.#member), quote!(self)) };
            if (at == 0) == *turned { quote!(#factor, #part) } else { quote!(#part, #factor) }
        });
        let function = format_ident!("kept_{at}");
        Some(quote! {
            #[inline]
            fn #function(
                &self,
                rhs: &#second,
            ) -> impl ::chainrule::rules::KeptBeside<
                #literal,
                Self::Output,
                <#own as ::chainrule::Differentiable>::Tangent,
            > + use<#(#params),*> {
                #(let #names = ::chainrule::rules::#method::beside::#keep(#arguments);)*
                ::chainrule::rules::Map(move |literal: &#literal, seed: &Self::Output| {
                    let mut bar = seed.clone();
                    #(bar.#members = ::chainrule::rules::KeptBeside::pull(&#names, literal, &seed.#members);)*
                    bar
                })
            }
        })
    }

    /// `mul::jvp`, `Self::norm_jvp`
    fn derivative(&self, name: &str) -> TokenStream {
        let method = self.method;
        match self.operator {
            Some(_) => {
                let (method, name) = (format_ident!("{method}"), format_ident!("{name}"));
                quote!(#method::#name)
            }
            None => {
                let function = format_ident!("{method}_{name}");
                quote!(Self::#function)
            }
        }
    }

    /// `self`, `rhs`
    pub fn names(&self) -> Vec<TokenStream> {
        [quote!(self), quote!(rhs)].into_iter().take(self.params.len()).collect()
    }

    /// The operands as the method takes them.
    pub fn passed(&self) -> Vec<TokenStream> {
        let by_value = |param: &Param| param.passing == Passing::Value;
        let passed = self.names().into_iter().zip(self.params).map(|(name, param)| match by_value(param) {
            true => quote!(#name.clone()),
            false => name,
        });
        passed.collect()
    }

    /// The second operand in the signature of a map.
    pub fn second(&self) -> Option<TokenStream> {
        let ty = self.types.get(1)?;
        Some(quote!(rhs: &#ty,))
    }

    /// `fn push_0(&self, rhs: &f64, seed: &V3Tangent) -> Self::Output`
    fn push(&self, at: usize) -> TokenStream {
        let (function, second, passed) = (format_ident!("push_{at}"), self.second(), self.passed());
        let ty = self.types[at];
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
        let (jvp, vjp) = (self.derivative("jvp"), self.derivative("vjp"));
        let body = match self.active[at] {
            true => quote!(#jvp(#(#passed,)* #dots).1),
            false => quote!(::chainrule::Differentiable::zero_tangent(&#vjp(#(#passed),*).0)),
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
        let ty = self.types[at];
        let bars: Vec<Ident> = (0..self.params.len()).map(|of| format_ident!("bar_{of}")).collect();
        let names = self.names();
        let lent: Vec<TokenStream> =
            bars.iter().zip(&self.active).filter(|(_, active)| **active).map(|(bar, _)| quote!(&mut #bar)).collect();
        let lent = super::signature::one_or_tuple(&lent);
        let (bar, vjp_into) = (&bars[at], self.derivative("vjp_into"));
        quote! {
            #[inline]
            fn #function(
                &self,
                #second
                seed: &Self::Output,
            ) -> <#ty as ::chainrule::Differentiable>::Tangent {
                #(let mut #bars = ::chainrule::Differentiable::zero_tangent(#names);)*
                #vjp_into(#(#passed,)* #lent, seed.clone());
                #bar
            }
        }
    }
}

/// The fields as they stand behind a dot.
fn members<'n>(names: impl Iterator<Item = &'n String>) -> Option<Vec<syn::Member>> {
    names.map(|name| syn::parse_str(name)).collect::<syn::Result<_>>().ok()
}
