//! Copies of parts that the source moves out of a variable, where the sweeps ask for the shape of the whole variable behind that.
//!
//! Takes the sweeps of reverse mode as they are emitted; returns the forward sweep with `groups.push(pile.items.clone())` where
//! `pile.items` stood and a zero cotangent of `pile` is made later. What else reads `pile` behind that, rustc has checked in the
//! source.

use crate::ir::{Access, Expr, Place, Stmt, Var, Vars};
use std::collections::BTreeSet;

/// Copies the parts of what is asked for later.
pub fn copy_parts_of_what_is_asked_for(vars: &Vars, forward: &mut [Stmt], reverse: &[Stmt]) {
    let mut asked = BTreeSet::new();
    reverse.iter().for_each(|stmt| stmt.for_each_expr_inside(&mut |expr| note_asked(expr, &mut asked)));
    copy_in(vars, forward, &mut asked);
}

/// From the last statement to the first: `asked` is whose shapes are asked for behind it, and then from it on.
fn copy_in(vars: &Vars, stmts: &mut [Stmt], asked: &mut BTreeSet<Var>) {
    for stmt in stmts.iter_mut().rev() {
        for block in stmt.blocks_mut() {
            if let Some(result) = &mut block.result {
                copy(result, vars, asked);
            }
            copy_in(vars, &mut block.stmts, asked);
        }
        stmt.for_each_expr_mut(&mut |expr| copy(expr, vars, asked));
        stmt.for_each_expr(&mut |expr| note_asked(expr, asked));
    }
}

/// The variables of whose shape an expression makes a zero.
fn note_asked(expr: &Expr, asked: &mut BTreeSet<Var>) {
    if let Expr::ZeroLike(of) = expr
        && let Some(place) = of.as_reference()
    {
        asked.insert(place.root);
    }
    expr.for_each_child(&mut |child| note_asked(child, asked));
}

fn copy(expr: &mut Expr, vars: &Vars, asked: &BTreeSet<Var>) {
    if let Expr::Load(place) = expr
        && asked.contains(&place.root)
        && moves(place, vars)
    {
        *expr = Expr::Snapshot(place.clone());
        return;
    }
    expr.for_each_child_mut(&mut |child| copy(child, vars, asked));
}

/// Whether to read a part by value takes it out of its variable.
fn moves(place: &Place, vars: &Vars) -> bool {
    !place.is_whole() && vars[place.root].access == Access::Owned && !vars.place_type(place).is_copy()
}
