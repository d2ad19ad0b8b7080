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
    let (mut rewinds, mut popped) = (BTreeSet::new(), BTreeSet::new());
    for stmt in forward.iter_mut().chain(reverse.iter_mut()) {
        change(stmt, vars, &stacks, &mut rewinds, &mut popped);
    }
    // the only reader of a zero takes it
    let mut reads: VarMap<usize> = VarMap::new();
    for stmt in forward.iter().chain(reverse.iter()) {
        stmt.for_each_read(&mut |var| *reads.get_or_default(var) += 1);
    }
    popped.retain(|var| reads.get(var) == Some(&1));
    for stmts in [forward, reverse] {
        take(stmts, &popped, &BTreeSet::new());
    }
}

/// Copies of popped zeros as the variables themselves, where no loop stands between. `here`: those of the blocks around.
fn take(stmts: &mut [Stmt], popped: &BTreeSet<Var>, here: &BTreeSet<Var>) {
    fn in_expr(expr: &mut Expr, zeros: &BTreeSet<Var>) {
        if let Expr::Snapshot(place) = expr
            && place.is_whole()
            && zeros.contains(&place.root)
        {
            *expr = Expr::Var(place.root);
        }
        expr.for_each_child_mut(&mut |child| in_expr(child, zeros));
    }
    let mut here = here.clone();
    for stmt in stmts {
        here.extend(stmt.defines().into_iter().filter(|var| popped.contains(var)));
        stmt.for_each_expr_mut(&mut |expr| in_expr(expr, &here));
        let inside = if matches!(stmt, Stmt::For { .. } | Stmt::While { .. }) { BTreeSet::new() } else { here.clone() };
        stmt.blocks_mut().into_iter().for_each(|block| take(&mut block.stmts, popped, &inside));
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

fn change(
    stmt: &mut Stmt,
    vars: &mut Vars,
    stacks: &BTreeSet<Var>,
    rewinds: &mut BTreeSet<Var>,
    popped: &mut BTreeSet<Var>,
) {
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
            popped.insert(*zero);
        }
        _ => {}
    }
    for block in stmt.blocks_mut() {
        block.stmts.iter_mut().for_each(|stmt| change(stmt, vars, stacks, rewinds, popped));
    }
}
