//! Products that several entries need, computed once.
//!
//! Takes the statements of a Jacobian, in which every variable is assigned once; returns statements with one operation
//! each, none of them repeated. The simplifier puts together again what is used once.

use crate::ir::{Block, Expr, FloatTy, Pattern, Stmt, Ty, Var, VarMap, Vars};
use crate::rules::Prim;
use crate::simplify::simplify_expr;
use proc_macro2::Span;

/// Computes every operation once.
pub fn share(vars: &mut Vars, block: &mut Block) {
    let mut sharing = Sharing { vars, stmts: Vec::new(), known: Vec::new(), copies: VarMap::new() };
    for stmt in std::mem::take(&mut block.stmts) {
        match stmt {
            Stmt::Let(Pattern::Var(var), value @ Expr::Prim(..)) => sharing.define(var, value),
            other => sharing.stmts.push(other),
        }
    }
    if let Some(Expr::Tuple(values)) = &mut block.result {
        for value in values.iter_mut() {
            simplify_expr(value);
            *value = sharing.operand(std::mem::replace(value, Expr::float(0.0)));
        }
    }
    block.stmts = sharing.stmts;
}

struct Sharing<'a> {
    vars: &'a mut Vars,
    stmts: Vec<Stmt>,
    /// Operations on atoms, and the variables that hold their results.
    known: Vec<(Expr, Var)>,
    /// Variables that hold what another one holds.
    copies: VarMap<Var>,
}

impl Sharing<'_> {
    fn define(&mut self, var: Var, mut value: Expr) {
        simplify_expr(&mut value);
        let value = self.flat(value);
        let value = match self.find(&value) {
            Some(earlier) => {
                self.copies.insert(var, earlier);
                Expr::Var(earlier)
            }
            None => {
                self.remember(&value, var);
                value
            }
        };
        self.stmts.push(Stmt::Let(Pattern::Var(var), value));
    }

    /// The same operation on atoms.
    fn flat(&mut self, expr: Expr) -> Expr {
        match expr {
            Expr::Prim(prim, args) if !is_condition(prim) => {
                Expr::Prim(prim, args.into_iter().map(|arg| self.operand(arg)).collect())
            }
            other => other,
        }
    }

    fn operand(&mut self, expr: Expr) -> Expr {
        match expr {
            Expr::Prim(prim, _) if !is_condition(prim) => {
                let flat = self.flat(expr);
                let var = self.find(&flat).unwrap_or_else(|| {
                    let name = self.vars.describe(&flat);
                    let var = self.vars.temporary(&name, Ty::Float(FloatTy::Inferred), Span::call_site());
                    self.remember(&flat, var);
                    self.stmts.push(Stmt::Let(Pattern::Var(var), flat.clone()));
                    var
                });
                Expr::Var(var)
            }
            Expr::Var(var) => Expr::Var(self.copies.get(&var).copied().unwrap_or(var)),
            other => other,
        }
    }

    fn find(&self, value: &Expr) -> Option<Var> {
        let swapped = match value {
            Expr::Prim(prim @ (Prim::Add | Prim::Mul), args) => {
                Some(Expr::Prim(*prim, args.iter().rev().cloned().collect()))
            }
            _ => None,
        };
        let same = |known: &Expr| known == value || swapped.as_ref() == Some(known);
        self.known.iter().find(|(known, _)| same(known)).map(|(_, var)| *var)
    }

    fn remember(&mut self, value: &Expr, var: Var) {
        if matches!(value, Expr::Prim(prim, _) if !is_condition(*prim)) {
            self.known.push((value.clone(), var));
        }
    }
}

/// Whether it is no float: what selects stays where it is.
fn is_condition(prim: Prim) -> bool {
    matches!(prim, Prim::Less | Prim::MaxTakesFirst | Prim::MinTakesFirst | Prim::ClampTakesValue)
}
