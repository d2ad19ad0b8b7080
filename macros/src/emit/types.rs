//! The types of tangents, as tokens, from the types that the user wrote.

use crate::ir::{FloatTy, Ty};
use crate::lower::types::{Generics, first_argument};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of an owned tangent: `f64 -> f64`, `[T; N] -> [T'; N]`, `&[T]`, `Vec<T> -> Vec<T'>`, ..
pub fn tangent_type(ty: &syn::Type, generics: &Generics) -> TokenStream {
    match ty {
        syn::Type::Reference(reference) => tangent_type(&reference.elem, generics),
        syn::Type::Paren(paren) => tangent_type(&paren.elem, generics),
        syn::Type::Group(group) => tangent_type(&group.elem, generics),
        syn::Type::Array(array) => {
            let (item, len) = (tangent_type(&array.elem, generics), &array.len);
            quote!([#item; #len])
        }
        syn::Type::Slice(slice) => {
            let item = tangent_type(&slice.elem, generics);
            quote!(::chainrule::__private::Vec<#item>)
        }
        syn::Type::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(|part| tangent_type(part, generics));
            quote!((#(#parts),*))
        }
        _ => match (generics.ty(ty), &generics.direction) {
            (Ty::Float(_), Some(direction)) => quote!(#direction),
            (Ty::Float(FloatTy::F64), None) => quote!(f64),
            (Ty::Float(FloatTy::F32), None) => quote!(f32),
            (Ty::Float(_), None) => quote!(#ty),
            (Ty::Int | Ty::Bool | Ty::Inert, _) => quote!(()),
            (Ty::Vec(_), _) => match items(ty) {
                Some(item) => {
                    let item = tangent_type(item, generics);
                    quote!(::chainrule::__private::Vec<#item>)
                }
                None => projection(ty, generics),
            },
            _ => projection(ty, generics),
        },
    }
}

/// The type behind the reference where a tangent is lent: a slice for what holds a sequence.
pub fn lent_type(ty: &syn::Type, generics: &Generics) -> TokenStream {
    match sequence_item(ty, generics) {
        Some(item) => {
            let item = tangent_type(item, generics);
            quote!([#item])
        }
        None => tangent_type(ty, generics),
    }
}

/// The items of a `Vec`, a slice or a boxed slice.
pub fn sequence_item<'t>(ty: &'t syn::Type, generics: &Generics) -> Option<&'t syn::Type> {
    match ty {
        syn::Type::Slice(slice) => Some(&slice.elem),
        syn::Type::Paren(paren) => sequence_item(&paren.elem, generics),
        syn::Type::Group(group) => sequence_item(&group.elem, generics),
        _ if matches!(generics.ty(ty), Ty::Vec(_)) => items(ty),
        _ => None,
    }
}

fn items(ty: &syn::Type) -> Option<&syn::Type> {
    first_argument(ty).map(|item| match item {
        syn::Type::Slice(slice) => &*slice.elem,
        item => item,
    })
}

fn projection(ty: &syn::Type, generics: &Generics) -> TokenStream {
    match &generics.direction {
        Some(direction) => quote!(<#ty as ::chainrule::directions::Along<#direction>>::Tangent),
        None => quote!(<#ty as ::chainrule::Differentiable>::Tangent),
    }
}

/// `Vec<item>`
pub fn vec_of(item: &syn::Type) -> syn::Type {
    syn::parse_quote!(::chainrule::__private::Vec<#item>)
}

/// A type with every lifetime left to inference.
pub fn without_lifetimes(ty: &syn::Type) -> syn::Type {
    use crate::walk::{Change, Changing};
    use syn::visit_mut::VisitMut;
    struct Elide;
    impl Change for Elide {
        fn lifetime(&mut self, lifetime: &mut syn::Lifetime) {
            if lifetime.ident != "static" {
                *lifetime = syn::Lifetime::new("'_", lifetime.span());
            }
        }
    }
    let mut ty = ty.clone();
    Changing(&mut Elide).visit_type_mut(&mut ty);
    ty
}
