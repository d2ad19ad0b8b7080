//! The sizes of the matrices that hold Hessians and Jacobians, as far as the tokens of the types tell.

use super::signature::Signature;
use crate::ir::Ty;
use crate::lower::types::Generics;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A number of components.
#[derive(Clone, Debug)]
pub enum Size {
    /// A number.
    Number(usize),
    /// A constant of the user's, or arithmetic with such.
    Constant(TokenStream),
    /// A generic parameter, with which Rust does not let us calculate.
    Generic(TokenStream),
    /// Known when the program runs.
    Dynamic,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(a + b),
            (Self::Number(0), known) | (known, Self::Number(0)) => known,
            (Self::Number(a), Self::Constant(b)) | (Self::Constant(b), Self::Number(a)) => {
                Self::Constant(quote!(#a + #b))
            }
            (Self::Constant(a), Self::Constant(b)) => Self::Constant(quote!(#a + #b)),
            _ => Self::Dynamic,
        }
    }

    fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(a * b),
            (Self::Number(1), known) | (known, Self::Number(1)) => known,
            (Self::Number(a), Self::Constant(b)) | (Self::Constant(b), Self::Number(a)) => {
                Self::Constant(quote!(#a * (#b)))
            }
            (Self::Constant(a), Self::Constant(b)) => Self::Constant(quote!((#a) * (#b))),
            _ => Self::Dynamic,
        }
    }

    /// The number, if the macro knows it.
    pub fn number(&self) -> Option<usize> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// The dimension of a matrix: `Const<3>` or `Dyn`.
pub fn dimension(size: Size) -> TokenStream {
    match size {
        Size::Number(number) => {
            let number = Literal::usize_unsuffixed(number);
            quote!(::chainrule::__private::nalgebra::Const<#number>)
        }
        Size::Constant(size) | Size::Generic(size) => quote!(::chainrule::__private::nalgebra::Const<{ #size }>),
        Size::Dynamic => quote!(::chainrule::__private::nalgebra::Dyn),
    }
}

/// The number of components of the differentiated parameters.
pub fn size_of_params(signature: &Signature<'_>) -> Size {
    signature
        .active()
        .into_iter()
        .map(|(_, param)| size_of(&param.declared, &signature.generics))
        .fold(Size::Number(0), Size::plus)
}

/// The number of components of the result.
pub fn size_of_result(signature: &Signature<'_>) -> Size {
    match &signature.function.ret {
        Some(ty) => size_of(ty, &signature.generics),
        None => Size::Number(0),
    }
}

/// The number of components of a type.
pub fn size_of(ty: &syn::Type, generics: &Generics) -> Size {
    match ty {
        syn::Type::Reference(reference) => size_of(&reference.elem, generics),
        syn::Type::Paren(paren) => size_of(&paren.elem, generics),
        syn::Type::Group(group) => size_of(&group.elem, generics),
        syn::Type::Array(array) => size_of(&array.elem, generics).times(length(&array.len, generics)),
        syn::Type::Tuple(tuple) => {
            tuple.elems.iter().map(|part| size_of(part, generics)).fold(Size::Number(0), Size::plus)
        }
        _ => match (generics.ty(ty), ty) {
            (Ty::Float(_), _) => Size::Number(1),
            (Ty::Int | Ty::Bool | Ty::Inert, _) => Size::Number(0),
            (Ty::Matrix(_), syn::Type::Path(path)) => {
                path.path.segments.last().map_or(Size::Dynamic, |last| size_of_matrix(last, generics))
            }
            _ => Size::Dynamic,
        },
    }
}

/// `3`, `N`, `WIDTH`
fn length(len: &syn::Expr, generics: &Generics) -> Size {
    match len {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => {
            number.base10_parse().map_or(Size::Dynamic, Size::Number)
        }
        syn::Expr::Path(path) => match path.path.get_ident() {
            Some(ident) if generics.consts.contains(&ident.to_string()) => Size::Generic(quote!(#ident)),
            _ => Size::Constant(quote!(#path)),
        },
        _ => Size::Dynamic,
    }
}

/// `Vector3<f64>`, `Matrix2x3<f64>`, `SVector<f64, N>`, `SMatrix<f64, 2, 3>`
fn size_of_matrix(last: &syn::PathSegment, generics: &Generics) -> Size {
    let name = last.ident.to_string();
    let sizes: Vec<Size> = match &last.arguments {
        syn::PathArguments::AngleBracketed(args) => {
            args.args.iter().skip(1).map(|arg| size_argument(arg, generics)).collect()
        }
        _ => Vec::new(),
    };
    let (kind, digits) = name.split_at(name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len()));
    let numbers: Vec<usize> = digits.split('x').filter_map(|digits| digits.parse().ok()).collect();
    match (kind, numbers.as_slice(), sizes.as_slice()) {
        ("Vector" | "RowVector", [size], _) => Size::Number(*size),
        ("Matrix", [size], _) => Size::Number(size * size),
        ("Matrix", [rows, columns], _) => Size::Number(rows * columns),
        ("SVector" | "RowSVector", [], [size]) => size.clone(),
        ("SMatrix", [], [rows, columns]) => rows.clone().times(columns.clone()),
        _ => Size::Dynamic,
    }
}

fn size_argument(arg: &syn::GenericArgument, generics: &Generics) -> Size {
    match arg {
        syn::GenericArgument::Const(expr) => length(expr, generics),
        // an identifier may be a type as far as the parser can tell
        syn::GenericArgument::Type(syn::Type::Path(path)) => {
            let path = syn::ExprPath { attrs: Vec::new(), qself: path.qself.clone(), path: path.path.clone() };
            length(&syn::Expr::Path(path), generics)
        }
        _ => Size::Dynamic,
    }
}
