//! Moves instead of copies: a copy of a variable that nothing reads afterwards takes the variable itself.
//!
//! Takes the statements of a sweep as they are emitted; returns the same with `let a = b.clone();` as `let a = b;` where that
//! was the last use of `b`. What is read by the other sweep, what a reference stands for, and what a loop reads again in its next
//! iteration stays. Scalars are copied anyway.

use crate::ir::{Access, Block, Expr, Stmt, Var, Vars};
use crate::transform::reverse::Sweeps;
use crate::transform::tangent_of_sweeps::TangentSweeps;
use std::collections::BTreeSet;

/// In both sweeps of reverse mode, as one sequence.
pub fn move_in_both(sweeps: &mut Sweeps) {
    let forward = sweeps.forward.len();
    let mut stmts = std::mem::take(&mut sweeps.forward);
    stmts.append(&mut sweeps.reverse);
    let mut block = Block { stmts, result: sweeps.result.take() };
    move_last_uses(&sweeps.vars, &mut block, &[sweeps.seed], BTreeSet::new());
    sweeps.reverse = block.stmts.split_off(forward);
    (sweeps.forward, sweeps.result) = (block.stmts, block.result);
}

/// In the sweeps on their own: the reverse sweep may run any number of times over what the forward sweep leaves.
pub fn move_apart(sweeps: &mut Sweeps) {
    let Sweeps { vars, forward, result, reverse, seed, .. } = sweeps;
    in_parts(vars, forward, result, reverse, &[*seed]);
}

/// In the sweeps of second order.
pub fn move_in_tangent_sweeps(sweeps: &mut TangentSweeps) {
    let TangentSweeps { vars, forward, result, reverse, seed, .. } = sweeps;
    let seeds: Vec<Var> = [seed.0].into_iter().chain(seed.1).collect();
    in_parts(vars, forward, result, reverse, &seeds);
}

fn in_parts(vars: &Vars, forward: &mut Vec<Stmt>, result: &mut Option<Expr>, reverse: &mut Vec<Stmt>, seeds: &[Var]) {
    let mut backwards = Block::of(std::mem::take(reverse));
    let mut kept = BTreeSet::new();
    backwards.collect_reads(&mut kept);
    move_last_uses(vars, &mut backwards, seeds, BTreeSet::new());
    let mut forwards = Block { stmts: std::mem::take(forward), result: result.take() };
    move_last_uses(vars, &mut forwards, &[], kept);
    (*forward, *result, *reverse) = (forwards.stmts, forwards.result, backwards.stmts);
}

/// `own`: variables of the caller's that the block may consume. `live`: what is read after the block.
fn move_last_uses(vars: &Vars, block: &mut Block, own: &[Var], mut live: BTreeSet<Var>) {
    let mut movable: BTreeSet<Var> = own.iter().copied().collect();
    block.for_each_stmt(&mut |stmt| movable.extend(stmt.defines()));
    movable.retain(|var| vars[*var].access == Access::Owned && !vars[*var].ty.is_scalar());
    block.for_each_stmt(&mut |stmt| {
        if let Stmt::Let(pattern, value) = stmt
            && (matches!(value, Expr::Borrow(..))
                || pattern.vars().iter().any(|var| vars[*var].access != Access::Owned))
        {
            value.for_each_read(&mut |var| {
                movable.remove(&var);
            });
        }
    });
    Moves { vars, movable }.block(block, &mut live);
}

struct Moves<'a> {
    vars: &'a Vars,
    movable: BTreeSet<Var>,
}

impl Moves<'_> {
    /// From the last statement to the first; `live` is what is read afterwards, and then what is read from the start on.
    fn block(&self, block: &mut Block, live: &mut BTreeSet<Var>) {
        if let Some(result) = &mut block.result {
            let mut reads = Vec::new();
            result.for_each_read(&mut |var| reads.push(var));
            self.expr(result, &reads, live);
            live.extend(reads);
        }
        for stmt in block.stmts.iter_mut().rev() {
            self.stmt(stmt, live);
        }
    }

    fn stmt(&self, stmt: &mut Stmt, live: &mut BTreeSet<Var>) {
        if matches!(stmt, Stmt::For { .. } | Stmt::While { .. }) {
            // the next iteration reads what this one does
            let mut inner = BTreeSet::new();
            for block in stmt.blocks() {
                block.for_each_stmt(&mut |stmt| inner.extend(stmt.defines()));
            }
            stmt.collect_reads(live);
            live.retain(|var| !inner.contains(var));
        }
        let around = live.clone();
        for block in stmt.blocks_mut() {
            let mut live_there = around.clone();
            self.block(block, &mut live_there);
            live.extend(live_there);
        }
        let mut reads = Vec::new();
        stmt.for_each_read(&mut |var| reads.push(var));
        // nobody reads what is assigned as a whole before that
        if let Stmt::Assign(place, _) = stmt
            && place.is_whole()
        {
            live.remove(&place.root);
        }
        // an increment reads its term through a reference, and a stack uses the memory of what it held before
        let by_reference = match stmt {
            Stmt::Add(..) => true,
            Stmt::Assign(place, _) => place.ends_in_view(),
            Stmt::Save { value: Expr::Snapshot(place), .. } => self.vars.holds_list(place),
            _ => false,
        };
        if !by_reference {
            let after = live.clone();
            stmt.for_each_expr_mut(&mut |expr| self.expr(expr, &reads, &after));
        }
        live.extend(reads);
    }

    fn expr(&self, expr: &mut Expr, reads: &[Var], live: &BTreeSet<Var>) {
        if let Expr::Snapshot(place) = expr
            && place.is_whole()
            && self.movable.contains(&place.root)
            && !live.contains(&place.root)
            && reads.iter().filter(|var| **var == place.root).count() == 1
        {
            *expr = Expr::Var(place.root);
            return;
        }
        expr.for_each_child_mut(&mut |child| self.expr(child, reads, live));
    }
}
