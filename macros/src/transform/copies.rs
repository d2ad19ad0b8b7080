//! Moves of what is used again: the source can do that where the type is `Copy`, whose tangent need not be.
//!
//! Takes a lowered function; afterwards a variable that is no scalar is moved only where it is not read later, and copied
//! elsewhere. Variables that live are found backwards, in loops until nothing is added.

use crate::ir::{Access, Block, Expr, Function, Pattern, Place, Stmt, Var, Vars};
use std::borrow::Cow;
use std::collections::BTreeSet;

type Live = BTreeSet<Var>;

/// Copies what is used again.
pub fn copy_what_is_used_again(function: &mut Function) {
    let params = function.params.iter().filter(|param| function.vars[param.var].access != Access::Owned);
    let mut live: Live = params.map(|param| param.var).collect();
    Copies { vars: &mut function.vars, rewrites: true }.block(&mut function.body, &mut live);
}

struct Copies<'v> {
    vars: &'v mut Vars,
    /// Whether liveness is known, so that moves can be told from copies.
    rewrites: bool,
}

impl Copies<'_> {
    /// Walks a block backwards: `live` is what is read behind it, then what is read from its start on.
    fn block(&mut self, block: &mut Block, live: &mut Live) {
        if let Some(result) = &mut block.result {
            let lets = self.exprs(live, |f| f(result));
            block.stmts.extend(lets);
        }
        for at in (0..block.stmts.len()).rev() {
            let lets = self.stmt(&mut block.stmts[at], live);
            block.stmts.splice(at..at, lets);
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt, live: &mut Live) -> Vec<Stmt> {
        match stmt {
            Stmt::If { then, otherwise, .. } => {
                let mut other = live.clone();
                self.block(then, live);
                self.block(otherwise, &mut other);
                live.extend(other);
            }
            Stmt::For { body, .. } => self.repeat(&mut [body], live),
            Stmt::While { header, body } => self.repeat(&mut [header, body], live),
            _ => {}
        }
        stmt.defines().iter().for_each(|var| {
            live.remove(var);
        });
        match stmt {
            Stmt::Assign(place, _) if place.is_whole() && self.vars[place.root].access == Access::Owned => {
                live.remove(&place.root);
            }
            Stmt::Assign(place, _) | Stmt::Add(place, _) => {
                live.insert(place.root);
            }
            Stmt::Structural(structural) => live.extend(structural.roots()),
            _ => {}
        }
        self.exprs(live, |f| stmt.for_each_expr_mut(&mut |expr| f(expr)))
    }

    /// A loop: what is read at the start of an iteration is read behind the one before.
    fn repeat(&mut self, blocks: &mut [&mut Block], live: &mut Live) {
        let rewrites = std::mem::replace(&mut self.rewrites, false);
        loop {
            let mut start = live.clone();
            blocks.iter_mut().rev().for_each(|inner| self.block(inner, &mut start));
            start.extend(live.iter().copied());
            if start == *live {
                break;
            }
            *live = start;
        }
        self.rewrites = rewrites;
        if rewrites {
            let mut end = live.clone();
            blocks.iter_mut().rev().for_each(|inner| self.block(inner, &mut end));
        }
    }

    /// The expressions of one statement, which are evaluated in their order; returns the copies that calls are given.
    fn exprs(&mut self, live: &mut Live, mut each: impl FnMut(&mut dyn FnMut(&mut Expr))) -> Vec<Stmt> {
        let mut reads = Vec::new();
        each(&mut |expr| expr.for_each_read(&mut |var| reads.push(var)));
        let mut lets = Vec::new();
        if self.rewrites {
            let mut later = reads.as_slice();
            each(&mut |expr| self.expr(expr, &mut later, live, &mut lets));
        }
        live.extend(reads);
        lets
    }

    fn expr(&mut self, expr: &mut Expr, later: &mut &[Var], live: &Live, lets: &mut Vec<Stmt>) {
        expr.for_each_own_read(&mut |_| *later = &later[1..]);
        if let Expr::Var(var) = *expr
            && !self.vars[var].ty.is_scalar()
            && self.vars[var].access == Access::Owned
            && (live.contains(&var) || later.contains(&var))
        {
            *expr = Expr::Snapshot(Place::of(var));
        }
        let is_call = matches!(expr, Expr::Call(_));
        // what is lent to a call stays to its end: `d.inner(d)`
        let mut live = Cow::Borrowed(live);
        if let Expr::Call(call) = expr {
            live.to_mut().extend(call.args.iter().filter_map(|arg| match arg {
                Expr::Borrow(place, _) => Some(place.root),
                _ => None,
            }));
        }
        expr.for_each_child_mut(&mut |child| {
            self.expr(child, later, &live, lets);
            // an argument that is passed by value is a variable, so that its cotangent is one too
            if let (Expr::Snapshot(place), true) = (&*child, is_call) {
                let (name, ty) = (self.vars[place.root].name.clone(), self.vars[place.root].ty.clone());
                let var = self.vars.temporary(&name, ty, proc_macro2::Span::call_site());
                let copy = std::mem::replace(child, Expr::Var(var));
                lets.push(Stmt::Let(Pattern::Var(var), copy));
            }
        });
    }
}
