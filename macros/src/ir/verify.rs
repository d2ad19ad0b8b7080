//! The verifier: what must hold of the IR after every stage. A violation is a bug of ours and becomes an error of the
//! build, never wrong code.
//!
//! - A variable is read only where it is in scope, and defined once in it.
//! - A primitive has as many operands as its row in the rule table.
//! - A value of the user's is never computed from a tangent or a cotangent.
//! - After lowering, the operands of what can carry a derivative are atoms, copied source or borrowed places.

use super::print::{print_block, print_stmt};
use super::{Block, Expr, Pattern, Role, Stmt, Var, Vars};
use std::collections::BTreeSet;

/// Checks a block in which these variables are in scope from outside. The message names the stage.
pub fn verify(stage: &str, vars: &Vars, outside: &[Var], block: &Block) -> Result<(), String> {
    let mut verifier = Verifier { vars, scope: outside.iter().copied().collect() };
    verifier.block(block).map_err(|problem| {
        let printed = print_block(vars, block);
        format!("internal error of chainrule after {stage}: {problem}; please report it with this:\n{printed}")
    })
}

/// Checks that a lowered function is in A-normal form.
pub fn verify_normal_form(vars: &Vars, block: &Block) -> Result<(), String> {
    let mut problem = Ok(());
    block.for_each_stmt(&mut |stmt| {
        // the transforms look for these only where they are the whole value of a statement
        let mut nested = false;
        stmt.for_each_expr(&mut |expr| {
            let whole = matches!(stmt, Stmt::Let(..) | Stmt::Do(_)) && is_named(expr);
            nested |= if whole { contains_named(expr, false) } else { contains_named(expr, true) };
        });
        if nested && problem.is_ok() {
            let stmt = print_stmt(vars, stmt);
            problem =
                Err(format!("internal error of chainrule after lowering: `{}` needs a name for a part", stmt.trim()));
        }
        stmt.for_each_expr(&mut |expr| {
            if let (Expr::Prim(_, operands) | Expr::Matrix(_, operands), Ok(())) = (expr, &problem)
                && !operands.iter().all(is_operand)
            {
                let stmt = print_stmt(vars, stmt);
                problem =
                    Err(format!("internal error of chainrule after lowering: `{}` is not in normal form", stmt.trim()));
            }
        });
    });
    problem
}

/// Calls and constructors, which have statements of their own.
fn is_named(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(_) | Expr::Construct(_))
}

fn contains_named(expr: &Expr, with_itself: bool) -> bool {
    let mut found = with_itself && is_named(expr);
    expr.for_each_child(&mut |child| found |= contains_named(child, true));
    found
}

fn is_operand(expr: &Expr) -> bool {
    match expr {
        Expr::Float(..) | Expr::Var(_) | Expr::Borrow(..) | Expr::Snapshot(_) | Expr::Opaque(_) => true,
        // `x -= a * b` is `x += -(a * b)`
        Expr::Prim(_, args) => args.iter().all(is_operand),
        _ => false,
    }
}

struct Verifier<'a> {
    vars: &'a Vars,
    scope: BTreeSet<Var>,
}

impl Verifier<'_> {
    fn block(&mut self, block: &Block) -> Result<(), String> {
        let outer = self.scope.clone();
        for stmt in &block.stmts {
            self.stmt(stmt).map_err(|problem| match problem.contains(" in `") {
                true => problem,
                false => format!("{problem} in `{}`", print_stmt(self.vars, stmt).trim()),
            })?;
        }
        if let Some(result) = &block.result {
            self.expr(result)?;
        }
        self.scope = outer;
        Ok(())
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<(), String> {
        let mut checked = Ok(());
        stmt.for_each_expr(&mut |expr| {
            if checked.is_ok() {
                checked = self.expr(expr);
            }
        });
        checked?;
        match stmt {
            Stmt::Let(Pattern::Var(var), value) => self.roles(*var, value)?,
            Stmt::Assign(place, value) | Stmt::Add(place, value) => {
                self.in_scope(place.root)?;
                self.roles(place.root, value)?;
            }
            Stmt::Structural(structural) => {
                for root in structural.roots() {
                    self.in_scope(root)?;
                    structural.value.iter().try_for_each(|value| self.roles(root, value))?;
                }
            }
            Stmt::Save { stack: var, .. } | Stmt::Increment(var) | Stmt::IfActive { bar: var, .. } => {
                self.in_scope(*var)?;
            }
            _ => {}
        }
        if let Stmt::For { var, body, .. } = stmt {
            let new = self.scope.insert(*var);
            self.block(body)?;
            if new {
                self.scope.remove(var);
            }
        } else {
            for block in stmt.blocks() {
                self.block(block)?;
            }
        }
        for var in stmt.defines() {
            if !self.scope.insert(var) {
                return Err(format!("`{}` is defined twice", self.vars[var].name));
            }
        }
        Ok(())
    }

    fn in_scope(&self, var: Var) -> Result<(), String> {
        if self.scope.contains(&var) { Ok(()) } else { Err(format!("`{}` is not in scope", self.vars[var].name)) }
    }

    fn expr(&self, expr: &Expr) -> Result<(), String> {
        let mut checked = Ok(());
        expr.for_each_read(&mut |var| {
            if checked.is_ok() {
                checked = self.in_scope(var);
            }
        });
        checked?;
        self.arity(expr)
    }

    fn arity(&self, expr: &Expr) -> Result<(), String> {
        if let Expr::Prim(prim, args) = expr
            && args.len() != prim.arity()
        {
            return Err(format!("`{prim:?}` has {} operands", args.len()));
        }
        let mut checked = Ok(());
        expr.for_each_child(&mut |child| {
            if checked.is_ok() {
                checked = self.arity(child);
            }
        });
        checked
    }

    /// What the user computes depends on no derivative.
    fn roles(&self, var: Var, value: &Expr) -> Result<(), String> {
        if self.vars[var].role != Role::Primal {
            return Ok(());
        }
        let mut checked = Ok(());
        value.for_each_read(&mut |read| {
            if self.vars.is_derivative(read) {
                checked = Err(format!("`{}` reads the derivative `{}`", self.vars[var].name, self.vars[read].name));
            }
        });
        checked
    }
}
