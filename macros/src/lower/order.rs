//! The order of evaluation.
//!
//! A lowered value may still have to be evaluated: `xs[i]` is read, and `f(xs)` is called, where the value is used at last. Takes
//! lowered values beside the source of what is evaluated after them; leaves values that come out the same whatever that does,
//! and effects in the order of the source.

use super::{Lowerer, Value, strip};
use crate::ir::{Expr, Place, Ty, Var};

impl Lowerer<'_> {
    /// Values that are evaluated one after the other.
    pub fn in_order(&mut self, exprs: &[&syn::Expr]) -> Vec<Value> {
        let mut values = Vec::with_capacity(exprs.len());
        for (at, expr) in exprs.iter().enumerate() {
            let value = self.lower_expr(expr);
            values.push(self.before(value, expr, exprs[at + 1..].iter().copied()));
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

    /// The same for what is passed on: an argument before those that come later.
    pub fn argument_before<'e>(
        &mut self,
        arg: Expr,
        source: &syn::Expr,
        later: impl IntoIterator<Item = &'e syn::Expr>,
    ) -> Expr {
        let ty = match &arg {
            Expr::Var(var) => self.vars[*var].ty.clone(),
            Expr::Borrow(place, _) => self.place_type(place),
            _ => Ty::Unknown,
        };
        self.before(Value::new(arg, ty), source, later).expr
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
        impl<'ast> syn::visit::Visit<'ast> for Assignments<'_, '_> {
            fn visit_expr(&mut self, expr: &'ast syn::Expr) {
                let target = match expr {
                    syn::Expr::Assign(assign) => Some(&assign.left),
                    syn::Expr::Binary(binary) if super::stmt::is_compound(&binary.op) => Some(&binary.left),
                    _ => None,
                };
                self.2 |= target.is_some_and(|target| self.0.root_of(target) == Some(self.1));
                syn::visit::visit_expr(self, expr);
            }
        }
        let mut assignments = Assignments(self, var, false);
        syn::visit::Visit::visit_expr(&mut assignments, expr);
        assignments.2
    }
}

/// Whether evaluating an expression may change something, as far as its tokens tell.
pub fn has_effect(expr: &syn::Expr) -> bool {
    struct Effects(bool);
    impl<'ast> syn::visit::Visit<'ast> for Effects {
        fn visit_expr(&mut self, expr: &'ast syn::Expr) {
            self.0 |= match expr {
                syn::Expr::Assign(_) | syn::Expr::Macro(_) => true,
                syn::Expr::Reference(reference) => reference.mutability.is_some(),
                syn::Expr::Binary(binary) => super::stmt::is_compound(&binary.op),
                syn::Expr::MethodCall(call) => {
                    let name = call.method.to_string();
                    ["push", "pop", "insert", "remove", "swap"].contains(&name.as_str()) || name.ends_with("_mut")
                }
                _ => false,
            };
            syn::visit::visit_expr(self, expr);
        }
    }
    let mut effects = Effects(false);
    syn::visit::Visit::visit_expr(&mut effects, expr);
    effects.0
}
