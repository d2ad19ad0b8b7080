//! `parts.concat()`: the parts one after the other, as the loop that it stands for.

use super::strip_reference;
use crate::ir::Ty;
use crate::lower::{Lowerer, Value, strip, syntax};
use proc_macro2::{Ident, Span};

impl Lowerer<'_> {
    /// `[a, b].concat()`, `rows.concat()`; `None` where the tokens do not tell that the parts are sequences of floats.
    pub fn concat(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        if call.method != "concat" || !call.args.is_empty() {
            return None;
        }
        let joined = self.reserved("joined");
        let mut stmts = vec![syn::parse_str(&format!("let mut {joined} = Vec::new();")).ok()?];
        match strip_reference(&call.receiver) {
            syn::Expr::Array(parts) if parts.elems.iter().any(|part| self.is_sequence(part)) => {
                stmts.extend(parts.elems.iter().map(|part| extend(&joined, lent(part))));
            }
            parts => {
                let sequence = self.source_type(parts).element()?;
                if sequence.is_inert() || !matches!(sequence, Ty::Vec(_) | Ty::Slice(_) | Ty::Array(_)) {
                    return None;
                }
                let item = self.reserved("part");
                let mut each: syn::ExprForLoop = syn::parse_str(&format!("for {item} in parts.iter() {{}}")).ok()?;
                if let syn::Expr::MethodCall(iter) = &mut *each.expr {
                    *iter.receiver = parts.clone();
                }
                each.body.stmts.push(extend(&joined, syntax::path(&item)));
                stmts.push(syn::Stmt::Expr(syn::Expr::ForLoop(each), None));
            }
        }
        stmts.push(syn::Stmt::Expr(syntax::path(&joined), None));
        Some(self.block_value(&syn::Block { brace_token: syn::token::Brace::default(), stmts }))
    }

    /// Whether the tokens tell that an expression is a sequence of what may carry a derivative.
    fn is_sequence(&self, expr: &syn::Expr) -> bool {
        let ty = match strip_reference(expr) {
            syn::Expr::Index(index) if matches!(strip(&index.index), syn::Expr::Range(_)) => {
                self.source_type(&index.expr)
            }
            part => self.source_type(part),
        };
        matches!(ty, Ty::Vec(_) | Ty::Slice(_) | Ty::Array(_)) && !ty.is_inert()
    }
}

/// `joined.extend_from_slice(part);`
fn extend(joined: &Ident, part: syn::Expr) -> syn::Stmt {
    let method = Ident::new("extend_from_slice", Span::call_site());
    let call = syntax::method_call(syntax::path(joined), method, [part]);
    syn::Stmt::Expr(syn::Expr::MethodCall(call), Some(syn::token::Semi::default()))
}

/// `&part`
fn lent(part: &syn::Expr) -> syn::Expr {
    match part {
        syn::Expr::Reference(_) => part.clone(),
        part => syn::Expr::Reference(syn::ExprReference {
            attrs: Vec::new(),
            and_token: syn::token::And::default(),
            mutability: None,
            expr: Box::new(part.clone()),
        }),
    }
}
