//! A-normal form: what may be an operand, and how an expression becomes one.

use super::{Lowerer, Value};
use crate::ir::{Access, Expr, Opaque, Pattern, Place, Projection, Stmt, Ty, Var};
use crate::rules::{Form, Prim};
use proc_macro2::Span;

impl Lowerer<'_> {
    /// Binds an expression to a fresh temporary.
    pub fn bind_temporary(&mut self, value: Value) -> Var {
        let name = self.temporary_name(&value.expr);
        let var = self.vars.temporary(&name, value.ty, Span::call_site());
        self.out.push(Stmt::Let(Pattern::Var(var), value.expr));
        var
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

    /// A name for a subexpression that a reader can place: `sin_y`, `xs_i`.
    fn temporary_name(&self, expr: &Expr) -> String {
        let variable = |expr: &Expr| match expr {
            Expr::Var(var) => Some(self.vars[*var].name.clone()),
            Expr::Load(place) | Expr::Borrow(place, _) if place.is_whole() => Some(self.vars[place.root].name.clone()),
            _ => None,
        };
        let name = match expr {
            Expr::Prim(prim, args) => match (prim.form(), args.first().and_then(variable)) {
                (Form::Method(name), Some(arg)) if args.len() == 1 => Some(format!("{name}_{arg}")),
                (Form::Negation, Some(arg)) => Some(format!("minus_{arg}")),
                (Form::Infix(_), Some(arg)) if *prim == Prim::Mul && args[0] == args[1] => {
                    Some(format!("{arg}_squared"))
                }
                _ => None,
            },
            Expr::Load(place) => match place.path.last() {
                None => Some(self.vars[place.root].name.clone()),
                Some(Projection::Field(field)) if !field.starts_with(|c: char| c.is_ascii_digit()) => {
                    Some(field.clone())
                }
                Some(Projection::Index(index)) if place.path.len() == 1 => {
                    let root = &self.vars[place.root].name;
                    Some(match variable(index) {
                        Some(index) => format!("{root}_{index}"),
                        None => format!("{root}_value"),
                    })
                }
                _ => Some(format!("{}_value", self.vars[place.root].name)),
            },
            Expr::Call(call) => call.name(),
            _ => None,
        };
        name.filter(|name| name.len() <= 24 && syn::parse_str::<syn::Ident>(name).is_ok())
            .unwrap_or_else(|| "t".to_owned())
    }

    /// A whole expression that is read by value.
    pub fn load(&self, place: Place, ty: Ty) -> Value {
        let whole_owned = place.is_whole() && self.vars[place.root].access == Access::Owned;
        match () {
            () if whole_owned && !self.vars[place.root].mutable => Value::new(Expr::Var(place.root), ty),
            () if ty.is_scalar() || !place.is_whole() => Value::new(Expr::Load(place), ty),
            () if whole_owned => Value::new(Expr::Var(place.root), ty),
            () if ty == Ty::Unknown || matches!(ty, Ty::Matrix(_)) => Value::new(Expr::Borrow(place, false), ty),
            () => Value::new(Expr::Load(place), ty),
        }
    }
}
