//! Where the forward sweep makes the zero cotangents that it keeps.

use super::Reverse;
use crate::ir::{Expr, Place, Stmt, Var};

impl Reverse<'_> {
    /// Behind a statement: the zeros that have the shape which a variable has from there on to the end of its block.
    pub fn zeros_behind(&mut self, stmt: &Stmt, forward: &mut Vec<Stmt>) {
        let defined = stmt.defines();
        let mut settled = defined.clone();
        stmt.for_each_write(&mut |var| settled.push(var));
        for var in settled {
            let moved = !defined.contains(&var) && stmt.takes(var);
            // the shape is that of the definition, and behind this statement the value is gone
            if moved && !self.storage.is_resized(var) {
                continue;
            }
            let Some(zero) = self.levels.last_mut().and_then(|level| level.zeros.remove(&var)) else { continue };
            if moved {
                forward.iter_mut().for_each(|stmt| copy_where_moved(stmt, var));
            }
            forward.push(zero);
        }
    }
}

/// Copies of a variable where it is moved away.
fn copy_where_moved(stmt: &mut Stmt, var: Var) {
    fn copy(expr: &mut Expr, var: Var) {
        if matches!(expr, Expr::Var(moved) if *moved == var) {
            *expr = Expr::Snapshot(Place::of(var));
        }
        expr.for_each_child_mut(&mut |child| copy(child, var));
    }
    stmt.for_each_expr_inside_mut(&mut |expr| copy(expr, var));
}
