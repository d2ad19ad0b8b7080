//! Fewer operations by other groups: literal factors at another place, sums in another order.
//!
//! Takes the statements of a Jacobian with one operation each, none of them repeated; returns statements that compute
//! the same entries up to rounding by fewer operations, or the same statements where none are saved. What is kept to the
//! bit: the value of the function, what a function, a branch or a call is evaluated at, what a quotient divides by, and
//! everything that these are computed from. So
//!
//! ```text
//! p = (k * c) * s; q = (k * s) * d      ->      t = k * s; p = t * c; q = t * d
//! y = (a + b) + c; z = b + c            ->      z = b + c; y = a + z
//! ```
//!
//! ```text
//! form     operations -> what they compute, whatever the groups
//! ways     the operations that compute a form
//! choose   the search for a choice with few of them
//! rebuild  the choice -> statements
//! ```

mod choose;
mod form;
mod rebuild;
#[cfg(test)]
mod tests;
mod ways;

use crate::ir::{Block, Expr, Pattern, Stmt, Var, VarMap, Vars};
use crate::rules::Prim;
use choose::Task;
use form::{Form, Forms, Id, Signed};
use std::collections::{BTreeSet, HashMap};
use ways::Way;

/// Regroups what the first `entries` parts of the result need. The others keep their values.
pub fn regroup(vars: &mut Vars, block: &mut Block, entries: usize) {
    let Some(Expr::Tuple(parts)) = &block.result else { return };
    let (wanted, fixed) = parts.split_at(entries.min(parts.len()));
    let live = live_stmts(block);
    let mut forms = Forms::new(vars.generic);
    let mut defined: Vec<(Var, Signed)> = Vec::new();
    let mut written: Vec<(Id, Way)> = Vec::new();
    let mut kept: BTreeSet<Var> = BTreeSet::new();
    let others = wanted.iter().filter(|entry| !entry.is_atom());
    fixed.iter().chain(others).for_each(|part| part.collect_reads(&mut kept));
    for stmt in &live {
        let form = match stmt {
            Stmt::Let(Pattern::Var(var), value) => forms.define(*var, value).map(|form| (*var, value, form)),
            _ => None,
        };
        match form {
            Some((var, value, form)) => {
                defined.push((var, form));
                written.extend(as_written(&mut forms, value, form));
                keep_operands(value, &mut kept);
            }
            None => stmt.collect_reads(&mut kept),
        }
    }
    let wanted: Vec<Signed> = wanted.iter().map(|entry| forms.of(entry)).collect();
    let free: VarMap<Signed> = defined.iter().copied().collect();
    close(&live, &free, &mut kept);

    let ways = ways::ways(&mut forms, &written);
    let mut given: Vec<bool> =
        (0..forms.len()).map(|id| matches!(forms.get(id), Form::Literal(_) | Form::Leaf(_))).collect();
    defined.iter().filter(|(var, _)| kept.contains(var)).for_each(|(_, form)| given[form.id] = true);
    let ids: Vec<Id> = wanted.iter().map(|entry| entry.id).collect();
    let task = Task::new(&ways, &given, &ids);
    let choice = task.choose();
    let before = live.iter().filter(|stmt| is_free_operation(stmt, &free, &kept)).count();
    if task.cost(&choice) < before {
        // what nothing needs may read what goes
        block.stmts = live;
        rebuild::Rebuilding { vars, forms: &forms, ways: &ways, choice, defined, kept, names: HashMap::new() }
            .rebuild(block, &wanted);
    }
}

/// The operations on floats that the first parts of the result need, as often as they are written. Signs are none.
pub fn operations(block: &Block, entries: usize) -> usize {
    let parts: Vec<Expr> = match &block.result {
        Some(Expr::Tuple(parts)) => parts.iter().take(entries).cloned().collect(),
        _ => Vec::new(),
    };
    let needed = Block { stmts: block.stmts.clone(), result: Some(Expr::Tuple(parts)) };
    let mut count = 0;
    for stmt in live_stmts(&needed) {
        stmt.for_each_expr(&mut |expr| count += operations_of(expr));
    }
    count + needed.result.iter().map(operations_of).sum::<usize>()
}

fn operations_of(expr: &Expr) -> usize {
    let mut count = usize::from(matches!(expr, Expr::Prim(prim, _) if *prim != Prim::Neg));
    expr.for_each_child(&mut |child| count += operations_of(child));
    count
}

/// The statements that the result needs, and those that may do more than compute.
fn live_stmts(block: &Block) -> Vec<Stmt> {
    let mut read: BTreeSet<Var> = BTreeSet::new();
    block.result.iter().for_each(|result| result.collect_reads(&mut read));
    let mut live = Vec::new();
    for stmt in block.stmts.iter().rev() {
        let idle = matches!(stmt, Stmt::Let(Pattern::Var(var), value) if value.is_pure() && !read.contains(var));
        if !idle {
            stmt.collect_reads(&mut read);
            live.push(stmt.clone());
        }
    }
    live.reverse();
    live
}

/// What is divided by stays, and what an operand reads that is not looked into.
fn keep_operands(value: &Expr, kept: &mut BTreeSet<Var>) {
    let Expr::Prim(prim, args) = value else { return };
    if let (Prim::Div, [_, divisor]) = (prim, args.as_slice()) {
        divisor.collect_reads(kept);
    }
    args.iter().filter(|arg| !arg.is_atom()).for_each(|arg| arg.collect_reads(kept));
}

/// What is kept keeps what it is computed from.
fn close(live: &[Stmt], free: &VarMap<Signed>, kept: &mut BTreeSet<Var>) {
    for stmt in live.iter().rev() {
        if let Stmt::Let(Pattern::Var(var), value) = stmt
            && free.contains_key(var)
            && kept.contains(var)
        {
            value.collect_reads(kept);
        }
    }
}

/// The operation of a variable with this form.
fn as_written(forms: &mut Forms, value: &Expr, form: Signed) -> Option<(Id, Way)> {
    let Expr::Prim(prim, args) = value else { return None };
    let [a, b] = args.as_slice() else { return None };
    let (a, b) = (forms.of(a), forms.of(b));
    let way = match prim {
        Prim::Mul | Prim::Div => Way::factors(*prim, [a.id, b.id]),
        Prim::Add | Prim::Sub => Way::sum(a.signed(form.negative), b.signed(form.negative ^ (*prim == Prim::Sub))),
        _ => return None,
    };
    Some((form.id, way))
}

/// Whether a statement is an operation that may go.
fn is_free_operation(stmt: &Stmt, free: &VarMap<Signed>, kept: &BTreeSet<Var>) -> bool {
    match stmt {
        Stmt::Let(Pattern::Var(var), Expr::Prim(prim, _)) => {
            *prim != Prim::Neg && free.contains_key(var) && !kept.contains(var)
        }
        _ => false,
    }
}
