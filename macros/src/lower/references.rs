//! References that a choice gives: `let r = if c { &a } else { &b };`.
//!
//! A reference is no value of the IR: its name stands for a place, and which one is known in each way only. So every way
//! binds the name itself, and what follows the choice is lowered in each of them.

use super::choice::{Continuation, Use};
use super::{Lowerer, Value, jump, strip, syntax};
use crate::refusal::Refusal;
use crate::tokens::collect_words;
use crate::walk::{Read, Reading};
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::spanned::Spanned;
use syn::visit::Visit;

/// How many copies of the rest of a block a choice may make, with those that follow it.
const WAYS: usize = 64;

/// A choice in which every way binds the references that it gives.
pub struct Ways {
    choice: syn::Expr,
}

impl Lowerer<'_> {
    /// `let pattern = if c { &a } else { &b };` with what follows it; `None` for every other statement.
    pub fn reference_choice(&mut self, stmt: &syn::Stmt, after: &[syn::Stmt]) -> Option<Ways> {
        let (local, mut choice) = self.let_of_references(stmt)?;
        let mut following = after.iter().filter(|stmt| self.let_of_references(stmt).is_some()).count();
        let mut ways = number_of_ways(&choice);
        while following > 0 && ways <= WAYS {
            (ways, following) = (ways * 2, following - 1);
        }
        let mut rest = BTreeSet::new();
        after.iter().for_each(|stmt| collect_words(stmt.to_token_stream(), &mut rest));
        let span = choice.span();
        if ways > WAYS || !into_ways(&mut choice, &local.pat, after, &rest) {
            self.diagnostics.refuse(span, &Refusal::ChosenReference);
        }
        Some(Ways { choice })
    }

    /// Lowers what [`Lowerer::reference_choice`] has found, with what follows; the value of the block.
    pub fn choose_references(&mut self, ways: &Ways, usage: Use) -> Option<Value> {
        let cont = Continuation { bind: None, after: &[], tail: usage != Use::Effect };
        self.choice(&ways.choice, &cont, usage)
    }

    fn let_of_references<'s>(&mut self, stmt: &'s syn::Stmt) -> Option<(&'s syn::Local, syn::Expr)> {
        let syn::Stmt::Local(local) = stmt else { return None };
        let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
        let choice = match strip(&init.expr) {
            choice @ (syn::Expr::If(_) | syn::Expr::Match(_)) => choice.clone(),
            syn::Expr::MethodCall(call) => self.element_or_other(call)?,
            _ => return None,
        };
        let open = !jump::head_jumps(&choice) && self.gives_reference(&choice) && !self.carries_nothing(&choice);
        open.then_some((local, choice))
    }

    /// Whether an expression chooses a reference: `if c { &a } else { &b }`, `xs.get(i).unwrap_or(&other)`.
    pub fn is_chosen_reference(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            choice @ (syn::Expr::If(_) | syn::Expr::Match(_)) => {
                !jump::head_jumps(choice) && self.gives_reference(choice) && !self.carries_nothing(choice)
            }
            syn::Expr::MethodCall(call) => self.other_element(call).is_some() && !self.carries_nothing(expr),
            _ => false,
        }
    }

    /// Whether one is chosen in an operand of an expression.
    pub fn chooses_references(&self, expr: &syn::Expr) -> bool {
        let mut operands = Operands { lowerer: self, outer: true, found: false };
        Reading(&mut operands).visit_expr(expr);
        operands.found
    }

    /// `&other` of `xs.get(i).unwrap_or(&other)`
    fn other_element<'e>(&self, call: &'e syn::ExprMethodCall) -> Option<&'e syn::Expr> {
        let syn::Expr::MethodCall(element) = strip(&call.receiver) else { return None };
        let known = ["get", "first", "last"].iter().any(|name| element.method == name);
        call.args.first().filter(|other| known && call.method == "unwrap_or" && self.gives_reference(other))
    }

    /// `xs.get(i).unwrap_or(&other)` as the `match` that it stands for.
    fn element_or_other(&mut self, call: &syn::ExprMethodCall) -> Option<syn::Expr> {
        let other = self.other_element(call)?;
        let found = self.reserved("found");
        Some(syntax::element_or(&call.receiver, &found, other))
    }

    /// Whether one of the ways gives a reference, as far as their form tells.
    pub fn gives_reference(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Reference(_) => true,
            syn::Expr::Path(_) => self.names_reference(expr),
            syn::Expr::Tuple(tuple) => tuple.elems.iter().any(|part| self.gives_reference(part)),
            syn::Expr::Block(block) if block.label.is_none() => self.ends_in_reference(&block.block),
            syn::Expr::If(node) => {
                let otherwise = node.else_branch.as_ref();
                self.ends_in_reference(&node.then_branch)
                    || otherwise.is_some_and(|(_, otherwise)| self.gives_reference(otherwise))
            }
            syn::Expr::Match(node) => node.arms.iter().any(|arm| self.gives_reference(&arm.body)),
            _ => false,
        }
    }

    fn ends_in_reference(&self, block: &syn::Block) -> bool {
        syntax::last_value(block).is_some_and(|value| self.gives_reference(value))
    }
}

/// The walk over operands, which are evaluated once and in any case, or behind `&&` and `||`.
struct Operands<'o, 'l> {
    lowerer: &'o Lowerer<'l>,
    outer: bool,
    found: bool,
}

impl<'ast> Read<'ast> for Operands<'_, '_> {
    fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
        if !std::mem::replace(&mut self.outer, false) && self.lowerer.is_chosen_reference(expr) {
            self.found = true;
        }
        match expr {
            _ if self.found => return false,
            syn::Expr::If(node) => Reading(self).visit_expr(&node.cond),
            syn::Expr::Match(node) => Reading(self).visit_expr(&node.expr),
            syn::Expr::ForLoop(node) => Reading(self).visit_expr(&node.expr),
            syn::Expr::Block(_)
            | syn::Expr::While(_)
            | syn::Expr::Loop(_)
            | syn::Expr::Closure(_)
            | syn::Expr::Async(_)
            | syn::Expr::Unsafe(_) => {}
            _ => return true,
        }
        false
    }

    fn item(&mut self, _: &'ast syn::Item) -> bool {
        false
    }
}

/// Lets every way bind the pattern and go on with what follows; `false` where a name of the way would hide another one there.
fn into_ways(expr: &mut syn::Expr, pat: &syn::Pat, after: &[syn::Stmt], rest: &BTreeSet<String>) -> bool {
    if jump::diverges(expr) {
        return true;
    }
    match expr {
        syn::Expr::Paren(inner) => return into_ways(&mut inner.expr, pat, after, rest),
        syn::Expr::Group(inner) => return into_ways(&mut inner.expr, pat, after, rest),
        syn::Expr::If(node) => {
            let hides = hides(|mut names| names.visit_expr(&node.cond), pat, rest);
            let Some((_, otherwise)) = &mut node.else_branch else { return false };
            return block_into_ways(&mut node.then_branch, pat, after, rest)
                && into_ways(otherwise, pat, after, rest)
                && !hides;
        }
        syn::Expr::Match(node) => {
            return node.arms.iter_mut().all(|arm| {
                !hides(|mut names| names.visit_pat(&arm.pat), pat, rest) && into_ways(&mut arm.body, pat, after, rest)
            });
        }
        syn::Expr::Block(node) if node.label.is_none() => {
            return block_into_ways(&mut node.block, pat, after, rest);
        }
        _ => {}
    }
    let value = std::mem::replace(expr, syn::Expr::Verbatim(TokenStream::new()));
    let stmts = [syntax::bound(pat.clone(), value)].into_iter().chain(after.iter().cloned()).collect();
    *expr = syn::Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: syntax::block(stmts) });
    true
}

fn block_into_ways(block: &mut syn::Block, pat: &syn::Pat, after: &[syn::Stmt], rest: &BTreeSet<String>) -> bool {
    if jump::block_diverges(block) {
        return true;
    }
    let Some((syn::Stmt::Expr(value, None), before)) = block.stmts.split_last_mut() else { return false };
    if hides(|mut names| before.iter().for_each(|stmt| names.visit_stmt(stmt)), pat, rest) {
        return false;
    }
    let flat = into_ways(value, pat, after, rest);
    if let Some(syn::Stmt::Expr(syn::Expr::Block(_), None)) = block.stmts.last()
        && let Some(syn::Stmt::Expr(syn::Expr::Block(inner), _)) = block.stmts.pop()
    {
        block.stmts.extend(inner.block.stmts);
    }
    flat
}

/// Whether what binds names in a way binds one that the rest of the block names too.
fn hides<'ast>(walk: impl FnOnce(Reading<'_, 'ast>), pat: &'ast syn::Pat, rest: &BTreeSet<String>) -> bool {
    let (mut inner, mut own) = (Bound::default(), Bound::default());
    walk(Reading(&mut inner));
    Reading(&mut own).visit_pat(pat);
    inner.0.iter().any(|name| rest.contains(name) && !own.0.contains(name))
}

/// The names that patterns bind.
#[derive(Default)]
pub struct Bound(pub BTreeSet<String>);

impl<'ast> Read<'ast> for Bound {
    fn pat_ident(&mut self, pat: &'ast syn::PatIdent) -> bool {
        self.0.insert(pat.ident.to_string());
        true
    }
}

/// How many ways a choice has, with those in its ways.
fn number_of_ways(expr: &syn::Expr) -> usize {
    match strip(expr) {
        syn::Expr::If(node) => {
            let then = syntax::last_value(&node.then_branch).map_or(1, number_of_ways);
            then + node.else_branch.as_ref().map_or(0, |(_, otherwise)| number_of_ways(otherwise))
        }
        syn::Expr::Match(node) => node.arms.iter().map(|arm| number_of_ways(&arm.body)).sum(),
        syn::Expr::Block(node) => syntax::last_value(&node.block).map_or(1, number_of_ways),
        _ => 1,
    }
}
