//! Cotangents of scratch space: a variable that every iteration overwrites before it reads it has a cotangent that is
//! zero whenever an iteration has been reversed.
//!
//! Shown on the reverse body itself: whatever the last statement is that touches the cotangent, it leaves zeros in all
//! of it; or it leaves zeros where there were zeros, and the statements before do the same.

use super::Fusion;
use super::effects::Effects;
use crate::ir::{Bar, Block, Call, Expr, Stmt, Var};

/// A slice that a callee has to overwrite before it reads it.
pub struct Need {
    /// The call.
    pub call: Call,
    /// The parameter.
    pub param: usize,
}

impl Fusion<'_> {
    /// Whether a cotangent that is zero before the block is zero after it.
    pub fn keeps_zero(&self, block: &Block, var: Var, needs: &mut Vec<Need>) -> bool {
        for stmt in block.stmts.iter().rev() {
            if !Effects::of(stmt, &self.calls).touches(var) {
                continue;
            }
            if self.leaves_zero(stmt, var, needs) {
                return true;
            }
            let kept = match stmt {
                Stmt::For { body, .. } => self.keeps_zero(body, var, needs),
                Stmt::If { then, otherwise, .. } => {
                    self.keeps_zero(then, var, needs) && self.keeps_zero(otherwise, var, needs)
                }
                _ => !changes(&Effects::of(stmt, &self.calls), var),
            };
            if !kept {
                return false;
            }
        }
        true
    }

    /// Whether a cotangent is zero after a statement, whatever it was before.
    fn leaves_zero(&self, stmt: &Stmt, var: Var, needs: &mut Vec<Need>) -> bool {
        match stmt {
            Stmt::Assign(place, value) => place.is_whole() && place.root == var && value.is(0.0),
            Stmt::For { var: index, range, body } => {
                self.extents.covers(range, var) && self.leaves_element_zero(body, var, *index)
            }
            Stmt::Pullback { pullback, bars, .. } => self.callee_zeroes(pullback, bars, var, needs),
            _ => false,
        }
    }

    /// Whether a pullback leaves zeros in a cotangent that is lent to it as a whole: if the callee overwrites the primal
    /// before it reads it, which is asked of the callee when the program runs.
    fn callee_zeroes(&self, pullback: &Expr, bars: &[Bar], var: Var, needs: &mut Vec<Need>) -> bool {
        let lent = |bar: &Bar| matches!(bar, Bar::Lend(place) if place.root == var);
        let Some(param) = bars.iter().position(lent) else { return false };
        let Some(call) = self.calls.get(pullback) else { return false };
        match (&bars[param], call.args.get(param)) {
            (Bar::Lend(bar), Some(Expr::Borrow(_, true)))
                if bar.is_whole() && bars.iter().filter(|bar| lent(bar)).count() == 1 =>
            {
                needs.push(Need { call: call.clone(), param });
                true
            }
            _ => false,
        }
    }

    /// Whether the last thing that a loop's body does to a cotangent is to zero the element of the loop's index.
    fn leaves_element_zero(&self, body: &Block, var: Var, index: Var) -> bool {
        let last = body.stmts.iter().rev().find(|stmt| changes(&Effects::of(stmt, &self.calls), var));
        let zeroes = match last {
            Some(Stmt::Assign(place, value)) => place.root == var && place.is_element_at(index) && value.is(0.0),
            _ => false,
        };
        // an element that an earlier iteration zeroed must not be changed by a later one
        zeroes && body.stmts.iter().all(|stmt| self.changes_only_element(stmt, var, index))
    }

    fn changes_only_element(&self, stmt: &Stmt, var: Var, index: Var) -> bool {
        match stmt {
            Stmt::Assign(place, _) | Stmt::Add(place, _) if place.root == var => place.is_in_element_at(index),
            _ => !changes(&Effects::of(stmt, &self.calls), var),
        }
    }
}

fn changes(effects: &Effects, var: Var) -> bool {
    effects.writes.contains(&var) || effects.sums.contains(&var)
}
