//! Statements.

use super::assign::is_compound;
use super::{Lowerer, Value, syntax};
use crate::ir::{Expr, Stmt, Ty};
use crate::refusal::Refusal;

/// Macros that only check or print: copied into the forward sweep.
const EFFECTS: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "println",
    "eprintln",
    "print",
    "eprint",
    "panic",
    "unreachable",
    "dbg",
    "log",
    "trace",
    "debug",
    "info",
    "warn",
    "error",
];

impl Lowerer<'_> {
    /// Lowers one statement.
    pub fn lower_stmt(&mut self, stmt: &syn::Stmt) {
        match stmt {
            syn::Stmt::Local(local) => self.lower_let(local),
            syn::Stmt::Expr(expr, _) => self.lower_effect(expr),
            syn::Stmt::Macro(mac) => self.lower_macro(&mac.mac),
            syn::Stmt::Item(item) => self.lower_item(item),
        }
    }

    /// An expression for its effect.
    pub fn lower_effect(&mut self, expr: &syn::Expr) {
        match expr {
            syn::Expr::Paren(paren) => self.lower_effect(&paren.expr),
            syn::Expr::Group(group) => self.lower_effect(&group.expr),
            syn::Expr::Assign(assign) => self.assign(expr, assign),
            syn::Expr::Binary(binary) if is_compound(&binary.op) => self.compound(expr, binary),
            syn::Expr::If(_) | syn::Expr::Match(_) => self.choice_effect(expr),
            syn::Expr::Block(block) if block.label.is_none() => {
                self.scopes.enter();
                self.lower_stmts(&block.block.stmts, false);
                self.scopes.leave_flattened();
            }
            syn::Expr::ForLoop(node) => self.for_loop(node),
            syn::Expr::While(node) => self.while_loop(node),
            syn::Expr::Loop(node) => {
                self.endless(node.label.as_ref(), None, &node.body.stmts);
            }
            syn::Expr::Macro(mac) => self.lower_macro(&mac.mac),
            syn::Expr::Return(_) | syn::Expr::Break(_) | syn::Expr::Continue(_) => self.jump(expr),
            syn::Expr::Block(block) => {
                self.labelled_block(block, false);
            }
            syn::Expr::Call(_) => {
                let value = self.lower_expr(expr);
                self.unused(value);
            }
            syn::Expr::MethodCall(call) => {
                // `self.push(x)` may be a method of the block
                if let Some(value) = self.own_method(expr, call) {
                    return self.out.push(Stmt::Do(value.expr));
                }
                if self.users.is_theirs(&call.receiver) {
                    let value = self.unknown_method(expr, call);
                    return self.out.push(Stmt::Do(value.expr));
                }
                match self.structural(call).or_else(|| self.iterator_value(expr, call, None)) {
                    Some(value) => self.unused(value),
                    None => self.method_effect(expr, call),
                }
            }
            _ => {
                let value = self.copied(expr, Ty::Inert, Refusal::Construct("this statement"));
                self.out.push(Stmt::Do(value.expr));
            }
        }
    }

    /// A value that nobody wants, for its effect.
    pub fn unused(&mut self, value: Value) {
        if !value.expr.is_pure() {
            self.out.push(Stmt::Do(value.expr));
        }
    }

    /// `v.fill(..)`, `order.push(i)`: what is not understood changes its receiver.
    fn method_effect(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) {
        if call.method == "apply" && self.apply_to_elements(call) {
            return;
        }
        if self.write_part(call) {
            return;
        }
        let value = self.unknown_method(expr, call);
        self.out.push(Stmt::Do(value.expr));
    }

    fn lower_macro(&mut self, mac: &syn::Macro) {
        let name = syntax::last_segment(&mac.path).unwrap_or_default();
        let refusal = (!EFFECTS.contains(&name.as_str())).then_some(Refusal::UnknownMacro(name));
        let opaque = self.opaque_macro(mac, refusal);
        self.out.push(Stmt::Do(Expr::Opaque(opaque)));
    }

    /// Items inside of the body are copied; a static cannot be written with a derivative.
    fn lower_item(&mut self, item: &syn::Item) {
        if let syn::Item::Static(item) = item
            && !(matches!(item.mutability, syn::StaticMutability::None) && is_plain(&self.generics.ty(&item.ty)))
        {
            self.diagnostics.refuse(item.ident.span(), &Refusal::Static(item.ident.to_string()));
            return;
        }
        let expr = syn::Expr::Verbatim(quote::ToTokens::to_token_stream(item));
        let opaque = crate::ir::Opaque { cheap: false, ..self.opaque(&expr, None) };
        // an item is known in its whole block, and the reverse sweep may name it too
        self.items.push(Stmt::Do(Expr::Opaque(opaque)));
    }
}

/// Whether nothing changes in what a type holds: numbers and the like, and no type that could be written through a shared reference.
fn is_plain(ty: &Ty) -> bool {
    match ty {
        Ty::Array(item) | Ty::Slice(item) | Ty::Vec(item) | Ty::Option(item) => is_plain(item),
        Ty::Tuple(parts) => parts.iter().all(is_plain),
        Ty::Float(_) | Ty::Int | Ty::Bool | Ty::Inert | Ty::Matrix(_) | Ty::Rotation(_) => true,
        Ty::Unknown => false,
    }
}
