//! Branches and loops in reverse.
//!
//! A branch goes the way again that the forward sweep went; a counted loop runs backwards; other loops count their
//! iterations.

use super::Reverse;
use crate::ir::{Block, Expr, Pattern, Place, Range, Stmt, Ty, Var};
use proc_macro2::Span;

impl Reverse<'_> {
    pub fn branch(
        &mut self,
        result: Option<Var>,
        cond: &Expr,
        blocks: [&Block; 2],
        forward: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
    ) {
        let seed = result.filter(|var| self.is_active(*var)).and_then(|var| self.take(var, out));
        let [(then, then_out), (otherwise, otherwise_out)] = blocks.map(|block| self.block(block, seed.clone(), false));
        let reversed = !then_out.is_empty() || !otherwise_out.is_empty();
        let cond = if reversed { self.repeatable(cond, Ty::Bool, "branch", forward) } else { cond.clone() };
        if reversed {
            self.declare_requested(out);
            out.push(Stmt::If {
                result: None,
                cond: cond.clone(),
                then: Block::of(then_out),
                otherwise: Block::of(otherwise_out),
            });
        }
        forward.push(Stmt::If { result, cond, then, otherwise });
    }

    /// The reverse sweep runs as many iterations in the opposite order.
    pub fn counted_loop(
        &mut self,
        var: Var,
        range: &Range,
        body: &Block,
        forward: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
    ) {
        let (mut body, reversed) = self.block(body, None, true);
        if reversed.is_empty() {
            forward.push(Stmt::For { var, range: range.clone(), body });
            return;
        }
        let leaves = matches!(body.stmts.last(), Some(Stmt::BreakIf(_)));
        let count = leaves.then(|| self.count(&mut body, forward));
        forward.push(Stmt::For { var, range: range.clone(), body });
        let last = count.map(|count| Box::new(self.counted(count, forward)));
        self.declare_requested(out);
        let range = Range { reversed: !range.reversed, last, ..range.clone() };
        out.push(Stmt::For { var, range, body: Block::of(reversed) });
    }

    /// The reverse sweep runs the body as often as the forward sweep counted. The header runs once more than the body.
    pub fn while_loop(&mut self, header: &Block, body: &Block, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let (header, header_out) = self.block(header, None, true);
        let (mut body, body_out) = self.block(body, None, true);
        if header_out.is_empty() && body_out.is_empty() {
            forward.push(Stmt::While { header, body });
            return;
        }
        let leaves = match body.stmts.last() {
            Some(Stmt::BreakIf(cond)) => Some(cond.clone()),
            _ => None,
        };
        let count = self.count(&mut body, forward);
        forward.push(Stmt::While { header, body });
        let steps = self.counted(count, forward);
        self.declare_requested(out);
        // the header has run once more, unless the loop was left from its body
        let header_once = match leaves.filter(|_| !header_out.is_empty()) {
            Some(cond) => {
                let cond = self.repeatable(&cond, Ty::Bool, "left", forward);
                let last = Block::of(header_out.clone());
                vec![Stmt::If { result: None, cond, then: Block::default(), otherwise: last }]
            }
            None => header_out.clone(),
        };
        let counter = self.vars.temporary("_", Ty::Int, Span::call_site());
        let range = Range::between(usize_literal(0), steps);
        out.extend(header_once);
        let body = body_out.into_iter().chain(header_out).collect();
        out.push(Stmt::For { var: counter, range, body: Block::of(body) });
    }

    /// Lets a loop count its iterations.
    fn count(&mut self, body: &mut Block, forward: &mut Vec<Stmt>) -> Var {
        let count = self.vars.temporary("iterations", Ty::Int, Span::call_site());
        self.vars[count].mutable = true;
        body.stmts.insert(0, Stmt::Increment(count));
        forward.push(Stmt::Let(Pattern::Var(count), usize_literal(0)));
        count
    }

    /// The number of iterations that a loop has counted, as the reverse sweep reads it.
    fn counted(&mut self, count: Var, forward: &mut Vec<Stmt>) -> Expr {
        let steps = self.vars.temporary("steps", Ty::Int, Span::call_site());
        self.define(steps);
        forward.push(Stmt::Let(Pattern::Var(steps), Expr::Load(Place::of(count))));
        Expr::Var(steps)
    }

    /// An inert expression that the reverse sweep may evaluate again, or the variable that keeps its value.
    fn repeatable(&mut self, expr: &Expr, ty: Ty, name: &str, forward: &mut Vec<Stmt>) -> Expr {
        let repeatable = match expr {
            Expr::Opaque(opaque) => {
                opaque.cheap
                    && opaque.writes.is_empty()
                    && opaque.reads.iter().all(|var| self.vars[*var].is_fixed_scalar())
            }
            Expr::Var(var) => self.vars[*var].is_fixed_scalar(),
            _ => expr.is_atom(),
        };
        if repeatable {
            return expr.clone();
        }
        let var = self.vars.temporary(name, ty, Span::call_site());
        self.define(var);
        forward.push(Stmt::Let(Pattern::Var(var), expr.clone()));
        Expr::Var(var)
    }
}

/// A count.
pub fn usize_literal(value: usize) -> Expr {
    Expr::constant(proc_macro2::Literal::usize_suffixed(value).into())
}

/// A zero of an integer type that inference finds.
pub fn integer_zero() -> Expr {
    Expr::constant(proc_macro2::Literal::usize_unsuffixed(0).into())
}

pub fn bool_literal(value: bool) -> Expr {
    Expr::constant(proc_macro2::Ident::new(if value { "true" } else { "false" }, Span::call_site()).into())
}
