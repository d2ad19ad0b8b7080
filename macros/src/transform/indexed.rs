//! Residuals by index: what a loop from zero saves once an iteration stands in a vector, at the index of the iteration, and not on
//! a stack.
//!
//! ```text
//! for i in 0..n { .. saved.push(y); }              for i in 0..n { .. saved[i] = y; }
//! for i in (0..n).rev() { let y = saved.pop(); .. } for i in (0..n).rev() { let y = saved[i]; .. }
//! ```
//!
//! Takes both sweeps as they are emitted, with room on their stacks; returns sweeps that save and read the same values. An index is what
//! the loop has anyway, where a stack counts along, and its accesses can be hoisted. Applied to floats, in loops at the top
//! level whose variable is visibly an index: other integers may have another type.

use super::capacity::{only_saver, saved_type};
use super::reverse::Sweeps;
use crate::analysis::sum::{distance, starts_at_zero};
use crate::ir::{Access, Block, Expr, FloatTy, Pattern, Place, Projection, Range, Room, Stmt, Ty, Var, Vars};

/// Replaces stacks by vectors.
pub fn save_by_index(sweeps: &mut Sweeps) {
    if sweeps.vars.generic || sweeps.again.is_some() {
        return;
    }
    let stacks: Vec<Var> = sweeps.forward.iter().filter_map(sized_stack).collect();
    for stack in stacks {
        if let Some(found) = find(sweeps, stack) {
            replace(sweeps, stack, &found);
        }
    }
}

/// A stack with the only loop that saves to it, and the only one that reads it.
struct Found {
    ty: Ty,
    high: Expr,
    index: Var,
    rewind: Var,
    index_back: Var,
}

fn sized_stack(stmt: &Stmt) -> Option<Var> {
    match stmt {
        Stmt::Let(Pattern::Var(stack), Expr::NewStack(Room::Loop(_))) => Some(*stack),
        _ => None,
    }
}

fn find(sweeps: &Sweeps, stack: Var) -> Option<Found> {
    let Sweeps { vars, forward, reverse, .. } = sweeps;
    let (at, range, body) = only_saver(forward, stack)?;
    let Stmt::For { var: index, .. } = forward[at] else { return None };
    let ty = saved_type(vars, body, stack)?;
    let plain = matches!(ty, Ty::Float(FloatTy::F64 | FloatTy::F32 | FloatTy::Inferred));
    if !plain || matches!(vars[stack].ty, Ty::Array(_)) || !counts_from_zero(range) || !is_index(vars, body, index) {
        return None;
    }
    let both = || forward.iter().chain(reverse);
    let mut rewinds = both().filter_map(|stmt| match stmt {
        Stmt::Let(Pattern::Var(rewind), Expr::Rewind(of)) if *of == stack => Some(*rewind),
        _ => None,
    });
    let (Some(rewind), None) = (rewinds.next(), rewinds.next()) else { return None };
    let reader = both().find(|stmt| pops(stmt, rewind) > 0)?;
    let once = both().map(|stmt| pops(stmt, rewind)).sum::<usize>() == 1;
    let Stmt::For { var: index_back, range: back, body } = reader else { return None };
    let own = |stmt: &Stmt| matches!(stmt, Stmt::Let(Pattern::Var(_), Expr::Pop(of)) if *of == rewind);
    let direct = body.stmts.iter().any(own);
    (once && direct && counts_from_zero(back) && back.reversed != range.reversed).then(|| Found {
        ty,
        high: range.high.clone(),
        index,
        rewind,
        index_back: *index_back,
    })
}

/// Whether a loop runs over all integers from zero below its bound.
fn counts_from_zero(range: &Range) -> bool {
    range.checkpoint.is_none() && starts_at_zero(range)
}

/// Whether the body reads or writes an element of a list at the variable, give or take a number: it is a `usize` then.
fn is_index(vars: &Vars, body: &Block, index: Var) -> bool {
    let mut found = false;
    let mut look = |place: &Place| {
        let list = matches!(vars[place.root].ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_));
        let at = place.path.first().filter(|_| list);
        found |= matches!(at, Some(Projection::Index(at)) if distance(at, index).is_some());
    };
    body.for_each_stmt(&mut |stmt| {
        if let Stmt::Assign(place, _) | Stmt::Add(place, _) = stmt {
            look(place);
        }
        stmt.for_each_expr(&mut |expr| for_each_place(expr, &mut look));
    });
    found
}

fn for_each_place(expr: &Expr, look: &mut dyn FnMut(&Place)) {
    if let Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) = expr {
        look(place);
    }
    expr.for_each_child(&mut |child| for_each_place(child, look));
}

/// How often a statement, or one in it, reads a residual.
fn pops(stmt: &Stmt, rewind: Var) -> usize {
    let mut count = 0;
    stmt.for_each_stmt(&mut |stmt| {
        stmt.for_each_expr(&mut |expr| count += usize::from(matches!(expr, Expr::Pop(of) if *of == rewind)));
    });
    count
}

fn replace(sweeps: &mut Sweeps, stack: Var, found: &Found) {
    let Sweeps { vars, forward, reverse, .. } = sweeps;
    vars[stack].ty = Ty::Vec(Box::new(found.ty.clone()));
    vars[stack].access = Access::Owned;
    vars[stack].mutable = true;
    let element = |index: Var| Place::of(stack).project(Projection::Index(Box::new(Expr::Var(index))));
    for stmts in [forward, reverse] {
        stmts.retain(|stmt| !matches!(stmt, Stmt::Let(_, Expr::Rewind(of)) if *of == stack));
        let mut inside = Vec::new();
        for stmt in stmts {
            match stmt {
                Stmt::Let(Pattern::Var(var), value) if *var == stack => {
                    *value = Expr::NewStack(Room::Places(Box::new(found.high.clone())));
                }
                Stmt::For { body, .. } => inside.extend(&mut body.stmts),
                _ => {}
            }
        }
        for stmt in inside {
            match stmt {
                Stmt::Save { stack: to, value } if *to == stack => {
                    *stmt = Stmt::Assign(element(found.index), value.clone());
                }
                Stmt::Let(_, value) if *value == Expr::Pop(found.rewind) => {
                    *value = Expr::Load(element(found.index_back));
                }
                _ => {}
            }
        }
    }
}
