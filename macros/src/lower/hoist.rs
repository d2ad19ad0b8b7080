//! Jumps and chosen references inside of operands: `f(a?, b)` as `let t = a?; f(t, b)`.
//!
//! Takes an expression; leaves one without them in its operands, and the `let`s that go before it, in the order of
//! evaluation. What would be evaluated before such a `let` must be free of effects; otherwise the place is refused.

use super::{Lowerer, syntax};
use crate::walk::{Read, Reading};
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::visit::Visit;

/// What is taken out of operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// `a?`, `if c { return y } else { x }`
    Jumps,
    /// `if c { &a } else { &b }`
    References,
}

/// The walk over one statement.
pub struct Hoist<'h, 'l> {
    lowerer: &'h mut Lowerer<'l>,
    what: What,
    /// The statements that go before.
    pub lets: Vec<syn::Stmt>,
    /// Where the order of evaluation would change.
    pub refused: Option<Span>,
    /// Whether something with an effect was passed by.
    effect: bool,
}

impl<'h, 'l> Hoist<'h, 'l> {
    /// Nothing is hoisted yet.
    pub fn new(lowerer: &'h mut Lowerer<'l>, what: What) -> Self {
        Self { lowerer, what, lets: Vec::new(), refused: None, effect: false }
    }

    /// Takes what is looked for out of the operands of an expression.
    pub fn operands(&mut self, expr: &mut syn::Expr) {
        match expr {
            syn::Expr::Paren(node) => self.operands(&mut node.expr),
            syn::Expr::Group(node) => self.operands(&mut node.expr),
            syn::Expr::Unary(node) => self.operand(&mut node.expr),
            syn::Expr::Reference(node) => self.operand(&mut node.expr),
            syn::Expr::Field(node) => self.operand(&mut node.base),
            syn::Expr::Cast(node) => self.operand(&mut node.expr),
            syn::Expr::Try(node) => self.operand(&mut node.expr),
            syn::Expr::Binary(node) => {
                if is_lazy(&node.op) && self.is_in(&node.right) {
                    return self.lazy(expr);
                }
                self.operand(&mut node.left);
                self.operand(&mut node.right);
            }
            syn::Expr::Assign(node) => self.operand(&mut node.right),
            syn::Expr::Index(node) => {
                self.operand(&mut node.expr);
                self.operand(&mut node.index);
            }
            syn::Expr::Call(node) => node.args.iter_mut().for_each(|arg| self.operand(arg)),
            syn::Expr::MethodCall(node) => {
                self.operand(&mut node.receiver);
                node.args.iter_mut().for_each(|arg| self.operand(arg));
            }
            syn::Expr::Tuple(node) => node.elems.iter_mut().for_each(|part| self.operand(part)),
            syn::Expr::Array(node) => node.elems.iter_mut().for_each(|item| self.operand(item)),
            syn::Expr::Struct(node) => node.fields.iter_mut().for_each(|field| self.operand(&mut field.expr)),
            syn::Expr::Return(node) => node.expr.iter_mut().for_each(|value| self.operand(value)),
            syn::Expr::If(node) => self.operand(&mut node.cond),
            syn::Expr::Let(node) => self.operand(&mut node.expr),
            syn::Expr::Match(node) => self.operand(&mut node.expr),
            syn::Expr::ForLoop(node) => self.operand(&mut node.expr),
            _ => {}
        }
    }

    fn operand(&mut self, expr: &mut syn::Expr) {
        if !self.is_in(expr) {
            self.effect |= has_effect(expr);
            return;
        }
        let whole = match self.what {
            What::Jumps => leaves_itself(expr),
            What::References => self.lowerer.is_chosen_reference(expr),
        };
        if !whole {
            return self.operands(expr);
        }
        if self.effect {
            self.refused.get_or_insert(expr.span());
            return;
        }
        if let syn::Expr::Try(node) = expr {
            self.operand(&mut node.expr);
        }
        self.bind(expr);
    }

    /// Whether there is something to take out of an operand.
    fn is_in(&self, expr: &syn::Expr) -> bool {
        match self.what {
            What::Jumps => super::jump::jumps(expr),
            What::References => self.lowerer.is_chosen_reference(expr) || self.lowerer.chooses_references(expr),
        }
    }

    /// `a && b?` is `if a { b? } else { false }`, and `a || b?` is `if a { true } else { b? }`.
    fn lazy(&mut self, expr: &mut syn::Expr) {
        let syn::Expr::Binary(node) = &*expr else { return };
        if self.effect || super::repeat::contains_let(&node.left) || super::repeat::contains_let(&node.right) {
            self.refused.get_or_insert(node.right.span());
            return;
        }
        *expr = match node.op {
            syn::BinOp::And(_) => syntax::either(&node.left, &node.right, &syntax::truth(false)),
            _ => syntax::either(&node.left, &syntax::truth(true), &node.right),
        };
        self.bind(expr);
    }

    /// Gives an expression a name.
    fn bind(&mut self, expr: &mut syn::Expr) {
        let name = if self.what == What::Jumps { "tried" } else { "chosen" };
        let name = Ident::new(&self.lowerer.vars.claim_name(name), expr.span());
        let value = std::mem::replace(expr, syntax::path(&name));
        self.lets.push(syntax::local(&name, value));
    }
}

/// Whether an expression may jump itself, and not only in its operands.
fn leaves_itself(expr: &syn::Expr) -> bool {
    matches!(
        super::strip(expr),
        syn::Expr::Try(_)
            | syn::Expr::If(_)
            | syn::Expr::Match(_)
            | syn::Expr::Block(_)
            | syn::Expr::Loop(_)
            | syn::Expr::Return(_)
            | syn::Expr::Break(_)
            | syn::Expr::Continue(_)
    )
}

fn is_lazy(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
}

/// Whether evaluating an expression may change something, as far as its tokens tell.
fn has_effect(expr: &syn::Expr) -> bool {
    struct Effects(bool);
    impl<'ast> Read<'ast> for Effects {
        fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
            self.0 |= match expr {
                syn::Expr::Assign(_) | syn::Expr::Macro(_) => true,
                syn::Expr::Reference(reference) => reference.mutability.is_some(),
                syn::Expr::Binary(binary) => super::assign::is_compound(&binary.op),
                syn::Expr::MethodCall(call) => {
                    let name = call.method.to_string();
                    ["push", "pop", "insert", "remove", "swap"].contains(&name.as_str()) || name.ends_with("_mut")
                }
                _ => false,
            };
            true
        }
    }
    let mut effects = Effects(false);
    Reading(&mut effects).visit_expr(expr);
    effects.0
}
