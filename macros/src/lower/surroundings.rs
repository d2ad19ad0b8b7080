//! What surrounds a function: its impl block or trait, and what earlier passes over it have found out.

use crate::ir::{Expr, Passing, Ty};
use std::collections::{BTreeMap, BTreeSet};

/// The surroundings of a function that is lowered.
#[derive(Clone, Default)]
pub struct Surroundings<'a> {
    /// The generic parameters of the block.
    pub generics: Option<&'a syn::Generics>,
    /// The type that `Self` stands for, if the macro can name it.
    pub self_ty: Option<&'a syn::Type>,
    /// Whether it is an impl block without a trait.
    pub inherent: bool,
    /// The functions of the block.
    pub methods: BTreeMap<String, Method>,
    /// Whether a function in which no derivative could flow is left out rather than refused.
    pub optional: bool,
    /// Whether it has derivatives though none flows.
    pub asks: bool,
    /// Where methods without a rule are called with active values: they are differentiable methods.
    pub calls: BTreeSet<String>,
}

/// A function of the same block.
#[derive(Clone, Debug)]
pub struct Method {
    /// How it takes its receiver; `None` without one.
    pub receiver: Option<Passing>,
    /// Its result type.
    pub ret: Ty,
    /// Which parameters behind the receiver are shared references.
    pub shared: Vec<bool>,
    /// Whether it may write what carries a derivative into an argument.
    pub writes: bool,
    /// Whether it has derivatives.
    pub differentiable: bool,
}

impl Method {
    /// Lends a mutable reference that is passed by its name as the shared one that the method takes.
    pub fn lend(&self, args: &mut [Expr]) {
        for (arg, shared) in args.iter_mut().zip(&self.shared) {
            if let Expr::Borrow(_, mutable) = arg {
                *mutable &= !shared;
            }
        }
    }
}

impl Surroundings<'_> {
    /// Whether it is a block: the function is no free one.
    pub fn is_block(&self) -> bool {
        self.generics.is_some()
    }

    /// Whether what stands at a spot is a call of a differentiable function.
    pub fn is_call(&self, span: proc_macro2::Span) -> bool {
        self.calls.contains(&spot(span))
    }
}

/// A spot in the source, to be compared between passes.
pub fn spot(span: proc_macro2::Span) -> String {
    format!("{span:?}")
}
