//! Statements get a form whose derivative does not swell.
//!
//! Takes a body of some order; returns the same body in which what varies is a sum of products of two variables, or one
//! operation on variables. A sum stays together, so that the terms of Leibniz's rule can be collected: `z_dot_3` of a
//! product has four terms and not eight. Quotients by the same divisor become one, because each has a quotient in its
//! derivative. What was computed before is used again, so that sine and cosine, of which each is the derivative of the
//! other, need two variables and not two an order. So a body grows with the square of its order.

use crate::analysis::activity::{Activity, for_each_flow};
use crate::ir::{Block, Expr, FloatTy, Pattern, Stmt, Ty, Var, Vars};
use crate::rules::Prim;
use crate::simplify::{simplify_expr, terms_of};
use proc_macro2::Span;
use std::collections::BTreeSet;

/// The variables that a pass names.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Operands of the statement behind them.
    pub operands: BTreeSet<Var>,
    /// Those in the factor of a singular partial, which is differentiated with strong zeros.
    pub strong: BTreeSet<Var>,
}

/// Brings a body into that form.
pub fn name_operands(vars: &mut Vars, block: &mut Block, activity: &Activity, named: &mut Named) {
    Naming { vars, activity, named, strong: false, available: Vec::new() }.block(block);
}

struct Naming<'a> {
    vars: &'a mut Vars,
    activity: &'a Activity,
    named: &'a mut Named,
    /// Whether the factor of a singular partial is being named.
    strong: bool,
    /// What has been computed in this block and around it.
    available: Vec<(Expr, Var)>,
}

impl Naming<'_> {
    fn block(&mut self, block: &mut Block) {
        let known = self.available.len();
        let mut out = Vec::with_capacity(block.stmts.len());
        for mut stmt in std::mem::take(&mut block.stmts) {
            self.stmt(&mut stmt, &mut out);
            out.push(stmt);
        }
        block.stmts = out;
        if let Some(result) = &mut block.result {
            self.whole(result, &mut block.stmts);
        }
        self.available.truncate(known);
    }

    fn stmt(&mut self, stmt: &mut Stmt, out: &mut Vec<Stmt>) {
        match stmt {
            Stmt::Let(pattern, value) => {
                let of = if let Pattern::Var(var) = pattern { Some(*var) } else { None };
                self.strong = of.is_some_and(|var| self.named.strong.contains(&var));
                self.value(value, out);
                self.strong = false;
                if let Some(var) = of {
                    self.offer(value, var);
                }
            }
            Stmt::Assign(_, value) | Stmt::Add(_, value) => self.whole(value, out),
            Stmt::Structural(structural) => structural.value.iter_mut().for_each(|value| self.whole(value, out)),
            _ => {}
        }
        stmt.blocks_mut().into_iter().for_each(|block| self.block(block));
    }

    /// What is put together has a tangent only where it has a name.
    fn whole(&mut self, value: &mut Expr, out: &mut Vec<Stmt>) {
        if matches!(value, Expr::Construct(_)) { self.operand(value, out) } else { self.value(value, out) }
    }

    fn value(&mut self, value: &mut Expr, out: &mut Vec<Stmt>) {
        if matches!(value, Expr::Prim(..)) && self.varies(value) {
            while simplify_expr(value) {}
            gather_quotients(value);
        }
        self.terms(value, out);
    }

    /// What is written in the place of a sum keeps its terms.
    fn terms(&mut self, expr: &mut Expr, out: &mut Vec<Stmt>) {
        match expr {
            Expr::Prim(Prim::Add | Prim::Sub | Prim::Neg, args) => args.iter_mut().for_each(|arg| self.terms(arg, out)),
            Expr::Prim(Prim::Mul, args) => {
                for arg in args {
                    // a factor may have a coefficient
                    match arg {
                        Expr::Prim(Prim::Mul, inner) if inner.iter().any(|factor| factor.as_float().is_some()) => {
                            inner.iter_mut().for_each(|factor| self.operand(factor, out));
                        }
                        other => self.operand(other, out),
                    }
                }
            }
            Expr::Prim(Prim::StrongMul, args) => {
                self.operand(&mut args[0], out);
                let outer = std::mem::replace(&mut self.strong, true);
                self.operand(&mut args[1], out);
                self.strong = outer;
            }
            Expr::Prim(_, args) | Expr::Tuple(args) | Expr::Array { items: args, .. } => {
                args.iter_mut().for_each(|arg| self.operand(arg, out));
            }
            Expr::Sum(parts) => parts.iter_mut().for_each(|part| self.terms(part, out)),
            Expr::Linear { seed, .. } => self.operand(seed, out),
            Expr::Cast(inner, _) => self.operand(inner, out),
            Expr::Repeat { item, .. } => self.operand(item, out),
            Expr::Construct(construct) => construct.fields.iter_mut().for_each(|(.., part)| self.operand(part, out)),
            _ => {}
        }
    }

    fn operand(&mut self, expr: &mut Expr, out: &mut Vec<Stmt>) {
        if !self.varies(expr) {
            return;
        }
        self.value(expr, out);
        let ty = match expr {
            Expr::Prim(Prim::Neg, args) if args[0].is_atom() => return,
            Expr::Prim(..) | Expr::Cast(..) | Expr::Select(..) => Ty::Float(FloatTy::Inferred),
            Expr::Linear { .. } | Expr::Construct(_) => Ty::Unknown,
            _ => return,
        };
        let known = self
            .available
            .iter()
            .find(|(known, var)| known == expr && self.named.strong.contains(var) == self.strong)
            .map(|(_, var)| *var);
        let var = known.unwrap_or_else(|| {
            let name = self.vars.describe(expr);
            let var = self.vars.temporary(&name, ty, Span::call_site());
            self.named.operands.insert(var);
            if self.strong {
                self.named.strong.insert(var);
            }
            out.push(Stmt::Let(Pattern::Var(var), expr.clone()));
            self.offer(expr, var);
            var
        });
        *expr = Expr::Var(var);
    }

    fn varies(&self, expr: &Expr) -> bool {
        let mut varies = false;
        for_each_flow(expr, &mut |var| varies |= self.activity.is_active(var) || self.named.operands.contains(&var));
        varies
    }

    /// An operation on variables that keep their values can be used again.
    fn offer(&mut self, value: &Expr, var: Var) {
        let Expr::Prim(_, args) = value else { return };
        let constant = |arg: &Expr| match arg {
            Expr::Var(var) => !self.vars[*var].mutable,
            Expr::Float(..) => true,
            _ => false,
        };
        if args.iter().all(constant) && !self.vars[var].mutable {
            self.available.push((value.clone(), var));
        }
    }
}

/// `a / d - b (c / d) -> (a - b c) / d`
fn gather_quotients(value: &mut Expr) {
    let mut sums: Vec<(Option<Expr>, Expr)> = Vec::new();
    let mut gathered = false;
    for (negative, term) in terms_of(value) {
        let (divisor, numerator) = match split_quotient(&term) {
            Some((numerator, divisor)) => (Some(divisor), numerator),
            None => (None, term),
        };
        match sums.iter_mut().find(|(of, _)| *of == divisor) {
            Some((of, sum)) => {
                gathered |= of.is_some();
                *sum = if negative { sum.clone() - numerator } else { sum.clone() + numerator };
            }
            None => sums.push((divisor, if negative { numerator.negate() } else { numerator })),
        }
    }
    if !gathered {
        return;
    }
    let parts = sums.into_iter().map(|(divisor, sum)| match divisor {
        Some(divisor) => sum / divisor,
        None => sum,
    });
    if let Some(sum) = parts.reduce(|sum, part| sum + part) {
        *value = sum;
        while simplify_expr(value) {}
    }
}

/// The numerator and the divisor of a term.
fn split_quotient(term: &Expr) -> Option<(Expr, Expr)> {
    match term {
        Expr::Prim(Prim::Div, args) if matches!(args[1], Expr::Var(_)) => Some((args[0].clone(), args[1].clone())),
        Expr::Prim(Prim::Neg, args) => split_quotient(&args[0]).map(|(numerator, divisor)| (-numerator, divisor)),
        Expr::Prim(Prim::Mul, args) => match (split_quotient(&args[0]), split_quotient(&args[1])) {
            (Some((numerator, divisor)), _) => Some((numerator * args[1].clone(), divisor)),
            (_, Some((numerator, divisor))) => Some((args[0].clone() * numerator, divisor)),
            _ => None,
        },
        _ => None,
    }
}
