//! `#[differentiable]` on impl blocks and traits: the derivatives of every method stand beside it.
//!
//! Takes the block as parsed; returns it without the attributes that only the macro understands, and the generated
//! functions: of an impl block without a trait in another one of the same type, else in the same block.

use crate::diagnostics::Diagnostics;
use crate::differentiable::{Compiled, Source, compile, write_if_asked};
use crate::emit::{
    DispatchedRule, Home, Signature, emit_check_of_traits, emit_check_of_types, emit_functions, emit_inherent,
    emit_inside, emit_rule, with_live_methods, with_real_floats,
};
use crate::fragments::{WithoutGroups, name_types_of_constants};
use crate::hygiene::separate_names;
use crate::idioms::reword;
use crate::ir::{Function, Passing, Ty, Wrt};
use crate::lifetimes::{name_lifetimes, name_lifetimes_of_block};
use crate::lower::types::Generics;
use crate::lower::{Method, Surroundings, lower_signature};
use crate::operators::{expand_operator, is_operator};
use crate::options::{Options, has_no_diff, remove_marks};
use crate::parameters::name_parameters;
use crate::questions::{asks, expand_question};
use crate::refusal::Refusal;
use crate::rules::matrix;
use crate::walk::{Change, Changing, Read, Reading};
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::collections::BTreeMap;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

/// A method with what its attributes say.
struct Member {
    item: syn::ItemFn,
    /// Whether there is a body.
    has_body: bool,
    options: Options,
    /// Whether the attribute stands on the method itself, so that it has to have a derivative.
    demanded: bool,
    /// Whether it has no derivative, by its attribute or its result.
    excluded: bool,
    /// Whether it is a question: it reads what it is called on, and gives no float.
    asks: bool,
}

/// An impl block and the derivatives of its methods.
pub fn expand_impl(mut block: syn::ItemImpl, options: &Options, diagnostics: &mut Diagnostics) -> TokenStream {
    options.check_block(block.self_ty.span(), is_operator(&block), diagnostics);
    Changing(&mut WithoutGroups).visit_item_impl_mut(&mut block);
    if let Some(expanded) = expand_operator(&block, options, diagnostics) {
        return expanded;
    }
    let is_trait = block.trait_.is_some();
    let written = block.clone();
    name_lifetimes_of_block(&mut block);
    let self_ty = (!has_anonymous_lifetime(&block.self_ty)).then(|| (*block.self_ty).clone());
    let mut members = Vec::new();
    let mut methods = BTreeMap::new();
    for item in &mut block.items {
        let syn::ImplItem::Fn(method) = item else { continue };
        let mut found = syn::ItemFn {
            attrs: method.attrs.clone(),
            vis: method.vis.clone(),
            modifiers: method.modifiers.clone(),
            sig: method.sig.clone(),
            block: Box::new(method.block.clone()),
        };
        method.attrs.retain(|attr| !is_own(attr));
        remove_marks(&mut method.sig, Some(&mut method.block));
        if let Some(self_ty) = &self_ty {
            Changing(&mut Concrete(self_ty)).visit_signature_mut(&mut found.sig);
        }
        note(found, true, &block.generics, options, &mut methods, &mut members, diagnostics);
    }
    let around = Surroundings {
        generics: Some(&block.generics),
        self_ty: self_ty.as_ref(),
        inherent: !is_trait,
        methods,
        optional: true,
        ..Surroundings::default()
    };
    let home = if is_trait { Home::Implementation(&block) } else { Home::Inherent(&block) };
    let mut rules = TokenStream::new();
    let functions: Vec<TokenStream> =
        members.iter().map(|member| expand_member(member, home, &around, &mut rules, diagnostics)).collect();
    let questions = match home {
        Home::Inherent(_) => expand_questions(&members, &functions, home, &around),
        _ => TokenStream::new(),
    };
    let differentiated = members.iter().zip(&functions).filter(|(_, functions)| !functions.is_empty());
    let differentiated: Vec<&Member> = differentiated.map(|(member, _)| member).collect();
    if is_trait {
        let block = with_real_floats(&block);
        let checks = emit_check_of_types(&block, &called_on_the_users(&block, &differentiated));
        return [emit_inside(block.into_token_stream(), functions.into_iter().collect()), checks].into_iter().collect();
    }
    let checks = differentiated.iter().filter_map(|member| {
        let sig = &member.item.sig;
        Some(emit_check_of_traits(&sig.ident, receiver_of(sig)?, sig.inputs.len() - 1))
    });
    let checks: TokenStream = checks.collect();
    let names: Vec<&syn::Ident> = differentiated.iter().map(|member| &member.item.sig.ident).collect();
    let own = syn::ItemImpl { generics: written.generics, self_ty: written.self_ty, ..block.clone() };
    let primals = with_live_methods(&own, &names).into_token_stream();
    [primals, emit_inherent(&block, functions.into_iter().chain([questions, checks]).collect()), rules]
        .into_iter()
        .collect()
}

/// A trait and the derivatives of its methods: those without a body are for the implementations to give.
pub fn expand_trait(mut block: syn::ItemTrait, options: &Options, diagnostics: &mut Diagnostics) -> TokenStream {
    options.check_block(block.ident.span(), false, diagnostics);
    Changing(&mut WithoutGroups).visit_item_trait_mut(&mut block);
    let mut members = Vec::new();
    let mut methods = BTreeMap::new();
    for item in &mut block.items {
        let syn::TraitItem::Fn(method) = item else { continue };
        let found = syn::ItemFn {
            attrs: method.attrs.clone(),
            vis: syn::Visibility::Inherited,
            modifiers: method.modifiers.clone(),
            sig: method.sig.clone(),
            block: Box::new(
                method
                    .default
                    .clone()
                    .unwrap_or(syn::Block { brace_token: syn::token::Brace::default(), stmts: Vec::new() }),
            ),
        };
        let has_body = method.default.is_some();
        method.attrs.retain(|attr| !is_own(attr));
        remove_marks(&mut method.sig, method.default.as_mut());
        note(found, has_body, &block.generics, options, &mut methods, &mut members, diagnostics);
    }
    let around = Surroundings { generics: Some(&block.generics), methods, optional: true, ..Surroundings::default() };
    let home = Home::Trait(&block);
    let mut rules = TokenStream::new();
    let functions: Vec<TokenStream> =
        members.iter().map(|member| expand_member(member, home, &around, &mut rules, diagnostics)).collect();
    let questions = expand_questions(&members, &functions, home, &around);
    emit_inside(block.to_token_stream(), functions.into_iter().chain([questions]).collect())
}

/// Reads the attributes of a method.
fn note(
    mut item: syn::ItemFn,
    has_body: bool,
    outer: &syn::Generics,
    block_options: &Options,
    methods: &mut BTreeMap<String, Method>,
    members: &mut Vec<Member>,
    diagnostics: &mut Diagnostics,
) {
    separate_names(&mut item);
    name_parameters(&mut item);
    reword(&mut item);
    name_types_of_constants(&mut item.sig);
    name_lifetimes(&mut item.sig, Some(outer));
    // what is handed on by `&mut Self` is no value with a tangent of its own
    let returns_mutable = matches!(&item.sig.output, syn::ReturnType::Type(_, ty) if is_mutable_reference(ty));
    let own = item.attrs.iter().find(|attr| attr.path().is_ident("differentiable")).map(own_options);
    let demanded = own.is_some();
    let excluded = has_no_diff(&item.attrs) || (returns_mutable && !demanded);
    item.attrs.retain(|attr| !is_own(attr));
    let generics = Generics::within(Some(outer), &item.sig.generics);
    let ret = match &item.sig.output {
        syn::ReturnType::Type(_, ty) => generics.ty(ty),
        syn::ReturnType::Default => crate::ir::Ty::Inert,
    };
    let receiver = receiver_of(&item.sig);
    let writes = item.sig.inputs.iter().any(|input| is_written(input, &generics));
    let shared = item.sig.inputs.iter().filter_map(is_shared).collect();
    let known = Method { receiver, ret: ret.clone(), shared, writes, differentiable: !excluded };
    methods.insert(item.sig.ident.to_string(), known);
    let asks = !demanded && asks(&item.sig, receiver, &ret, &generics);
    if excluded && !asks {
        return;
    }
    let own = own.transpose().unwrap_or_else(|error| {
        diagnostics.error(error);
        None
    });
    members.push(Member { item, has_body, options: block_options.of_method(own), demanded, excluded, asks });
}

/// How a method takes what it is called on.
fn receiver_of(sig: &syn::Signature) -> Option<Passing> {
    Some(match &sig.receiver()?.kind {
        syn::ReceiverKind::Reference(_, _, Some(_)) => Passing::Mutable,
        syn::ReceiverKind::Reference(..) => Passing::Shared,
        syn::ReceiverKind::Typed(_, ty) => match &**ty {
            syn::Type::Reference(reference) if reference.mutability.is_some() => Passing::Mutable,
            syn::Type::Reference(_) => Passing::Shared,
            _ => Passing::Value,
        },
        _ => Passing::Value,
    })
}

/// The methods that are called on a type of the user's: one of the standard library, nalgebra's or any type has methods of its own with rules.
fn called_on_the_users<'m>(block: &syn::ItemImpl, members: &[&'m Member]) -> Vec<&'m syn::Ident> {
    let parameters = block.generics.type_params().map(|param| &param.ident);
    let is_users = match &*block.self_ty {
        syn::Type::Path(path) => !parameters.into_iter().any(|name| path.path.is_ident(name)),
        _ => false,
    };
    if !is_users || Generics::within(None, &block.generics).ty(&block.self_ty) != Ty::Unknown {
        return Vec::new();
    }
    let plain = |sig: &syn::Signature| {
        sig.generics.type_params().next().is_none() && sig.generics.const_params().next().is_none()
    };
    let methods = members.iter().filter(|member| receiver_of(&member.item.sig).is_some() && plain(&member.item.sig));
    methods.map(|member| &member.item.sig.ident).collect()
}

/// Whether a parameter is a shared reference; `None` of the receiver.
fn is_shared(input: &syn::FnArg) -> Option<bool> {
    match input {
        syn::FnArg::Typed(input) => {
            Some(matches!(&*input.ty, syn::Type::Reference(reference) if reference.mutability.is_none()))
        }
        syn::FnArg::Receiver(_) => None,
    }
}

/// Whether a function may write what carries a derivative into an argument.
fn is_written(input: &syn::FnArg, generics: &Generics) -> bool {
    match input {
        syn::FnArg::Typed(input) => match &*input.ty {
            syn::Type::Reference(reference) => {
                reference.mutability.is_some() && !generics.ty(&reference.elem).is_inert()
            }
            _ => false,
        },
        syn::FnArg::Receiver(_) => false,
    }
}

fn is_mutable_reference(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Reference(reference) if reference.mutability.is_some())
}

pub fn own_options(attr: &syn::Attribute) -> syn::Result<Options> {
    match &attr.meta {
        syn::Meta::Path(_) => Ok(Options::default()),
        _ => attr.parse_args(),
    }
}

/// What is generated for the questions of a block: nothing, where nothing else of it is differentiated.
fn expand_questions(
    members: &[Member],
    functions: &[TokenStream],
    home: Home<'_>,
    around: &Surroundings<'_>,
) -> TokenStream {
    let both = members.iter().zip(functions);
    let called = both.clone().any(|(member, functions)| member.item.sig.receiver().is_some() && !functions.is_empty());
    let questions = both.filter(|(member, functions)| called && member.asks && functions.is_empty());
    questions.filter_map(|(member, _)| expand_question(&member.item, &member.options, home, around)).collect()
}

/// The functions that are generated for one method; what stands outside of the block goes to the rules.
fn expand_member(
    member: &Member,
    home: Home<'_>,
    around: &Surroundings<'_>,
    rules: &mut TokenStream,
    diagnostics: &mut Diagnostics,
) -> TokenStream {
    let Member { item, has_body, options, demanded, excluded, .. } = member;
    if *excluded {
        return TokenStream::new();
    }
    let around = Surroundings { optional: !demanded, ..around.clone() };
    let (inherent, implementation) = (matches!(home, Home::Inherent(_)), matches!(home, Home::Implementation(_)));
    if !options.check_method(!inherent, implementation, diagnostics) {
        return TokenStream::new();
    }
    let functions = if *has_body {
        let Some(Compiled { function, source, formulas }) = compile(item, options, &around, diagnostics) else {
            return TokenStream::new();
        };
        if let Home::Inherent(block) = home {
            rules.extend(shared_rule(&function, &item.sig, block));
        }
        emit_functions(Signature::new(&function, item, home), &source, &formulas)
    } else {
        if let Some(rule) = options.rules.any() {
            diagnostics.refuse(rule.span(), &Refusal::RuleOfDeclaration);
        }
        let Some(function) = lower_signature(item, options, &around, diagnostics) else { return TokenStream::new() };
        emit_functions(Signature::new(&function, item, home), &Source::Implementations, &[])
    };
    write_if_asked(&item.sig.ident, &functions, diagnostics);
    functions
}

/// The rule of a method that is named like one of nalgebra's matrices, so that it is found where the type is not visible.
fn shared_rule(function: &Function, sig: &syn::Signature, block: &syn::ItemImpl) -> Option<TokenStream> {
    let name = function.name.to_string();
    let (_, gives) = matrix::shared(&name, function.params.len().checked_sub(1)?)?;
    let of_types = function.params.iter().skip(1).all(|param| is_owned_type(&param.declared));
    let of_block = sig.generics.type_params().next().is_none() && sig.generics.const_params().next().is_none();
    let own = matches!(*block.self_ty, syn::Type::Path(_)) && !has_anonymous_lifetime(&block.self_ty);
    let active = function.params.iter().all(|param| param.wrt == Wrt::Active && param.passing != Passing::Mutable);
    let fits = gives == Ty::Unknown || matches!(function.ret_ty, Ty::Float(_));
    if !(own && of_types && of_block && active && fits) {
        return None;
    }
    let block = with_real_floats(block);
    let others = function.params.iter().skip(1).map(|param| &param.declared);
    Some(emit_rule(&DispatchedRule {
        block: &block,
        method: &name,
        operator: None,
        order: function.order,
        kept: None,
        params: &function.params,
        types: std::iter::once(&*block.self_ty).chain(others).collect(),
        active: vec![true; function.params.len()],
        ret: function.ret.as_ref()?,
    }))
}

/// Whether an attribute is for the macro only.
pub fn is_own(attr: &syn::Attribute) -> bool {
    attr.path().is_ident("no_diff") || attr.path().is_ident("differentiable")
}

/// Replaces `Self` in a signature by the type that it stands for.
struct Concrete<'a>(&'a syn::Type);

impl Change for Concrete<'_> {
    fn ty(&mut self, ty: &mut syn::Type) -> bool {
        match ty {
            syn::Type::Path(path) if path.qself.is_none() && path.path.is_ident("Self") => {
                *ty = self.0.clone();
                false
            }
            _ => true,
        }
    }
}

/// Whether a type is named and borrows nothing.
fn is_owned_type(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(_)) && !has_lifetime(ty, |_| true)
}

/// Whether a type leaves a lifetime unnamed, so that it means another type in another place.
fn has_anonymous_lifetime(ty: &syn::Type) -> bool {
    has_lifetime(ty, |lifetime| lifetime.is_none_or(|lifetime| lifetime.ident == "_"))
}

/// Whether a type has such a lifetime, or a reference without one.
fn has_lifetime(ty: &syn::Type, is_such: fn(Option<&syn::Lifetime>) -> bool) -> bool {
    struct Search(fn(Option<&syn::Lifetime>) -> bool, bool);
    impl Read<'_> for Search {
        fn lifetime(&mut self, lifetime: &syn::Lifetime) {
            self.1 |= (self.0)(Some(lifetime));
        }
        fn type_reference(&mut self, reference: &syn::TypeReference) -> bool {
            self.1 |= reference.lifetime.is_none() && (self.0)(None);
            true
        }
    }
    let mut search = Search(is_such, false);
    Reading(&mut search).visit_type(ty);
    search.1
}
