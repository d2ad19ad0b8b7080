//! `g[i] += a; g[i + 1] += b;` in a loop over `i`: what is added to an element by neighbouring iterations is carried from
//! one to the next, and the element is loaded and stored once.
//!
//! With the window `i + low ..= i + high`, the lowest element is complete after an iteration with ascending index, the
//! highest one with descending index. What remains in the window is added after the loop.

use super::{Around, Term, register};
use crate::analysis::sum::Sum;
use crate::ir::{Block, Expr, Pattern, Place, Projection, Range, Stmt, Var, Vars};
use crate::rules::Prim;
use crate::simplify::changes;
use std::collections::BTreeMap;

/// The widest window.
const WIDEST: usize = 4;

/// Slides a window over the cotangent, if all terms stand in one.
pub fn slide(vars: &mut Vars, index: Var, range: &Range, body: &mut Block, terms: &[Term], around: &mut Around) {
    let mut by_offset: BTreeMap<i64, Vec<&Term>> = BTreeMap::new();
    for term in terms {
        match offset(&term.place, index) {
            Some(offset) => by_offset.entry(offset).or_default().push(term),
            None => return,
        }
    }
    let mut offsets: Vec<i64> = by_offset.keys().copied().collect();
    let consecutive = offsets.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let (Some(first), true) = (terms.first(), consecutive && (2..=WIDEST).contains(&offsets.len())) else { return };
    let last = terms.iter().map(|term| term.at).max().unwrap_or_default();
    // all terms are evaluated where the last one stands
    let moves_down = |term: &Term| {
        let mut steady = term.param == first.param;
        term.value.for_each_read(&mut |var| steady &= !changes(&body.stmts[term.at..=last], var));
        steady
    };
    let bound = if range.reversed { &range.low } else { &range.high };
    if !terms.iter().all(moves_down) || !matches!(bound, Expr::Var(_) | Expr::Opaque(_)) {
        return;
    }
    // from the element that is complete to the newest one
    if range.reversed {
        offsets.reverse();
    }
    let carried: Vec<Var> = offsets[1..].iter().map(|_| register(vars, &first.place, "_next")).collect();
    let declare = |var: &Var| Stmt::Let(Pattern::Var(*var), Expr::float(0.0));
    around.before.extend(carried.iter().map(declare));

    // what this iteration adds to each element, and what earlier ones did
    let mut sums = offsets.iter().map(|offset| sum(&by_offset[offset]));
    let mut moves = Vec::new();
    if let Some(complete) = sums.next() {
        let at = by_offset[&offsets[0]][0].place.clone();
        moves.push(first.add(at, Expr::Prim(Prim::Add, vec![Expr::Var(carried[0]), complete])));
    }
    for (step, newer) in sums.enumerate() {
        let value = match carried.get(step + 1) {
            Some(older) => Expr::Prim(Prim::Add, vec![Expr::Var(*older), newer]),
            None => newer,
        };
        moves.push(Stmt::Assign(Place::of(carried[step]), value));
    }
    body.stmts.splice(last + 1..last + 1, moves);
    let removed: Vec<usize> = terms.iter().map(|term| term.at).collect();
    let mut at = 0;
    body.stmts.retain(|_| {
        at += 1;
        !removed.contains(&(at - 1))
    });

    for (var, offset) in carried.iter().zip(&offsets[1..]) {
        let end = shifted(bound, if range.reversed { *offset } else { *offset - 1 });
        let place = Place { root: first.place.root, path: vec![Projection::Index(Box::new(end))] };
        around.after.push(first.add(place, Expr::Var(*var)));
    }
}

fn sum(terms: &[&Term]) -> Expr {
    let values = terms.iter().map(|term| term.value.clone());
    values.reduce(|sum, value| Expr::Prim(Prim::Add, vec![sum, value])).unwrap_or(Expr::float(0.0))
}

/// The offset of an element from the loop's index: `g[i + 1]`, `g[i]`, `g[i - 1]`.
fn offset(place: &Place, index: Var) -> Option<i64> {
    let [Projection::Index(at)] = place.path.as_slice() else { return None };
    Sum::of(at)?.without(index)?.constant()
}

/// A bound of the range, shifted.
fn shifted(bound: &Expr, offset: i64) -> Expr {
    if offset == 0 { bound.clone() } else { crate::emit::shifted(bound, offset) }
}
