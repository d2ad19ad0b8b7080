//! `g[i] += a; g[i + 1] += b;` in a loop over `i`: what is added to an element by neighbouring iterations is carried from
//! one to the next, and the element is loaded and stored once.
//!
//! With the window `i + low ..= i + high`, the lowest element is complete after an iteration with ascending index, the
//! highest one with descending index. What remains in the window is added after the loop.

use super::{Around, Term, register};
use crate::analysis::sum::distance;
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
    let sums: Vec<Expr> = offsets.iter().map(|offset| sum(&by_offset[offset])).collect();
    let carried = match multiple_of(vars, &sums[1..]) {
        Some(value) => Carried::values(vars, value, &sums),
        None => Carried::sums(vars, &first.place, &sums),
    };
    let declare = |var: &Var| Stmt::Let(Pattern::Var(*var), Expr::float(0.0));
    around.before.extend(carried.registers.iter().map(declare));
    let complete = first.add(by_offset[&offsets[0]][0].place.clone(), carried.complete);
    body.stmts.splice(last + 1..last + 1, std::iter::once(complete).chain(carried.moves));
    let removed: Vec<usize> = terms.iter().map(|term| term.at).collect();
    let mut at = 0;
    body.stmts.retain(|_| {
        at += 1;
        !removed.contains(&(at - 1))
    });

    for (rest, offset) in carried.rests.into_iter().zip(&offsets[1..]) {
        let end = shifted(bound, if range.reversed { *offset } else { *offset - 1 });
        let place = Place { root: first.place.root, path: vec![Projection::Index(Box::new(end))] };
        around.after.push(first.add(place, rest));
    }
}

/// What is carried from one iteration to the next.
struct Carried {
    registers: Vec<Var>,
    /// What is added to the element that is complete.
    complete: Expr,
    /// What the registers are afterwards.
    moves: Vec<Stmt>,
    /// What remains for the other elements after the loop.
    rests: Vec<Expr>,
}

impl Carried {
    /// A register for each element but the complete one, with what has been added to it. `sums` are what an iteration adds.
    fn sums(vars: &mut Vars, element: &Place, sums: &[Expr]) -> Self {
        let registers: Vec<Var> = sums[1..].iter().map(|_| register(vars, element, "_next")).collect();
        let moved = |step: usize| {
            let older = registers.get(step + 1).map(|older| Expr::Var(*older));
            Stmt::Assign(Place::of(registers[step]), total(older.into_iter().chain([sums[step + 1].clone()])))
        };
        Self {
            complete: total([Expr::Var(registers[0]), sums[0].clone()]),
            moves: (0..registers.len()).map(moved).collect(),
            rests: registers.iter().map(|register| Expr::Var(*register)).collect(),
            registers,
        }
    }

    /// The values of earlier iterations, of which all that they add to the elements but the complete one are multiples: no
    /// register waits for a sum, and the loop vectorises. The sums have the same order.
    fn values(vars: &mut Vars, value: Var, sums: &[Expr]) -> Self {
        let mut before = || vars.derived(value, "_before", vars[value].role, true);
        let registers: Vec<Var> = sums[1..].iter().map(|_| before()).collect();
        // what earlier iterations have added to the element at an offset from the last of them, the oldest first
        let added = |offset: usize| {
            let from = |at: usize| {
                let mut sum = sums[at].clone();
                sum.rename(value, registers[at - offset]);
                sum
            };
            (offset..sums.len()).rev().map(from).collect::<Vec<_>>()
        };
        let newest = |at: usize| if at == 0 { value } else { registers[at - 1] };
        Self {
            complete: total(added(1).into_iter().chain([sums[0].clone()])),
            moves: (0..registers.len())
                .rev()
                .map(|at| Stmt::Assign(Place::of(registers[at]), Expr::Var(newest(at))))
                .collect(),
            rests: (1..sums.len()).map(|offset| total(added(offset))).collect(),
            registers,
        }
    }
}

/// The value of which all sums are multiples by numbers that stand there, so that they are zero where it is. One sum alone
/// needs no other register than itself.
fn multiple_of(vars: &Vars, sums: &[Expr]) -> Option<Var> {
    fn of(expr: &Expr) -> Option<Var> {
        match expr {
            Expr::Var(var) => Some(*var),
            Expr::Prim(Prim::Neg, args) => of(&args[0]),
            Expr::Prim(Prim::Mul, args) if args[0].as_float().is_some_and(f64::is_finite) => of(&args[1]),
            Expr::Prim(Prim::Mul, args) if args[1].as_float().is_some_and(f64::is_finite) => of(&args[0]),
            Expr::Prim(Prim::Add | Prim::Sub, args) => of(&args[0]).filter(|value| of(&args[1]) == Some(*value)),
            _ => None,
        }
    }
    let value = of(sums.first()?)?;
    let multiples = sums.len() > 1 && sums.iter().all(|sum| of(sum) == Some(value));
    (multiples && vars[value].ty.is_float()).then_some(value)
}

fn total(terms: impl IntoIterator<Item = Expr>) -> Expr {
    let sum = terms.into_iter().reduce(|sum, term| Expr::Prim(Prim::Add, vec![sum, term]));
    sum.unwrap_or(Expr::float(0.0))
}

fn sum(terms: &[&Term]) -> Expr {
    total(terms.iter().map(|term| term.value.clone()))
}

/// The offset of an element from the loop's index: `g[i + 1]`, `g[i]`, `g[i - 1]`.
fn offset(place: &Place, index: Var) -> Option<i64> {
    let [Projection::Index(at)] = place.path.as_slice() else { return None };
    distance(at, index)
}

/// A bound of the range, shifted.
fn shifted(bound: &Expr, offset: i64) -> Expr {
    if offset == 0 { bound.clone() } else { crate::emit::shifted(bound, offset) }
}
