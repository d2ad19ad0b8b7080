//! The bodies of loops, `while`, and `loop`.

use super::jump::Kind;
use super::matching::conjuncts;
use super::{Lowerer, Value, syntax};
use crate::ir::{Block, Expr, Stmt, Ty};
use crate::walk::{Read, Reading};
use syn::visit::{self, Visit};

impl Lowerer<'_> {
    /// The body of a loop, which `break` may leave. What the loop declares goes into the current block.
    pub fn loop_body(&mut self, label: Option<&syn::Label>, lower: impl FnOnce(&mut Self)) -> Block {
        self.loop_with_value(label, None, lower).0
    }

    /// The same with the value that `break` gave.
    fn loop_with_value(
        &mut self,
        label: Option<&syn::Label>,
        declared: Option<&syn::Type>,
        lower: impl FnOnce(&mut Self),
    ) -> (Block, Option<Value>) {
        let before = std::mem::take(&mut self.pending);
        self.enter_target(Kind::Loop, label, declared);
        let mut body = self.lower_nested(|this| {
            lower(this);
            None
        });
        let leaves = std::mem::take(&mut self.pending);
        let left = self.leave_target();
        // an iteration that was left goes on with the next one
        let skip = left.skip.as_ref().map(Stmt::defines).unwrap_or_default();
        let leaves: Vec<_> = leaves.into_iter().filter(|flag| !skip.contains(flag)).collect();
        if !leaves.is_empty() {
            let cond = self.flags(leaves.iter().copied(), true);
            body.stmts.push(Stmt::BreakIf(cond));
        }
        body.stmts.splice(0..0, left.skip);
        self.out.extend(left.before);
        let outside = leaves.into_iter().filter(|flag| Some(*flag) != left.exit);
        self.pending = before;
        self.pending.extend(outside);
        (body, left.value)
    }

    /// `while condition { body }`
    pub fn while_loop(&mut self, node: &syn::ExprWhile) {
        if contains_let(&node.cond) || super::jump::jumps(&node.cond) || self.changes_active(&node.cond) {
            return self.while_choice(node);
        }
        let header = self.lower_nested(|this| {
            let value = this.lower_expr(&node.cond);
            Some(match value.expr {
                Expr::Opaque(opaque) => Expr::Opaque(opaque),
                expr => this.atom(Value::new(expr, Ty::Bool)),
            })
        });
        let body = self.loop_body(node.label.as_ref(), |this| {
            this.lower_stmts(&node.body.stmts, false);
        });
        self.out.push(Stmt::While { header, body });
    }

    /// `while let pattern = value { body }` is `loop { if let pattern = value { body } else { break } }`; so is one whose condition
    /// may leave the function, or changes what the reverse sweep has to bring back.
    fn while_choice(&mut self, node: &syn::ExprWhile) {
        let choice = syntax::choice((*node.cond).clone(), node.body.clone(), syntax::block(vec![syntax::leave()]));
        let stmts = [syn::Stmt::Expr(choice, Some(syn::token::Semi::default()))];
        self.endless(node.label.as_ref(), None, &stmts);
    }

    /// `loop { body }`, with the value of its `break`s.
    pub fn endless(
        &mut self,
        label: Option<&syn::Label>,
        declared: Option<&syn::Type>,
        stmts: &[syn::Stmt],
    ) -> Option<Value> {
        let (body, value) = self.loop_with_value(label, declared, |this| {
            this.lower_stmts(stmts, false);
        });
        let header = Block { stmts: Vec::new(), result: Some(super::constant("true")) };
        self.out.push(Stmt::While { header, body });
        value
    }
}

/// Whether a condition matches a pattern.
pub fn contains_let(cond: &syn::Expr) -> bool {
    conjuncts(cond).iter().any(|part| matches!(part, syn::Expr::Let(_)))
}

/// Whether an expression is a `loop` that no `break` ends.
pub fn is_endless(expr: &syn::Expr) -> bool {
    let syn::Expr::Loop(node) = super::strip(expr) else { return false };
    let label = node.label.as_ref().map(|label| label.name.ident.to_string());
    let mut ends = Ends { label, inside: false, found: false };
    Reading(&mut ends).visit_block(&node.body);
    !ends.found
}

/// Looks for a `break` that ends a loop.
struct Ends {
    label: Option<String>,
    /// Whether it is in another loop inside.
    inside: bool,
    found: bool,
}

impl<'ast> Read<'ast> for Ends {
    fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
        match expr {
            syn::Expr::Break(node) => {
                self.found |= match &node.label {
                    Some(label) => self.label.as_ref().is_some_and(|own| label.ident == own),
                    None => !self.inside,
                };
                true
            }
            syn::Expr::ForLoop(_) | syn::Expr::While(_) | syn::Expr::Loop(_) => {
                let around = std::mem::replace(&mut self.inside, true);
                visit::visit_expr(&mut Reading(self), expr);
                self.inside = around;
                false
            }
            syn::Expr::Closure(_) | syn::Expr::Async(_) => false,
            _ => true,
        }
    }
}
