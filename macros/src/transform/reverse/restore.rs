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
//! before it is changed need not be brought back; its elements are read from one copy instead of being saved one by one. So are those of
//! a table that no later assignment changes ([`lasting`](crate::analysis::lasting)), and nothing is put back there.
//!
//! Source: Tapenade saves what is overwritten (Hascoët and Pascual, ACM TOMS 39(3), 2013); here that is done where it is less than what
//! is read.

use super::{Mode, Reverse};
use crate::analysis::lasting::Lasting;
use crate::analysis::restorable::{Changes, Part};
use crate::analysis::work::is_light;
use crate::ir::{Access, Expr, Pattern, Place, Role, Stmt, Structural, Var, VarMap, Vars};
use crate::rules::structural::{StructuralOp, Transpose};
use crate::simplify::changes_place;
use std::collections::BTreeSet;

/// What the reverse sweep brings back of a variable.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Whether it is read before a change, so that changes are undone.
    pub undone: bool,
    /// Of which fields; `None` for all of it.
    pub fields: Option<BTreeSet<String>>,
    /// Whether only what no later assignment changes is read of it.
    pub lasting: bool,
}

impl Restored {
    /// Whether a place is at every statement what it was there.
    fn holds(&self, place: &Place) -> bool {
        match &self.fields {
            Some(fields) => place.field().is_some_and(|field| fields.contains(field)),
            None => true,
        }
    }
}

/// The variables of which less is overwritten than the forward sweep saves of them, or their fields of which that is so.
pub fn worth_restoring(
    restorable: &VarMap<Changes>,
    lasting: &Lasting,
    vars: &Vars,
    forward: &[Stmt],
) -> VarMap<Restored> {
    let mut search = Search { vars, lasting, saved: VarMap::new(), lasting_saved: VarMap::new() };
    search.stmts(forward, 0);
    let Search { saved, lasting_saved, .. } = search;
    let mut worth = VarMap::new();
    for var in restorable.keys() {
        let group = exchanging(restorable, *var);
        let saves: Vec<&(Part, bool)> = group.iter().filter_map(|var| saved.get(var)).flatten().collect();
        let reads: Vec<&Part> = saves.iter().map(|(part, _)| part).collect();
        let changes = || group.iter().filter_map(|var| restorable.get(var));
        let undone = changes().filter(|changes| changes.read_before);
        let writes: Vec<&Part> = undone.flat_map(|changes| &changes.writes).collect();
        let defined = changes().map(|changes| changes.defined).max().unwrap_or(0);
        let read: Option<BTreeSet<&String>> = reads.iter().map(|part| part.field.as_ref()).collect();
        let moves = changes().any(|changes| changes.moves);
        let apart = group.len() == 1 && !moves && writes.iter().all(|part| part.field.is_some());
        // of one field, or of all
        let depths = |parts: &[&Part], field: Option<&String>| -> Vec<usize> {
            let parts = parts.iter().filter(|part| field.is_none() || part.field.as_ref() == field);
            parts.map(|part| part.depth).collect()
        };
        let all_last = saves.iter().all(|(_, lasts)| *lasts);
        let less = |field| is_less(defined, &depths(&writes, field), &depths(&reads, field));
        let fields = match read.filter(|_| apart) {
            Some(fields) => {
                let worthy: BTreeSet<String> = fields.into_iter().filter(|field| less(Some(*field))).cloned().collect();
                (!worthy.is_empty()).then_some(Some(worthy))
            }
            None => less(None).then_some(None),
        };
        let some_last = lasting_saved.get(var).is_some_and(|depths| depths.iter().any(|depth| *depth > defined));
        if some_last && group.len() == 1 && !moves && (all_last || fields.is_none()) {
            worth.insert(*var, Restored { undone: false, fields: None, lasting: true });
            continue;
        }
        if let Some(fields) = fields {
            group.iter().for_each(|var| {
                worth.insert(
                    *var,
                    Restored { undone: restorable[var].read_before, fields: fields.clone(), lasting: false },
                );
            });
        }
    }
    worth
}

/// Whether less is overwritten than read, by how deep in loops that happens.
fn is_less(defined: usize, writes: &[usize], reads: &[usize]) -> bool {
    let Some(deepest) = reads.iter().copied().max() else { return false };
    let written = writes.iter().copied().max().unwrap_or(defined);
    let count = |depths: &[usize]| depths.iter().filter(|found| **found == deepest).count();
    let fewer = written == deepest && !writes.is_empty() && count(writes) < count(reads);
    deepest > defined && (written < deepest || fewer)
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

/// What the forward sweep saves of variables, and in how many loops.
struct Search<'a> {
    vars: &'a Vars,
    lasting: &'a Lasting,
    /// Where no scalar is read that the block itself changes: that stands before the block's reverse. Whether it is there at the end, too.
    saved: VarMap<Vec<(Part, bool)>>,
    /// What is there at the end, as it was read or as it was assigned.
    lasting_saved: VarMap<Vec<usize>>,
}

impl Search<'_> {
    fn stmts(&mut self, stmts: &[Stmt], depth: usize) {
        for stmt in stmts {
            if let Stmt::Save { value, .. } = stmt {
                let copy = matches!(value, Expr::Snapshot(_) | Expr::ZeroLike(_));
                for place in read_in(self.vars, value, stmts) {
                    let named = matches!(value, Expr::Var(name) if self.lasting.holds_as(*name, &place));
                    let lasts = named || self.lasting.holds(&place);
                    if lasts {
                        self.lasting_saved.get_or_default(place.root).push(depth);
                    }
                    if copy || !changes_place(stmts, &place) {
                        self.saved.get_or_default(place.root).push((Part::of(&place, depth), lasts));
                    }
                }
                if let Some(place) = assigned_to(value, stmts).filter(|place| self.lasting.holds_behind(place)) {
                    self.lasting_saved.get_or_default(place.root).push(depth);
                }
            }
            let inner = depth + usize::from(matches!(stmt, Stmt::For { .. } | Stmt::While { .. }));
            stmt.blocks().into_iter().for_each(|block| self.stmts(&block.stmts, inner));
        }
    }
}

/// The place that a saved value is assigned to.
fn assigned_to<'a>(value: &Expr, stmts: &'a [Stmt]) -> Option<&'a Place> {
    stmts.iter().find_map(|stmt| match stmt {
        Stmt::Assign(place, assigned) if matches!(value, Expr::Var(_)) && assigned == value => Some(place),
        _ => None,
    })
}

/// The places from which a saved value is, or of which it has the shape.
fn read_in(vars: &Vars, value: &Expr, stmts: &[Stmt]) -> Vec<Place> {
    let name = match value {
        Expr::Var(var) => *var,
        Expr::Load(place) | Expr::Snapshot(place) if place.is_whole() => place.root,
        _ => return places_of(vars, value),
    };
    match stmts.iter().find_map(|stmt| stmt.value_of(name)) {
        Some(definition) => places_of(vars, definition),
        None => vec![Place::of(name)],
    }
}

fn places_of(vars: &Vars, value: &Expr) -> Vec<Place> {
    match value {
        Expr::Load(place) | Expr::Snapshot(place) => vec![place.clone()],
        Expr::ZeroLike(of) => of.as_reference().into_iter().cloned().collect(),
        // it would be evaluated again
        Expr::Matrix(op, operands) if is_light(vars, op, operands) => {
            let places = operands.iter().map(|operand| match operand {
                Expr::Snapshot(place) | Expr::Borrow(place, false) if !place.is_whole() => Some(place.clone()),
                _ => None,
            });
            places.collect::<Option<Vec<Place>>>().unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

impl Reverse<'_> {
    /// Lets the reverse sweep bring back variables.
    pub fn start_restoring(&mut self, restored: &VarMap<Restored>) {
        for (var, restored) in restored.iter() {
            let name = if restored.undone { "_back" } else { "_kept" };
            let back = self.vars.derived(*var, name, Role::Residual, restored.undone);
            self.vars[back].ty = self.vars[*var].ty.owned();
            self.restored.insert(*var, (back, restored.clone()));
        }
    }

    /// The reverse of the block that defines variables starts from what they are at the block's end, which the forward sweep keeps where
    /// they do not last. Returns the statements that do so.
    pub fn start_from_copies(&mut self, restored: &[Var], out: &mut Vec<Stmt>) -> Vec<Stmt> {
        let mut kept = Vec::new();
        for var in restored.iter().copied() {
            let Some((back, restored)) = self.restored.get(&var).cloned() else { continue };
            if self.runs_together() && !restored.undone {
                // it is there itself
                self.restored.insert(var, (var, restored));
                continue;
            }
            let leaves = self.storage.is_returned(var) || self.vars[var].access == Access::Mutable;
            if self.levels.len() == 1 && !(self.mode == Mode::Split && leaves) {
                out.push(Stmt::Let(Pattern::Var(back), self.read_whole(var)));
                continue;
            }
            let mut end = back;
            if self.vars[back].mutable {
                end = self.kept_variable(var, "_end", self.vars[back].ty.clone());
                out.push(Stmt::Let(Pattern::Var(back), self.read_whole(end)));
            } else {
                self.define(back);
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

    /// Whether the reverse sweep reads a variable as it is at the end of its block, around the one at hand.
    pub fn reads_at_end(&self, place: &Place) -> bool {
        let outer = self.levels.last().is_some_and(|level| !level.defined.contains(&place.root));
        outer && self.restored.get(&place.root).is_some_and(|(_, restored)| restored.lasting)
    }

    /// The place in which the reverse sweep has the value of an assignment, before it undoes that.
    pub fn assigned_place(&self, place: &Place) -> Option<Place> {
        let (back, restored) = self.restored.get(&place.root)?;
        let there = restored.holds(place) && (restored.undone || self.lasting.holds_behind(place));
        there.then(|| place.rooted(*back))
    }

    /// The place that the reverse sweep brings back, where changes of one are undone.
    pub fn undone(&self, place: &Place) -> Option<Place> {
        self.restored_place(place).filter(|place| self.vars[place.root].mutable)
    }

    /// What a place holds before it is overwritten.
    fn keep_old(&mut self, place: &Place, pre: &mut Vec<Stmt>) -> Var {
        let old = self.kept_variable(place.root, "_old", self.vars.place_type(place).owned());
        let value = Expr::copy_of(place.clone(), &self.vars[old].ty);
        pre.push(Stmt::Let(Pattern::Var(old), value));
        old
    }

    /// The place in which one is brought back.
    pub fn restored_place(&self, place: &Place) -> Option<Place> {
        let (back, restored) = self.restored.get(&place.root)?;
        (restored.holds(place) && (!restored.lasting || self.lasting.holds(place))).then(|| place.rooted(*back))
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
        for (var, (back, _)) in self.restored.iter() {
            sweep.iter_mut().filter(|stmt| stmt.value_of(*back).is_none()).for_each(|stmt| stmt.rename(*var, *back));
        }
    }
}
