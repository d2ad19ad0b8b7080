//! How much work statements are, as far as their operations tell.
//!
//! Takes the statements of a derivative whose tangents have the role of tangents; returns how many operations on floats do
//! not depend on a tangent, and how many do, which are repeated for each direction. A loop counts as often as its literal bounds say, and eight times where
//! they are not literal; of two branches the dearer one counts. The counts of two modes of one function compare with each other: they have the same
//! loops. They say nothing about caches, and are no times.

use crate::ir::{Block, Expr, MatrixOp, Role, Stmt, Ty, Vars};
use crate::rules::Prim;
use crate::transform::capacity::literal_length;

/// How often a loop runs whose bounds are not literal.
const TRIPS: usize = 8;

/// How many lanes one instruction works on, of floats of 64 bits without flags for the machine at hand.
const LANES_AT_ONCE: usize = 2;

/// What is counted for a callee, of which nothing is known: in forward mode, since reverse mode along several cotangents has no calls.
const CALLEE: usize = 100;

/// Whether an operator on values that the macro does not know takes about as much work as to copy its result.
pub fn is_light(vars: &Vars, op: &MatrixOp, operands: &[Expr]) -> bool {
    let types: Vec<Ty> = operands.iter().map(|operand| vars.type_of(operand)).collect();
    // what is read out of a place by value can be copied, and is small
    let is_read = |operand: &Expr| matches!(operand, Expr::Load(place) | Expr::Snapshot(place) if !place.is_whole());
    let is_plain = |ty: &Ty| *ty == Ty::Unknown || ty.is_float();
    types.iter().all(is_plain)
        && match op {
            MatrixOp::Operator("add" | "sub" | "neg") | MatrixOp::Keep(_) => true,
            MatrixOp::Operator("mul") => types.iter().any(Ty::is_float) || operands.iter().all(is_read),
            MatrixOp::Operator("div") => types.last().is_some_and(Ty::is_float),
            _ => false,
        }
}

/// The operations of some statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Those that all directions share.
    pub shared: usize,
    /// Those that each direction needs.
    pub each: usize,
}

impl Work {
    /// The work for one set of directions.
    pub fn of_set(self, width: usize) -> usize {
        self.shared.saturating_add(self.each.saturating_mul(width.div_ceil(LANES_AT_ONCE)))
    }

    fn plus(self, other: Self) -> Self {
        Self { shared: self.shared.saturating_add(other.shared), each: self.each.saturating_add(other.each) }
    }

    fn times(self, count: usize) -> Self {
        Self { shared: self.shared.saturating_mul(count), each: self.each.saturating_mul(count) }
    }
}

/// Counts the operations of statements, and of what they result in.
pub fn work_of(vars: &Vars, stmts: &[Stmt], result: Option<&Expr>) -> Work {
    let mut work = stmts.iter().map(|stmt| of_stmt(vars, stmt)).fold(Work::default(), Work::plus);
    result.iter().for_each(|result| of_expr(vars, result, &mut work));
    work
}

fn of_stmt(vars: &Vars, stmt: &Stmt) -> Work {
    let mut work = Work::default();
    stmt.for_each_expr(&mut |expr| of_expr(vars, expr, &mut work));
    let moved = match stmt {
        Stmt::Assign(place, _) | Stmt::Add(place, _) => Some(place.root),
        Stmt::Structural(structural) => structural.roots().next(),
        Stmt::Save { stack, .. } => Some(*stack),
        _ => None,
    };
    match moved.map(|root| is_tangent(vars, root)) {
        Some(true) => work.each += 1,
        Some(false) => work.shared += 1,
        None => {}
    }
    let of_block = |block: &Block| work_of(vars, &block.stmts, block.result.as_ref());
    match stmt {
        Stmt::If { then, otherwise, .. } => {
            let [then, otherwise] = [of_block(then), of_block(otherwise)];
            let dearer = if then.of_set(8) < otherwise.of_set(8) { otherwise } else { then };
            work.plus(dearer)
        }
        Stmt::For { range, body, .. } => work.plus(of_block(body).times(literal_length(range).unwrap_or(TRIPS))),
        Stmt::While { header, body } => work.plus(of_block(header).plus(of_block(body)).times(TRIPS)),
        Stmt::IfActive { body, .. } => work.plus(of_block(body)),
        _ => work,
    }
}

fn of_expr(vars: &Vars, expr: &Expr, work: &mut Work) {
    if let Expr::Prim(prim, _) = expr {
        let mut of_tangent = false;
        expr.for_each_read(&mut |var| of_tangent |= is_tangent(vars, var));
        match of_tangent {
            true => work.each += 1,
            false => work.shared += price(*prim),
        }
    }
    if let Expr::Pushforward { .. } = expr {
        (work.shared, work.each) = (work.shared + CALLEE, work.each + CALLEE);
    }
    if let Expr::Pop(_) = expr {
        work.shared += 1;
    }
    expr.for_each_child(&mut |child| of_expr(vars, child, work));
}

fn is_tangent(vars: &Vars, var: crate::ir::Var) -> bool {
    matches!(vars[var].role, Role::Tangent(_))
}

/// What a scalar operation costs, in additions.
fn price(prim: Prim) -> usize {
    match prim {
        Prim::Div | Prim::Recip | Prim::Sqrt => 4,
        prim if prim.is_cheap() => 1,
        _ => 20,
    }
}
