//! Integers that a loop advances, and that the reverse sweep can bring back instead of reading what was saved.
//!
//! Takes a lowered function; returns the integers that are changed only by `v += e` in counted loops, where `e` reads
//! nothing but what the reverse sweep has: values that never change, and indices of loops. The reverse sweep starts from
//! the final value and runs `v -= e`.

use crate::ir::{Access, Block, Expr, Function, Pattern, Stmt, Ty, Var};
use crate::rules::Prim;
use std::collections::BTreeSet;

/// Finds the integers.
pub fn analyse_induction(function: &Function) -> BTreeSet<Var> {
    let fixed = |var: Var| {
        let info = &function.vars[var];
        !info.mutable && info.ty == Ty::Int && info.access == Access::Owned
    };
    let mut search = Search { fixed: &fixed, advanced: BTreeSet::new(), others: BTreeSet::new() };
    search.block(&function.body, true);
    let Search { advanced, others, .. } = search;
    let top = function.body.stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Let(Pattern::Var(var), _) if function.vars[*var].mutable && function.vars[*var].ty == Ty::Int => {
            Some(*var)
        }
        _ => None,
    });
    top.filter(|var| advanced.contains(var) && !others.contains(var)).collect()
}

struct Search<'a> {
    fixed: &'a dyn Fn(Var) -> bool,
    /// Changed by an increment that can be undone.
    advanced: BTreeSet<Var>,
    /// Changed in another way.
    others: BTreeSet<Var>,
}

impl Search<'_> {
    /// `counted`: whether only counted loops are around the block.
    fn block(&mut self, block: &Block, counted: bool) {
        for stmt in &block.stmts {
            // a condition or an operand may have an effect
            stmt.for_each_expr(&mut |expr| self.changed_by(expr));
            match stmt {
                Stmt::Add(place, value) if counted && place.is_whole() && self.can_undo(value) => {
                    self.advanced.insert(place.root);
                }
                Stmt::For { body, .. } => {
                    let leaves = matches!(body.stmts.last(), Some(Stmt::BreakIf(_)));
                    self.block(body, counted && !leaves);
                }
                _ if stmt.blocks().is_empty() => stmt.for_each_write(&mut |var| {
                    self.others.insert(var);
                }),
                _ => stmt.blocks().into_iter().for_each(|inner| self.block(inner, false)),
            }
        }
        block.result.iter().for_each(|result| self.changed_by(result));
    }

    fn changed_by(&mut self, expr: &Expr) {
        expr.for_each_change(&mut |var| {
            self.others.insert(var);
        });
    }

    fn can_undo(&self, value: &Expr) -> bool {
        let mut fixed = match value {
            Expr::Opaque(opaque) => opaque.cheap && opaque.writes.is_empty(),
            Expr::Var(_) => true,
            Expr::Prim(Prim::Neg, args) => return args.iter().all(|arg| self.can_undo(arg)),
            _ => false,
        };
        value.for_each_read(&mut |var| fixed &= (self.fixed)(var));
        fixed
    }
}
