//! Cotangents in registers: what a loop adds to elements of a cotangent is summed in local variables where the elements
//! are the same in every iteration ([`invariant`]) or move along with the index ([`window`]). Before, a loop whose
//! iterations are independent is made to run upwards ([`order`]).
//!
//! Takes the statements of a reverse sweep; returns statements that add the same terms, in another order, with fewer
//! loads and stores. A bounds check stands between a store and the next load of the same element, so that the
//! optimiser cannot do it by itself; a store that the next iteration loads again costs more than the arithmetic
//! around it.
//!
//! Applied to a cotangent that the loop only adds to. An element is not touched where the loop runs no iteration: it may
//! not even exist then.

mod invariant;
mod order;
mod window;

pub use order::count_along;

use crate::ir::{Access, Block, Expr, Place, Projection, Range, Role, Stmt, Var, Vars};
use crate::rules::Prim;
use crate::simplify::{changes, touches};
use std::collections::BTreeSet;

/// Keeps sums of cotangents in registers, from the innermost loops outwards.
pub fn keep_in_registers(vars: &mut Vars, stmts: &mut Vec<Stmt>) {
    let mut index = 0;
    while index < stmts.len() {
        for inner in stmts[index].blocks_mut() {
            keep_in_registers(vars, &mut inner.stmts);
        }
        let replaced = match &mut stmts[index] {
            Stmt::For { var, range, body } if is_plain(range, body) => {
                part_buffers(body);
                range.reversed &= !order::is_free(vars, *var, &body.stmts, &[]);
                Some(in_loop(vars, *var, range, body))
            }
            _ => None,
        };
        let Some(Around { before, after }) = replaced else {
            index += 1;
            continue;
        };
        let at = index + before.len();
        let next = at + 1 + after.len();
        stmts.splice(index + 1..index + 1, after);
        stmts.splice(index..index, before);
        index = next;
    }
}

/// What stands before and after a loop.
#[derive(Default)]
struct Around {
    before: Vec<Stmt>,
    after: Vec<Stmt>,
}

/// A loop over consecutive indices, whose bounds it does not change.
fn is_plain(range: &Range, body: &Block) -> bool {
    range.is_whole() && [&range.low, &range.high].into_iter().all(|bound| is_steady(bound, &body.stmts))
}

/// Whether an expression has the same value before, between and behind statements.
fn is_steady(expr: &Expr, stmts: &[Stmt]) -> bool {
    let mut steady = expr.is_pure();
    expr.for_each_read(&mut |var| steady &= !changes(stmts, var));
    steady
}

fn in_loop(vars: &mut Vars, index: Var, range: &Range, body: &mut Block) -> Around {
    let mut around = Around::default();
    for root in roots(vars, body) {
        let Some(terms) = terms(vars, body, root) else { continue };
        let kept = invariant::sum(vars, index, body, &terms, &mut around);
        if let (0, Some(terms)) = (kept, self::terms(vars, body, root)) {
            window::slide(vars, index, range, body, &terms, &mut around);
        }
    }
    // nothing runs where there is no iteration
    if !around.after.is_empty() {
        let some = Expr::Prim(Prim::Less, vec![range.low.clone(), range.high.clone()]);
        let then = Block::of(std::mem::take(&mut around.after));
        around.after = vec![Stmt::If { result: None, cond: some, then, otherwise: Block::default() }];
    }
    around
}

/// One term that a loop adds to an element of a cotangent, at its own level.
struct Term {
    at: usize,
    /// The parameter, if the cotangent is a buffer that its caller may leave out.
    param: Option<usize>,
    place: Place,
    value: Expr,
}

impl Term {
    /// `place += value;`, under the condition of the term.
    fn add(&self, place: Place, value: Expr) -> Stmt {
        let add = Stmt::Add(place.clone(), value);
        match self.param {
            Some(param) => Stmt::IfActive { param, bar: place.root, body: Block::of(vec![add]) },
            None => add,
        }
    }
}

/// Everything that a loop adds to a cotangent; nothing if it does anything else with it.
fn terms(vars: &Vars, body: &Block, root: Var) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    for (at, stmt) in body.stmts.iter().enumerate().filter(|(_, stmt)| touches(stmt, root)) {
        let (param, add) = match stmt {
            Stmt::IfActive { param, bar, body } if *bar == root => match body.stmts.as_slice() {
                [add] => (Some(*param), add),
                _ => return None,
            },
            add => (None, add),
        };
        let Stmt::Add(place, value) = add else { return None };
        // a list that is added as a whole is no element
        let mut reads = value.reads(root) || place.root != root || !vars.place_type(place).is_float();
        place.for_each_index(&mut |index| reads |= index.reads(root));
        if reads || !value.is_pure() {
            return None;
        }
        terms.push(Term { at, param, place: place.clone(), value: value.clone() });
    }
    Some(terms)
}

/// The cotangents of which a loop adds to elements.
fn roots(vars: &Vars, body: &Block) -> BTreeSet<Var> {
    let mut roots = BTreeSet::new();
    let mut note = |stmt: &Stmt| {
        if let Stmt::Add(place, _) = stmt
            && matches!(vars[place.root].role, Role::Cotangent(_))
            && matches!(place.path.last(), Some(Projection::Index(_)))
            && vars.place_type(place).is_float()
        {
            roots.insert(place.root);
        }
    };
    for stmt in &body.stmts {
        match stmt {
            Stmt::IfActive { body, .. } => body.stmts.iter().for_each(&mut note),
            stmt => note(stmt),
        }
    }
    roots
}

/// Several terms for one lent buffer ask for it one by one.
fn part_buffers(body: &mut Block) {
    let mut stmts = Vec::with_capacity(body.stmts.len());
    for stmt in std::mem::take(&mut body.stmts) {
        match stmt {
            Stmt::IfActive { param, bar, body } if body.stmts.iter().all(|stmt| matches!(stmt, Stmt::Add(..))) => {
                let one = |stmt| Stmt::IfActive { param, bar, body: Block::of(vec![stmt]) };
                stmts.extend(body.stmts.into_iter().map(one));
            }
            other => stmts.push(other),
        }
    }
    body.stmts = stmts;
}

/// A sum that starts from zero, in a local variable.
fn register(vars: &mut Vars, place: &Place, suffix: &str) -> Var {
    let ty = vars.place_type(place);
    let var = vars.derived(place.root, suffix, vars[place.root].role, true);
    vars[var].ty = ty;
    vars[var].access = Access::Owned;
    var
}
