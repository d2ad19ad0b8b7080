//! `return` in a closure, which leaves the closure only.
//!
//! Takes the body of a closure; leaves a body in which `return value` is `break 'closure value`, out of a block with that
//! label.

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};

/// Rewrites the body. A `?` would leave the closure too: where the first is.
pub fn contain_returns(body: &mut syn::Expr) -> Result<(), Span> {
    without_last_return(body);
    let mut returns = Returns { found: false, question_mark: None };
    returns.visit_expr_mut(body);
    if returns.found {
        let inner = std::mem::replace(body, syn::Expr::Verbatim(TokenStream::new()));
        *body = labelled(inner);
    }
    returns.question_mark.map_or(Ok(()), Err)
}

/// A `return` at the end is no early exit.
fn without_last_return(body: &mut syn::Expr) {
    match body {
        syn::Expr::Return(node) => {
            if let Some(value) = node.expr.take() {
                *body = *value;
            }
        }
        syn::Expr::Block(block) if block.label.is_none() => {
            if let Some(syn::Stmt::Expr(syn::Expr::Return(node), semi)) = block.block.stmts.last_mut()
                && let Some(value) = node.expr.take()
            {
                *semi = None;
                if let Some(last) = block.block.stmts.last_mut() {
                    *last = syn::Stmt::Expr(*value, None);
                }
            }
        }
        _ => {}
    }
}

/// Turns `return value` into `break 'closure value`, as it leaves the closure only.
struct Returns {
    found: bool,
    question_mark: Option<Span>,
}

fn label() -> syn::Lifetime {
    syn::Lifetime::new("'closure", Span::call_site())
}

/// The body of a closure as a block that a `break` can leave.
fn labelled(body: syn::Expr) -> syn::Expr {
    let stmts = match body {
        syn::Expr::Block(block) if block.label.is_none() => block.block.stmts,
        body => vec![syn::Stmt::Expr(body, None)],
    };
    syn::Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: Some(syn::Label { name: label(), colon_token: syn::token::Colon::default() }),
        block: syn::Block { brace_token: syn::token::Brace::default(), stmts },
    })
}

impl VisitMut for Returns {
    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        match expr {
            syn::Expr::Closure(_) | syn::Expr::Async(_) => return,
            syn::Expr::Return(node) => {
                self.found = true;
                let value = node.expr.take();
                *expr = syn::Expr::Break(syn::ExprBreak {
                    attrs: Vec::new(),
                    break_token: syn::token::Break(node.return_token.span),
                    label: Some(label()),
                    expr: value,
                });
            }
            syn::Expr::Try(node) => self.question_mark = Some(node.question_token.span()),
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
