//! Copies for the reverse sweep: one that is only saved is made on the stack; one of a value that nothing changes while
//! it is needed is a reference.

use super::Unit;
use super::uses::changes_any;
use crate::ir::{Access, Block, Expr, Pattern, Place, Role, Stmt, Ty, Var, Vars};
use std::collections::BTreeSet;

/// `let kept = v.clone(); stack.push(kept.clone());` becomes `stack.push_copy(&v);`
pub fn save_directly(unit: &mut Unit<'_>) -> bool {
    in_block(unit.block, &unit.kept)
}

fn in_block(block: &mut Block, kept: &BTreeSet<Var>) -> bool {
    let mut changed = false;
    let mut index = 0;
    while index + 1 < block.stmts.len() {
        if let (Stmt::Let(Pattern::Var(var), Expr::Snapshot(place)), Stmt::Save { stack, value: Expr::Snapshot(saved) }) =
            (&block.stmts[index], &block.stmts[index + 1])
            && *saved == Place::of(*var)
            && !kept.contains(var)
            && !block.result.as_ref().is_some_and(|result| result.reads(*var))
            && !block.stmts[index + 2..].iter().any(|stmt| super::uses::touches(stmt, *var))
        {
            let save = Stmt::Save { stack: *stack, value: Expr::Snapshot(place.clone()) };
            block.stmts.splice(index..index + 2, [save]);
            changed = true;
        }
        index += 1;
    }
    for inner in block.stmts.iter_mut().flat_map(Stmt::blocks_mut) {
        changed |= in_block(inner, kept);
    }
    changed
}

/// In a sequence that both sweeps share, a copy of what nothing changes afterwards is a reference to it.
pub fn borrow_unchanged(vars: &mut Vars, stmts: &mut [Stmt]) {
    for index in 0..stmts.len() {
        let Stmt::Let(Pattern::Var(var), Expr::Snapshot(place)) = &stmts[index] else { continue };
        let (var, place) = (*var, place.clone());
        let sequence = matches!(vars.place_type(&place), Ty::Array(_) | Ty::Vec(_) | Ty::Slice(_));
        let is_copy = vars[var].role == Role::Residual && vars[var].access == Access::Owned && !vars[var].mutable;
        if !is_copy || !sequence || place.ends_in_view() {
            continue;
        }
        let mut reads = BTreeSet::from([place.root]);
        place.for_each_index(&mut |at| {
            at.collect_reads(&mut reads);
        });
        if stmts[index + 1..].iter().any(|stmt| changes_any(stmt, &reads)) {
            continue;
        }
        vars[var].access = Access::Shared;
        stmts[index] = Stmt::Let(Pattern::Var(var), Expr::Borrow(place, false));
    }
}
