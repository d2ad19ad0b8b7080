//! Blocks as values.

use super::{Lowerer, Value};
use crate::ir::{Expr, Pattern, Role, Stmt, Var};

impl Lowerer<'_> {
    /// A block as a value: its statements stay in the enclosing block.
    pub fn block_value(&mut self, block: &syn::Block) -> Value {
        self.scopes.enter();
        let value = self.lower_stmts(&block.stmts, true);
        self.scopes.leave_flattened();
        value.unwrap_or_else(Value::unit)
    }

    /// Gives the variable of a binding the result of what was just lowered.
    pub fn rename_result(&mut self, value: &Value, var: Var) -> bool {
        let Expr::Var(temporary) = value.expr else { return false };
        // a variable of the user's is read elsewhere too
        if self.vars[temporary].role != Role::Temporary {
            return false;
        }
        match self.out.last_mut() {
            Some(Stmt::If { result: Some(result), .. }) if *result == temporary => *result = var,
            Some(Stmt::Structural(structural)) if structural.result == Some(temporary) => structural.result = Some(var),
            Some(Stmt::Let(Pattern::Var(bound), _)) if *bound == temporary => *bound = var,
            _ => return false,
        }
        true
    }
}
