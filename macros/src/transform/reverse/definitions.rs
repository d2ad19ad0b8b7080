//! Definitions, assignments and increments in reverse.

use super::{Mode, Reverse};
use crate::ir::{Expr, Pattern, Place, Role, Stmt, Ty, Var};
use proc_macro2::Span;

impl Reverse<'_> {
    /// `let var = value;`
    pub fn definition(&mut self, var: Var, value: &Expr, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let is_cell = self.storage.is_cell(var);
        let mut pre = Vec::new();
        let mut value = value.clone();
        if self.is_active(var) && self.activity.flows_active(&value) {
            let mut result = Some(Expr::Var(var));
            if (is_cell || self.leaves(var, &value)) && uses_result(&value) {
                result = Some(self.bind_result(&mut pre, &mut value));
            }
            let seed = if is_cell { self.cell_value(var) } else { self.take(var, out) };
            if let Some(seed) = seed {
                // a bound result is the cell's first value
                let source = match (pre.last(), &result) {
                    (Some(Stmt::Let(_, source)), Some(Expr::Var(bound))) if *bound != var => source.clone(),
                    _ => value.clone(),
                };
                self.adjoint(&mut pre, out, &source, seed, result);
            }
        }
        forward.extend(pre);
        forward.push(Stmt::Let(Pattern::Var(var), value));
    }

    /// `place = value;`: the cotangent of the old value is zero.
    pub fn assignment(&mut self, place: &Place, value: &Expr, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let mut value = value.clone();
        let mut pre = Vec::new();
        let there = self.result_in_place(place, &value, out);
        self.put_back(place, &mut pre, out);
        if self.is_active(place.root) {
            let bar = self.bar_place(place);
            let scalar = self.vars.place_type(place).is_float() || matches!(value, Expr::Prim(..) | Expr::Cast(..));
            let zero = match () {
                () if scalar => Expr::float(0.0),
                () if self.may_change_shape(place, &value) => {
                    match (self.shapes.zero(place), self.restored_place(place)) {
                        (Some(zero), _) => zero,
                        (_, Some(back)) => Expr::ZeroLike(Box::new(Expr::Borrow(back, false))),
                        _ => self.zero_of_old(place, &mut pre),
                    }
                }
                () => Expr::ZeroLike(Box::new(Expr::Borrow(bar.clone(), false))),
            };
            if self.activity.flows_active(&value) {
                let source = value.clone();
                let result = match there {
                    Some(result) => Some(Expr::Var(result)),
                    None => uses_result(&value).then(|| self.bind_result(&mut pre, &mut value)),
                };
                let seed = self.cotangent(place.root, self.vars.place_type(place));
                let read = if scalar { Expr::Load(bar.clone()) } else { Expr::Snapshot(bar.clone()) };
                out.push(Stmt::Let(Pattern::Var(seed), read));
                out.push(Stmt::Assign(bar, zero));
                self.adjoint(&mut pre, out, &source, Expr::Var(seed), result);
            } else {
                out.push(Stmt::Assign(bar, zero));
            }
        }
        forward.extend(pre);
        forward.push(Stmt::Assign(place.clone(), value));
    }

    /// The result of an operation whose derivative reads it, where the reverse sweep has it before it undoes the assignment.
    fn result_in_place(&mut self, place: &Place, value: &Expr, out: &mut Vec<Stmt>) -> Option<Var> {
        let active = self.is_active(place.root) && self.activity.flows_active(value);
        let float = self.vars.place_type(place).is_float() && matches!(value, Expr::Prim(..));
        let back = self.assigned_place(place).filter(|_| active && float && uses_result(value))?;
        let result = self.vars.derived(place.root, "_result", Role::Residual, false);
        self.vars[result].ty = self.vars.place_type(place);
        out.push(Stmt::Let(Pattern::Var(result), Expr::Load(back)));
        Some(result)
    }

    /// Whether `place += value` may move a point by a vector, so that the cotangents differ in type.
    fn is_displacement(&self, place: &Place, value: &Expr) -> bool {
        let vector = match value {
            Expr::Matrix(crate::ir::MatrixOp::Operator("neg"), operands) => operands.first(),
            other => Some(other),
        };
        self.vars.place_type(place) == Ty::Unknown
            && vector.is_some_and(|vector| matches!(self.vars.type_of(vector), Ty::Matrix(_)))
    }

    /// Whether an assignment may leave a value of another length, or another variant, in a place.
    fn may_change_shape(&self, place: &Place, value: &Expr) -> bool {
        match self.vars.place_type(place) {
            Ty::Vec(_) | Ty::Option(_) => true,
            Ty::Unknown => place.is_whole() || !self.has_fixed_shape(value),
            // a name of a list may stand for a shorter part of it next
            Ty::Matrix(_) | Ty::Slice(_) => place.is_whole(),
            _ => false,
        }
    }

    /// Whether all values of the type of an expression have the same shape.
    fn has_fixed_shape(&self, value: &Expr) -> bool {
        let is_fixed = |ty: &Ty| ty.is_scalar() || *ty == Ty::Inert;
        match value {
            Expr::Var(var) => is_fixed(&self.vars[*var].ty),
            Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => {
                is_fixed(&self.vars.place_type(place))
            }
            // `None` is not the variant that was there
            Expr::Opaque(opaque) => opaque.cheap && !opaque.names_variant(),
            Expr::Float(..) | Expr::Prim(..) | Expr::Cast(..) => true,
            _ => false,
        }
    }

    /// The zero cotangent of what is overwritten, which the forward sweep keeps.
    fn zero_of_old(&mut self, place: &Place, pre: &mut Vec<Stmt>) -> Expr {
        let zero = self.kept_variable(place.root, "_zero", Ty::Unknown);
        pre.push(Stmt::Let(Pattern::Var(zero), Expr::ZeroLike(Box::new(Expr::Borrow(place.clone(), false)))));
        Expr::Snapshot(Place::of(zero))
    }

    /// `place += value;`: the cotangent of the place is that of the value too.
    pub fn increment(&mut self, place: &Place, value: &Expr, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        self.count_back(place, value, out);
        let mut value = value.clone();
        let mut pre = Vec::new();
        self.put_back(place, &mut pre, out);
        if self.is_active(place.root) && self.activity.flows_active(&value) {
            let source = value.clone();
            let inner = match &mut value {
                Expr::Prim(crate::rules::Prim::Neg, args) if args.len() == 1 => &mut args[0],
                other => other,
            };
            let result = if uses_result(inner) { Some(self.bind_result(&mut pre, inner)) } else { None };
            let bar = self.bar_place(place);
            let seed = self.cotangent(place.root, self.vars.place_type(place));
            let scalar = self.vars.place_type(place).is_float() || matches!(source, Expr::Prim(..) | Expr::Cast(..));
            let read = match scalar {
                true => Expr::Load(bar),
                false if self.is_displacement(place, &source) => crate::rules::matrix::displacement(bar),
                false => Expr::Snapshot(bar),
            };
            out.push(Stmt::Let(Pattern::Var(seed), read));
            self.adjoint(&mut pre, out, &source, Expr::Var(seed), result);
        }
        forward.extend(pre);
        forward.push(Stmt::Add(place.clone(), value));
    }

    /// Whether a matrix goes to where the reverse sweep cannot read it: into another value, or to the caller.
    fn leaves(&self, var: Var, value: &Expr) -> bool {
        let returned = self.mode == Mode::Split && self.storage.is_returned(var);
        matches!(value, Expr::Matrix(..)) && !self.vars[var].ty.is_scalar() && (returned || self.storage.is_moved(var))
    }

    /// Gives the value of an assignment a name, for rules that use the result.
    fn bind_result(&mut self, pre: &mut Vec<Stmt>, value: &mut Expr) -> Expr {
        let ty = match value {
            Expr::Prim(..) => Ty::Float(crate::ir::FloatTy::Inferred),
            _ => Ty::Unknown,
        };
        // what the rule reads must not move into the variable
        let var = self.vars.temporary("t", ty.clone(), Span::call_site());
        let copy = Expr::copy_of_variable(var, &ty);
        self.define(var);
        pre.push(Stmt::Let(Pattern::Var(var), std::mem::replace(value, copy)));
        Expr::Var(var)
    }
}

/// Whether the derivative of an operation reads its result.
fn uses_result(value: &Expr) -> bool {
    match value {
        Expr::Prim(prim, args) => {
            let result = Var(usize::MAX);
            prim.partials(args, &Expr::Var(result))
                .into_iter()
                .any(|partial| partial.apply(Expr::float(1.0)).is_some_and(|expr| expr.reads(result)))
        }
        Expr::Matrix(op, _) => op.uses_result(),
        _ => false,
    }
}
