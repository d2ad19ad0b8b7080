//! The direction of reverse loops: where iterations do not depend on each other, the reverse loop runs upwards, as
//! memory is read fastest, and as the optimiser vectorises best.
//!
//! Shown for a loop that pops no residuals, and in which everything that it changes outside is only added to, or is
//! touched at the index of the iteration only.

use super::terms;
use crate::ir::{Block, Expr, Place, Projection, Stmt, Var, Vars};
use crate::simplify::touches;
use std::collections::BTreeSet;

/// Whether the iterations of a loop may run in any order.
pub fn is_free(vars: &Vars, index: Var, body: &Block) -> bool {
    let mut inner = BTreeSet::new();
    let mut changed = BTreeSet::new();
    let mut plain = true;
    body.for_each_stmt(&mut |stmt| {
        inner.extend(stmt.defines());
        plain &= matches!(stmt, Stmt::Let(..) | Stmt::Add(..) | Stmt::Assign(..) | Stmt::IfActive { .. });
        stmt.for_each_expr(&mut |expr| plain &= expr.is_pure());
        if let Stmt::Add(place, _) | Stmt::Assign(place, _) = stmt {
            changed.insert(place.root);
        }
    });
    plain
        && changed.difference(&inner).all(|var| {
            let added = terms(body, *var).is_some() && vars.place_type(&element(body, *var)).is_float();
            added || body.stmts.iter().all(|stmt| !touches(stmt, *var) || at_index(stmt, *var, index))
        })
}

/// One of the places in which a variable is changed.
fn element(body: &Block, var: Var) -> Place {
    let mut found = Place::of(var);
    body.for_each_stmt(&mut |stmt| {
        if let Stmt::Add(place, _) | Stmt::Assign(place, _) = stmt
            && place.root == var
        {
            found = place.clone();
        }
    });
    found
}

/// Whether a statement touches a variable at an index only.
fn at_index(stmt: &Stmt, var: Var, index: Var) -> bool {
    let mut fine = true;
    stmt.for_each_expr(&mut |expr| fine &= reads_at(expr, var, index));
    match stmt {
        Stmt::Assign(place, _) | Stmt::Add(place, _) => fine && (place.root != var || is_at(place, index)),
        Stmt::IfActive { body, .. } => fine && body.stmts.iter().all(|stmt| at_index(stmt, var, index)),
        _ => fine,
    }
}

fn reads_at(expr: &Expr, var: Var, index: Var) -> bool {
    let mut fine = match expr {
        Expr::Load(place) => place.root != var || is_at(place, index),
        _ => {
            let mut found = false;
            expr.for_each_own_read(&mut |read| found |= read == var);
            !found
        }
    };
    expr.for_each_child(&mut |child| fine &= reads_at(child, var, index));
    fine
}

fn is_at(place: &Place, index: Var) -> bool {
    matches!(place.path.first(), Some(Projection::Index(at)) if at.is_var(index))
}
