//! Statements in other words, before lowering: what the language of later stages has another form for.
//!
//! Takes a function as parsed; returns one that computes the same. The primal stays as the user wrote it.

mod arrays;
mod cursors;

use crate::tokens::collect_words;
use crate::walk::{Change, Changing, Read};
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::visit_mut::VisitMut;

/// Puts statements in other words.
pub fn reword(item: &mut syn::ItemFn) {
    let fresh = Fresh::beside(item);
    if ["next", "unwrap", "expect"].into_iter().any(|word| fresh.0.contains(word)) {
        Changing(&mut Idioms { fresh }).visit_block_mut(&mut item.block);
    }
}

struct Idioms {
    fresh: Fresh,
}

impl Change for Idioms {
    fn block(&mut self, block: &mut syn::Block) -> bool {
        cursors::count_steps(&mut block.stmts, &mut self.fresh);
        let stmts = std::mem::take(&mut block.stmts);
        block.stmts = stmts.into_iter().flat_map(|stmt| arrays::element_by_element(stmt, &mut self.fresh)).collect();
        true
    }

    fn item(&mut self, _: &mut syn::Item) -> bool {
        false
    }
}

/// Names that nothing has yet.
pub struct Fresh(BTreeSet<String>);

impl Fresh {
    /// The wish, or the wish with a number.
    pub fn name(&mut self, wish: &str) -> syn::Ident {
        let others = (1..).map(|at| format!("{wish}_{at}"));
        let name = std::iter::once(wish.to_owned()).chain(others).find(|name| !self.0.contains(name));
        let name = name.unwrap_or_default();
        self.0.insert(name.clone());
        quote::format_ident!("{name}")
    }

    /// Names that do not stand in a function.
    pub fn beside(item: &syn::ItemFn) -> Self {
        let mut taken = BTreeSet::new();
        collect_words(item.to_token_stream(), &mut taken);
        Self(taken)
    }
}

/// The names that patterns bind, in order.
#[derive(Default)]
pub struct Bound(pub Vec<String>);

impl<'ast> Read<'ast> for Bound {
    fn pat_ident(&mut self, pat: &'ast syn::PatIdent) -> bool {
        self.0.push(pat.ident.to_string());
        true
    }
}

/// The operand behind `unwrap()` or `expect(..)`.
fn unwrapped(expr: &syn::Expr) -> Option<&syn::Expr> {
    let syn::Expr::MethodCall(call) = expr else { return None };
    let unwraps = (call.method == "unwrap" && call.args.is_empty()) || call.method == "expect";
    unwraps.then_some(&*call.receiver)
}

/// Whether an expression names a place, be it a part of a list: `x`, `self.xs`, `x[..3]`.
fn is_place(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Path(path) => path.path.get_ident().is_some(),
        syn::Expr::Field(field) => is_place(&field.base),
        syn::Expr::Index(index) => is_place(&index.expr) && is_index(&index.index),
        syn::Expr::Paren(inner) => is_place(&inner.expr),
        _ => false,
    }
}

/// Whether an index may be evaluated any number of times: `k`, `..n - 1`, `i * xs.len()`.
fn is_index(expr: &syn::Expr) -> bool {
    let is_bound = |bound: &Option<Box<syn::Expr>>| bound.as_deref().is_none_or(is_index);
    match expr {
        syn::Expr::Lit(_) => true,
        syn::Expr::Range(range) => is_bound(&range.start) && is_bound(&range.end),
        syn::Expr::Binary(binary) => is_index(&binary.left) && is_index(&binary.right),
        syn::Expr::Paren(inner) => is_index(&inner.expr),
        syn::Expr::MethodCall(call) => call.method == "len" && is_place(&call.receiver),
        place => is_place(place),
    }
}

/// What a shared reference refers to.
fn behind_reference(expr: &syn::Expr) -> &syn::Expr {
    match expr {
        syn::Expr::Reference(reference) if reference.mutability.is_none() => behind_reference(&reference.expr),
        syn::Expr::Paren(inner) => behind_reference(&inner.expr),
        expr => expr,
    }
}
