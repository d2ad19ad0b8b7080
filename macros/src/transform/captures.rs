//! What the pullback need not own: a length, a number made from lengths, or what may be a reference, is evaluated again from the arguments that the
//! pullback is passed anyway.
//!
//! Takes the two sweeps of a split function; the reverse sweep then starts with the definitions that it can repeat. A
//! pullback that owns nothing takes no memory, and a stack of such pullbacks neither.

use crate::ir::{Access, Expr, Pattern, Stmt, Ty, Var, Vars};
use crate::transform::reverse::Sweeps;
use std::collections::BTreeSet;

/// Repeats in the reverse sweep what it can.
pub fn repeat_lengths(sweeps: &mut Sweeps) {
    let mut wanted = BTreeSet::new();
    sweeps.reverse.iter().for_each(|stmt| {
        stmt.for_each_read(&mut |var| {
            wanted.insert(var);
        });
    });
    let mut start = Vec::new();
    for stmt in &sweeps.forward {
        let Stmt::Let(Pattern::Var(var), value) = stmt else { continue };
        if !wanted.contains(var) || !is_repeatable(&sweeps.vars, *var, value) {
            continue;
        }
        let name = sweeps.vars[*var].name.clone();
        let copy = sweeps.vars.derived(*var, "", sweeps.vars[*var].role, false);
        sweeps.vars[copy].name = name;
        sweeps.reverse.iter_mut().for_each(|stmt| stmt.rename(*var, copy));
        start.push(Stmt::Let(Pattern::Var(copy), value.clone()));
    }
    sweeps.reverse.splice(0..0, start);
}

/// Whether a definition has the same value when only the shared arguments are there: `x.len() - 1`.
fn is_repeatable(vars: &Vars, var: Var, value: &Expr) -> bool {
    let Expr::Opaque(opaque) = value else { return false };
    let info = &vars[var];
    // what is of no known type may refer to an argument
    let kind = matches!(info.ty, Ty::Int | Ty::Unknown);
    let integer = !info.mutable && info.access == Access::Owned && kind;
    let lengths = opaque.reads.iter().all(|read| vars[*read].access == Access::Shared);
    integer && lengths && !opaque.reads.is_empty() && opaque.cheap && opaque.writes.is_empty()
}
