//! Moving the reverse loop up to the forward one.

use super::stacks::Rewinds;
use super::{Fused, Fusion};
use crate::ir::{Access, Expr, Pattern, Role, Stmt, Var};

/// What happens to the statements between two loops.
pub struct Moved {
    /// Those that move before the forward loop, in order.
    before: Vec<usize>,
    /// Those that stay behind the reverse loop, in order.
    after: Vec<usize>,
}

impl Fusion<'_> {
    /// Sorts the statements between the loops, if the loops can meet.
    pub fn meet(&self, stmts: &[Stmt], forward: usize, reverse: usize, rewinds: &Rewinds) -> Option<Moved> {
        let mut group = self.effects(&stmts[reverse]);
        let first = self.effects(&stmts[forward]);
        let mut moved = Moved { before: Vec::new(), after: Vec::new() };
        for index in (forward + 1..reverse).rev() {
            let stmt = &stmts[index];
            if rewinds.starts_at(stmt) {
                continue;
            }
            let effects = self.effects(stmt);
            if effects.commutes(&group) {
                moved.after.push(index);
            } else if self.may_move(stmt) && effects.commutes(&first) {
                group.extend(&effects);
                moved.before.push(index);
            } else {
                return None;
            }
        }
        moved.before.reverse();
        moved.after.reverse();
        Some(moved)
    }

    /// Whether a statement is a definition, or part of one, that may run earlier.
    fn may_move(&self, stmt: &Stmt) -> bool {
        let generated = |var: Var| self.vars[var].role != Role::Primal && self.vars[var].access == Access::Owned;
        match stmt {
            Stmt::Let(Pattern::Var(_), Expr::NewStack(_) | Expr::Rewind(_)) => false,
            Stmt::Let(_, value) => value.is_pure(),
            Stmt::Assign(place, value) | Stmt::Add(place, value) => {
                let mut pure = value.is_pure();
                place.for_each_index(&mut |index| pure &= index.is_pure());
                pure && generated(place.root)
            }
            _ => false,
        }
    }

    /// Whether a cotangent is declared as zero between the loops, and nothing else changes it before the reverse one.
    pub fn starts_at_zero(&self, var: Var, stmts: &[Stmt], moved: &Moved) -> bool {
        let touching: Vec<&Stmt> =
            moved.before.iter().map(|index| &stmts[*index]).filter(|stmt| self.effects(stmt).touches(var)).collect();
        match touching.as_slice() {
            [Stmt::Let(Pattern::Var(declared), value)] => {
                let zero = match value {
                    Expr::Repeat { item, .. } => item.is_zero(),
                    other => other.is_zero(),
                };
                *declared == var && zero
            }
            _ => false,
        }
    }
}

impl Moved {
    /// The statements in their new order around the fused loop.
    pub fn around(
        &self,
        stmts: &[Stmt],
        [forward, reverse]: [usize; 2],
        requirements: Vec<Stmt>,
        fused: Stmt,
    ) -> Fused {
        let pick = |indices: &[usize]| indices.iter().map(|index| stmts[*index].clone()).collect::<Vec<Stmt>>();
        let mut all = stmts[..forward].to_vec();
        all.extend(requirements);
        all.extend(pick(&self.before));
        let at = all.len();
        all.push(fused);
        all.extend(pick(&self.after));
        all.extend_from_slice(&stmts[reverse + 1..]);
        Fused { stmts: all, at }
    }
}
