//! Tests of variants are asked where they decide, and not kept: a pattern there names what the variant carries.
//!
//! Takes the sweeps before the last uses of variables are known; returns the same with `if matches!(shape, Shape::Circle(_))` instead of
//! `if branch`, where `branch` was the value of that test, nothing that it reads ever changes, and one of the ways reads what a variant
//! carries, so that nothing has moved it away. A reverse sweep on its own asks only about what it owns anyway.

use crate::ir::{Access, Block, Expr, Opaque, Pattern, Stmt, Var, VarMap, Vars};
use crate::transform::reverse::Sweeps;
use crate::transform::tangent_of_sweeps::TangentSweeps;
use std::collections::BTreeSet;

/// In both sweeps of reverse mode, which are `apart` or one sequence.
pub fn ask_for_variants(sweeps: &mut Sweeps, apart: bool) {
    let Sweeps { vars, forward, reverse, result, .. } = sweeps;
    ask_in_both(vars, [forward, reverse], result.as_ref(), apart);
}

/// In the sweeps of second order.
pub fn ask_in_tangent_sweeps(sweeps: &mut TangentSweeps, apart: bool) {
    let TangentSweeps { vars, forward, reverse, result, .. } = sweeps;
    ask_in_both(vars, [forward, reverse], result.as_ref(), apart);
}

fn ask_in_both(vars: &Vars, [forward, reverse]: [&mut Vec<Stmt>; 2], result: Option<&Expr>, apart: bool) {
    let mut tests = Tests { vars, known: VarMap::new() };
    tests.ask(forward);
    if apart {
        let mut owned = BTreeSet::new();
        reverse.iter().for_each(|stmt| stmt.collect_reads(&mut owned));
        let is_owned = |test: &Opaque| test.reads.iter().all(|var| owned.contains(var));
        tests.known = tests.known.into_iter().filter(|(_, test)| is_owned(test)).collect();
    }
    tests.ask(reverse);
    let mut read = BTreeSet::new();
    forward.iter().chain(reverse.iter()).for_each(|stmt| stmt.collect_reads(&mut read));
    result.iter().for_each(|result| result.collect_reads(&mut read));
    let is_dead = |stmt: &Stmt| matches!(stmt, Stmt::Let(Pattern::Var(var), Expr::Opaque(test)) if is_steady(vars, test) && !read.contains(var));
    for stmts in [forward, reverse] {
        remove(stmts, &is_dead);
    }
}

/// The variables that are visible, and whose values are tests that always have the same answer.
struct Tests<'a> {
    vars: &'a Vars,
    known: VarMap<Opaque>,
}

impl Tests<'_> {
    fn ask(&mut self, stmts: &mut [Stmt]) {
        for stmt in stmts {
            // what comes from a stack is that of another iteration
            for var in stmt.defines() {
                self.known.remove(&var);
            }
            match stmt {
                Stmt::Let(Pattern::Var(var), Expr::Opaque(test)) if is_steady(self.vars, test) => {
                    self.known.insert(*var, test.clone());
                }
                Stmt::If { cond, then, otherwise, .. } => {
                    if let Expr::Var(var) = cond
                        && let Some(test) = self.known.get(var)
                        && [then, otherwise].into_iter().any(|way| reads_parts(way, &test.reads))
                    {
                        *cond = Expr::Opaque(test.clone());
                    }
                }
                _ => {}
            }
            for block in stmt.blocks_mut() {
                let outside = self.known.clone();
                self.ask(&mut block.stmts);
                self.known = outside;
            }
        }
    }
}

/// Whether a test is that of a variant, and has the same answer as long as its variables are visible.
fn is_steady(vars: &Vars, test: &Opaque) -> bool {
    let never_changes = |var: &Var| !vars[*var].mutable && vars[*var].access != Access::Mutable;
    test.cheap && test.writes.is_empty() && test.reads.iter().all(never_changes) && test.as_match().is_some()
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
