//! Where variables are read, and what a statement changes.

use crate::ir::{Block, Expr, MatrixOp, Place, Stmt, Var, VarMap};
use std::collections::BTreeSet;

/// How often a variable is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// All reads.
    pub all: usize,
    /// Those that an expression can take the place of.
    pub values: usize,
}

/// Counts the reads of every variable in a block.
pub fn count_uses(block: &Block) -> VarMap<Count> {
    let mut counts: VarMap<Count> = VarMap::new();
    block.for_each_read(&mut |var| counts.get_or_default(var).all += 1);
    count_values(block, &mut counts);
    counts
}

fn count_values(block: &Block, counts: &mut VarMap<Count>) {
    let mut count = |expr: &Expr| for_each_value(expr, &mut |var| counts.get_or_default(var).values += 1);
    for stmt in &block.stmts {
        stmt.for_each_expr(&mut count);
    }
    block.result.iter().for_each(count);
    for inner in block.stmts.iter().flat_map(Stmt::blocks) {
        count_values(inner, counts);
    }
}

/// Calls `f` with every variable that stands where any expression could stand.
fn for_each_value(expr: &Expr, f: &mut dyn FnMut(Var)) {
    match expr {
        Expr::Var(var) => f(*var),
        Expr::Load(place) | Expr::Snapshot(place) if place.is_whole() => f(place.root),
        // a reference to a temporary value serves as well
        Expr::Linear { operands, .. } | Expr::Matrix(MatrixOp::Operator(_), operands) => {
            operands.iter().filter_map(borrowed).for_each(&mut *f);
        }
        _ => {}
    }
    expr.for_each_child(&mut |child| for_each_value(child, f));
}

/// The variable in `&variable`.
fn borrowed(expr: &Expr) -> Option<Var> {
    match expr {
        Expr::Borrow(place, false) if place.is_whole() => Some(place.root),
        _ => None,
    }
}

/// Puts an expression in the place of a variable's value; whether it was there.
pub fn replace_value(expr: &mut Expr, var: Var, by: &Expr) -> bool {
    match expr {
        Expr::Var(found) if *found == var => {
            *expr = by.clone();
            return true;
        }
        Expr::Load(place) if *place == Place::of(var) => {
            *expr = by.clone();
            return true;
        }
        // a copy of a copy does not consume what was copied first
        Expr::Snapshot(place) if *place == Place::of(var) => {
            *expr = match by {
                Expr::Var(source) => Expr::Snapshot(Place::of(*source)),
                Expr::Load(source) => Expr::Snapshot(source.clone()),
                other => other.clone(),
            };
            return true;
        }
        Expr::Linear { operands, .. } | Expr::Matrix(MatrixOp::Operator(_), operands) => {
            for operand in operands {
                if borrowed(operand) == Some(var) {
                    *operand = by.clone();
                    return true;
                }
            }
        }
        _ => {}
    }
    let mut replaced = false;
    expr.for_each_child_mut(&mut |child| replaced |= replace_value(child, var, by));
    replaced
}

/// A value that is at hand while nothing changes what it reads.
#[derive(Clone)]
pub struct Known {
    pub value: Expr,
    /// The variable that has it.
    pub var: Var,
    pub reads: BTreeSet<Var>,
}

impl Known {
    /// `let var = value;`
    pub fn of(var: Var, value: &Expr) -> Self {
        Self { value: value.clone(), var, reads: reads_of(value) }
    }
}

/// The variables that an expression reads.
pub fn reads_of(expr: &Expr) -> BTreeSet<Var> {
    let mut reads = BTreeSet::new();
    expr.collect_reads(&mut reads);
    reads
}

/// Whether a statement may change one of these variables.
pub fn changes_any(stmt: &Stmt, vars: &BTreeSet<Var>) -> bool {
    let mut changes = false;
    stmt.for_each_write(&mut |var| changes |= vars.contains(&var));
    changes
}

/// Whether a statement reads or changes a variable.
pub fn touches(stmt: &Stmt, var: Var) -> bool {
    let mut found = changes_any(stmt, &BTreeSet::from([var]));
    stmt.for_each_read(&mut |read| found |= read == var);
    found
}

/// Whether statements define or change a variable.
pub fn changes(stmts: &[Stmt], var: Var) -> bool {
    changes_place(stmts, &Place::of(var))
}

/// Whether statements define or change what a place is in.
pub fn changes_place(stmts: &[Stmt], place: &Place) -> bool {
    let mut found = false;
    for stmt in stmts {
        stmt.for_each_written(&mut |written| found |= place.shares_field(written));
        found |= stmt.defines().contains(&place.root);
    }
    found
}

/// Puts before statements the definitions that they read, and those that these read.
pub fn prepend_definitions(definitions: &[Stmt], stmts: &mut Vec<Stmt>) {
    let mut read = BTreeSet::new();
    stmts.iter().for_each(|stmt| stmt.collect_reads(&mut read));
    let mut first = Vec::new();
    for stmt in definitions.iter().rev() {
        if stmt.defines().iter().any(|var| read.contains(var)) {
            stmt.collect_reads(&mut read);
            first.push(stmt.clone());
        }
    }
    stmts.splice(0..0, first.into_iter().rev());
}

/// The number of operations in an expression.
pub fn weight(expr: &Expr) -> usize {
    let mut sum = usize::from(!expr.is_atom());
    expr.for_each_child(&mut |child| sum += weight(child));
    sum
}
