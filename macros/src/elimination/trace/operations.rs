//! Operations as nodes, and the statements that compute them.

use super::{MOST_NODES, Node, Obstacle, Operand, Operation, Purpose, Trace};
use crate::ir::{Expr, FloatTy, Pattern, Role, Stmt, Ty, Var};
use crate::rules::Prim;
use crate::simplify::simplify_expr;

impl Trace {
    /// An operation, or an earlier one that is the same.
    pub(super) fn operation(
        &mut self,
        prim: Prim,
        operands: Vec<Operand>,
        wish: Option<Var>,
    ) -> Result<Operand, Obstacle> {
        if self.operations >= MOST_NODES {
            return Err(self.refusal("more operations than can be searched"));
        }
        let mut value = Expr::Prim(prim, operands.iter().map(|operand| self.expr(operand)).collect());
        if operands.iter().all(|operand| matches!(operand, Operand::Other(_))) {
            simplify_expr(&mut value);
            if value.as_float().is_some() {
                return Ok(Operand::Other(value));
            }
        }
        let operation = Operation::Prim(prim, operands.clone());
        let known =
            self.nodes.iter().position(|node| self.purpose != Purpose::Published && node.operation == operation);
        let own = wish.filter(|var| self.may_define(*var));
        if let Some(known) = known {
            if let Some(own) = own {
                self.define(own, self.nodes[known].value.clone());
            }
            return Ok(Operand::Node(known));
        }
        let var = own.unwrap_or_else(|| self.fresh(wish, &value));
        let name = self.vars[var].name.clone();
        let active = operands.iter().any(|operand| matches!(operand, Operand::Node(node) if self.nodes[*node].active));
        self.define(var, value);
        Ok(self.node(Node { value: Expr::Var(var), name, operation, active }))
    }

    /// Whether a variable can have the `let` that it has in the function.
    pub(super) fn may_define(&self, var: Var) -> bool {
        !self.vars[var].mutable && !self.defined.contains(&var)
    }

    pub(super) fn define(&mut self, var: Var, value: Expr) {
        self.stmts.push(Stmt::Let(Pattern::Var(var), value));
        self.defined.insert(var);
        self.readable.insert(var);
    }

    /// A variable of its own for a value, after the one that it is assigned to.
    pub(super) fn fresh(&mut self, wish: Option<Var>, value: &Expr) -> Var {
        match wish {
            Some(var) => {
                let fresh = self.vars.derived(var, "", Role::Temporary, false);
                self.vars[fresh].annotation = self.vars[var].annotation.clone();
                fresh
            }
            None => {
                let name = self.vars.describe(value);
                self.vars.temporary(&name, Ty::Float(FloatTy::Inferred), self.span)
            }
        }
    }

    /// How an operand is read.
    pub fn expr(&self, operand: &Operand) -> Expr {
        match operand {
            Operand::Node(node) => self.nodes[*node].value.clone(),
            Operand::Other(expr) => expr.clone(),
        }
    }
}
