//! Loops over ranges; iterators are in [`super::iterator`], `while` and `loop` in [`super::repeat`].

use super::{Lowerer, strip};
use crate::ir::{Checkpoint, Expr, Range, Stmt, Ty};
use crate::refusal::Refusal;
use crate::walk::{Change, Changing, Read, Reading};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};

impl Lowerer<'_> {
    /// `for pattern in iterator { body }`
    pub fn for_loop(&mut self, node: &syn::ExprForLoop) {
        let checkpoint = self.checkpoint_of(node);
        match self.range(&node.expr) {
            Some(range) => self.range_loop(node, Range { checkpoint, ..range }),
            None => {
                if let Some(attr) = checkpoint_attribute(&node.attrs).filter(|_| checkpoint.is_some()) {
                    self.diagnostics.refuse(attr.path().span(), &Refusal::CheckpointIterator);
                }
                if let syn::Expr::Range(syn::ExprRange { start: Some(start), end: None, .. }) = strip(&node.expr) {
                    return self.open_loop(node, start);
                }
                self.chain_loop(node);
            }
        }
    }

    /// `for i in a.. { body }`, which ends with a jump only.
    fn open_loop(&mut self, node: &syn::ExprForLoop, start: &syn::Expr) {
        let next = self.reserved("next");
        let value = self.lower_expr(start);
        let var = self.variable(&next, Ty::Int, true, None);
        self.out.push(Stmt::Let(crate::ir::Pattern::Var(var), value.expr));
        let mut stmts = super::syntax::next_integer(&node.pat, &next).to_vec();
        stmts.extend(node.body.stmts.iter().cloned());
        self.endless(node.label.as_ref(), None, &stmts);
    }

    /// `#[checkpoint(every = k)]`, `#[checkpoint(binomial = s)]`
    fn checkpoint_of(&mut self, node: &syn::ExprForLoop) -> Option<Box<Checkpoint>> {
        let attr = checkpoint_attribute(&node.attrs)?;
        let option = attr.parse_args::<syn::MetaNameValue>().ok();
        let count = option.as_ref().map(|option| self.index(&option.value));
        let name = option.and_then(|option| option.path.get_ident().map(ToString::to_string));
        let checkpoint = match (name.as_deref(), count) {
            (_, Some(Expr::Opaque(zero))) if zero.tokens.0.to_string() == "0" => None,
            (Some("every"), Some(count)) => Some(Checkpoint::Every(count)),
            (Some("binomial"), Some(count)) => Some(Checkpoint::Binomial(count)),
            _ => None,
        };
        if checkpoint.is_none() {
            self.diagnostics.refuse(attr.path().span(), &Refusal::CheckpointArguments);
        }
        checkpoint.map(Box::new)
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
                Some(Range { inclusive, ..Range::between(low, high) })
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
            let leaves = matches!(body.stmts.last(), Some(Stmt::BreakIf(_)));
            if let Some(attr) = checkpoint_attribute(&node.attrs).filter(|_| leaves) {
                self.diagnostics.refuse(attr.path().span(), &Refusal::CheckpointExit);
            }
            self.out.push(Stmt::For { var, range, body });
        }
    }
}

fn checkpoint_attribute(attrs: &[syn::Attribute]) -> Option<&syn::Attribute> {
    attrs.iter().find(|attr| attr.path().is_ident("checkpoint"))
}

/// Removes `#[checkpoint(..)]` from the loops of a function as it is compiled itself.
pub fn remove_checkpoints(body: &mut syn::Block) {
    struct Loops;
    impl Change for Loops {
        fn expr(&mut self, expr: &mut syn::Expr) -> bool {
            visit_mut::visit_expr_mut(&mut Changing(self), expr);
            let node = match expr {
                syn::Expr::ForLoop(node) => node,
                // refused, and then the only error
                syn::Expr::While(syn::ExprWhile { attrs, .. }) | syn::Expr::Loop(syn::ExprLoop { attrs, .. }) => {
                    attrs.retain(|attr| !attr.path().is_ident("checkpoint"));
                    return false;
                }
                _ => return false,
            };
            let option =
                checkpoint_attribute(&node.attrs).and_then(|attr| attr.parse_args::<syn::MetaNameValue>().ok());
            node.attrs.retain(|attr| !attr.path().is_ident("checkpoint"));
            // a variable that only the attribute names is not unused
            if let Some(count) = option.map(|option| option.value).filter(|count| !matches!(count, syn::Expr::Lit(_))) {
                *expr = syn::parse_quote!({ let _ = &(#count); #node });
            }
            false
        }
    }
    Changing(&mut Loops).visit_block_mut(body);
}

/// Where `#[checkpoint(..)]` stands on something else than a `for`.
pub fn misplaced_checkpoints(body: &syn::Block) -> Vec<Span> {
    struct Others(Vec<Span>);
    impl<'ast> Read<'ast> for Others {
        fn attribute(&mut self, attr: &'ast syn::Attribute) -> bool {
            if attr.path().is_ident("checkpoint") {
                self.0.push(attr.path().span());
            }
            false
        }

        fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
            let syn::Expr::ForLoop(node) = expr else { return true };
            let mut inside = Reading(self);
            inside.visit_pat(&node.pat);
            inside.visit_expr(&node.expr);
            inside.visit_block(&node.body);
            false
        }
    }
    let mut others = Others(Vec::new());
    Reading(&mut others).visit_block(body);
    others.0
}
