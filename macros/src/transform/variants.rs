//! Tests of variants are asked where they decide, and not kept: a pattern there names what the variant carries.
//!
//! Takes the sweeps before the last uses of variables are known; returns the same with `if matches!(shape, Shape::Circle(_))` instead of
//! `if branch`, where `branch` was the value of that test, nothing that it reads ever changes, and one of the ways reads what a variant
//! carries, so that nothing has moved it away. A reverse sweep on its own asks only about what it owns anyway.

use crate::ir::{Access, Block, Expr, Opaque, Pattern, Stmt, Var, VarMap, Vars};
use crate::transform::reverse::Sweeps;
use std::collections::BTreeSet;

/// In both sweeps of reverse mode, which are `apart` or one sequence.
pub fn ask_for_variants(sweeps: &mut Sweeps, apart: bool) {
    let mut tests = VarMap::new();
    for stmt in sweeps.forward.iter().chain(&sweeps.reverse) {
        stmt.for_each_stmt(&mut |stmt| {
            if let Stmt::Let(Pattern::Var(var), Expr::Opaque(test)) = stmt
                && is_steady(&sweeps.vars, test)
            {
                tests.insert(*var, test.clone());
            }
        });
    }
    let kept = kept_in_stacks(sweeps);
    tests = tests.into_iter().filter(|(var, _)| !kept.contains(var)).collect();
    let mut owned = BTreeSet::new();
    sweeps.reverse.iter().for_each(|stmt| stmt.collect_reads(&mut owned));
    sweeps.forward.iter_mut().for_each(|stmt| ask(stmt, &tests));
    if apart {
        tests = tests.into_iter().filter(|(_, test)| test.reads.iter().all(|var| owned.contains(var))).collect();
    }
    sweeps.reverse.iter_mut().for_each(|stmt| ask(stmt, &tests));
    let mut read = BTreeSet::new();
    sweeps.forward.iter().chain(&sweeps.reverse).for_each(|stmt| stmt.collect_reads(&mut read));
    sweeps.result.iter().for_each(|result| result.collect_reads(&mut read));
    let is_dead = |stmt: &Stmt| matches!(stmt, Stmt::Let(Pattern::Var(var), Expr::Opaque(_)) if tests.contains_key(var) && !read.contains(var));
    for stmts in [&mut sweeps.forward, &mut sweeps.reverse] {
        remove(stmts, &is_dead);
    }
}

/// What a stack keeps until another iteration.
fn kept_in_stacks(sweeps: &Sweeps) -> BTreeSet<Var> {
    let mut kept = BTreeSet::new();
    sweeps.forward.iter().chain(&sweeps.reverse).for_each(|stmt| {
        stmt.for_each_stmt(&mut |stmt| {
            if !matches!(stmt, Stmt::Let(_, Expr::Opaque(_))) {
                kept.extend(stmt.defines());
            }
        });
    });
    kept
}

/// Whether a test is that of a variant, and has the same answer as long as its variables are visible.
fn is_steady(vars: &Vars, test: &Opaque) -> bool {
    let never_changes = |var: &Var| !vars[*var].mutable && vars[*var].access != Access::Mutable;
    test.cheap && test.writes.is_empty() && test.reads.iter().all(never_changes) && test.as_match().is_some()
}

fn ask(stmt: &mut Stmt, tests: &VarMap<Opaque>) {
    if let Stmt::If { cond, then, otherwise, .. } = stmt
        && let Expr::Var(var) = cond
        && let Some(test) = tests.get(var)
        && [then, otherwise].into_iter().any(|way| reads_parts(way, &test.reads))
    {
        *cond = Expr::Opaque(test.clone());
    }
    for block in stmt.blocks_mut() {
        block.stmts.iter_mut().for_each(|stmt| ask(stmt, tests));
    }
}

/// Whether a way reads what a variant carries, so that the value is still there.
fn reads_parts(way: &Block, of: &[Var]) -> bool {
    let mut found = false;
    way.for_each_place(&mut |place| found |= place.is_in_payload() && of.contains(&place.root));
    found
}

fn remove(stmts: &mut Vec<Stmt>, is_dead: &dyn Fn(&Stmt) -> bool) {
    stmts.retain(|stmt| !is_dead(stmt));
    for stmt in stmts {
        stmt.blocks_mut().into_iter().for_each(|Block { stmts, .. }| remove(stmts, is_dead));
    }
}
