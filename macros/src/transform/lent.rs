//! Copies of what is lent to a struct, a tuple or a list, and changes behind it: `View { xs: &ys, k }`, then `ys[0] = k;`.
//!
//! Takes a lowered function; afterwards nothing changes what such a value refers to, so that the reverse sweep can put it together
//! again. The primal may lend the original, as it is through with the value when the change comes.

use crate::analysis::storage::{Storage, analyse_storage};
use crate::ir::{Access, Block, Expr, Function, Opaque, Pattern, Place, Projection, Role, Stmt, Ty, Vars};
use proc_macro2::Span;

/// Copies what changes.
pub fn copy_what_is_lent(function: &mut Function) {
    let storage = analyse_storage(function);
    let mut lent = Lent { vars: &mut function.vars, storage: &storage, top: 0 };
    let stmts = std::mem::take(&mut function.body.stmts);
    for (index, mut stmt) in stmts.into_iter().enumerate() {
        lent.top = index;
        let copies = lent.stmt(&mut stmt);
        function.body.stmts.extend(copies);
        function.body.stmts.push(stmt);
    }
}

struct Lent<'l> {
    vars: &'l mut Vars,
    storage: &'l Storage,
    /// The statement of the top level.
    top: usize,
}

impl Lent<'_> {
    fn block(&mut self, block: &mut Block) {
        for mut stmt in std::mem::take(&mut block.stmts) {
            let copies = self.stmt(&mut stmt);
            block.stmts.extend(copies);
            block.stmts.push(stmt);
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt) -> Vec<Stmt> {
        let mut copies = Vec::new();
        if let Stmt::Let(Pattern::Var(_), value) = stmt
            && value.holds_references()
        {
            self.value(value, &mut copies);
        }
        stmt.blocks_mut().into_iter().for_each(|block| self.block(block));
        copies
    }

    fn value(&mut self, value: &mut Expr, copies: &mut Vec<Stmt>) {
        match value {
            Expr::Borrow(place, false) if self.changes(place) => *place = self.copied(place.clone(), copies),
            Expr::Construct(_) | Expr::Array { .. } | Expr::Tuple(_) => {
                value.for_each_child_mut(&mut |child| self.value(child, copies));
            }
            part if !self.lasts(part) => self.name(part, copies),
            _ => {}
        }
    }

    /// Whether the reverse sweep can read a part where the forward sweep did.
    fn lasts(&self, part: &Expr) -> bool {
        match part {
            // what holds references is put together again itself
            Expr::Var(var) => self.vars[*var].is_fixed_scalar() || self.storage.lends(*var),
            Expr::Snapshot(place) => {
                let owned = self.vars[place.root].access == Access::Owned;
                place.is_whole() && owned && self.storage.is_constant(place.root) && !self.storage.is_moved(place.root)
            }
            Expr::Opaque(source) => {
                let steady = source.reads.iter().all(|read| self.storage.is_constant(*read));
                source.cheap && source.writes.is_empty() && steady
            }
            Expr::Load(_) => false,
            _ => true,
        }
    }

    fn name(&mut self, part: &mut Expr, copies: &mut Vec<Stmt>) {
        let ty = self.vars.type_of(part);
        let named = self.vars.temporary(&self.vars.describe(part), ty.clone(), Span::call_site());
        let read = Expr::copy_of_variable(named, &ty);
        copies.push(Stmt::Let(Pattern::Var(named), std::mem::replace(part, read)));
    }

    /// Whether something may change what is in a place from the statement at hand on.
    fn changes(&self, place: &Place) -> bool {
        self.vars[place.root].access != Access::Shared && !self.storage.is_settled(place.root, self.top)
    }

    fn copied(&mut self, place: Place, copies: &mut Vec<Stmt>) -> Place {
        let ty = self.vars.place_type(&place);
        let copy = self.vars.derived(place.root, "_lent", Role::Primal, false);
        self.vars[copy].access = Access::Owned;
        self.vars[copy].ty = ty.owned();
        copies.push(Stmt::Let(Pattern::Var(copy), Expr::copy_of(place, &ty)));
        // a part of a list stays a slice
        match ty {
            Ty::Slice(_) => Place::of(copy).project(Projection::Range(Box::new(whole()))),
            _ => Place::of(copy),
        }
    }
}

/// `..`
fn whole() -> Expr {
    Expr::Opaque(Opaque::inert("..".parse().unwrap_or_default(), Vec::new()))
}
