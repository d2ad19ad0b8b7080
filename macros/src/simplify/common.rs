//! Common subexpressions: what is expensive (a logarithm, a sine) is computed once.
//!
//! Only operations of the rule table that [`Prim::is_cheap`](crate::rules::Prim::is_cheap) does not count as cheap are
//! shared; products and sums the optimiser shares by itself, and a reader follows them more easily where they stand.

use super::Unit;
use super::uses::{Known, changes_any, reads_of};
use crate::ir::{Access, Block, Expr, Pattern, Stmt, Ty, Var, Vars};
use proc_macro2::Span;
use std::collections::BTreeSet;

/// Shares expensive operations; whether there were any to share.
pub fn share(unit: &mut Unit<'_>) -> bool {
    let mut named = false;
    name_repeated(unit.block, unit.vars, &mut named);
    let mut changed = named;
    reuse(unit.block, unit.vars, Vec::new(), &mut changed);
    changed
}

/// Reads a variable that has the value already, in the block and in those inside it.
fn reuse(block: &mut Block, vars: &Vars, mut known: Vec<Known>, changed: &mut bool) {
    for stmt in &mut block.stmts {
        if matches!(stmt, Stmt::For { .. } | Stmt::While { .. }) {
            let inner = &*stmt;
            known.retain(|known| !changes_any(inner, &known.reads));
        }
        stmt.for_each_expr_mut(&mut |expr| replace_known(expr, &known, changed));
        for inner in stmt.blocks_mut() {
            reuse(inner, vars, known.clone(), changed);
        }
        known.retain(|known| !changes_any(stmt, &known.reads));
        // no value of the user's comes from a derivative
        if let Stmt::Let(Pattern::Var(var), value) = stmt
            && is_expensive(value)
            && !vars.is_derivative(*var)
            && !vars[*var].mutable
            && vars[*var].access == Access::Owned
        {
            known.push(Known::of(*var, value));
        }
    }
    if let Some(result) = &mut block.result {
        replace_known(result, &known, changed);
    }
}

fn replace_known(expr: &mut Expr, known: &[Known], changed: &mut bool) {
    if let Some(found) = known.iter().find(|known| known.value == *expr) {
        *expr = Expr::Var(found.var);
        *changed = true;
        return;
    }
    expr.for_each_child_mut(&mut |child| replace_known(child, known, changed));
}

fn is_expensive(expr: &Expr) -> bool {
    matches!(expr, Expr::Prim(prim, _) if !prim.is_cheap()) && expr.is_pure()
}

/// Gives a name to an operation that stands twice in the statements of a block, while nothing changes its operands.
fn name_repeated(block: &mut Block, vars: &mut Vars, changed: &mut bool) {
    while let Some((at, value)) = first_repeated(block, vars) {
        let name = vars.describe(&value);
        let var = vars.temporary(&name, Ty::Float(crate::ir::FloatTy::Inferred), Span::call_site());
        let reads = reads_of(&value);
        let known = [Known { value: value.clone(), var, reads: reads.clone() }];
        for stmt in &mut block.stmts[at..] {
            stmt.for_each_expr_mut(&mut |expr| replace_known(expr, &known, changed));
            if changes_any(stmt, &reads) {
                break;
            }
        }
        block.stmts.insert(at, Stmt::Let(Pattern::Var(var), value));
    }
    for inner in block.stmts.iter_mut().flat_map(Stmt::blocks_mut) {
        name_repeated(inner, vars, changed);
    }
}

/// The first statement with an operation that it, or a later one, evaluates again.
fn first_repeated(block: &Block, vars: &Vars) -> Option<(usize, Expr)> {
    let mut seen: Vec<(usize, &Expr, BTreeSet<Var>)> = Vec::new();
    for (at, stmt) in block.stmts.iter().enumerate() {
        let mut here = Vec::new();
        // a whole value of the user's already has a name
        let whole = match stmt {
            Stmt::Let(Pattern::Var(var), _) if vars.is_derivative(*var) => None,
            Stmt::Let(_, value) => Some(value),
            _ => None,
        };
        stmt.for_each_expr(&mut |expr| expensive_parts(expr, &mut here));
        if matches!(stmt, Stmt::While { .. }) {
            here.clear();
        }
        for part in here {
            if let Some((first, value, _)) = seen.iter().find(|(_, value, _)| *value == part) {
                return Some((*first, (*value).clone()));
            }
            if whole.is_some_and(|value| std::ptr::eq(value, part)) {
                continue;
            }
            seen.push((at, part, reads_of(part)));
        }
        seen.retain(|(_, _, reads)| !changes_any(stmt, reads));
    }
    None
}

fn expensive_parts<'a>(expr: &'a Expr, parts: &mut Vec<&'a Expr>) {
    if is_expensive(expr) {
        parts.push(expr);
    }
    expr.for_each_child(&mut |child| expensive_parts(child, parts));
}
