//! Statements in order, where some of them may leave the block.
//!
//! After a choice (`if`, `match`, ..) of which at most one way goes on, the rest of the block is lowered inside that way:
//! `if c { return a; } rest` becomes `if c { a } else { rest }`, and no flag is asked. After anything else that may jump
//! the rest runs under the condition that no flag was set.

use super::choice::{Continuation, Use};
use super::hoist::{Hoist, What};
use super::jump::{Kind, placeholder};
use super::{Lowerer, Value, jump, strip};
use crate::ir::{Block, Expr, Stmt, Ty, Var};
use crate::refusal::Refusal;
use proc_macro2::Span;
use std::collections::BTreeSet;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// Lowers the statements of a block. If `wanted`, its last expression is the value.
    pub fn lower_stmts(&mut self, stmts: &[syn::Stmt], wanted: bool) -> Option<Value> {
        self.lower_sequence(stmts, if wanted { Use::Value } else { Use::Effect })
    }

    /// Lowers statements of which some may leave the block.
    pub fn lower_sequence(&mut self, stmts: &[syn::Stmt], usage: Use) -> Option<Value> {
        let mut rest = stmts;
        while let Some((stmt, after)) = rest.split_first() {
            rest = after;
            if let Some(named) = self.hoist(stmt, What::References) {
                let stmts: Vec<syn::Stmt> = named.into_iter().chain(after.iter().cloned()).collect();
                return self.lower_sequence(&stmts, usage);
            }
            if let Some(stmts) = self.named_element(stmt, after) {
                return self.lower_sequence(&stmts, usage);
            }
            if let Some(ways) = self.reference_choice(stmt, after) {
                return self.choose_references(&ways, usage);
            }
            if jump::stmt_jumps(stmt) || is_let_else(stmt) {
                return self.lower_jumping(stmt, after, usage);
            }
            if after.is_empty() {
                return self.lower_last(stmt, usage);
            }
            match self.combination_of_let(stmt, after) {
                Some(combined) => self.lower_stmt(&combined),
                None => self.lower_stmt(stmt),
            }
            // nothing behind a panic is reached, and rustc warns of it
            if let syn::Stmt::Expr(expr, Some(_)) = stmt
                && jump::diverges(expr)
                && usage == Use::Effect
            {
                return None;
            }
        }
        None
    }

    fn lower_last(&mut self, stmt: &syn::Stmt, usage: Use) -> Option<Value> {
        match stmt {
            syn::Stmt::Expr(expr, None) if usage == Use::Tail => {
                let returned = self.returns.clone().filter(|ty| !matches!(ty, syn::Type::Infer(_)));
                Some(self.lower_annotated(expr, returned.as_ref()))
            }
            syn::Stmt::Expr(expr, None) if usage != Use::Effect => Some(self.lower_expr(expr)),
            syn::Stmt::Macro(mac) if usage != Use::Effect && mac.semi_token.is_none() => {
                Some(self.lower_expr(&macro_expr(mac)))
            }
            syn::Stmt::Expr(expr, Some(_)) if usage != Use::Effect && jump::diverges(expr) => {
                Some(self.lower_expr(expr))
            }
            syn::Stmt::Macro(mac) if usage != Use::Effect && jump::diverges(&macro_expr(mac)) => {
                Some(self.lower_expr(&macro_expr(mac)))
            }
            last => {
                self.lower_stmt(last);
                None
            }
        }
    }

    /// A statement that may leave the block, and what follows it.
    fn lower_jumping(&mut self, stmt: &syn::Stmt, after: &[syn::Stmt], usage: Use) -> Option<Value> {
        let (expr, bind, semi) = match stmt {
            syn::Stmt::Expr(expr, semi) => (expr, None, semi.is_some()),
            syn::Stmt::Local(local) => match &local.init {
                Some(init) if init.diverge.is_some() => {
                    self.check_let_attributes(local);
                    return self.let_else(local, init, after, usage);
                }
                Some(init) => {
                    self.check_let_attributes(local);
                    (&*init.expr, Some(&local.pat), true)
                }
                None => return None,
            },
            // macros and items keep their jumps to themselves; `?` in a macro is refused there
            _ => {
                self.lower_stmt(stmt);
                return self.lower_sequence(after, usage);
            }
        };
        let tail = after.is_empty() && bind.is_none() && !semi;
        match strip(expr) {
            syn::Expr::Return(node) if usage == Use::Tail => {
                let value = node.expr.as_deref()?;
                let returned = syn::Stmt::Expr(value.clone(), None);
                return self.lower_sequence(std::slice::from_ref(&returned), Use::Tail);
            }
            syn::Expr::Return(node) if node.expr.as_deref().is_some_and(jump::jumps) => self.jump_through(expr),
            jump @ (syn::Expr::Return(_) | syn::Expr::Break(_) | syn::Expr::Continue(_)) => {
                self.jump(jump);
                return None;
            }
            syn::Expr::Try(_) | syn::Expr::If(_) | syn::Expr::Match(_) if !jump::head_jumps(strip(expr)) => {
                let cont = Continuation { bind, after, tail };
                return self.choice(strip(expr), &cont, usage);
            }
            syn::Expr::Block(block) if block.label.is_none() && bind.is_none() && after.is_empty() => {
                self.scopes.enter();
                let value = self.lower_sequence(&block.block.stmts, if semi { Use::Effect } else { usage });
                self.scopes.leave_flattened();
                return value;
            }
            _ => {}
        }
        if let Some(hoisted) = self.hoist(stmt, What::Jumps) {
            let stmts: Vec<syn::Stmt> = hoisted.into_iter().chain(after.iter().cloned()).collect();
            return self.lower_sequence(&stmts, usage);
        }
        let before = std::mem::take(&mut self.pending);
        let value = if tail && usage != Use::Effect { self.lower_last(stmt, usage) } else { None };
        if value.is_none() {
            self.lower_stmt(stmt);
        }
        let set = std::mem::replace(&mut self.pending, before);
        // nothing behind a loop without an end is reached: the function has returned
        if usage == Use::Tail && bind.is_none() && super::repeat::is_endless(expr) {
            return self.returned_value();
        }
        self.guarded(set, after, value, usage)
    }

    /// `return` with a jump inside of its value, which is refused where it cannot be taken apart.
    fn jump_through(&mut self, expr: &syn::Expr) {
        self.diagnostics.refuse(expr.span(), &Refusal::Jump("return"));
    }

    /// The rest of a block, after something that may have set these flags; `value` is that of a last expression.
    pub fn guarded(
        &mut self,
        set: BTreeSet<Var>,
        after: &[syn::Stmt],
        value: Option<Value>,
        usage: Use,
    ) -> Option<Value> {
        if set.is_empty() {
            return if after.is_empty() { value } else { self.lower_sequence(after, usage) };
        }
        if usage == Use::Tail {
            return self.guarded_tail(&set, after, value);
        }
        self.pending.extend(&set);
        if usage == Use::Effect {
            if !after.is_empty() {
                let rest = self.lower_nested(|this| {
                    this.lower_sequence(after, Use::Effect);
                    None
                });
                let cond = self.flags(set, false);
                self.out.push(Stmt::If { result: None, cond, then: rest, otherwise: Block::default() });
            }
            return None;
        }
        if after.is_empty() {
            return value;
        }
        let mut ty = Ty::Unknown;
        let rest = self.lower_nested(|this| {
            let value = this.lower_sequence(after, usage)?;
            ty = value.ty.clone();
            Some(this.moved(value))
        });
        let cond = self.flags(set, false);
        let Some(other) = placeholder(&ty) else {
            let span = after.last().map_or_else(Span::call_site, Spanned::span);
            self.diagnostics.refuse(span, &Refusal::JumpInValue);
            return None;
        };
        let result = self.vars.temporary("branch", ty.clone(), Span::call_site());
        let otherwise = Block { stmts: Vec::new(), result: Some(other) };
        self.out.push(Stmt::If { result: Some(result), cond, then: rest, otherwise });
        Some(Value::new(Expr::Var(result), ty))
    }

    /// At the end of the function the only flag is `returned`: its value, or that of the rest.
    fn guarded_tail(&mut self, set: &BTreeSet<Var>, after: &[syn::Stmt], value: Option<Value>) -> Option<Value> {
        let cond = self.flags(set.iter().copied(), true);
        let mut types = Vec::new();
        let returned = self.returned_value();
        let then = self.lower_nested(|this| {
            let value = returned?;
            types.push(value.ty.clone());
            Some(this.moved(value))
        });
        let otherwise = self.lower_nested(|this| {
            let value = if after.is_empty() { value } else { this.lower_sequence(after, Use::Tail) }?;
            types.push(value.ty.clone());
            Some(this.branch_value(value))
        });
        self.join_branches(cond, then, otherwise, &types)
    }

    /// An `if` of two lowered blocks, with a value if both have one.
    pub fn join_branches(&mut self, cond: Expr, then: Block, otherwise: Block, types: &[Ty]) -> Option<Value> {
        if then.result.is_none() || otherwise.result.is_none() {
            self.out.push(Stmt::If { result: None, cond, then, otherwise });
            return None;
        }
        let ty = types.iter().fold(Ty::Unknown, |ty, known| ty.join(known));
        let result = self.vars.temporary("branch", ty.clone(), Span::call_site());
        self.out.push(Stmt::If { result: Some(result), cond, then, otherwise });
        Some(Value::new(Expr::Var(result), ty))
    }

    /// The value of a branch: a tuple as it is, everything else as an atom.
    pub fn branch_value(&mut self, value: Value) -> Expr {
        if matches!(value.expr, Expr::Tuple(_)) { value.expr } else { self.moved(value) }
    }

    /// A labelled block, whose value is that of its last expression or of a `break`.
    pub fn labelled_block(&mut self, node: &syn::ExprBlock, wanted: bool) -> Value {
        self.enter_target(Kind::Block, node.label.as_ref(), None);
        let at = self.out.len();
        self.scopes.enter();
        let before = std::mem::take(&mut self.pending);
        let end = self.lower_sequence(&node.block.stmts, if wanted { Use::Value } else { Use::Effect });
        self.scopes.leave_flattened();
        let left = self.leave_target();
        self.pending.extend(before);
        self.out.splice(at..at, left.before);
        match (left.value, left.exit, end) {
            (Some(left_value), Some(exit), Some(end)) => {
                let types = [left_value.ty.clone(), end.ty.clone()];
                let cond = self.flags([exit], true);
                let then = self.lower_nested(|this| Some(this.moved(left_value)));
                let otherwise = self.lower_nested(|this| Some(this.branch_value(end)));
                self.join_branches(cond, then, otherwise, &types)
            }
            (Some(value), ..) | (None, _, Some(value)) => Some(value),
            _ => None,
        }
        .unwrap_or_else(Value::unit)
    }

    /// Binds what a jump inside of an operand gives before the statement: `f(a?, b)` becomes `let t = a?; f(t, b)`.
    fn hoist(&mut self, stmt: &syn::Stmt, what: What) -> Option<Vec<syn::Stmt>> {
        let value = match stmt {
            syn::Stmt::Expr(expr, _) => expr,
            syn::Stmt::Local(local) => &*local.init.as_ref()?.expr,
            _ => return None,
        };
        if what == What::References && !self.chooses_references(value) {
            return None;
        }
        let mut stmt = stmt.clone();
        let expr = match &mut stmt {
            syn::Stmt::Expr(expr, _) => expr,
            syn::Stmt::Local(local) => &mut *local.init.as_mut()?.expr,
            _ => return None,
        };
        let mut hoist = Hoist::new(self, what);
        hoist.operands(expr);
        let refused = hoist.refused;
        let mut lets = hoist.lets;
        if let Some(span) = refused {
            let refusal = if what == What::Jumps { Refusal::JumpInValue } else { Refusal::ChosenReference };
            self.diagnostics.refuse(span, &refusal);
            return None;
        }
        if lets.is_empty() {
            return None;
        }
        lets.push(stmt);
        Some(lets)
    }
}

fn macro_expr(mac: &syn::StmtMacro) -> syn::Expr {
    syn::Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac: mac.mac.clone() })
}

/// `let pattern = value else { .. };`, whose names are known in all that follows.
fn is_let_else(stmt: &syn::Stmt) -> bool {
    matches!(stmt, syn::Stmt::Local(local) if local.init.as_ref().is_some_and(|init| init.diverge.is_some()))
}
