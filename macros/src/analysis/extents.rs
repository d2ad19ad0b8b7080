//! Which loops run through all elements of a list.
//!
//! Takes statements; knows the lists that start as repeated zeros, as many as an expression says that never changes.

use super::sum::starts_at_zero;
use crate::ir::{Access, Block, Expr, Pattern, Range, Stmt, Ty, Var, VarMap, Vars};

/// The lengths of variables that start as repeated zeros, and the definitions of lengths.
pub struct Extents {
    lengths: VarMap<Expr>,
    definitions: VarMap<Expr>,
}

impl Extents {
    /// Collects them.
    pub fn of(vars: &Vars, block: &Block) -> Self {
        let mut extents = Self { lengths: VarMap::new(), definitions: VarMap::new() };
        let steady = |expr: &Expr| {
            let mut steady = expr.is_pure();
            expr.for_each_read(&mut |var| {
                steady &= vars[var].is_fixed_scalar() || vars[var].access == Access::Shared;
            });
            steady
        };
        block.for_each_stmt(&mut |stmt| {
            let Stmt::Let(Pattern::Var(var), value) = stmt else { return };
            match value {
                Expr::Repeat { item, len, .. } if item.is(0.0) && steady(len) => {
                    extents.lengths.insert(*var, (**len).clone());
                }
                // from a tuple
                Expr::Var(of) if !vars[*of].mutable && extents.lengths.contains_key(of) => {
                    let len = extents.lengths.get(of).cloned();
                    len.into_iter().for_each(|len| {
                        extents.lengths.insert(*var, len);
                    });
                }
                Expr::Var(_) | Expr::Opaque(_) if !vars[*var].mutable && vars[*var].ty == Ty::Int && steady(value) => {
                    extents.definitions.insert(*var, value.clone());
                }
                _ => {}
            }
        });
        extents
    }

    /// The length with which a variable starts.
    pub fn length(&self, var: Var) -> Option<&Expr> {
        self.lengths.get(&var)
    }

    /// Whether a loop runs through all indices with which a variable starts.
    pub fn covers(&self, range: &Range, var: Var) -> bool {
        let Some(len) = self.lengths.get(&var) else { return false };
        starts_at_zero(range) && self.resolved(len) == self.resolved(&range.high)
    }

    /// An expression with copies undone.
    fn resolved(&self, expr: &Expr) -> Expr {
        let var = match expr {
            Expr::Var(var) => Some(*var),
            Expr::Opaque(opaque) => opaque.reads.first().copied().filter(|var| expr.is_var(*var)),
            _ => None,
        };
        match var {
            Some(var) => match self.definitions.get(&var) {
                Some(definition) => self.resolved(definition),
                None => Expr::Var(var),
            },
            None => expr.clone(),
        }
    }
}
