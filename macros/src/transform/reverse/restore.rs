//! Lists, matrices and floats that the reverse sweep brings back to what they were, instead of reading what was saved of them.
//!
//! ```text
//! let old = xs[i];                xs_back[i] = old;
//! xs[i] = y;
//! ```
//!
//! What an inner loop reads of a list that an outer one changes would be saved in every iteration of the inner loop; what the
//! outer loop overwrites is less. So the forward sweep saves that, and the reverse sweep puts it back, in a copy of the list that
//! starts from what it is at the end of the block that defines it. What only moves elements is undone by its inverse, and nothing is
//! saved of it. At each statement that does not change the list, the copy is then what the list was there. A list that is not read
//! before it is changed need not be brought back; its elements are read from one copy instead of being saved one by one.
//!
//! Source: Tapenade saves what is overwritten (Hascoët and Pascual, ACM TOMS 39(3), 2013); here that is done where it is less than what
//! is read.

use super::{Mode, Reverse};
use crate::analysis::restorable::Changes;
use crate::ir::{Access, Expr, Pattern, Place, Role, Stmt, Structural, Var, VarMap};
use crate::rules::structural::{StructuralOp, Transpose};
use crate::simplify::changes;
use std::collections::BTreeSet;

/// The variables of which less is overwritten than the forward sweep saves of them.
pub fn worth_restoring(restorable: &VarMap<Changes>, forward: &[Stmt]) -> VarMap<Changes> {
    let mut saved = VarMap::new();
    find_saved(forward, 0, &mut saved);
    let mut worth = VarMap::new();
    for var in restorable.keys() {
        let group = exchanging(restorable, *var);
        let reads: Vec<usize> = group.iter().filter_map(|var| saved.get(var)).flatten().copied().collect();
        let changes = || group.iter().filter_map(|var| restorable.get(var));
        let writes = changes().filter(|changes| changes.read_before).flat_map(|changes| changes.writes.iter().copied());
        let writes: Vec<usize> = writes.collect();
        let Some(deepest) = reads.iter().copied().max() else { continue };
        let defined = changes().map(|changes| changes.defined).max().unwrap_or(0);
        let written = writes.iter().copied().max().unwrap_or(defined);
        let count = |depths: &[usize]| depths.iter().filter(|found| **found == deepest).count();
        let fewer = written == deepest && !writes.is_empty() && count(&writes) < count(&reads);
        if deepest > defined && (written < deepest || fewer) {
            group.iter().for_each(|var| {
                worth.insert(*var, restorable[var].clone());
            });
        }
    }
    worth
}

/// A variable and all that it exchanges elements with, by way of others too.
fn exchanging(restorable: &VarMap<Changes>, var: Var) -> BTreeSet<Var> {
    let mut group = BTreeSet::from([var]);
    loop {
        let partners = group.iter().filter_map(|var| restorable.get(var)).flat_map(|changes| changes.partners.iter());
        let larger: BTreeSet<Var> = partners.chain(&group).copied().collect();
        if larger.len() == group.len() {
            return group;
        }
        group = larger;
    }
}

/// In how many loops values are saved that are read of a variable where the block does not change it.
fn find_saved(stmts: &[Stmt], depth: usize, saved: &mut VarMap<Vec<usize>>) {
    for stmt in stmts {
        if let Stmt::Save { value, .. } = stmt
            && let Some(root) = read_in(value, stmts)
            && !changes(stmts, root)
        {
            saved.get_or_default(root).push(depth);
        }
        let inner = depth + usize::from(matches!(stmt, Stmt::For { .. } | Stmt::While { .. }));
        stmt.blocks().into_iter().for_each(|block| find_saved(&block.stmts, inner, saved));
    }
}

/// The variable that a saved value is, or is part of.
fn read_in(value: &Expr, stmts: &[Stmt]) -> Option<Var> {
    let name = match value {
        Expr::Var(var) => *var,
        Expr::Load(place) | Expr::Snapshot(place) if place.is_whole() => place.root,
        Expr::Load(place) | Expr::Snapshot(place) => return Some(place.root),
        _ => return None,
    };
    match stmts.iter().find_map(|stmt| stmt.value_of(name)) {
        Some(Expr::Load(place) | Expr::Snapshot(place)) => Some(place.root),
        Some(_) => None,
        None => Some(name),
    }
}

impl Reverse<'_> {
    /// Lets the reverse sweep bring back variables.
    pub fn start_restoring(&mut self, restored: &VarMap<Changes>) {
        for (var, changes) in restored.iter() {
            let name = if changes.read_before { "_back" } else { "_kept" };
            let back = self.vars.derived(*var, name, Role::Residual, changes.read_before);
            self.vars[back].ty = self.vars[*var].ty.owned();
            self.restored.insert(*var, back);
        }
    }

    /// The reverse of the block that defines variables starts from what they are at the block's end, which the forward sweep keeps where
    /// they do not last. Returns the statements that do so.
    pub fn start_from_copies(&mut self, restored: &[Var], out: &mut Vec<Stmt>) -> Vec<Stmt> {
        let mut kept = Vec::new();
        for var in restored.iter().copied() {
            let Some(back) = self.restored_as(var) else { continue };
            let leaves = self.storage.is_returned(var) || self.vars[var].access == Access::Mutable;
            if self.levels.len() == 1 && !(self.mode == Mode::Split && leaves) {
                out.push(Stmt::Let(Pattern::Var(back), self.read_whole(var)));
                continue;
            }
            let mut end = back;
            if self.vars[back].mutable {
                end = self.kept_variable(var, "_end", self.vars[back].ty.clone());
                out.push(Stmt::Let(Pattern::Var(back), self.read_whole(end)));
            } else if let Some(level) = self.levels.last_mut() {
                level.defined.insert(back);
            }
            kept.push(Stmt::Let(Pattern::Var(end), self.read_whole(var)));
        }
        kept
    }

    /// Puts back what an assignment overwrites; `pre` runs before the assignment.
    pub fn put_back(&mut self, place: &Place, pre: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        if let Some(back) = self.undone(place) {
            let old = self.keep_old(place, pre);
            out.push(Stmt::Assign(back, self.read_whole(old)));
        }
    }

    /// Moves elements back to where they were, or puts back those that were overwritten.
    pub fn move_back(&mut self, structural: &Structural, pre: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let backs = structural.places.iter().map(|place| self.undone(place));
        let Some(places) = backs.collect::<Option<Vec<Place>>>() else { return };
        let undone = Structural { places, value: None, result: None, ..structural.clone() };
        match structural.op.row().transpose {
            Transpose::Rearrange(op) => out.push(Stmt::Structural(Structural { op, ..undone })),
            _ => {
                let Some(place) = structural.places.first() else { return };
                let old = self.keep_old(place, pre);
                let value = Some(Expr::Borrow(Place::of(old), false));
                let positions = Vec::new();
                out.push(Stmt::Structural(Structural { op: StructuralOp::CopyFrom, value, positions, ..undone }));
            }
        }
    }

    /// The place that the reverse sweep brings back, where changes of one are undone.
    fn undone(&self, place: &Place) -> Option<Place> {
        let back = self.restored_as(place.root).filter(|back| self.vars[*back].mutable)?;
        Some(place.rooted(back))
    }

    /// What a place holds before it is overwritten.
    fn keep_old(&mut self, place: &Place, pre: &mut Vec<Stmt>) -> Var {
        let old = self.kept_variable(place.root, "_old", self.vars.place_type(place).owned());
        let scalar = self.vars[old].ty.is_scalar();
        let value = if scalar { Expr::Load(place.clone()) } else { Expr::Snapshot(place.clone()) };
        pre.push(Stmt::Let(Pattern::Var(old), value));
        old
    }

    /// The variable in which a restored one is brought back.
    pub fn restored_as(&self, var: Var) -> Option<Var> {
        self.restored.get(&var).copied()
    }

    fn read_whole(&self, var: Var) -> Expr {
        match self.vars[var].ty.is_scalar() {
            true if self.vars[var].mutable => Expr::Load(Place::of(var)),
            true => Expr::Var(var),
            false => Expr::Snapshot(Place::of(var)),
        }
    }

    /// Reads of what has not changed since come from the copy too, so that it can take the place of the variable.
    pub fn read_restored(&self, sweep: &mut [Stmt]) {
        for (var, back) in self.restored.iter() {
            sweep.iter_mut().filter(|stmt| stmt.value_of(*back).is_none()).for_each(|stmt| stmt.rename(*var, *back));
        }
    }
}
