//! Zero cotangents on stacks: the forward sweep shows the value to the stack, which keeps a zero only where the type of the
//! cotangent does not tell its shape.
//!
//! Takes both sweeps as they are emitted; returns the same, where `Zeros` take the place of stacks to which nothing but zeros is
//! saved. What they give back is owned.

use crate::ir::{Access, Expr, Pattern, Room, Stmt, Var, VarMap, Vars};
use std::collections::BTreeSet;

/// Finds such stacks and changes what saves to them and reads them.
pub fn keep_no_fixed_zeros(vars: &mut Vars, forward: &mut [Stmt], reverse: &mut [Stmt]) {
    let stacks = zero_stacks(forward.iter().chain(reverse.iter()));
    if stacks.is_empty() {
        return;
    }
    let mut rewinds = BTreeSet::new();
    for stmt in forward.iter_mut().chain(reverse) {
        change(stmt, vars, &stacks, &mut rewinds);
    }
}

/// The stacks to which nothing but zeros is saved.
fn zero_stacks<'a>(stmts: impl Iterator<Item = &'a Stmt>) -> BTreeSet<Var> {
    let mut only_zeros: VarMap<bool> = VarMap::new();
    let mut note = |stmt: &Stmt| match stmt {
        Stmt::Save { stack, value } => {
            let zero = matches!(value, Expr::ZeroLike(of) if of.as_reference().is_some());
            *only_zeros.get_or_insert_with(*stack, || true) &= zero;
        }
        Stmt::Let(Pattern::Var(stack), Expr::NewStack(Room::One)) => {
            *only_zeros.get_or_insert_with(*stack, || false) = false;
        }
        _ => {}
    };
    stmts.for_each(|stmt| stmt.for_each_stmt(&mut note));
    only_zeros.iter().filter(|(_, only)| **only).map(|(stack, _)| *stack).collect()
}

fn change(stmt: &mut Stmt, vars: &mut Vars, stacks: &BTreeSet<Var>, rewinds: &mut BTreeSet<Var>) {
    match stmt {
        Stmt::Let(Pattern::Var(stack), Expr::NewStack(room)) if stacks.contains(stack) => *room = Room::Zeros,
        Stmt::Assign(place, Expr::NewStack(room)) if stacks.contains(&place.root) => *room = Room::Zeros,
        Stmt::Save { stack, value } if stacks.contains(stack) => {
            if let Expr::ZeroLike(of) = value {
                *value = (**of).clone();
            }
        }
        Stmt::Let(Pattern::Var(rewind), Expr::Rewind(stack)) if stacks.contains(stack) => {
            rewinds.insert(*rewind);
        }
        Stmt::Let(Pattern::Var(zero), Expr::Pop(from)) if rewinds.contains(from) || stacks.contains(from) => {
            vars[*zero].access = Access::Owned;
        }
        _ => {}
    }
    for block in stmt.blocks_mut() {
        block.stmts.iter_mut().for_each(|stmt| change(stmt, vars, stacks, rewinds));
    }
}
