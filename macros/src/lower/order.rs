//! The order of evaluation.
//!
//! A lowered value may still have to be evaluated: `xs[i]` is read, and `f(xs)` is called, where the value is used at last. Takes
//! lowered values beside the source of what is evaluated after them; leaves values that come out the same whatever that does,
//! and effects in the order of the source.

use super::{Lowerer, Value, strip};
use crate::ir::{Access, Expr, Place, Var};
use crate::walk::{Read, Reading};
use syn::visit::Visit;

impl Lowerer<'_> {
    /// Values that are evaluated one after the other.
    pub fn in_order<'e>(&mut self, exprs: impl IntoIterator<Item = &'e syn::Expr>) -> Vec<Value> {
        self.in_order_by(exprs, Self::lower_expr)
    }

    /// The same, where each source is lowered in a way of its own.
    pub fn in_order_by<'e>(
        &mut self,
        exprs: impl IntoIterator<Item = &'e syn::Expr>,
        lower: impl Fn(&mut Self, &'e syn::Expr) -> Value,
    ) -> Vec<Value> {
        let mut exprs = exprs.into_iter().collect::<Vec<_>>().into_iter();
        let mut values = Vec::with_capacity(exprs.len());
        while let Some(expr) = exprs.next() {
            let value = lower(self, expr);
            values.push(self.before(value, expr, exprs.clone()));
        }
        values
    }

    /// A value, evaluated before what comes later.
    pub fn before<'e>(
        &mut self,
        value: Value,
        source: &syn::Expr,
        later: impl IntoIterator<Item = &'e syn::Expr>,
    ) -> Value {
        let mut later = later.into_iter().peekable();
        if later.peek().is_none() {
            return value;
        }
        let value = self.settled(value);
        // what is lent cannot change; what the source passes by value can, although it is borrowed here
        let lent = matches!(strip(source), syn::Expr::Reference(_)) || self.names_reference(source);
        if lent && matches!(value.expr, Expr::Borrow(..)) {
            return value;
        }
        let mut may_change = false;
        value.expr.for_each_read(&mut |var| may_change |= self.is_changeable(var));
        if !may_change {
            return value;
        }
        let written: Vec<Var> = later.flat_map(|expr| self.opaque_index(expr).writes).collect();
        let mut changes = false;
        value.expr.for_each_read(&mut |var| changes |= written.contains(&var));
        match value.expr {
            _ if !changes => value,
            // it is used again, so that it is copied rather than moved
            Expr::Borrow(place, _) | Expr::Load(place) => self.bound(Value::new(Expr::Snapshot(place), value.ty)),
            Expr::Var(var) => self.bound(Value::new(Expr::Snapshot(Place::of(var)), value.ty)),
            _ => self.bound(value),
        }
    }

    fn is_changeable(&self, var: Var) -> bool {
        self.vars[var].mutable || self.vars[var].access == Access::Mutable
    }

    /// A value that is evaluated here, if something that comes later could change it or notice.
    pub fn settled(&mut self, value: Value) -> Value {
        let open = match &value.expr {
            Expr::Var(var) => self.vars[*var].mutable && value.ty.is_scalar(),
            Expr::Load(place) => self.vars[place.root].mutable && value.ty.is_scalar(),
            Expr::Opaque(opaque) => !opaque.cheap || value.ty.is_scalar() && !self.is_repeatable(opaque),
            Expr::Borrow(..) => false,
            expr => !expr.is_pure(),
        };
        if open { self.bound(value) } else { value }
    }

    fn bound(&mut self, value: Value) -> Value {
        let ty = value.ty.clone();
        Value::new(Expr::Var(self.bind_temporary(value)), ty)
    }

    /// The receiver of a method, before its arguments. Where they assign to it, the method takes it by value: the borrow
    /// checker allows nothing else.
    pub fn receiver_before(&mut self, receiver: Expr, call: &syn::ExprMethodCall) -> Expr {
        match receiver {
            Expr::Borrow(place, _) if call.args.iter().any(|arg| self.assigns(arg, place.root)) => {
                let ty = self.place_type(&place);
                Expr::Borrow(Place::of(self.bind_temporary(Value::new(Expr::Snapshot(place), ty))), false)
            }
            receiver => receiver,
        }
    }

    /// Whether an expression assigns to a variable or a part of it.
    fn assigns(&self, expr: &syn::Expr, var: Var) -> bool {
        struct Assignments<'l, 'a>(&'l Lowerer<'a>, Var, bool);
        impl<'ast> Read<'ast> for Assignments<'_, '_> {
            fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
                let target = match expr {
                    syn::Expr::Assign(assign) => Some(&assign.left),
                    syn::Expr::Binary(binary) if super::assign::is_compound(&binary.op) => Some(&binary.left),
                    _ => None,
                };
                self.2 |= target.is_some_and(|target| self.0.root_of(target) == Some(self.1));
                true
            }
        }
        let mut assignments = Assignments(self, var, false);
        Reading(&mut assignments).visit_expr(expr);
        assignments.2
    }
}
