//! Blocks and `if`.

use super::{Lowerer, Value, strip};
use crate::ir::{Block, Expr, Pattern, Stmt, Ty, Var};
use crate::refusal::Refusal;
use proc_macro2::Span;

impl Lowerer<'_> {
    /// A block as a value: its statements stay in the enclosing block.
    pub fn block_value(&mut self, block: &syn::Block) -> Value {
        self.scopes.enter();
        let value = self.lower_stmts(&block.stmts, true);
        self.scopes.leave_flattened();
        value.unwrap_or_else(|| Value::new(Expr::Tuple(Vec::new()), Ty::Inert))
    }

    /// `if` with a value.
    pub fn if_value(&mut self, expr: &syn::Expr, branch: &syn::ExprIf) -> Value {
        let Some((_, otherwise)) = &branch.else_branch else {
            self.if_statement(expr, branch);
            return Value::new(Expr::Tuple(Vec::new()), Ty::Inert);
        };
        if matches!(strip(&branch.cond), syn::Expr::Let(_)) {
            return self.copied(expr, Ty::Unknown, Refusal::Construct("`if let`"));
        }
        let cond = self.condition(&branch.cond);
        let mut types = Vec::new();
        let then = self.lower_nested(|this| {
            let value = this.lower_stmts(&branch.then_branch.stmts, true);
            this.branch_result(value, &mut types)
        });
        let otherwise = self.lower_nested(|this| {
            let value = this.lower_expr(otherwise);
            this.branch_result(Some(value), &mut types)
        });
        let ty = types.iter().fold(Ty::Unknown, |ty, known| ty.join(known));
        if ty == Ty::Inert {
            self.out.push(Stmt::If { result: None, cond, then: silent(then), otherwise: silent(otherwise) });
            return Value::new(Expr::Tuple(Vec::new()), ty);
        }
        let result = self.vars.temporary("branch", ty.clone(), Span::call_site());
        self.out.push(Stmt::If { result: Some(result), cond, then, otherwise });
        Value::new(Expr::Var(result), ty)
    }

    /// The value of a branch; a tuple of values is bound as one.
    fn branch_result(&mut self, value: Option<Value>, types: &mut Vec<Ty>) -> Option<Expr> {
        let value = value?;
        if !matches!(&value.expr, Expr::Tuple(parts) if parts.is_empty()) {
            types.push(value.ty.clone());
        } else {
            types.push(Ty::Inert);
            return Some(value.expr);
        }
        Some(match value.expr {
            Expr::Tuple(_) => value.expr,
            _ => self.moved(value),
        })
    }

    /// `if` for its effect.
    pub fn if_statement(&mut self, expr: &syn::Expr, branch: &syn::ExprIf) {
        if matches!(strip(&branch.cond), syn::Expr::Let(_)) {
            let value = self.copied(expr, Ty::Inert, Refusal::Construct("`if let`"));
            self.out.push(Stmt::Do(value.expr));
            return;
        }
        let cond = self.condition(&branch.cond);
        let then = self.lower_nested(|this| {
            this.lower_stmts(&branch.then_branch.stmts, false);
            None
        });
        let otherwise = match &branch.else_branch {
            None => Block::default(),
            Some((_, otherwise)) => self.lower_nested(|this| {
                this.lower_effect(otherwise);
                None
            }),
        };
        self.out.push(Stmt::If { result: None, cond, then, otherwise });
    }

    /// A condition, as an expression that may be evaluated once.
    fn condition(&mut self, cond: &syn::Expr) -> Expr {
        let value = self.lower_expr(cond);
        match value.expr {
            Expr::Opaque(opaque) => Expr::Opaque(opaque),
            expr => self.atom(Value::new(expr, Ty::Bool)),
        }
    }

    /// Gives the variable of a binding the result of what was just lowered.
    pub fn rename_result(&mut self, value: &Value, var: Var) -> bool {
        let Expr::Var(temporary) = value.expr else { return false };
        match self.out.last_mut() {
            Some(Stmt::If { result: Some(result), .. }) if *result == temporary => *result = var,
            Some(Stmt::Let(Pattern::Var(bound), _))
                if *bound == temporary && self.vars[temporary].role == crate::ir::Role::Temporary =>
            {
                *bound = var;
            }
            _ => return false,
        }
        true
    }
}

fn silent(block: Block) -> Block {
    Block { stmts: block.stmts, result: None }
}
