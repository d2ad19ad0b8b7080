//! What can only be asked of a callee when the program runs: whether it overwrites the scratch space that it is lent.
//!
//! Where it does not, the general form of both sweeps runs instead. That is possible only before anything was added to
//! a buffer, and where the arguments are still what the caller passed.

use super::Fusion;
use super::scratch::Need;
use crate::ir::{Access, Call, Callee, Expr, Passing, Place, Stmt, Ty, Var};
use std::collections::BTreeSet;

impl Fusion<'_> {
    /// The checks before a loop for what its fusion needs; nothing if they cannot stand there.
    pub fn requirements(&self, needs: &[Need], stmts: &[Stmt], forward: usize) -> Option<Vec<Stmt>> {
        if needs.is_empty() {
            return Some(Vec::new());
        }
        let untouched = stmts[..forward].iter().all(|stmt| {
            let effects = self.effects(stmt);
            effects.writes.iter().chain(&effects.sums).all(|var| self.vars[*var].access != Access::Mutable)
        });
        if self.depth > 0 || !untouched || !self.may_restart() {
            return None;
        }
        let mut known: BTreeSet<Var> = stmts[..forward].iter().flat_map(Stmt::defines).collect();
        known.extend(self.params.iter().map(|param| param.var));
        let mut checks: Vec<Stmt> = Vec::new();
        // of a method it cannot be asked
        if needs.iter().any(|need| need.call.callee != Callee::Function) {
            return None;
        }
        for need in needs {
            let lengths: Vec<Option<Var>> = (0..need.call.args.len())
                .map(|index| self.lasting_length(need, index, &stmts[forward], &known))
                .collect();
            lengths[need.param]?;
            let check = Stmt::Require(crate::emit::overwrites(&need.call, need.param, &lengths));
            if !checks.contains(&check) {
                checks.push(check);
            }
        }
        Some(checks)
    }

    /// Whether the arguments can be passed again.
    fn may_restart(&self) -> bool {
        self.params.iter().all(|param| match param.passing {
            Passing::Shared => true,
            Passing::Value => self.vars[param.var].ty.is_scalar() && !self.vars[param.var].mutable,
            Passing::Mutable => false,
        })
    }

    /// The variable that is passed whole to a parameter, if its length before the loop is that in all iterations.
    fn lasting_length(&self, need: &Need, index: usize, stmt: &Stmt, known: &BTreeSet<Var>) -> Option<Var> {
        let Some(Expr::Borrow(place, _)) = need.call.args.get(index) else { return None };
        let var = place.root;
        let sequence = matches!(self.vars[var].ty, Ty::Vec(_) | Ty::Slice(_) | Ty::Array(_));
        (place.is_whole() && sequence && known.contains(&var) && keeps_length(stmt, var, need)).then_some(var)
    }
}

/// Whether nothing in a statement can change the length of a sequence: its elements are assigned, or it is lent to the
/// parameter in question, which is a slice.
fn keeps_length(stmt: &Stmt, var: Var, need: &Need) -> bool {
    let mut keeps = match stmt {
        Stmt::Assign(place, _) | Stmt::Add(place, _) => place.root != var || !place.is_whole(),
        Stmt::Structural(structural) => !structural.op.row().resizes || structural.roots().all(|root| root != var),
        Stmt::Linearize { call, .. } => lends_to(call, var, need),
        _ => true,
    };
    if !matches!(stmt, Stmt::Linearize { .. }) {
        stmt.for_each_expr(&mut |expr| {
            expr.for_each_change(&mut |changed| keeps &= changed != var);
        });
    }
    let inner = stmt.blocks();
    keeps && inner.into_iter().all(|block| block.stmts.iter().all(|stmt| keeps_length(stmt, var, need)))
}

fn lends_to(call: &Call, var: Var, need: &Need) -> bool {
    call.args.iter().enumerate().all(|(index, arg)| match arg {
        Expr::Borrow(place, true) if place.root == var => {
            *place == Place::of(var) && call.path == need.call.path && index == need.param
        }
        _ => true,
    })
}
