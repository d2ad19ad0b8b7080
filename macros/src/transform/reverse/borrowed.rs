//! Values that borrow, such as lists of references. A pullback owns what it captures, and puts them together again from what is
//! lent again and what it owns.

use super::Reverse;
use crate::ir::{Access, Expr, Passing, Pattern, Role, Stmt, Var};
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
            let borrowing = borrows(value) || copies.iter().any(|(copied, _)| value.reads(*copied));
            // where a reference goes is read from variables too
            let mut constant = self.storage.is_constant(*var);
            value.for_each_read(&mut |read| constant &= self.storage.is_constant(read));
            if !borrowing || based || !constant || !self.is_given_again(value, &own, &copies) {
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

    /// Whether a pullback has all parts of a value: what it is lent, what it owns, numbers, and what is put together before.
    fn is_given_again(&self, value: &Expr, own: &BTreeSet<Var>, copies: &[(Var, Var)]) -> bool {
        match value {
            Expr::Borrow(place, false) | Expr::Load(place) => {
                let root = place.root;
                let kept = !self.storage.is_moved(root) && !self.storage.is_returned(root);
                let owned = own.contains(&root) && self.vars[root].access == Access::Owned;
                self.vars[root].access == Access::Shared || (owned && kept && self.storage.is_constant(root))
            }
            Expr::Construct(construct) => {
                construct.fields.iter().all(|(_, _, part)| self.is_given_again(part, own, copies))
            }
            Expr::Array { items, .. } | Expr::Tuple(items) => {
                items.iter().all(|item| self.is_given_again(item, own, copies))
            }
            Expr::Var(var) if copies.iter().any(|(copied, _)| copied == var) => true,
            part => part.is_atom(),
        }
    }
}

/// Whether a reference is a part of a value.
pub fn borrows(value: &Expr) -> bool {
    match value {
        Expr::Borrow(..) => true,
        Expr::Construct(construct) => construct.fields.iter().any(|(_, _, part)| borrows(part)),
        Expr::Array { items, .. } | Expr::Tuple(items) => items.iter().any(borrows),
        _ => false,
    }
}
