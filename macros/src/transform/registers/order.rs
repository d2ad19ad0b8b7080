//! The direction of reverse loops: where iterations do not depend on each other, the reverse loop runs upwards, as
//! memory is read fastest, and as the optimiser vectorises best.
//!
//! Shown for a loop that pops no residuals, and in which everything that it changes outside is only added to, or is
//! touched at the index of the iteration only. An integer that the loop counts back counts along again:
//!
//! ```text
//! let mut start_back = start;                let mut start_back = 0;
//! for i in (0..n).rev() {                    for i in 0..n {
//!     start_back -= n - i;                       ..
//!     ..                                         start_back += n - i;
//! }                                          }
//! ```

use super::{is_plain, is_steady};
use crate::ir::{Block, Expr, Pattern, Place, Stmt, Ty, Var, Vars};
use crate::simplify::{changes, touches};
use std::collections::BTreeSet;

/// Whether the iterations of a loop may run in any order.
pub fn is_free(vars: &Vars, index: Var, stmts: &[Stmt], counters: &[Var]) -> bool {
    let mut inner = BTreeSet::new();
    let mut changed = BTreeSet::new();
    let mut plain = true;
    let mut note = |stmt: &Stmt| {
        inner.extend(stmt.defines());
        plain &= match stmt {
            Stmt::Let(..) | Stmt::Add(..) | Stmt::Assign(..) | Stmt::IfActive { .. } | Stmt::If { .. } => true,
            Stmt::For { range, .. } => range.checkpoint.is_none(),
            _ => false,
        };
        stmt.for_each_expr(&mut |expr| plain &= expr.is_pure());
        if let Stmt::Add(place, _) | Stmt::Assign(place, _) = stmt {
            changed.insert(place.root);
        }
    };
    stmts.iter().for_each(|stmt| stmt.for_each_stmt(&mut note));
    plain
        && changed.difference(&inner).filter(|var| !counters.contains(var)).all(|var| {
            let added = only_added(stmts, *var) && vars.place_type(&element(stmts, *var)).is_float();
            added || stmts.iter().all(|stmt| at_index(stmt, *var, index))
        })
}

/// Whether statements do nothing with a variable but add to it.
fn only_added(stmts: &[Stmt], var: Var) -> bool {
    stmts.iter().filter(|stmt| touches(stmt, var)).all(|stmt| {
        let mut reads = false;
        stmt.for_each_expr(&mut |expr| reads |= expr.reads(var));
        let added = matches!(stmt, Stmt::Add(..) | Stmt::IfActive { .. } | Stmt::If { .. } | Stmt::For { .. });
        let inner = stmt.blocks();
        let results = inner.iter().all(|block| block.result.iter().all(|result| !result.reads(var)));
        added && !reads && results && inner.iter().all(|block| only_added(&block.stmts, var))
    })
}

/// One of the places in which a variable is changed.
fn element(stmts: &[Stmt], var: Var) -> Place {
    let mut found = Place::of(var);
    let mut note = |stmt: &Stmt| {
        if let Stmt::Add(place, _) | Stmt::Assign(place, _) = stmt
            && place.root == var
        {
            found = place.clone();
        }
    };
    stmts.iter().for_each(|stmt| stmt.for_each_stmt(&mut note));
    found
}

/// Lets loops of a reverse sweep run upwards that count integers back, from where the forward sweep started to count.
pub fn count_along(vars: &Vars, forward: &[Stmt], reverse: &mut [Stmt]) {
    for at in 0..reverse.len() {
        let Some(starts) = counters(vars, forward, reverse, at) else { continue };
        for stmt in &mut reverse[..at] {
            if let Stmt::Let(Pattern::Var(var), value) = stmt
                && let Some((_, start)) = starts.iter().find(|(counter, _)| counter == var)
            {
                *value = start.clone();
            }
        }
        if let Stmt::For { range, body, .. } = &mut reverse[at] {
            range.reversed = false;
            let steps: Vec<Stmt> = body.stmts.drain(..starts.len()).collect();
            body.stmts.extend(steps.into_iter().map(|step| match step {
                Stmt::Add(place, value) => Stmt::Add(place, value.negate()),
                other => other,
            }));
        }
    }
}

/// The integers that a reverse loop counts back before anything else, with the values from which they were counted;
/// nothing if the iterations depend on each other in another way, or other loops count them too.
fn counters(vars: &Vars, forward: &[Stmt], reverse: &[Stmt], at: usize) -> Option<Vec<(Var, Expr)>> {
    let Stmt::For { var: index, range, body } = &reverse[at] else { return None };
    let steps = body.stmts.iter().map_while(|stmt| match stmt {
        Stmt::Add(place, value) if place.is_whole() && vars[place.root].ty == Ty::Int => Some((place.root, value)),
        _ => None,
    });
    let steps: Vec<(Var, &Expr)> = steps.collect();
    let rest = &body.stmts[steps.len()..];
    let counters: Vec<Var> = steps.iter().map(|(counter, _)| *counter).collect();
    let steady = steps.iter().all(|(_, value)| is_steady(value, &body.stmts));
    let plain = range.reversed && is_plain(range, body) && steady;
    if steps.is_empty() || !plain || counters.iter().any(|counter| changes(rest, *counter)) {
        return None;
    }
    let starts = counters.iter().map(|counter| Some((*counter, start(forward, reverse, at, *counter)?)));
    starts.collect::<Option<Vec<_>>>().filter(|_| is_free(vars, *index, rest, &counters))
}

/// The number from which an integer was counted, if the loop at hand, and the one whose reverse it is, are all that count it.
fn start(forward: &[Stmt], reverse: &[Stmt], at: usize, counter: Var) -> Option<Expr> {
    let mut others = reverse.iter().enumerate().filter(|(other, stmt)| *other != at && touches(stmt, counter));
    let defined = reverse[..at].iter().find_map(|stmt| stmt.value_of(counter))?;
    let source = match defined {
        Expr::Var(source) => *source,
        Expr::Load(place) if place.is_whole() => place.root,
        _ => return None,
    };
    let counting = forward.iter().filter(|stmt| changes(std::slice::from_ref(*stmt), source));
    let counting: Vec<&Stmt> = counting.collect();
    let [first, Stmt::For { .. }] = counting[..] else { return None };
    let start = first.value_of(source)?;
    let constant =
        matches!(start, Expr::Opaque(opaque) if opaque.cheap && opaque.reads.is_empty() && opaque.writes.is_empty());
    let alone = others.all(|(_, stmt)| stmt.value_of(counter).is_some());
    (constant && alone).then(|| start.clone())
}

/// Whether a statement touches a variable at an index only.
fn at_index(stmt: &Stmt, var: Var, index: Var) -> bool {
    let is_fine = |place: &Place| place.is_in_element_at(index);
    let mut fine = true;
    stmt.for_each_expr(&mut |expr| fine &= expr.reads_only(var, &is_fine));
    if let Stmt::Assign(place, _) | Stmt::Add(place, _) = stmt {
        fine &= place.root != var || is_fine(place);
    }
    let of_block = |block: &&Block| {
        block.stmts.iter().all(|stmt| at_index(stmt, var, index))
            && block.result.iter().all(|result| result.reads_only(var, &is_fine))
    };
    fine && stmt.blocks().iter().all(of_block)
}
