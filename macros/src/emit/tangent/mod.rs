//! The tangent type of a struct or an enum, with the traits of tangents.
//!
//! ```text
//! pub struct ModelTangent { pub w: <DMatrix<f64> as Differentiable>::Tangent, .. }
//! impl Differentiable for Model { type Tangent = ModelTangent; fn zero_tangent(&self) -> ModelTangent { .. } }
//! impl Accumulate, SetZero, Tangent, Retract, Clone, Debug, PartialEq, .. for ModelTangent
//! ```
//!
//! Patterns and literals are written `Path { 0: x, name: y }`, which fits tuples, names and nothing at all.

mod excluded;
mod traits;

use super::signature::param_of;
use super::types::tangent_type;
use crate::derive::{Field, Model, Style, Variant};
use crate::lower::types::type_arguments;
use crate::tokens::mentions;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

struct Tangent<'a> {
    model: &'a Model,
    name: Ident,
    /// The generic parameters that the tangent type mentions.
    kept: Vec<&'a syn::GenericParam>,
    predicates: Vec<TokenStream>,
}

/// Everything that the derive generates.
pub fn emit_tangent(model: &Model) -> TokenStream {
    let types: TokenStream = model.active().map(|field| tangent_type(&field.ty, &model.floats)).collect();
    let kept = model.generics.params.iter().filter(|param| mentions(&types, &[param_name(param)])).collect();
    let tangent = Tangent { model, name: format_ident!("{}Tangent", model.name), kept, predicates: predicates(model) };
    let parts = [
        tangent.definition(),
        tangent.excluded(),
        tangent.of_primal(),
        tangent.of_itself(),
        tangent.vector_space(),
        tangent.scaling(),
        tangent.standard_traits(),
        tangent.payloads(),
    ];
    quote!(#(#parts)*)
}

/// What the derivatives need of generic types.
fn predicates(model: &Model) -> Vec<TokenStream> {
    let own = model.generics.where_clause.iter().flat_map(|clause| clause.predicates.iter()).map(|own| quote!(#own));
    let floats = model.floats.floats.iter().map(|name| {
        let name = format_ident!("{name}");
        quote!(#name: ::chainrule::Real)
    });
    let params = model.generics.type_params().map(|param| param.ident.to_string());
    // a bound on what is an implementation for every float would hide which tangent it has
    let types: Vec<String> = params.filter(|name| !model.floats.floats.contains(name)).collect();
    let others = model.active().flat_map(|field| leaves(&field.ty)).filter_map(|ty| {
        let generic = mentions(&quote!(#ty), &types) && !model.floats.ty(ty).is_float();
        generic.then(|| quote!(#ty: ::chainrule::Differentiable))
    });
    own.chain(floats).chain(others).collect()
}

/// The types of the values in arrays, sequences and tuples, whose own tangents are known: a bound on `[T; N]` would hide that its
/// tangent is an array.
fn leaves(ty: &syn::Type) -> Vec<&syn::Type> {
    let inner: Vec<&syn::Type> = match ty {
        syn::Type::Array(array) => vec![&array.elem],
        syn::Type::Paren(paren) => vec![&paren.elem],
        syn::Type::Group(group) => vec![&group.elem],
        syn::Type::Tuple(tuple) => tuple.elems.iter().collect(),
        syn::Type::Path(path) => match path.path.segments.last() {
            Some(last) if ["Vec", "VecDeque", "Option"].iter().any(|known| last.ident == known) => {
                type_arguments(last).collect()
            }
            _ => return vec![ty],
        },
        _ => return vec![ty],
    };
    inner.into_iter().flat_map(leaves).collect()
}

fn param_name(param: &syn::GenericParam) -> String {
    match param {
        syn::GenericParam::Type(param) => param.ident.to_string(),
        syn::GenericParam::Const(param) => param.ident.to_string(),
        syn::GenericParam::Lifetime(param) => param.lifetime.ident.to_string(),
    }
}

fn argument(param: &syn::GenericParam) -> TokenStream {
    match param {
        syn::GenericParam::Type(param) => {
            let name = &param.ident;
            quote!(#name)
        }
        syn::GenericParam::Const(param) => {
            let name = &param.ident;
            quote!(#name)
        }
        syn::GenericParam::Lifetime(param) => {
            let lifetime = &param.lifetime;
            quote!(#lifetime)
        }
    }
}

fn bound(prefix: &str, field: &Field) -> Ident {
    match &field.member {
        syn::Member::Named(name) => format_ident!("{}_{}", prefix, name),
        syn::Member::Unnamed(index) => format_ident!("{prefix}_{}", index.index),
    }
}

impl Tangent<'_> {
    /// `<T: Real, const N: usize>` and `where ..` for the tangent's own items.
    fn kept_generics(&self) -> (TokenStream, TokenStream, TokenStream) {
        let params = self.kept.iter().map(|param| param_of(param));
        let arguments = self.kept.iter().map(|param| argument(param));
        let dropped: Vec<String> = self
            .model
            .generics
            .params
            .iter()
            .map(param_name)
            .filter(|name| !self.kept.iter().any(|param| param_name(param) == *name))
            .collect();
        let predicates = self.predicates.iter().filter(|predicate| !mentions(predicate, &dropped));
        (quote!(<#(#params),*>), quote!(<#(#arguments),*>), quote!(where #(#predicates),*))
    }

    fn primal_generics(&self) -> (TokenStream, TokenStream, TokenStream) {
        let params = self.model.generics.params.iter().map(param_of);
        let arguments = self.model.generics.params.iter().map(argument);
        let predicates = &self.predicates;
        (quote!(<#(#params),*>), quote!(<#(#arguments),*>), quote!(where #(#predicates),*))
    }

    /// The path of a variant, in the primal type or in the tangent type.
    fn path(&self, ty: &Ident, variant: &Variant) -> TokenStream {
        let name = &variant.name;
        if self.model.is_enum { quote!(#ty::#name) } else { quote!(#ty) }
    }

    fn field_type(&self, field: &Field) -> TokenStream {
        if field.active { tangent_type(&field.ty, &self.model.floats) } else { quote!(()) }
    }

    fn definition(&self) -> TokenStream {
        let (vis, name, primal) = (&self.model.vis, &self.name, &self.model.name);
        let (params, _, predicates) = self.kept_generics();
        let doc = format!("Tangents and cotangents of [`{primal}`].");
        let attributes = quote!(#[doc = #doc] #[allow(missing_docs, clippy::all, clippy::pedantic)]);
        if self.model.is_enum {
            let variants = self.model.variants.iter().map(|variant| {
                let name = &variant.name;
                let fields: Vec<TokenStream> = variant
                    .kept()
                    .map(|field| {
                        let ty = self.field_type(field);
                        match &field.member {
                            syn::Member::Named(name) => quote!(#name: #ty),
                            syn::Member::Unnamed(_) => ty,
                        }
                    })
                    .collect();
                match variant.style {
                    Style::Named => quote!(#name { #(#fields),* }),
                    Style::Tuple => quote!(#name(#(#fields),*)),
                    Style::Unit => quote!(#name),
                }
            });
            return quote!(#attributes #vis enum #name #params #predicates { #(#variants),* });
        }
        let Some(variant) = self.model.variants.first() else { return TokenStream::new() };
        let fields: Vec<TokenStream> = variant
            .kept()
            .map(|field| {
                let (vis, ty) = (&field.vis, self.field_type(field));
                match &field.member {
                    syn::Member::Named(name) => quote!(#vis #name: #ty),
                    syn::Member::Unnamed(_) => quote!(#vis #ty),
                }
            })
            .collect();
        match variant.style {
            Style::Tuple => quote!(#attributes #vis struct #name #params (#(#fields),*) #predicates;),
            Style::Named | Style::Unit => quote!(#attributes #vis struct #name #params #predicates { #(#fields),* }),
        }
    }

    /// `Differentiable`, `Retract` and `Operand` of the type itself.
    fn of_primal(&self) -> TokenStream {
        let (primal, tangent) = (&self.model.name, &self.name);
        let (params, arguments, predicates) = self.primal_generics();
        let (_, kept, _) = self.kept_generics();
        let zeros = self.model.variants.iter().map(|variant| {
            let (from, to) = (self.path(primal, variant), self.path(tangent, variant));
            let members = variant.active().map(|field| &field.member);
            let names: Vec<Ident> = variant.active().map(|field| bound("of", field)).collect();
            let values = variant.kept().map(|field| {
                let (member, name) = (&field.member, bound("of", field));
                let value = match field.active {
                    true => quote!(::chainrule::Differentiable::zero_tangent(#name)),
                    false => quote!(()),
                };
                quote!(#member: #value)
            });
            quote!(#from { #(#members: #names,)* .. } => #to { #(#values),* })
        });
        // an empty enum has no value to match by reference
        let zero =
            if self.model.variants.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#zeros,)* }) };
        let retract = self.retract(&params, &arguments);
        quote! {
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #params ::chainrule::Differentiable for #primal #arguments #predicates {
                type Tangent = #tangent #kept;

                #[inline]
                fn zero_tangent(&self) -> Self::Tangent {
                    #zero
                }
            }

            #retract

            #[automatically_derived]
            impl #params ::chainrule::rules::Operand for #primal #arguments #predicates {
                type Value = Self;

                #[inline(always)]
                fn value(&self) -> &Self {
                    self
                }
            }
        }
    }

    /// What borrows its parts cannot move along a tangent.
    fn retract(&self, params: &TokenStream, arguments: &TokenStream) -> Option<TokenStream> {
        let lifetimes: Vec<String> =
            self.model.generics.lifetimes().map(|param| param.lifetime.ident.to_string()).collect();
        let borrows = self.model.active().any(|field| {
            let ty = &field.ty;
            mentions(&quote!(#ty), &lifetimes) || matches!(ty, syn::Type::Reference(_))
        });
        if borrows {
            return None;
        }
        let names = self.model.generics.type_params().map(|param| param.ident.to_string());
        let types: Vec<String> = names.filter(|name| !self.model.floats.floats.contains(name)).collect();
        let moving = self
            .model
            .active()
            .flat_map(|field| leaves(&field.ty))
            .filter(|ty| mentions(&quote!(#ty), &types))
            .map(|ty| quote!(#ty: ::chainrule::Retract));
        let predicates = self.predicates.iter().cloned().chain(moving);
        let (primal, tangent) = (&self.model.name, &self.name);
        let arms = self.pairs(primal, tangent, |own, delta| quote!(::chainrule::Retract::add_tangent(#own, #delta);));
        Some(quote! {
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #params ::chainrule::Retract for #primal #arguments where #(#predicates),* {
                #[inline]
                fn add_tangent(&mut self, delta: &Self::Tangent) {
                    match (self, delta) { #arms }
                }
            }
        })
    }

    /// Arms over a pair of values of the same variant, with a statement for each field.
    fn pairs(&self, left: &Ident, right: &Ident, statement: impl Fn(&Ident, &Ident) -> TokenStream) -> TokenStream {
        let arms = self.model.variants.iter().map(|variant| {
            let (a, b) = (self.path(left, variant), self.path(right, variant));
            let members: Vec<&syn::Member> = variant.active().map(|field| &field.member).collect();
            let ours: Vec<Ident> = variant.active().map(|field| bound("own", field)).collect();
            let theirs: Vec<Ident> = variant.active().map(|field| bound("other", field)).collect();
            let statements = ours.iter().zip(&theirs).map(|(own, other)| statement(own, other));
            quote!((#a { #(#members: #ours,)* .. }, #b { #(#members: #theirs,)* .. }) => { #(#statements)* })
        });
        let otherwise =
            (self.model.variants.len() != 1).then(|| quote!(_ => ::chainrule::__private::payload::other_variant(),));
        quote!(#(#arms)* #otherwise)
    }

    /// Arms over the tangent itself, with a statement for each field.
    fn each(&self, statement: impl Fn(&Ident, &Variant, &Field) -> TokenStream) -> TokenStream {
        let arms = self.model.variants.iter().map(|variant| {
            let path = self.path(&self.name, variant);
            let members = variant.active().map(|field| &field.member);
            let names: Vec<Ident> = variant.active().map(|field| bound("own", field)).collect();
            let statements = variant.active().zip(&names).map(|(field, name)| statement(name, variant, field));
            quote!(#path { #(#members: #names,)* .. } => { #(#statements)* })
        });
        let otherwise = self.model.variants.is_empty().then(|| quote!(_ => {}));
        quote!(#(#arms)* #otherwise)
    }
}
