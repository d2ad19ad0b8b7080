//! Iterators that are stepped by `next`, as a count of their steps:
//!
//! ```text
//! let mut it = xs.iter();                     let mut it_at = 0;
//! let first = it.next().unwrap();             let first = xs.iter().nth(it_at).unwrap(); it_at += 1;
//! while let Some(x) = it.next() { .. }        while let Some(x) = xs.iter().nth(it_at) { it_at += 1; .. }
//! for x in it { .. }                          for x in xs.iter().skip(it_at) { .. }
//! it.map(f).sum()                             xs.iter().skip(it_at).map(f).sum()
//! ```
//!
//! The iterator lends the list, so that nothing changes it meanwhile; a variable that is a reference to the list may become another one, and
//! is looked for. An iterator that is used in any other way stays.

use super::{Bound, Fresh, behind_reference, is_place};
use crate::tokens::{collect_words, mentions};
use crate::walk::{Change, Changing, Read, Reading};
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

/// Rewords the uses of the iterators that these statements bind.
pub fn count_steps(stmts: &mut Vec<syn::Stmt>, fresh: &mut Fresh) {
    for at in 0..stmts.len() {
        let Some((name, chain)) = bound_chain(&stmts[at]) else { continue };
        let rest = &stmts[at + 1..];
        let tokens: TokenStream = rest.iter().map(ToTokens::to_token_stream).collect();
        if !mentions(&tokens, &["next"]) || rebinds(rest, &chain) {
            continue;
        }
        let count = fresh.name(&format!("{name}_at"));
        let mut block = syn::Block { brace_token: syn::token::Brace::default(), stmts: rest.to_vec() };
        Changing(&mut Steps { name: &name, chain: &chain, count: &count }).visit_block_mut(&mut block);
        if mentions(&block.to_token_stream(), &[name.to_string()]) {
            continue;
        }
        stmts.truncate(at);
        stmts.push(syn::parse_quote!(let mut #count = 0;));
        stmts.append(&mut block.stmts);
    }
}

/// `let mut it = xs.iter().zip(ys);`
fn bound_chain(stmt: &syn::Stmt) -> Option<(syn::Ident, syn::Expr)> {
    let syn::Stmt::Local(local) = stmt else { return None };
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let syn::Pat::Ident(ident) = &local.pat else { return None };
    let plain = ident.mutability.is_some() && ident.subpat.is_none() && is_chain(&init.expr);
    plain.then(|| (ident.ident.clone(), (*init.expr).clone()))
}

/// Whether an iterator runs over lists and gives what is at an index at once.
fn is_chain(expr: &syn::Expr) -> bool {
    let syn::Expr::MethodCall(call) = expr else { return false };
    let name = call.method.to_string();
    match (name.as_str(), call.args.first()) {
        ("iter", None) => is_fixed_place(&call.receiver),
        ("windows" | "chunks" | "chunks_exact", Some(syn::Expr::Lit(_))) => is_fixed_place(&call.receiver),
        ("enumerate" | "rev" | "copied" | "cloned", None) => is_chain(&call.receiver),
        ("skip" | "take" | "step_by", Some(syn::Expr::Lit(_))) => is_chain(&call.receiver),
        ("zip", Some(other)) => {
            is_chain(&call.receiver) && (is_chain(other) || is_fixed_place(behind_reference(other)))
        }
        _ => false,
    }
}

/// A place whose indices are literals: other numbers may change while the iterator lives.
fn is_fixed_place(expr: &syn::Expr) -> bool {
    let is_number = |bound: &Option<Box<syn::Expr>>| bound.as_deref().is_none_or(|at| matches!(at, syn::Expr::Lit(_)));
    is_place(expr)
        && match expr {
            syn::Expr::Index(index) => {
                let fixed = match &*index.index {
                    syn::Expr::Range(range) => is_number(&range.start) && is_number(&range.end),
                    at => matches!(at, syn::Expr::Lit(_)),
                };
                fixed && is_fixed_place(&index.expr)
            }
            syn::Expr::Field(field) => is_fixed_place(&field.base),
            syn::Expr::Paren(inner) => is_fixed_place(&inner.expr),
            _ => true,
        }
}

/// Whether a name in the iterator gets another meaning, or may refer to another list.
fn rebinds(rest: &[syn::Stmt], chain: &syn::Expr) -> bool {
    let (mut words, mut bound) = (BTreeSet::new(), Bound::default());
    collect_words(chain.to_token_stream(), &mut words);
    rest.iter().for_each(|stmt| Reading(&mut bound).visit_stmt(stmt));
    let mut fields = Fields(false);
    Reading(&mut fields).visit_expr(chain);
    let mut changes = Changes { words: &words, of_field: fields.0, found: false };
    rest.iter().for_each(|stmt| Reading(&mut changes).visit_stmt(stmt));
    changes.found || bound.0.iter().any(|name| words.contains(name))
}

/// Whether a field is read.
struct Fields(bool);

impl<'ast> Read<'ast> for Fields {
    fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
        self.0 |= matches!(expr, syn::Expr::Field(_));
        true
    }
}

/// What may change one of these names: an assignment, `&mut`, a call of a method; and a field behind it, a call with it.
struct Changes<'w> {
    words: &'w BTreeSet<String>,
    of_field: bool,
    found: bool,
}

impl Changes<'_> {
    fn is_named(&self, expr: &syn::Expr) -> bool {
        matches!(expr, syn::Expr::Path(path) if path.path.get_ident().is_some_and(|name| self.words.contains(&name.to_string())))
    }

    fn is_given<'e>(&self, args: impl IntoIterator<Item = &'e syn::Expr>) -> bool {
        self.of_field && args.into_iter().any(|arg| self.is_named(arg))
    }

    fn mentions(&self, expr: &syn::Expr) -> bool {
        let mut words = BTreeSet::new();
        collect_words(expr.to_token_stream(), &mut words);
        words.iter().any(|word| self.words.contains(word))
    }
}

impl<'ast> Read<'ast> for Changes<'_> {
    fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
        self.found |= match expr {
            syn::Expr::Assign(assign) => self.mentions(&assign.left),
            syn::Expr::Reference(reference) => reference.mutability.is_some() && self.mentions(&reference.expr),
            syn::Expr::MethodCall(call) => {
                let reads =
                    ["iter", "len", "is_empty", "first", "last", "get", "windows", "chunks", "chunks_exact", "to_vec"];
                let reading = reads.iter().any(|name| call.method == name);
                (!reading && self.is_named(&call.receiver)) || self.is_given(&call.args)
            }
            syn::Expr::Call(call) => self.is_given(&call.args),
            _ => false,
        };
        !self.found
    }
}

/// The uses of one iterator.
struct Steps<'s> {
    name: &'s syn::Ident,
    chain: &'s syn::Expr,
    count: &'s syn::Ident,
}

impl Steps<'_> {
    fn is_it(&self, expr: &syn::Expr) -> bool {
        matches!(expr, syn::Expr::Path(path) if path.path.is_ident(self.name))
    }

    fn is_next(&self, expr: &syn::Expr) -> bool {
        matches!(expr, syn::Expr::MethodCall(call) if call.method == "next" && self.is_it(&call.receiver))
    }

    /// `it.next()` as `chain.nth(count)`.
    fn item(&self) -> syn::Expr {
        let (chain, count) = (self.chain, self.count);
        syn::parse_quote!(#chain.nth(#count))
    }

    fn what_is_left(&self) -> syn::Expr {
        let (chain, count) = (self.chain, self.count);
        syn::parse_quote!(#chain.skip(#count))
    }

    fn step(&self) -> syn::Stmt {
        let count = self.count;
        syn::parse_quote!(#count += 1;)
    }

    /// `Some(pattern) = it.next()` as a condition, where the pattern takes whatever comes.
    fn asks_for_next(&self, cond: &mut syn::Expr) -> bool {
        let syn::Expr::Let(asked) = cond else { return false };
        let syn::Pat::TupleStruct(some) = &*asked.pat else { return false };
        let any = some.path.is_ident("Some") && some.elems.iter().all(takes_any);
        if !any || !self.is_next(&asked.expr) {
            return false;
        }
        *asked.expr = self.item();
        true
    }

    /// The call of `next` that an initialiser evaluates in any case, and once: `*it.next().unwrap()`.
    fn replace_next(&self, expr: &mut syn::Expr) -> bool {
        if self.is_next(expr) {
            *expr = self.item();
            return true;
        }
        match expr {
            syn::Expr::MethodCall(call) => {
                let keeps = ["unwrap", "expect", "copied", "cloned"].iter().any(|name| call.method == name);
                keeps && self.replace_next(&mut call.receiver)
            }
            syn::Expr::Unary(unary) => self.replace_next(&mut unary.expr),
            syn::Expr::Try(asked) => self.replace_next(&mut asked.expr),
            syn::Expr::Paren(inner) => self.replace_next(&mut inner.expr),
            _ => false,
        }
    }
}

impl Change for Steps<'_> {
    fn expr(&mut self, expr: &mut syn::Expr) -> bool {
        let asked = match expr {
            syn::Expr::While(node) => Some((&mut *node.cond, &mut node.body)),
            syn::Expr::If(node) => Some((&mut *node.cond, &mut node.then_branch)),
            syn::Expr::ForLoop(node) if self.is_it(&node.expr) => {
                *node.expr = self.what_is_left();
                None
            }
            syn::Expr::MethodCall(call) if self.is_it(&call.receiver) && consumes(call) => {
                *call.receiver = self.what_is_left();
                None
            }
            _ => None,
        };
        if let Some((cond, body)) = asked
            && self.asks_for_next(cond)
        {
            body.stmts.insert(0, self.step());
        }
        true
    }

    fn block(&mut self, block: &mut syn::Block) -> bool {
        let mut stmts = Vec::new();
        for mut stmt in std::mem::take(&mut block.stmts) {
            let value = match &mut stmt {
                syn::Stmt::Local(local) => local.init.as_mut().map(|init| &mut *init.expr),
                syn::Stmt::Expr(syn::Expr::Assign(assign), Some(_)) => Some(&mut *assign.right),
                _ => None,
            };
            let steps = value.is_some_and(|value| self.replace_next(value));
            stmts.push(stmt);
            if steps {
                stmts.push(self.step());
            }
        }
        block.stmts = stmts;
        true
    }
}

/// Whether a method takes the iterator itself, which is not used again then.
fn consumes(call: &syn::ExprMethodCall) -> bool {
    let methods = [
        "enumerate",
        "map",
        "filter",
        "filter_map",
        "zip",
        "chain",
        "rev",
        "skip",
        "take",
        "step_by",
        "copied",
        "cloned",
        "sum",
        "product",
        "fold",
        "for_each",
        "collect",
        "min_by",
        "max_by",
        "take_while",
        "skip_while",
    ];
    methods.iter().any(|name| call.method == name)
}

/// Whether a pattern matches any value, as far as its form tells.
fn takes_any(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Ident(ident) => ident.subpat.is_none(),
        syn::Pat::Wild(_) => true,
        syn::Pat::Reference(reference) => takes_any(&reference.pat),
        syn::Pat::Paren(inner) => takes_any(&inner.pat),
        syn::Pat::Tuple(tuple) => tuple.elems.iter().all(takes_any),
        _ => false,
    }
}
