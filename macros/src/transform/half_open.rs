//! Loops over indices up to and including the last one: `for i in 0..=n` as `for i in 0..n + 1`.
//!
//! Takes a function as lowered; returns one whose loops run through the same integers. What counts elements, cuts slices or saves in frames
//! knows half-open ranges only. Applied where the variable is visibly an index: of another integer the successor may not exist.

use crate::analysis::sum::{Sum, is_index};
use crate::ir::{Block, Function, Stmt, Vars};

/// Opens the ranges of a function.
pub fn open_ranges(function: &mut Function) {
    open(&function.vars, &mut function.body);
}

fn open(vars: &Vars, block: &mut Block) {
    for stmt in &mut block.stmts {
        if let Stmt::For { var, range, body } = stmt
            && range.inclusive
            && range.checkpoint.is_none()
            && is_index(vars, body, *var)
            && let Some(high) = Sum::of(&range.high)
        {
            range.high = high.successor();
            range.inclusive = false;
        }
        stmt.blocks_mut().into_iter().for_each(|block| open(vars, block));
    }
}
