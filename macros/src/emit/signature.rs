//! The parts of signatures that the generated functions share.

use super::types::{lent_type, sequence_item, tangent_type, without_lifetimes};
use crate::ir::{Function, Param, Passing, Ty, Wrt};
use crate::lower::types::Generics;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// What generated functions say about the user's.
pub struct Signature<'a> {
    pub function: &'a Function,
    pub item: &'a syn::ItemFn,
    pub generics: Generics,
}

/// How a result holds a float.
pub enum Outcome {
    /// It is one.
    Certain,
    /// `Option<f64>`
    Option,
    /// `Result<f64, E>`; with `, E`
    Result(TokenStream),
}

impl Outcome {
    /// The seed of the gradient.
    pub fn seed(&self, one: &TokenStream) -> TokenStream {
        match self {
            Self::Certain => quote!(#one),
            Self::Option => quote!(Some(#one)),
            Self::Result(_) => quote!(Ok(#one)),
        }
    }

    /// The type of what is there only if the function did not fail.
    pub fn wrap(&self, ty: &TokenStream) -> TokenStream {
        match self {
            Self::Certain => quote!(#ty),
            Self::Option => quote!(::core::option::Option<#ty>),
            Self::Result(failure) => quote!(::core::result::Result<#ty #failure>),
        }
    }
}

impl<'a> Signature<'a> {
    /// The signature of a function.
    pub fn new(function: &'a Function, item: &'a syn::ItemFn) -> Self {
        Self { function, item, generics: Generics::of(&item.sig.generics) }
    }

    /// The generic float in whose type constants are written.
    pub fn float(&self) -> Option<&'a Ident> {
        self.item
            .sig
            .generics
            .type_params()
            .map(|param| &param.ident)
            .find(|ident| self.generics.floats.contains(&ident.to_string()))
    }

    /// A parameter's name.
    pub fn name(&self, param: &Param) -> Ident {
        let name = &self.function.vars[param.var].name;
        match name.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(name, Span::call_site()),
        }
    }

    /// The parameters as declared, `mut` included where `body` reads them.
    pub fn params(&self, body: bool) -> Vec<TokenStream> {
        self.function
            .params
            .iter()
            .map(|param| {
                let name = self.name(param);
                let ty = self.param_type(param, None);
                let mutable = body && param.passing == Passing::Value && self.function.vars[param.var].mutable;
                if mutable { quote!(mut #name: #ty) } else { quote!(#name: #ty) }
            })
            .collect()
    }

    /// The type of a parameter, with a lifetime for a shared reference.
    pub fn param_type(&self, param: &Param, lifetime: Option<&syn::Lifetime>) -> TokenStream {
        let ty = &param.declared;
        match param.passing {
            Passing::Value => quote!(#ty),
            Passing::Shared => quote!(&#lifetime #ty),
            Passing::Mutable => quote!(&mut #ty),
        }
    }

    /// The arguments that pass the parameters on.
    pub fn arguments(&self) -> Vec<Ident> {
        self.function.params.iter().map(|param| self.name(param)).collect()
    }

    /// The differentiated parameters, with their position.
    pub fn active(&self) -> Vec<(usize, &'a Param)> {
        self.function.params.iter().enumerate().filter(|(_, param)| param.wrt == Wrt::Active).collect()
    }

    /// The owned tangent of a parameter.
    pub fn tangent(&self, param: &Param) -> TokenStream {
        tangent_type(&param.declared, &self.generics)
    }

    /// The tangent of a parameter as it is lent.
    pub fn lent(&self, param: &Param) -> TokenStream {
        lent_type(&param.declared, &self.generics)
    }

    /// The same in a position where lifetimes have to be inferred.
    pub fn lent_elided(&self, param: &Param) -> TokenStream {
        match param.wrt {
            Wrt::Active => lent_type(&without_lifetimes(&param.declared), &self.generics),
            Wrt::Inert | Wrt::Excluded => quote!(()),
        }
    }

    /// Whether a parameter holds a sequence, whose tangent is lent as a slice.
    pub fn is_sequence(&self, param: &Param) -> bool {
        sequence_item(&param.declared, &self.generics).is_some()
    }

    /// The type of one item of a parameter that holds a sequence.
    pub fn item_tangent(&self, param: &Param) -> Option<TokenStream> {
        sequence_item(&param.declared, &self.generics).map(|item| tangent_type(item, &self.generics))
    }

    /// The gradient's type: one tangent, or the tuple of them.
    pub fn gradient(&self) -> TokenStream {
        let tangents: Vec<TokenStream> = self.active().iter().map(|(_, param)| self.tangent(param)).collect();
        one_or_tuple(&tangents)
    }

    /// The result type.
    pub fn ret(&self) -> TokenStream {
        match &self.function.ret {
            Some(ty) => quote!(#ty),
            None => quote!(()),
        }
    }

    /// The tangent of the result.
    pub fn ret_tangent(&self) -> TokenStream {
        match &self.function.ret {
            Some(ty) => tangent_type(ty, &self.generics),
            None => quote!(()),
        }
    }

    /// Items of the result, if it is a sequence.
    pub fn ret_item_tangent(&self) -> Option<TokenStream> {
        let item = sequence_item(self.function.ret.as_ref()?, &self.generics)?;
        Some(tangent_type(item, &self.generics))
    }

    /// How the result holds the float that there is a gradient of; `None` if it holds none.
    pub fn gradient_of(&self) -> Option<Outcome> {
        let ret = self.function.ret.as_ref()?;
        if self.function.ret_ty.is_float() {
            return Some(Outcome::Certain);
        }
        let syn::Type::Path(path) = ret else { return None };
        let last = path.path.segments.last()?;
        let syn::PathArguments::AngleBracketed(args) = &last.arguments else { return None };
        let mut types = args.args.iter().filter_map(|arg| match arg {
            syn::GenericArgument::Type(ty) => Some(ty),
            _ => None,
        });
        let holds_float = types.next().is_some_and(|ty| self.generics.ty(ty).is_float());
        let failure = types.next().map(|ty| quote!(, #ty));
        match last.ident.to_string().as_str() {
            "Option" if holds_float => Some(Outcome::Option),
            "Result" if holds_float => Some(Outcome::Result(quote!(#failure))),
            _ => None,
        }
    }

    /// The generic parameters as declared (`<T: Float, const N: usize>` without the brackets).
    pub fn generic_params(&self) -> Vec<TokenStream> {
        self.item
            .sig
            .generics
            .params
            .iter()
            .map(|param| match param {
                syn::GenericParam::Type(param) => {
                    let (name, colon, bounds) = (&param.ident, &param.colon_token, &param.bounds);
                    quote!(#name #colon #bounds)
                }
                syn::GenericParam::Lifetime(param) => quote!(#param),
                syn::GenericParam::Const(param) => {
                    let (name, ty) = (&param.ident, &param.ty);
                    quote!(const #name: #ty)
                }
            })
            .collect()
    }

    /// The names of type and const parameters, to pass on and to capture.
    pub fn generic_names(&self) -> Vec<Ident> {
        self.item
            .sig
            .generics
            .params
            .iter()
            .filter_map(|param| match param {
                syn::GenericParam::Type(param) => Some(param.ident.clone()),
                syn::GenericParam::Const(param) => Some(param.ident.clone()),
                syn::GenericParam::Lifetime(_) => None,
            })
            .collect()
    }

    /// The user's lifetimes.
    pub fn lifetimes(&self) -> Vec<syn::Lifetime> {
        self.item.sig.generics.lifetimes().map(|param| param.lifetime.clone()).collect()
    }

    /// `::<T, N>` to call another generated function.
    pub fn turbofish(&self, markers: usize) -> TokenStream {
        let names = self.generic_names();
        if names.is_empty() {
            return TokenStream::new();
        }
        let markers = (0..markers).map(|_| quote!(_));
        quote!(::<#(#names,)* #(#markers),*>)
    }

    /// The where-clause: the user's, and what derivatives need of generic types.
    pub fn where_clause(&self) -> TokenStream {
        let own = self.item.sig.generics.where_clause.iter().flat_map(|clause| clause.predicates.iter());
        let floats = self.generics.floats.iter().map(|name| {
            let name = format_ident!("{name}");
            quote!(#name: ::chainrule::Real)
        });
        // a bound on what is an implementation for every float would hide which tangent it has
        let params = self.item.sig.generics.type_params().map(|param| param.ident.to_string());
        let types: Vec<String> = params.filter(|name| !self.generics.floats.contains(name)).collect();
        let others = self.active().into_iter().filter_map(|(_, param)| {
            let ty = &param.declared;
            let unknown = self.function.vars[param.var].ty == Ty::Unknown;
            let generic = mentions(&quote!(#ty), &types);
            (unknown && generic).then(|| quote!(#ty: ::chainrule::Differentiable))
        });
        let predicates: Vec<TokenStream> =
            own.map(|predicate| quote!(#predicate)).chain(floats).chain(others).collect();
        if predicates.is_empty() { TokenStream::new() } else { quote!(where #(#predicates),*) }
    }
}

/// `T` for one, `(T, U)` for several.
pub fn one_or_tuple(parts: &[TokenStream]) -> TokenStream {
    match parts {
        [only] => only.clone(),
        parts => quote!((#(#parts),*)),
    }
}

/// Whether one of these names stands in the tokens.
pub fn mentions(tokens: &TokenStream, names: &[String]) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => names.iter().any(|name| ident == name),
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), names),
        _ => false,
    })
}
