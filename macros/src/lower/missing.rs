//! Values of choices of which some ways may leave behind statements of their own:
//! `let y = match x { Some(x) => { let s = scale?; s * x } None => 1.0 };`.
//!
//! What follows runs only where no way left, but the choice needs a value there too. Where none of its type can be written down, the ways
//! give an `Option`, `Some(s * x)`, of which the missing value is `None`, and what follows takes its payload.

use super::choice::{Arm, Body, Continuation, Use};
use super::jump::{self, Target};
use super::scope::Scopes;
use super::{Lowerer, Value, strip, syntax};
use crate::diagnostics::Diagnostics;
use crate::ir::{Var, Vars};
use crate::refusal::Refusal;
use std::collections::BTreeSet;

/// The state of lowering before an attempt.
struct State {
    vars: Vars,
    scopes: Scopes,
    targets: Vec<Target>,
    pending: BTreeSet<Var>,
    constant: BTreeSet<Var>,
    keyed: BTreeSet<Var>,
    carried: BTreeSet<Var>,
    out: usize,
    items: usize,
}

impl Lowerer<'_> {
    /// The value of a choice of which several ways go on, and whether it is an `Option` of it.
    pub fn value_of_ways(&mut self, arms: &[&Arm<'_>], cont: &Continuation<'_>) -> (Option<Value>, bool) {
        if !arms.iter().any(|arm| !arm.diverges() && arm.jumps()) {
            return (self.choose(arms, cont, Use::Value), false);
        }
        let state = self.state();
        let before = std::mem::replace(self.diagnostics, Diagnostics::new());
        let value = self.choose(arms, cont, Use::Value);
        let found = std::mem::replace(self.diagnostics, before);
        let bodies = || arms.iter().map(|arm| arm.optional()).collect::<Option<Vec<syn::Expr>>>();
        let Some(bodies) = Some(()).filter(|()| found.has(&Refusal::JumpInValue)).and_then(|()| bodies()) else {
            self.diagnostics.absorb(found);
            return (value, false);
        };
        found.discard();
        self.restore(state);
        let with_body = |(arm, body)| {
            let arm: &&Arm<'_> = arm;
            Arm { test: arm.test.clone(), names: arm.names.clone(), body: Body::Expr(body) }
        };
        let arms: Vec<Arm<'_>> = arms.iter().zip(&bodies).map(with_body).collect();
        (self.choose(&arms.iter().collect::<Vec<_>>(), cont, Use::Value), true)
    }

    fn state(&self) -> State {
        State {
            vars: self.vars.clone(),
            scopes: self.scopes.clone(),
            targets: self.targets.clone(),
            pending: self.pending.clone(),
            constant: self.constant.clone(),
            keyed: self.keyed.clone(),
            carried: self.carried.clone(),
            out: self.out.len(),
            items: self.items.len(),
        }
    }

    fn restore(&mut self, state: State) {
        self.vars = state.vars;
        self.scopes = state.scopes;
        self.targets = state.targets;
        self.pending = state.pending;
        self.constant = state.constant;
        self.keyed = state.keyed;
        self.carried = state.carried;
        self.out.truncate(state.out);
        self.items.truncate(state.items);
    }
}

impl Arm<'_> {
    fn jumps(&self) -> bool {
        match &self.body {
            Body::Block(block) => block.stmts.iter().any(jump::stmt_jumps),
            Body::Expr(expr) => jump::jumps(expr),
            Body::Payload(_) | Body::Failure(_) | Body::Nothing => false,
        }
    }

    /// What is done, with an `Option` of the value.
    fn optional(&self) -> Option<syn::Expr> {
        match &self.body {
            Body::Block(block) => {
                let block = optional_block(block)?;
                Some(syn::Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block }))
            }
            Body::Expr(expr) => optional(expr),
            Body::Payload(_) | Body::Failure(_) | Body::Nothing => None,
        }
    }
}

/// `Some(expr)`, with `Some` at the end of each way through it.
fn optional(expr: &syn::Expr) -> Option<syn::Expr> {
    if jump::diverges(expr) {
        return Some(expr.clone());
    }
    match strip(expr) {
        syn::Expr::Block(node) if node.label.is_none() => {
            Some(syn::Expr::Block(syn::ExprBlock { block: optional_block(&node.block)?, ..node.clone() }))
        }
        syn::Expr::If(node) => {
            let (token, otherwise) = node.else_branch.as_ref()?;
            let mut node = node.clone();
            node.then_branch = optional_block(&node.then_branch)?;
            node.else_branch = Some((*token, Box::new(optional(otherwise)?)));
            Some(syn::Expr::If(node))
        }
        syn::Expr::Match(node) => {
            let mut node = node.clone();
            for arm in &mut node.arms {
                *arm.body = optional(&arm.body)?;
            }
            Some(syn::Expr::Match(node))
        }
        expr => Some(syntax::call(syntax::word("Some"), [expr.clone()])),
    }
}

fn optional_block(block: &syn::Block) -> Option<syn::Block> {
    if jump::block_diverges(block) {
        return Some(block.clone());
    }
    let (last, stmts) = block.stmts.split_last()?;
    let syn::Stmt::Expr(value, None) = last else { return None };
    let value = syn::Stmt::Expr(optional(value)?, None);
    Some(syntax::block(stmts.iter().cloned().chain([value]).collect()))
}
