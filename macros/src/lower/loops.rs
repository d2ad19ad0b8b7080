//! Loops over ranges; iterators are in [`super::iterator`], `while` and `loop` in [`super::repeat`].

use super::{Lowerer, strip};
use crate::ir::{Range, Stmt, Ty};
use crate::refusal::Refusal;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// `for pattern in iterator { body }`
    pub fn for_loop(&mut self, node: &syn::ExprForLoop) {
        match self.range(&node.expr) {
            Some(range) => self.range_loop(node, range),
            None => self.chain_loop(node),
        }
    }

    /// `a..b`, `(a..=b).rev()`, `(a..b).step_by(n)`, in any order that keeps the meaning.
    pub fn range(&mut self, expr: &syn::Expr) -> Option<Range> {
        match strip(expr) {
            syn::Expr::Range(range) => {
                let (start, end) = (range.start.as_deref()?, range.end.as_deref()?);
                if !matches!(self.bound_type(start), Ty::Int | Ty::Unknown) {
                    return None;
                }
                let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
                let (low, high) = (self.index(start), self.index(end));
                Some(Range { low, high, inclusive, step: None, reversed: false, last: None })
            }
            syn::Expr::MethodCall(call) if call.method == "rev" && call.args.is_empty() => {
                let range = self.range(&call.receiver)?;
                Some(Range { reversed: !range.reversed, ..range })
            }
            syn::Expr::MethodCall(call) if call.method == "step_by" && call.args.len() == 1 => {
                let range = self.range(&call.receiver)?;
                if range.step.is_some() || range.reversed {
                    // `rev` before `step_by` starts at the other end
                    return None;
                }
                Some(Range { step: Some(self.index(&call.args[0])), ..range })
            }
            _ => None,
        }
    }

    fn bound_type(&mut self, bound: &syn::Expr) -> Ty {
        match strip(bound) {
            syn::Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Float(_)) => Ty::Float(crate::ir::FloatTy::Inferred),
            _ if self.is_inert_source(bound) => Ty::Int,
            _ => Ty::Unknown,
        }
    }

    fn range_loop(&mut self, node: &syn::ExprForLoop, range: Range) {
        let mut counter = None;
        let body = self.loop_body(node.label.as_ref(), |this| {
            counter = match &*node.pat {
                syn::Pat::Ident(ident) if ident.subpat.is_none() && ident.mutability.is_none() => {
                    Some(this.variable(&ident.ident, Ty::Int, false, None))
                }
                syn::Pat::Wild(_) => Some(this.vars.temporary("_", Ty::Int, node.pat.span())),
                other => {
                    this.diagnostics.refuse(other.span(), &Refusal::Pattern);
                    None
                }
            };
            this.lower_stmts(&node.body.stmts, false);
        });
        if let Some(var) = counter {
            self.out.push(Stmt::For { var, range, body });
        }
    }
}
