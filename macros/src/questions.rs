//! Methods that read what they are called on and give no float: `while !sim.finished() { sim.step(k); }`.
//!
//! A caller does not see how a method takes its receiver, and calls one that may change it by its derivatives. So a question has
//! them too: it is asked, and no derivative passes.

use crate::diagnostics::Diagnostics;
use crate::differentiable::{Compiled, compile};
use crate::emit::{Home, Signature, emit_functions};
use crate::ir::{Passing, Ty};
use crate::lower::types::Generics;
use crate::lower::{Surroundings, syntax};
use crate::options::Options;
use proc_macro2::TokenStream;

/// Whether a method only reads its receiver and gives no float.
pub fn asks(sig: &syn::Signature, receiver: Option<Passing>, ret: &Ty, generics: &Generics) -> bool {
    let safe = sig.asyncness.is_none() && sig.abi.is_none();
    let plain = sig.generics.type_params().next().is_none() && sig.generics.const_params().next().is_none();
    let known = sig.inputs.iter().skip(1).all(|input| match input {
        syn::FnArg::Typed(input) => is_read(&input.ty, generics),
        syn::FnArg::Receiver(_) => false,
    });
    receiver == Some(Passing::Shared) && ret.is_inert() && safe && plain && known
}

/// Whether the type of a parameter is known by its tokens, and lets nothing change.
fn is_read(ty: &syn::Type, generics: &Generics) -> bool {
    match ty {
        syn::Type::Reference(reference) => reference.mutability.is_none() && is_read(&reference.elem, generics),
        ty => has_known_tangent(&generics.ty(ty)),
    }
}

fn has_known_tangent(ty: &Ty) -> bool {
    match ty {
        Ty::Tuple(parts) => parts.iter().all(has_known_tangent),
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) | Ty::Option(item) => has_known_tangent(item),
        Ty::Unknown => false,
        _ => true,
    }
}

/// The derivatives of a question, which asks it.
pub fn expand_question(
    item: &syn::ItemFn,
    options: &Options,
    home: Home<'_>,
    around: &Surroundings<'_>,
) -> Option<TokenStream> {
    let mut item = item.clone();
    (item.sig.constness, item.sig.safety) = (None, syn::Safety::Default);
    let args = item.sig.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(input) => match &*input.pat {
            syn::Pat::Ident(name) => Some(syntax::path(&name.ident)),
            _ => None,
        },
        syn::FnArg::Receiver(_) => None,
    });
    let asked = syntax::method_call(syntax::word("self"), item.sig.ident.clone(), args);
    item.block.stmts = vec![syn::Stmt::Expr(syn::Expr::MethodCall(asked), None)];
    let around = Surroundings { optional: true, asks: true, ..around.clone() };
    // what is wrong with it has been said of the method itself
    let mut diagnostics = Diagnostics::new();
    let compiled = compile(&item, options, &around, &mut diagnostics);
    let failed = diagnostics.finish().is_err();
    let Compiled { function, source, .. } = compiled.filter(|_| !failed)?;
    let signature = Signature::new(&function, &item, home);
    Some(emit_functions(signature, &source, &[]))
}
