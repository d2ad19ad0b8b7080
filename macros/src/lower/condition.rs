//! Conditions that change something: `while step(&mut x) > tolerance`, `if { a *= b; a } > 1.0`.
//!
//! A condition is copied source, in which nothing that carries a derivative may change. Where an operand changes something, the
//! operands are lowered in their order, and the condition compares what they gave.

use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Expr, Opaque, Ty};
use proc_macro2::TokenStream;
use quote::ToTokens;

impl Lowerer<'_> {
    /// A comparison, `&&`, `||` or `!` with an operand that changes what may carry a derivative; `None` for all others.
    pub fn changing_condition(&mut self, expr: &syn::Expr) -> Option<Value> {
        match strip(expr) {
            syn::Expr::Binary(binary) if super::operator::is_logical(&binary.op) && self.changes_active(expr) => {
                Some(match binary.op {
                    syn::BinOp::And(_) => {
                        self.lazy(&syntax::either(&binary.left, &binary.right, &syntax::truth(false)))
                    }
                    syn::BinOp::Or(_) => self.lazy(&syntax::either(&binary.left, &syntax::truth(true), &binary.right)),
                    _ => self.comparison(binary),
                })
            }
            syn::Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Not(_)) && self.changes_active(expr) => {
                let value = self.lower_expr(&unary.expr);
                let (value, _) = self.compared(value);
                Some(Value::new(self.integer("!a", &[&value]), Ty::Bool))
            }
            _ => None,
        }
    }

    /// `xs.pop().is_some()`: a question about what a change gives.
    pub fn changing_question(&mut self, call: &syn::ExprMethodCall) -> Option<Opaque> {
        // these change an iterator, which the name that it gets here would not allow
        let of_iterator = ["all", "any", "position", "rposition"].iter().any(|name| call.method == name);
        if of_iterator || !self.changes_active(&call.receiver) {
            return None;
        }
        let scrutinee = self.scrutinee(&call.receiver);
        let source = match &scrutinee.present {
            Some(_) => return None,
            None => super::marked(&scrutinee.place, &self.vars).parse().unwrap_or_default(),
        };
        let asked = syn::ExprMethodCall { receiver: Box::new(syn::Expr::Verbatim(source)), ..call.clone() };
        let mut opaque = self.opaque(&syn::Expr::MethodCall(asked), None);
        if !opaque.reads.contains(&scrutinee.place.root) {
            opaque.reads.push(scrutinee.place.root);
        }
        Some(opaque)
    }

    /// Whether an expression changes a variable that may carry a derivative.
    pub fn changes_active(&self, expr: &syn::Expr) -> bool {
        self.opaque_index(expr).writes.iter().any(|var| !self.vars[*var].ty.is_inert())
    }

    fn lazy(&mut self, choice: &syn::Expr) -> Value {
        let value = self.choice_value(choice);
        Value::new(value.expr, Ty::Bool)
    }

    fn comparison(&mut self, binary: &syn::ExprBinary) -> Value {
        let mut operands = self.in_order([&*binary.left, &*binary.right]).into_iter();
        let (Some(left), Some(right)) = (operands.next(), operands.next()) else {
            return Value::new(super::constant("false"), Ty::Bool);
        };
        let (left, left_source) = self.compared(left);
        let (right, right_source) = self.compared(right);
        let source = format!("{left_source} {} {right_source}", binary.op.to_token_stream());
        let mut reads = Vec::new();
        for operand in [left, right] {
            operand.for_each_read(&mut |var| reads.push(var));
        }
        let tokens = source.parse::<TokenStream>().unwrap_or_default();
        Value::new(Expr::Opaque(self.tokens_of(&reads, tokens)), Ty::Bool)
    }

    /// An operand of a comparison, and how it is written.
    fn compared(&mut self, value: Value) -> (Expr, String) {
        let atom = match value.expr {
            Expr::Borrow(place, _) => {
                let source = super::marked(&place, &self.vars);
                return (Expr::Borrow(place, false), source);
            }
            _ => self.atom(value),
        };
        let source = match &atom {
            Expr::Var(var) => super::marker(*var, proc_macro2::Span::call_site()).to_string(),
            Expr::Float(_, Some(text)) => text.to_string(),
            Expr::Opaque(opaque) => format!("({})", opaque.tokens.0),
            _ => return (atom, String::new()),
        };
        (atom, source)
    }
}
