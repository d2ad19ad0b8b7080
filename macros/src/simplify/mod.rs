//! Simplification: IR -> IR, so that generated code reads as if written by hand.
//!
//! Takes what the transforms built; returns statements that compute the same values. Each pass keeps the order of
//! everything that has an effect, and touches a variable only where its own reads and writes allow it. The passes run in
//! turn until none changes anything:
//!
//! ```text
//! numbering   the lowered function: repeated temporaries          x[i] * x[i]     -> one x_i
//! algebra     one expression: neutral elements, signs, constants      x + -y*1.0      -> x - y
//! common      expensive operations that were computed before          x.exp() twice   -> once
//! propagate   copies and temporaries that are used once               let t = a*b; t.sin() -> (a*b).sin()
//! accumulate  sums that start from zero, neighbouring increments      let mut s = 0.0; s += e -> let s = e
//! copies      for residuals: at most one
//! dead        what nothing reads, residuals included
//! ```
//!
//! `#[differentiable(simplify = false)]` leaves all of it out, to test that on and off agree.

mod accumulate;
mod algebra;
mod common;
mod copies;
mod dead;
mod numbering;
mod propagate;
mod terms;
mod uses;

pub use algebra::simplify_expr;
pub use copies::borrow_unchanged;
pub use dead::{remove_stacks, remove_sums};
pub use numbering::number_values;
pub use terms::terms_of;
pub use uses::{changes, changes_any, changes_place, prepend_definitions, replace_value, touches};

use crate::ir::{Access, Block, Expr, Role, Stmt, Var, Vars};
use crate::transform::forward::Pushforward;
use crate::transform::reverse::Sweeps;
use crate::transform::tangent_of_sweeps::TangentSweeps;
use std::collections::BTreeSet;

/// Enough for every chain of rewrites that was met; each round is linear in the size of the function.
const ROUNDS: usize = 12;

/// The statements that a pass works on.
struct Unit<'a> {
    vars: &'a mut Vars,
    block: &'a mut Block,
    /// Variables of the block that code outside of it reads.
    kept: BTreeSet<Var>,
    /// Variables from outside that hold zero tangents.
    zeros: &'a BTreeSet<Var>,
}

/// The passes, in order.
const PASSES: &[fn(&mut Unit<'_>) -> bool] =
    &[simplify_algebra, common::share, propagate::substitute, accumulate::merge, copies::save_directly, dead::remove];

/// Simplifies forward mode.
pub fn simplify_pushforward(pushforward: &mut Pushforward) {
    simplify(&mut pushforward.vars, &mut pushforward.body, &BTreeSet::new());
}

/// Simplifies forward mode where nobody asks for the value: what only leads there goes, also where a loop builds it up.
pub fn simplify_tangents(pushforward: &mut Pushforward) {
    let vars = &pushforward.vars;
    let is_own = |var| vars[var].access == Access::Owned;
    dead::remove_sums(&mut pushforward.body, &is_own);
    simplify_pushforward(pushforward);
}

/// Simplifies both sweeps as one sequence, as they are emitted.
pub fn simplify_fused(sweeps: &mut Sweeps) {
    let mut stmts = std::mem::take(&mut sweeps.forward);
    stmts.append(&mut sweeps.reverse);
    let mut block = Block { stmts, result: sweeps.result.take() };
    let zeros = accumulate::zeros_of(&sweeps.vars, &block, &block);
    simplify_with(&mut sweeps.vars, &mut block, &BTreeSet::new(), &zeros);
    sweeps.forward = block.stmts;
    sweeps.result = block.result;
}

/// Simplifies the sweeps on their own: the reverse sweep is a closure that may run any number of times.
pub fn simplify_split(sweeps: &mut Sweeps) {
    let Sweeps { vars, forward, result, reverse, .. } = sweeps;
    simplify_apart(vars, forward, result, reverse);
}

/// Simplifies a block that stands alone.
pub fn simplify_block_of(vars: &mut Vars, block: &mut Block) {
    simplify(vars, block, &BTreeSet::new());
}

fn simplify_apart(vars: &mut Vars, forward: &mut Vec<Stmt>, result: &mut Option<Expr>, reverse: &mut Vec<Stmt>) {
    let mut backwards = Block::of(std::mem::take(reverse));
    let mut forwards = Block { stmts: std::mem::take(forward), result: result.take() };
    let zeros = accumulate::zeros_of(vars, &forwards, &backwards);
    simplify_with(vars, &mut backwards, &BTreeSet::new(), &zeros);
    dead::remove_residuals(&mut forwards.stmts, &mut backwards.stmts);
    let mut kept = BTreeSet::new();
    backwards.collect_reads(&mut kept);
    simplify(vars, &mut forwards, &kept);
    accumulate::thaw(vars, &backwards);
    *forward = forwards.stmts;
    *result = forwards.result;
    *reverse = backwards.stmts;
}

/// Simplifies a product with the Hessian: both sweeps are one sequence.
pub fn simplify_product(product: &mut TangentSweeps) {
    let mut stmts = std::mem::take(&mut product.forward);
    stmts.append(&mut product.reverse);
    let mut block = Block { stmts, result: product.result.take() };
    let vars = &product.vars;
    let is_cotangent = |var| matches!(vars[var].role, Role::Cotangent(_)) && vars[var].access == Access::Owned;
    dead::remove_sums(&mut block, &is_cotangent);
    simplify(&mut product.vars, &mut block, &BTreeSet::new());
    product.forward = block.stmts;
    product.result = block.result;
}

/// Simplifies the sweeps of second order on their own.
pub fn simplify_tangent_sweeps(sweeps: &mut TangentSweeps) {
    let TangentSweeps { vars, forward, result, reverse, .. } = sweeps;
    simplify_apart(vars, forward, result, reverse);
}

fn simplify(vars: &mut Vars, block: &mut Block, kept: &BTreeSet<Var>) {
    simplify_with(vars, block, kept, &BTreeSet::new());
}

fn simplify_with(vars: &mut Vars, block: &mut Block, kept: &BTreeSet<Var>, zeros: &BTreeSet<Var>) {
    for _ in 0..ROUNDS {
        let mut changed = false;
        for pass in PASSES {
            changed |= pass(&mut Unit { vars, block, kept: kept.clone(), zeros });
        }
        if !changed {
            break;
        }
    }
}

fn simplify_algebra(unit: &mut Unit<'_>) -> bool {
    simplify_block(unit.block)
}

fn simplify_block(block: &mut Block) -> bool {
    let mut changed = false;
    for stmt in &mut block.stmts {
        stmt.for_each_expr_mut(&mut |expr| changed |= simplify_expr(expr));
        for inner in stmt.blocks_mut() {
            changed |= simplify_block(inner);
        }
    }
    if let Some(result) = &mut block.result {
        changed |= simplify_expr(result);
    }
    let before = block.stmts.len();
    block.stmts.retain(|stmt| !matches!(stmt, Stmt::Add(_, zero) if zero.is(0.0)));
    changed | (before != block.stmts.len())
}
