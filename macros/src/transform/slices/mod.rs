//! Slices hoisted out of loops: what a loop reads and writes at an index that moves along with its own becomes a part of
//! its sequence, made before the loop, so that the optimiser sees that no access is out of bounds, and vectorises.
//!
//! ```text
//! for j in i + 1..d { out[j] += below[start + j - i - 1] * x; }
//!
//! if i + 1 < d {
//!     let out_part = &mut out[i + 1..d];
//!     let below_part = &below[start..start + d - i - 1];
//!     for j in 0..d - i - 1 { out_part[j] += below_part[j] * x; }
//! }
//! ```
//!
//! A number that every iteration reads in one place of a list is read before the loop.
//!
//! Takes the statements of a sweep as they are emitted; returns statements that do the same to the same elements in the
//! same order. Applied to innermost loops of straight code, to elements that every iteration touches: a part is out of
//! bounds only where the loop would have been, and is made only where the loop runs. What is written is touched through
//! one part only, as two would overlap.

mod accesses;

use crate::analysis::sum::Sum;
use crate::ir::{Access, Block, Expr, Pattern, Place, Projection, Range, Stmt, Ty, Var, Vars};
use crate::rules::Prim;
use crate::simplify::touches;
use accesses::{Loop, Sequence};

/// Hoists slices out of the innermost loops.
pub fn hoist_slices(vars: &mut Vars, stmts: &mut Vec<Stmt>) {
    let mut index = 0;
    while index < stmts.len() {
        for inner in stmts[index].blocks_mut() {
            hoist_slices(vars, &mut inner.stmts);
        }
        let parted = match &stmts[index] {
            Stmt::For { var, range, body } => {
                accesses::in_loop(vars, *var, range, body).map(|found| over_parts(vars, *var, range, body, &found))
            }
            _ => None,
        };
        let length = parted.as_ref().map_or(1, Vec::len);
        if let Some(parted) = parted {
            stmts.splice(index..=index, parted);
        }
        index += length;
    }
}

/// The parts, and the loop over them.
fn over_parts(vars: &mut Vars, index: Var, range: &Range, body: &Block, found: &Loop) -> Vec<Stmt> {
    let (mut range, mut body) = (range.clone(), body.clone());
    let (mut stmts, mut parts) = (Vec::new(), Vec::new());
    let from_zero = found.low.is_zero();
    let position = if from_zero { index } else { vars.copy(index) };
    for sequence in &found.sequences {
        for key in &sequence.keys {
            let first = key.offset.plus(&found.low);
            let bounds = first.range_to(&first.plus(&found.count));
            let part = part_of(vars, sequence, &key.place);
            parts.push((key, part));
            stmts.push(match sequence.lent {
                Some(param) => Stmt::Part { part, param, bar: key.place.root, bounds },
                None => {
                    let place = key.place.clone().project(Projection::Range(Box::new(bounds)));
                    Stmt::Let(Pattern::Var(part), Expr::Borrow(place, sequence.written))
                }
            });
        }
    }
    let mut steady = Vec::new();
    for place in &found.steady {
        let value = vars.derived(place.root, "_value", vars[place.root].role, false);
        (vars[value].ty, vars[value].annotation) = (vars.place_type(place), None);
        stmts.push(Stmt::Let(Pattern::Var(value), Expr::Load(place.clone())));
        steady.push((place, value));
    }
    accesses::redirect(vars, index, &mut body, &parts, &steady, position);
    // what is lent again afterwards needs a part with a scope of its own
    let own = found.sequences.iter().all(|sequence| sequence.lent.is_none());
    let from_the_start = |sequence: &Sequence| sequence.keys.iter().all(|key| key.offset.is_zero());
    let always_runs = found.count.constant().is_some_and(|count| count > 0);
    let never_outside =
        own && (always_runs || from_zero && steady.is_empty() && found.sequences.iter().all(from_the_start));
    let runs = Expr::Prim(Prim::Less, vec![range.low.clone(), range.high.clone()]);
    if !from_zero {
        if body.stmts.iter().any(|stmt| touches(stmt, index)) {
            vars[position].name = vars.unused_name(&format!("{}_part", vars[index].name));
            let value = found.low.plus(&Sum::of_var(position)).expr();
            body.stmts.insert(0, Stmt::Let(Pattern::Var(index), value));
        }
        (range.low, range.high) = (Expr::integer(0), found.count.expr());
    }
    stmts.push(Stmt::For { var: position, range, body });
    if never_outside {
        return stmts;
    }
    vec![Stmt::If { result: None, cond: runs, then: Block::of(stmts), otherwise: Block::default() }]
}

/// A variable for elements of a sequence.
fn part_of(vars: &mut Vars, sequence: &Sequence, place: &Place) -> Var {
    let element = vars.place_type(place).element().unwrap_or(Ty::Unknown);
    let part = vars.derived(place.root, "_part", vars[place.root].role, false);
    vars[part].ty = Ty::Slice(Box::new(element));
    vars[part].access = if sequence.written { Access::Mutable } else { Access::Shared };
    vars[part].annotation = None;
    part
}
