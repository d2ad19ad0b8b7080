//! Value numbering of the lowered function: a temporary that repeats an earlier value is that value.
//!
//! It runs before the transforms, so that what is read twice, `x[i] * x[i]`, is saved once and has one cotangent. What
//! the user named keeps its name.

use super::uses::{Known, changes_any};
use crate::ir::{Access, Block, Expr, Function, Pattern, Role, Stmt, Var, Vars};

/// Removes repeated temporaries.
pub fn number_values(function: &mut Function) {
    number(&mut function.body, &function.vars, Vec::new());
}

fn number(block: &mut Block, vars: &Vars, mut known: Vec<Known>) {
    let mut index = 0;
    while index < block.stmts.len() {
        let stmt = &mut block.stmts[index];
        if matches!(stmt, Stmt::For { .. } | Stmt::While { .. }) {
            known.retain(|known| !changes_any(stmt, &known.reads));
        }
        for inner in stmt.blocks_mut() {
            number(inner, vars, known.clone());
        }
        let stmt = &block.stmts[index];
        known.retain(|known| !changes_any(stmt, &known.reads));
        if let Stmt::Let(Pattern::Var(var), value) = stmt
            && is_plain(*var, vars)
            && is_numbered(value, vars)
        {
            match known.iter().find(|known| known.value == *value) {
                Some(earlier) if vars[*var].role == Role::Temporary => {
                    let (var, earlier) = (*var, earlier.var);
                    block.stmts.remove(index);
                    block.stmts[index..].iter_mut().for_each(|stmt| stmt.rename(var, earlier));
                    block.result.iter_mut().for_each(|result| result.rename(var, earlier));
                    continue;
                }
                _ => known.push(Known::of(*var, value)),
            }
        }
        index += 1;
    }
}

fn is_plain(var: Var, vars: &Vars) -> bool {
    let info = &vars[var];
    !info.mutable && info.access == Access::Owned && info.ty.is_scalar() && info.annotation.is_none()
}

/// Whether equal expressions have equal values while nothing changes what they read.
fn is_numbered(value: &Expr, vars: &Vars) -> bool {
    match value {
        Expr::Load(place) => vars.place_type(place).is_scalar() && value.is_pure(),
        Expr::Prim(..) | Expr::Cast(..) => value.is_pure(),
        Expr::Opaque(opaque) => opaque.cheap && opaque.writes.is_empty(),
        _ => false,
    }
}
