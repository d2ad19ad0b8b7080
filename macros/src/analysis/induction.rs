//! Integers that a function counts along, and that the reverse sweep can bring back instead of reading what was saved.
//!
//! Takes a lowered function with its activity; returns the integers that are changed only by `v += e`, where `e` reads
//! nothing but what the reverse sweep has: values that never change, and indices of loops. The reverse sweep starts from
//! the value at the end of the block that defines the integer, and runs `v -= e` wherever the forward sweep ran `v += e`. Branches and loops
//! that count their iterations are gone through again for that, and so have to be on the way of a derivative anyway.

use crate::analysis::activity::Activity;
use crate::ir::{Block, Expr, Function, Pattern, Stmt, Ty, Var};
use crate::rules::Prim;
use std::collections::BTreeSet;

/// Finds the integers.
pub fn analyse_induction(function: &Function, activity: &Activity) -> BTreeSet<Var> {
    let mut search =
        Search { function, activity, defined: BTreeSet::new(), advanced: BTreeSet::new(), others: BTreeSet::new() };
    search.block(&function.body, true);
    let Search { defined, advanced, others, .. } = search;
    defined.into_iter().filter(|var| advanced.contains(var) && !others.contains(var)).collect()
}

struct Search<'a> {
    function: &'a Function,
    activity: &'a Activity,
    /// The integers that change.
    defined: BTreeSet<Var>,
    /// Changed by an increment that can be undone.
    advanced: BTreeSet<Var>,
    /// Changed in another way.
    others: BTreeSet<Var>,
}

impl Search<'_> {
    /// `reversed`: whether the reverse sweep runs through the block as often as the forward sweep did.
    fn block(&mut self, block: &Block, reversed: bool) {
        for stmt in &block.stmts {
            // a condition or an operand may have an effect
            stmt.for_each_expr(&mut |expr| self.changed_by(expr));
            match stmt {
                Stmt::Add(place, value) if reversed && place.is_whole() && self.can_undo(value) => {
                    self.advanced.insert(place.root);
                }
                Stmt::For { body, .. } => {
                    let leaves = matches!(body.stmts.last(), Some(Stmt::BreakIf(_)));
                    self.block(body, reversed && (!leaves || self.carries(body)));
                }
                Stmt::While { header, body } => {
                    self.block(header, false);
                    self.block(body, reversed && self.carries(body));
                }
                Stmt::If { then, otherwise, .. } => {
                    let carries = self.carries(then) || self.carries(otherwise);
                    self.block(then, reversed && carries);
                    self.block(otherwise, reversed && carries);
                }
                _ => {
                    if let Stmt::Let(Pattern::Var(var), _) = stmt
                        && self.function.vars[*var].mutable
                        && self.function.vars[*var].ty == Ty::Int
                    {
                        self.defined.insert(*var);
                    }
                    stmt.for_each_write(&mut |var| {
                        self.others.insert(var);
                    });
                }
            }
        }
        block.result.iter().for_each(|result| self.changed_by(result));
    }

    /// Whether a derivative passes through a block.
    fn carries(&self, block: &Block) -> bool {
        let mut found = false;
        block.for_each_stmt(&mut |stmt| {
            found |= stmt.defines().iter().any(|var| self.activity.is_active(*var));
            stmt.for_each_write(&mut |var| found |= self.activity.is_active(var));
        });
        found
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
        value.for_each_read(&mut |var| {
            let info = &self.function.vars[var];
            fixed &= info.ty == Ty::Int && info.is_fixed_scalar();
        });
        fixed
    }
}
