//! Loops over indices up to and including the last one: `for i in 0..=j` as `for i in 0..j + 1`.
//!
//! Takes a function as lowered; returns one whose loops run through the same integers. What counts elements, cuts slices or saves in frames
//! knows half-open ranges only. Applied where the variable is visibly an index, and the bound a sum of literals, parameters and counters of
//! loops around: what was computed otherwise may be the result of an overflow, which has no successor.

use crate::analysis::sum::{Sum, is_index};
use crate::ir::{Block, Function, Stmt, Var, Vars};

/// Opens the ranges of a function.
pub fn open_ranges(function: &mut Function) {
    let params = function.params.iter().map(|param| param.var);
    let mut known: Vec<Var> = params.filter(|var| !function.vars[*var].mutable).collect();
    open(&function.vars, &mut function.body, &mut known);
}

/// `known`: parameters, and the counters of the loops around the block.
fn open(vars: &Vars, block: &mut Block, known: &mut Vec<Var>) {
    for stmt in &mut block.stmts {
        let mut counter = None;
        if let Stmt::For { var, range, body } = stmt {
            counter = Some(*var);
            if range.inclusive
                && range.checkpoint.is_none()
                && is_index(vars, body, *var)
                && let Some(high) = Sum::of(&range.high)
                && high.reads().iter().all(|read| known.contains(read))
                && let Some(end) = high.successor()
            {
                range.high = end;
                range.inclusive = false;
            }
        }
        known.extend(counter);
        stmt.blocks_mut().into_iter().for_each(|block| open(vars, block, known));
        known.truncate(known.len() - usize::from(counter.is_some()));
    }
}
