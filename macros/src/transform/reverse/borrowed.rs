//! Values that borrow, such as lists of references. A pullback owns what it captures, and puts them together again from what is
//! lent again and what it owns.

use super::Reverse;
use super::counters::Counters;
use crate::ir::{Access, Expr, Passing, Pattern, Place, Role, Stmt, Ty, Var};
use crate::simplify::prepend_definitions;
use std::collections::BTreeSet;

impl Reverse<'_> {
    /// Puts structs, tuples and lists that borrow together again at the start of the reverse sweep.
    pub fn borrow_again(&mut self, forward: &[Stmt], reverse: &mut Vec<Stmt>) {
        let by_value = self.function.params.iter().filter(|param| param.passing == Passing::Value);
        let own: BTreeSet<Var> =
            forward.iter().flat_map(Stmt::defines).chain(by_value.map(|param| param.var)).collect();
        let mut copies: Vec<(Var, Var)> = Vec::new();
        let mut again = Vec::new();
        for stmt in forward {
            let Stmt::Let(Pattern::Var(var), value @ (Expr::Construct(_) | Expr::Array { .. } | Expr::Tuple(_))) = stmt
            else {
                continue;
            };
            let based = matches!(value, Expr::Construct(construct) if construct.base.is_some());
            let borrowing = value.holds_references() || copies.iter().any(|(copied, _)| value.reads(*copied));
            if !borrowing || based || !self.storage.is_constant(*var) || !self.is_given_again(value, &own, &copies) {
                continue;
            }
            let copy = self.vars.derived(*var, "_again", Role::Residual, false);
            self.vars[copy].name = self.vars[*var].name.clone();
            self.vars[copy].access = Access::Owned;
            reverse.iter_mut().for_each(|stmt| stmt.rename(*var, copy));
            let mut value = value.clone();
            copies.iter().for_each(|(from, to)| value.rename(*from, *to));
            again.push(Stmt::Let(Pattern::Var(copy), value));
            copies.push((*var, copy));
        }
        prepend_definitions(&again, reverse);
    }

    /// The values of an inner block that borrow and of whose parts its reverse has all: what it has anyway, and what is saved on its own.
    pub fn lent_values(&self, stmts: &[Stmt]) -> BTreeSet<Var> {
        let borrowing = stmts.iter().filter_map(|stmt| match stmt {
            Stmt::Let(Pattern::Var(var), value) => self.is_lent_here(value, stmts).then_some(*var),
            _ => None,
        });
        borrowing.collect()
    }

    fn is_lent_here(&self, value: &Expr, stmts: &[Stmt]) -> bool {
        let mut holds = value.holds_references() || self.may_hold_references(value, stmts);
        value.for_each_read(&mut |read| holds |= self.storage.lends(read));
        holds && self.has_parts_here(value)
    }

    /// Whether a struct takes a field of another value, which may be a reference: `View { xs: view.xs, k }`.
    fn may_hold_references(&self, value: &Expr, stmts: &[Stmt]) -> bool {
        let Expr::Construct(construct) = value else { return false };
        construct.fields.iter().any(|(_, _, part)| {
            let definition = match part {
                Expr::Var(var) => stmts.iter().find_map(|stmt| stmt.value_of(*var)),
                _ => None,
            };
            match definition.unwrap_or(part) {
                Expr::Snapshot(place) => !place.is_whole() && self.vars.place_type(place) == Ty::Unknown,
                part => self.may_hold_references(part, stmts),
            }
        })
    }

    fn has_parts_here(&self, value: &Expr) -> bool {
        match value {
            Expr::Borrow(place, false) => {
                let root = place.root;
                let saved = self.is_inner(root) && self.storage.is_constant(root) && !self.storage.is_moved(root);
                (saved || self.is_available(root)) && self.has_indices(place, &Counters::default())
            }
            Expr::Snapshot(place) => self.holds_here(place),
            Expr::Construct(construct) => {
                construct.base.as_ref().is_none_or(|base| self.holds_here(base))
                    && construct.fields.iter().all(|(_, _, part)| self.has_parts_here(part))
            }
            // put together before
            Expr::Var(var) if self.storage.lends(*var) => self.storage.is_constant(*var),
            // saved on its own
            Expr::Var(var) if !self.vars[*var].ty.is_scalar() => self.is_inner(*var) && self.storage.is_constant(*var),
            Expr::Array { items, .. } | Expr::Tuple(items) => items.iter().all(|item| self.has_parts_here(item)),
            part => self.is_repeatable(part, &Counters::default()),
        }
    }

    /// A value that borrows with copies of the parts that are saved on their own, which moved into it.
    pub fn with_copied_parts(&self, value: &Expr) -> Expr {
        let mut value = value.clone();
        value.for_each_child_mut(&mut |part| match part {
            Expr::Var(var) if !self.vars[*var].ty.is_scalar() && !self.storage.lends(*var) => {
                *part = Expr::Snapshot(Place::of(*var));
            }
            Expr::Construct(_) | Expr::Array { .. } | Expr::Tuple(_) => *part = self.with_copied_parts(part),
            _ => {}
        });
        value
    }

    /// Whether the reverse of an inner block has what a place held, of which it takes a copy.
    fn holds_here(&self, place: &Place) -> bool {
        let root = place.root;
        let held = self.is_inner(root) || self.is_available(root);
        held && self.storage.is_constant(root)
            && !self.storage.is_moved(root)
            && self.has_indices(place, &Counters::default())
    }

    /// Whether a pullback has all parts of a value: what it is lent, what it owns, numbers, and what is put together before.
    fn is_given_again(&self, value: &Expr, own: &BTreeSet<Var>, copies: &[(Var, Var)]) -> bool {
        match value {
            Expr::Borrow(place, false) | Expr::Load(place) => {
                let root = place.root;
                let kept = !self.storage.is_moved(root) && !self.storage.is_returned(root);
                let owned = own.contains(&root) && self.vars[root].access == Access::Owned;
                // where the reference goes is read from variables too
                let mut constant = true;
                place.for_each_index(&mut |index| {
                    index.for_each_read(&mut |read| constant &= self.storage.is_constant(read))
                });
                constant && (self.vars[root].access == Access::Shared || (owned && kept))
            }
            Expr::Snapshot(place) => {
                own.contains(&place.root) && self.storage.is_constant(place.root) && !self.leaves_whole(place.root)
            }
            Expr::Construct(construct) => {
                construct.fields.iter().all(|(_, _, part)| self.is_given_again(part, own, copies))
            }
            Expr::Array { items, .. } | Expr::Tuple(items) => {
                items.iter().all(|item| self.is_given_again(item, own, copies))
            }
            Expr::Var(var) if copies.iter().any(|(copied, _)| copied == var) => true,
            Expr::Var(var) => self.storage.is_constant(*var),
            Expr::Opaque(source) => {
                let steady = |read: &Var| self.storage.is_constant(*read) && self.vars[*read].ty.is_scalar();
                source.cheap && source.writes.is_empty() && source.reads.iter().all(steady)
            }
            part => part.is_atom(),
        }
    }

    /// Whether a variable is moved to where a pullback cannot read it.
    fn leaves_whole(&self, var: Var) -> bool {
        let result = self.function.body.result.as_ref();
        self.storage.is_moved(var) || result.is_some_and(|result| result.uses(var))
    }
}
