//! A checkpointed function: its residual is what it was given.
//!
//! Takes the split sweeps; returns sweeps of which the forward one is the function itself beside copies of its arguments,
//! and the reverse one runs both sweeps on these copies (Griewank & Walther, Evaluating Derivatives, 2008, §12.2). What is
//! borrowed is lent again and needs no copy.

use super::Sweeps;
use crate::ir::{Access, Expr, Function, Passing, Pattern, Place, Role, Stmt, Var};
use std::collections::BTreeSet;

/// Exchanges the residuals of a function for copies of its arguments.
pub fn checkpointed(function: &Function, sweeps: Sweeps) -> Sweeps {
    let Sweeps { mut vars, forward, result: _, reverse, seed, bars, again: _ } = sweeps;
    let mut read = BTreeSet::new();
    forward.iter().chain(&reverse).for_each(|stmt| {
        stmt.collect_reads(&mut read);
        stmt.for_each_write(&mut |var| {
            read.insert(var);
        });
    });
    let (mut copies, mut restored, mut again): (Vec<Stmt>, Vec<Stmt>, Vec<Var>) = Default::default();
    for param in function.params.iter().filter(|param| read.contains(&param.var)) {
        if param.passing == Passing::Shared {
            continue;
        }
        let copy = vars.derived(param.var, "_again", Role::Residual, false);
        vars[copy].access = Access::Owned;
        copies.push(Stmt::Let(Pattern::Var(copy), Expr::Snapshot(Place::of(param.var))));
        again.push(copy);
        let copied = Expr::Snapshot(Place::of(copy));
        if param.passing == Passing::Value {
            restored.push(Stmt::Let(Pattern::Var(param.var), copied));
            continue;
        }
        let state = vars.derived(param.var, "_state", Role::Residual, true);
        vars[state].access = Access::Owned;
        restored.push(Stmt::Let(Pattern::Var(state), copied));
        restored.push(Stmt::Let(Pattern::Var(param.var), Expr::Borrow(Place::of(state), true)));
        vars[param.var].annotation = Some(Box::new(mutable_reference(&param.declared)));
    }
    copies.extend(function.body.stmts.iter().cloned());
    restored.extend(forward.into_iter().chain(reverse));
    Sweeps {
        vars,
        forward: copies,
        result: function.body.result.clone(),
        reverse: restored,
        seed,
        bars,
        again: Some(again),
    }
}

/// `&mut T`
pub fn mutable_reference(to: &syn::Type) -> syn::Type {
    syn::Type::Reference(syn::TypeReference {
        attrs: Vec::new(),
        and_token: syn::token::And::default(),
        lifetime: None,
        mutability: Some(syn::token::Mut::default()),
        elem: Box::new(to.clone()),
    })
}
