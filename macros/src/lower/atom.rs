//! A-normal form: what may be an operand, and how an expression becomes one.

use super::{Lowerer, Value};
use crate::analysis::activity::for_each_flow;
use crate::ir::{Access, Expr, Opaque, Pattern, Place, Stmt, Ty, Var};
use proc_macro2::Span;

impl Lowerer<'_> {
    /// Binds an expression to a fresh temporary.
    pub fn bind_temporary(&mut self, value: Value) -> Var {
        let name = self.vars.describe(&value.expr);
        let var = self.vars.temporary(&name, value.ty, Span::call_site());
        if self.is_constant(&value.expr) {
            self.constant.insert(var);
        }
        self.out.push(Stmt::Let(Pattern::Var(var), value.expr));
        var
    }

    /// Whether no derivative can reach a value: all that flows into it is known not to carry one.
    pub fn is_constant(&self, expr: &Expr) -> bool {
        let mut constant = true;
        for_each_flow(expr, &mut |var| constant &= self.constant.contains(&var) || self.vars[var].ty.is_inert());
        constant
    }

    /// The value as an operand: a variable that never changes, or a constant.
    pub fn atom(&mut self, value: Value) -> Expr {
        match &value.expr {
            Expr::Float(..) => value.expr,
            Expr::Var(var) if !self.vars[*var].mutable => value.expr,
            Expr::Opaque(opaque) if self.is_repeatable(opaque) => value.expr,
            _ => Expr::Var(self.bind_temporary(value)),
        }
    }

    /// The value as an operand of an operation whose type only rustc knows: borrowed, so that nothing is moved.
    pub fn operand(&mut self, value: Value) -> Expr {
        match value.expr {
            // matrices take their factors by value
            Expr::Load(_) if value.ty.is_float() => self.atom(value),
            // a payload needs no copy to be read, if nothing changes it in between
            Expr::Snapshot(place) if place.is_in_payload() && !self.vars[place.root].mutable => {
                Expr::Borrow(place, false)
            }
            // nor does what a reference refers to
            Expr::Snapshot(place) if place.is_whole() && self.vars[place.root].access != Access::Owned => {
                Expr::Borrow(place, false)
            }
            Expr::Load(place) | Expr::Borrow(place, _) => Expr::Borrow(place, false),
            Expr::Float(..) => value.expr,
            Expr::Var(var) if value.ty.is_scalar() && !self.vars[var].mutable => value.expr,
            Expr::Var(var) => Expr::Borrow(Place::of(var), false),
            Expr::Opaque(ref opaque) if value.ty.is_scalar() && self.is_repeatable(opaque) => value.expr,
            _ if value.ty.is_scalar() => self.atom(value),
            _ => Expr::Borrow(Place::of(self.bind_temporary(value)), false),
        }
    }

    /// The value as it is returned, assigned or bound: an atom, or a whole owned variable that is moved.
    pub fn moved(&mut self, value: Value) -> Expr {
        match value.expr {
            Expr::Var(var) if !value.ty.is_scalar() => Expr::Var(var),
            Expr::Borrow(..) => value.expr,
            _ => self.atom(value),
        }
    }

    /// Whether opaque source gives the same value again, cheaply, wherever it is evaluated later.
    pub fn is_repeatable(&self, opaque: &Opaque) -> bool {
        opaque.cheap
            && opaque.writes.is_empty()
            && opaque.reads.iter().all(|&var| {
                let info = &self.vars[var];
                !info.mutable && (info.access == Access::Owned && info.ty.is_scalar())
            })
    }

    /// A whole expression that is read by value.
    pub fn load(&self, place: Place, ty: Ty) -> Value {
        let whole_owned = place.is_whole() && self.vars[place.root].access == Access::Owned;
        match () {
            () if whole_owned && !self.vars[place.root].mutable => Value::new(Expr::Var(place.root), ty),
            // a payload is reached by a reference, from which nothing moves
            () if !ty.is_scalar() && place.is_in_payload() => Value::new(Expr::Snapshot(place), ty),
            // nor from a list: `for row in rows { kept.push(row); }` takes the list apart, generated code reads it by position
            () if !ty.is_copy() && place.is_element() => Value::new(Expr::Snapshot(place), ty),
            () if ty.is_scalar() || !place.is_whole() => Value::new(Expr::Load(place), ty),
            () if whole_owned => Value::new(Expr::Var(place.root), ty),
            () if ty == Ty::Unknown || matches!(ty, Ty::Matrix(_)) => Value::new(Expr::Borrow(place, false), ty),
            () => Value::new(Expr::Load(place), ty),
        }
    }
}
