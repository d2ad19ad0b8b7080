//! Values of the primal that a derivative computes too: the cosine beside a sine, the logarithm beside a power.
//!
//! Takes a block's forward statements and its reverse; where the reverse evaluates an expensive operation that the
//! forward statements have a name for, it reads that value, and is saved the work.

use crate::ir::{Access, Expr, Pattern, Stmt, Var, Vars};

/// Replaces what is known by its name.
pub fn reuse_values(vars: &Vars, forward: &[Stmt], reverse: &mut [Stmt]) {
    for stmt in forward {
        if let Stmt::Let(Pattern::Var(var), value) = stmt
            && is_plain(vars, *var)
            && is_expensive(vars, value)
        {
            let mut by_name = |expr: &mut Expr| replace(expr, value, *var);
            reverse.iter_mut().for_each(|stmt| stmt.for_each_expr_inside_mut(&mut by_name));
        }
    }
}

fn is_plain(vars: &Vars, var: Var) -> bool {
    let info = &vars[var];
    !info.mutable && info.access == Access::Owned && info.ty.is_float()
}

/// Whether a value is worth keeping, and the same wherever it is computed again.
fn is_expensive(vars: &Vars, value: &Expr) -> bool {
    let fixed = |arg: &Expr| match arg {
        Expr::Var(var) => is_plain(vars, *var),
        other => other.is_atom(),
    };
    matches!(value, Expr::Prim(prim, args) if !prim.is_cheap() && args.iter().all(fixed))
}

fn replace(expr: &mut Expr, value: &Expr, by: Var) {
    if expr == value {
        *expr = Expr::Var(by);
        return;
    }
    expr.for_each_child_mut(&mut |child| replace(child, value, by));
}
