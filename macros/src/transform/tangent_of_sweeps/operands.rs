//! Operands get names before the sweeps are differentiated, so that a product of products stays linear in size.
//!
//! Takes sweeps whose expressions are trees; returns sweeps in which an operand that varies is a variable, a literal or
//! a place. The factor of a singular partial stays a tree: it is differentiated as a whole, with strong zeros.

use super::temporary_type;
use super::varied::varies;
use crate::analysis::activity::Activity;
use crate::ir::{Block, Expr, MatrixOp, Pattern, Slope, Stmt, Var, Vars};
use crate::rules::Prim;
use crate::transform::reverse::Sweeps;
use proc_macro2::Span;
use std::collections::BTreeSet;

struct Operands<'a> {
    vars: &'a mut Vars,
    activity: &'a Activity,
    varied: &'a mut BTreeSet<Var>,
}

/// Gives names to operands that vary.
pub fn name_operands(sweeps: &mut Sweeps, activity: &Activity, varied: &mut BTreeSet<Var>) {
    let mut operands = Operands { vars: &mut sweeps.vars, activity, varied };
    for stmts in [&mut sweeps.forward, &mut sweeps.reverse] {
        *stmts = operands.stmts(std::mem::take(stmts));
    }
}

/// The linear map of `a / b` by `b`.
fn is_slope_of_quotient(value: &Expr) -> bool {
    matches!(value, Expr::Linear { op: MatrixOp::Operator("div"), slope: Slope::Push(1) | Slope::Pull(1), .. })
}

impl Operands<'_> {
    fn stmts(&mut self, stmts: Vec<Stmt>) -> Vec<Stmt> {
        let mut out = Vec::with_capacity(stmts.len());
        for mut stmt in stmts {
            match &mut stmt {
                // its derivative reads its value
                Stmt::Assign(_, value) | Stmt::Add(_, value) if is_slope_of_quotient(value) => {
                    self.operand(value, &mut out);
                }
                Stmt::Let(Pattern::Var(_), value) => self.children(value, &mut out),
                Stmt::Let(_, value) | Stmt::Assign(_, value) | Stmt::Add(_, value) => self.value(value, &mut out),
                Stmt::Save { value, .. } => self.value(value, &mut out),
                Stmt::Structural(structural) => {
                    structural.value.iter_mut().for_each(|value| self.value(value, &mut out))
                }
                Stmt::Pullback { seed, .. } => self.operand(seed, &mut out),
                _ => {}
            }
            for block in stmt.blocks_mut() {
                self.block(block);
            }
            out.push(stmt);
        }
        out
    }

    fn block(&mut self, block: &mut Block) {
        block.stmts = self.stmts(std::mem::take(&mut block.stmts));
        if let Some(result) = &mut block.result
            && varies(result, self.activity, self.varied)
        {
            self.value(result, &mut block.stmts);
        }
    }

    /// What is put together has a tangent only where it has a name.
    fn value(&mut self, expr: &mut Expr, out: &mut Vec<Stmt>) {
        if matches!(expr, Expr::Construct(_)) { self.operand(expr, out) } else { self.children(expr, out) }
    }

    /// Names the operands of an expression that has a name itself.
    fn children(&mut self, expr: &mut Expr, out: &mut Vec<Stmt>) {
        match expr {
            Expr::Prim(Prim::Neg, args) => args.iter_mut().for_each(|arg| self.children(arg, out)),
            Expr::Prim(Prim::StrongMul, args) => args.iter_mut().take(1).for_each(|arg| self.operand(arg, out)),
            Expr::Prim(_, args) => args.iter_mut().for_each(|arg| self.operand(arg, out)),
            Expr::Linear { seed, .. } => self.operand(seed, out),
            Expr::Cast(inner, _) => self.operand(inner, out),
            // the terms are moved into the sum
            Expr::Sum(parts) => parts.iter_mut().for_each(|part| self.children(part, out)),
            Expr::Tuple(parts) | Expr::Array { items: parts, .. } => {
                parts.iter_mut().for_each(|part| self.operand(part, out));
            }
            Expr::Repeat { item, .. } => self.operand(item, out),
            Expr::Construct(construct) => construct.fields.iter_mut().for_each(|(.., part)| self.operand(part, out)),
            _ => {}
        }
    }

    fn operand(&mut self, expr: &mut Expr, out: &mut Vec<Stmt>) {
        if !varies(expr, self.activity, self.varied) {
            return;
        }
        self.children(expr, out);
        let negative = matches!(expr, Expr::Prim(Prim::Neg, args) if args[0].is_atom());
        let named = matches!(
            expr,
            Expr::Prim(..) | Expr::Linear { .. } | Expr::Cast(..) | Expr::Select(..) | Expr::Construct(_)
        );
        if negative || !named {
            return;
        }
        let name = self.vars.describe(expr);
        let var = self.vars.temporary(&name, temporary_type(expr), Span::call_site());
        self.varied.insert(var);
        out.push(Stmt::Let(Pattern::Var(var), std::mem::replace(expr, Expr::Var(var))));
    }
}
