//! The parts of signatures that the generated functions share.

use super::home::Home;
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
    pub home: Home<'a>,
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
    pub fn new(function: &'a Function, item: &'a syn::ItemFn, home: Home<'a>) -> Self {
        Self { function, item, generics: Generics::within(home.generics(), &item.sig.generics), home }
    }

    /// The same for a generated function in which this type stands for the tangent of a float.
    pub fn along(&self, direction: &Ident) -> Self {
        let generics = Generics { direction: Some(direction.clone()), ..self.generics.clone() };
        Self { function: self.function, item: self.item, generics, home: self.home }
    }

    /// The generic parameters of the surrounding block, then those of the function.
    fn all_generics(&self) -> impl Iterator<Item = &'a syn::Generics> + use<'a> {
        self.home.generics().into_iter().chain([&self.item.sig.generics])
    }

    /// The generic float in whose type constants are written.
    pub fn float(&self) -> Option<&'a Ident> {
        self.all_generics()
            .flat_map(syn::Generics::type_params)
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
                let mutable = body && param.passing == Passing::Value && self.function.vars[param.var].mutable;
                let mutable = mutable.then(|| quote!(mut));
                let declared = self.declaration(param, None);
                quote!(#mutable #declared)
            })
            .collect()
    }

    /// A parameter as declared, with a lifetime for a shared reference.
    pub fn declaration(&self, param: &Param, lifetime: Option<&syn::Lifetime>) -> TokenStream {
        let name = self.name(param);
        match param.passing {
            _ if !self.is_receiver(param) => {
                let ty = self.param_type(param, lifetime);
                quote!(#name: #ty)
            }
            Passing::Value => quote!(self),
            Passing::Shared => quote!(&#lifetime self),
            Passing::Mutable => quote!(&mut self),
        }
    }

    /// Whether a parameter is `self`.
    pub fn is_receiver(&self, param: &Param) -> bool {
        self.function.vars[param.var].name == "self"
    }

    /// The receiver, if there is one.
    pub fn receiver(&self) -> Option<&'a Param> {
        self.function.params.first().filter(|param| self.is_receiver(param))
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
            Wrt::Inert if !self.is_list(param) => quote!(()),
            Wrt::Active | Wrt::Inert => lent_type(&without_lifetimes(&param.declared), &self.generics),
            Wrt::Excluded => quote!(()),
        }
    }

    /// The tangent of a parameter as it is passed by value, where the caller may take what carries no float for active.
    pub fn passed(&self, param: &Param) -> TokenStream {
        match param.wrt {
            Wrt::Inert if !self.is_list(param) => quote!(()),
            Wrt::Active | Wrt::Inert => self.tangent(param),
            Wrt::Excluded => quote!(()),
        }
    }

    /// Whether a parameter is a list by its type, the tangent of which has an item for each, whatever they carry.
    fn is_list(&self, param: &Param) -> bool {
        self.function.vars[param.var].ty.element().is_some()
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
        params_of(&self.item.sig.generics)
    }

    /// The same with those of the surrounding block, for an item inside of the function.
    pub fn visible_params(&self) -> Vec<TokenStream> {
        let params = self.all_generics().flat_map(|generics| &generics.params);
        let (mut params, others): (Vec<_>, Vec<_>) =
            params.partition(|param| matches!(param, syn::GenericParam::Lifetime(_)));
        params.extend(others);
        params.into_iter().map(param_of).collect()
    }

    /// The where-clause for an item inside of the function.
    pub fn visible_where_clause(&self) -> TokenStream {
        let own = self.where_clause();
        let outer = self.home.generics().and_then(|generics| generics.where_clause.as_ref());
        match outer.map(|clause| &clause.predicates).filter(|predicates| !predicates.is_empty()) {
            Some(outer) if own.is_empty() => quote!(where #outer),
            Some(outer) => {
                let outer = outer.iter();
                quote!(#own, #(#outer),*)
            }
            None => own,
        }
    }

    /// The names of type and const parameters, to pass on and to capture.
    pub fn generic_names(&self) -> Vec<Ident> {
        names_of(&self.item.sig.generics)
    }

    /// All type and const parameters that an opaque type has to name, those of the surrounding block included.
    pub fn captured_names(&self) -> Vec<Ident> {
        let own_type = self.home.is_trait().then(|| Ident::new("Self", Span::call_site()));
        own_type.into_iter().chain(self.all_generics().flat_map(names_of)).collect()
    }

    /// The user's lifetimes on the function itself.
    pub fn lifetimes(&self) -> Vec<syn::Lifetime> {
        lifetimes_of(&self.item.sig.generics)
    }

    /// The lifetimes of the surrounding block.
    pub fn outer_lifetimes(&self) -> Vec<syn::Lifetime> {
        self.home.generics().map(lifetimes_of).unwrap_or_default()
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
        // a method of an implementation must not ask for more than the trait does
        let local = |name: &&String| match self.home {
            Home::Implementation(_) => self.item.sig.generics.type_params().any(|param| param.ident == name.as_str()),
            _ => true,
        };
        let floats = self.generics.floats.iter().filter(local).map(|name| {
            let name = format_ident!("{name}");
            quote!(#name: ::chainrule::Real)
        });
        let predicates: Vec<TokenStream> =
            own.map(|predicate| quote!(#predicate)).chain(floats).chain(self.differentiable_types()).collect();
        if predicates.is_empty() { TokenStream::new() } else { quote!(where #(#predicates),*) }
    }

    /// What is said of types that stand for any type: `T: Differentiable`. Of a type that is only made of them, such as
    /// `Model<T>`, the compiler knows its tangent from its implementation, and a predicate would hide it.
    fn differentiable_types(&self) -> Vec<TokenStream> {
        let outer = self.home.generics().filter(|_| !matches!(self.home, Home::Implementation(_)));
        let types = outer.into_iter().chain([&self.item.sig.generics]).flat_map(syn::Generics::type_params);
        let mut placeholders: Vec<String> = types.map(|param| param.ident.to_string()).collect();
        if self.home.is_trait() {
            placeholders.push("Self".to_owned());
        }
        let unknown = |param: &&Param| self.function.vars[param.var].ty == Ty::Unknown;
        let params = self.active().into_iter().map(|(_, param)| param).filter(unknown).map(|param| &param.declared);
        let result = self.function.ret.as_ref().filter(|_| self.function.ret_ty == Ty::Unknown);
        let mut predicates: Vec<TokenStream> = Vec::new();
        if self.home.is_trait() {
            predicates.push(quote!(Self: ::core::marker::Sized));
        }
        for ty in params.chain(result).filter(|ty| is_placeholder(ty, &placeholders)) {
            let predicate = quote!(#ty: ::chainrule::Differentiable);
            if !predicates.iter().any(|known| known.to_string() == predicate.to_string()) {
                predicates.push(predicate);
            }
        }
        predicates
    }
}

/// `T` for one, `(T, U)` for several.
pub fn one_or_tuple(parts: &[TokenStream]) -> TokenStream {
    match parts {
        [only] => only.clone(),
        parts => quote!((#(#parts),*)),
    }
}

/// `T`, `T::Item`, `<T as Trait>::Item`
fn is_placeholder(ty: &syn::Type, placeholders: &[String]) -> bool {
    let known = |ident: &Ident| placeholders.iter().any(|name| ident == name);
    match ty {
        syn::Type::Path(path) => match &path.qself {
            Some(qself) => is_placeholder(&qself.ty, placeholders),
            None => path.path.segments.first().is_some_and(|first| first.arguments.is_none() && known(&first.ident)),
        },
        syn::Type::Paren(paren) => is_placeholder(&paren.elem, placeholders),
        syn::Type::Group(group) => is_placeholder(&group.elem, placeholders),
        _ => false,
    }
}

fn params_of(generics: &syn::Generics) -> Vec<TokenStream> {
    generics.params.iter().map(param_of).collect()
}

/// A generic parameter without its default.
pub fn param_of(param: &syn::GenericParam) -> TokenStream {
    match param {
        syn::GenericParam::Type(param) => {
            let (name, colon, bounds) = (&param.ident, &param.colon_token, &param.bounds);
            quote!(#name #colon #bounds)
        }
        syn::GenericParam::Lifetime(param) => quote!(#param),
        syn::GenericParam::Const(param) => {
            let (name, ty) = (&param.ident, &param.ty);
            quote!(const #name: #ty)
        }
    }
}

fn names_of(generics: &syn::Generics) -> Vec<Ident> {
    let name = |param: &syn::GenericParam| match param {
        syn::GenericParam::Type(param) => Some(param.ident.clone()),
        syn::GenericParam::Const(param) => Some(param.ident.clone()),
        syn::GenericParam::Lifetime(_) => None,
    };
    generics.params.iter().filter_map(name).collect()
}

fn lifetimes_of(generics: &syn::Generics) -> Vec<syn::Lifetime> {
    generics.lifetimes().map(|param| param.lifetime.clone()).collect()
}
