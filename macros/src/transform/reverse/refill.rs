//! Scratch that every iteration fills by a few sums and products: the reverse sweep fills scratch of its own again, where it would read
//! copies.
//!
//! ```text
//! for j in 0..m { v[j] = x[j] - y[k]; }        for j in 0..m { again[j] = x[j] - y[k]; }
//! saved.push_copy(&v);                         f_pullback(&again, ..);
//! f(&v);
//! ```
//!
//! Takes a block and, later, its reverse; a loop of the block *fills* a list if it assigns every element once, by cheap
//! arithmetic on what the reverse sweep has, and the rest of the block only reads the list. What is read of the list after the loop is
//! then a value of the loop's inputs alone, whatever other blocks do with the list. So the reverse of the block starts
//! with the loop, into a list that nothing else touches ([`Role::Again`]). Read so are lists that are lent as a whole, and elements
//! that an inner loop reads, each of which it would save; a single element is cheaper to save than the list is to fill.

use super::Reverse;
use super::counters::Counters;
use crate::ir::{Block, Expr, Function, Pattern, Range, Role, Stmt, Ty, Var};
use crate::rules::Prim;
use crate::simplify::{changes, touches};
use std::collections::BTreeSet;

/// A list that a loop of a block fills.
pub struct Refill {
    var: Var,
    /// The loop, without what it does beside.
    fill: Stmt,
}

impl Reverse<'_> {
    /// The lists that loops of the block at hand fill.
    pub fn find_refills(&self, block: &Block) -> Vec<Refill> {
        if self.levels.len() == 1 {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (at, stmt) in block.stmts.iter().enumerate() {
            let Stmt::For { var: index, range, body } = stmt else { continue };
            for assigned in &body.stmts {
                if let Stmt::Assign(place, _) = assigned
                    && place.is_element_at(*index)
                    && !self.restored.contains_key(&place.root)
                    && self.is_untouched_around(block, at, place.root)
                    && let Some(range) = self.all_elements(range, place.root)
                    && let Some(body) = self.alone(body, place.root)
                {
                    found.push(Refill { var: place.root, fill: Stmt::For { var: *index, range, body } });
                }
            }
        }
        found
    }

    /// Whether a list that the statement at hand lends is filled again where that is reversed. What stands before the loop does not
    /// touch the list.
    pub fn is_refilled(&self, var: Var) -> bool {
        self.refilled_at(var).is_some()
    }

    /// The same of a list of which the statement at hand reads elements, in an inner loop.
    pub fn has_elements_refilled(&self, var: Var) -> bool {
        self.refilled_at(var).is_some_and(|at| self.levels[at + 1..].iter().any(|level| level.is_loop))
    }

    /// The block that has a loop which fills a list.
    fn refilled_at(&self, var: Var) -> Option<usize> {
        self.levels.iter().rposition(|level| level.refills.iter().any(|refill| refill.var == var))
    }

    /// Starts the reverse of the block at hand with the loops that fill what it reads.
    pub fn refill(&mut self, out: &mut Vec<Stmt>) {
        let refills = self.levels.last_mut().map(|level| std::mem::take(&mut level.refills)).unwrap_or_default();
        for Refill { var, fill } in refills {
            let mut read = false;
            out.iter().for_each(|stmt| stmt.for_each_read(&mut |found| read |= found == var));
            let Some(length) = self.extents.length(var).filter(|_| read) else { continue };
            let heap = matches!(self.vars[var].ty, Ty::Vec(_));
            let zeros = Expr::Repeat { item: Box::new(Expr::float(0.0)), len: Box::new(length.clone()), heap };
            let again = self.vars.derived(var, "_again", Role::Again(var), true);
            self.rewinds.push(Stmt::Let(Pattern::Var(again), zeros));
            out.iter_mut().for_each(|stmt| stmt.rename(var, again));
            let mut fill = Block::of(vec![fill]).fresh(&mut self.vars);
            fill.rename(var, again);
            self.brought_back().for_each(|(from, to)| fill.rename(from, to));
            out.splice(0..0, fill.stmts);
        }
    }

    /// Whether nothing touches a list before a statement of the block, and nothing changes it after.
    fn is_untouched_around(&self, block: &Block, at: usize, var: Var) -> bool {
        let asks_length =
            |stmt: &Stmt| matches!(stmt, Stmt::Let(_, value) if self.lengths.sequence(value) == Some(var));
        let untouched = block.stmts[..at].iter().all(|stmt| !touches(stmt, var) || asks_length(stmt));
        untouched && !changes(&block.stmts[at + 1..], var)
    }

    /// The range of a loop over all elements of a list of floats at the top level, which keeps its length.
    fn all_elements(&self, range: &Range, var: Var) -> Option<Range> {
        let length = self.extents.length(var)?;
        let (ty, outer) = (&self.vars[var].ty, self.levels[0].defined.contains(&var));
        let floats = matches!(ty, Ty::Array(_) | Ty::Vec(_)) && ty.element().is_some_and(|item| item.is_float());
        let keeps = matches!(ty, Ty::Array(_)) || !may_resize(self.function, var);
        if !outer || !floats || !keeps || self.storage.is_resized(var) || range.checkpoint.is_some() {
            return None;
        }
        let whole = Range { reversed: false, high: length.clone(), ..range.clone() };
        let by_name = self.lengths.sequence(&range.high) == Some(var);
        self.extents.covers(if by_name { &whole } else { range }, var).then_some(whole)
    }

    /// What of a loop's body assigns an element of a list, if that is done once, and again is cheap and gives the same.
    fn alone(&self, body: &Block, var: Var) -> Option<Block> {
        let mut touching = body.stmts.iter().enumerate().filter(|(_, stmt)| touches(stmt, var));
        let (Some((at, assigned @ Stmt::Assign(_, value))), None) = (touching.next(), touching.next()) else {
            return None;
        };
        if matches!(body.stmts.last(), Some(Stmt::BreakIf(_))) || !self.is_light(value) {
            return None;
        }
        let mut needed = BTreeSet::new();
        let mut stmts = Vec::new();
        for stmt in body.stmts[..=at].iter().rev() {
            let value = match stmt {
                Stmt::Assign(_, value) if std::ptr::eq(stmt, assigned) => value,
                stmt if stmt.defines().iter().all(|defined| !needed.contains(defined)) => continue,
                Stmt::Let(Pattern::Var(defined), value) if self.is_light_value(*defined, value) => value,
                _ => return None,
            };
            value.collect_reads(&mut needed);
            stmts.push(stmt.clone());
        }
        stmts.reverse();
        Some(Block::of(stmts))
    }

    fn is_light_value(&self, var: Var, value: &Expr) -> bool {
        self.vars[var].ty.is_scalar() && !self.vars[var].mutable && self.is_light(value)
    }

    /// Whether a value can be computed again as cheaply as a copy is read.
    fn is_light(&self, value: &Expr) -> bool {
        self.is_repeatable(value, &Counters::default()) && is_light(value)
    }
}

fn is_light(value: &Expr) -> bool {
    use Prim::{Abs, Add, Max, Min, Mul, Neg, StrongMul, Sub};
    let mut light =
        !matches!(value, Expr::Prim(prim, _) if !matches!(prim, Add | Sub | Mul | Neg | Abs | Min | Max | StrongMul));
    value.for_each_child(&mut |child| light &= is_light(child));
    light
}

/// Whether a list is lent as a whole, or copied source changes it, so that it may get another length.
fn may_resize(function: &Function, var: Var) -> bool {
    fn in_expr(expr: &Expr, var: Var) -> bool {
        let mut found = match expr {
            Expr::Borrow(place, true) => place.root == var && place.is_whole(),
            Expr::Opaque(opaque) => opaque.writes.contains(&var),
            _ => false,
        };
        expr.for_each_child(&mut |child| found |= in_expr(child, var));
        found
    }
    let mut found = false;
    let mut find = |expr: &Expr| found |= in_expr(expr, var);
    function.body.stmts.iter().for_each(|stmt| stmt.for_each_expr_inside(&mut find));
    found
}
