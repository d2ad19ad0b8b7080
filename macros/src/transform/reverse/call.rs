//! Calls of differentiable functions.
//!
//! The forward sweep calls `callee::linearize(args.., markers)`, which returns the value and a pullback that owns the
//! callee's residuals. The reverse sweep calls the pullback with the borrowed arguments again, the cotangent of the
//! value, and a buffer for every active argument.

use super::Reverse;
use crate::ir::{Bar, Call, Callee, Expr, Marker, Pattern, Place, Role, Stmt, Ty, Var};
use proc_macro2::Span;

impl Reverse<'_> {
    /// `let pattern = callee(args..);`
    pub fn call(&mut self, pattern: Pattern, call: &Call, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let mut pre = Vec::new();
        if let Some(receiver) = call.changed_receiver() {
            self.put_back(receiver, &mut pre, out);
        }
        if !self.activity.is_active_call(&pattern, call) {
            forward.extend(pre);
            forward.push(match pattern {
                Pattern::Wild => Stmt::Do(Expr::Call(call.clone())),
                pattern => Stmt::Let(pattern, Expr::Call(call.clone())),
            });
            return;
        }
        let pattern = if call.empty { pattern } else { self.named(pattern) };
        let seed = self.take_pattern(&pattern, out).unwrap_or_else(|| self.zero_of_pattern(&pattern));
        let pullback = self.pullback_variable(call);
        let markers: Vec<Marker> = call.args.iter().map(|arg| self.marker(arg)).collect();
        let args: Vec<Expr> = call
            .args
            .iter()
            .enumerate()
            .filter(|(index, _)| call.is_lent_again(*index))
            .map(|(_, arg)| match arg {
                Expr::Borrow(place, _) => self.kept_operand(&mut pre, &Expr::Borrow(place.clone(), false)),
                other => other.clone(),
            })
            .collect();
        let mut after = Vec::new();
        let mut lent: Vec<Var> = Vec::new();
        let bars: Vec<Bar> = call
            .args
            .iter()
            .zip(&markers)
            .map(|(arg, marker)| match marker {
                Marker::Inactive => Bar::None,
                _ => self.lend(arg, *marker, &mut lent, &mut pre, out, &mut after),
            })
            .collect();
        let linearize =
            |pattern, call| Stmt::Linearize { pattern, pullback, call, active: markers.clone(), dots: None };
        let again = self.is_called_again(call);
        if again {
            let args = call.args.iter().map(|arg| self.given_again(&mut pre, arg)).collect();
            out.push(linearize(Pattern::Wild, Call { args, ..call.clone() }));
        }
        out.push(Stmt::Pullback { pullback: Expr::Var(pullback), args, seed, bars, dots: None });
        for (place, value) in after {
            self.contribute_to(out, &place, value);
        }
        forward.extend(pre);
        forward.push(match (again, pattern) {
            (false, pattern) => linearize(pattern, call.clone()),
            (true, Pattern::Wild) => Stmt::Do(Expr::Call(call.clone())),
            (true, pattern) => Stmt::Let(pattern, Expr::Call(call.clone())),
        });
    }

    /// Whether the pullback of a call may hold references that end before the reverse sweep begins, because they are in what is passed by
    /// value: then the reverse sweep calls the function again.
    fn is_called_again(&self, call: &Call) -> bool {
        let mutable = |(index, arg): (usize, &Expr)| matches!(arg, Expr::Borrow(_, true)) && !call.is_lent_again(index);
        let lends = |(index, arg): (usize, &Expr)| match arg {
            Expr::Var(var) => self.is_put_together_again(*var),
            Expr::Borrow(place, _) => {
                call.callee == Callee::Method && index == 0 && self.is_put_together_again(place.root)
            }
            _ => false,
        };
        !self.runs_together() && call.args.iter().enumerate().any(lends) && !call.args.iter().enumerate().any(mutable)
    }

    /// An argument as the reverse sweep can pass it once more.
    fn given_again(&mut self, pre: &mut Vec<Stmt>, arg: &Expr) -> Expr {
        match arg {
            Expr::Var(var) if !self.vars[*var].ty.is_scalar() && !self.storage.lends(*var) => {
                match self.kept_operand(pre, &Expr::Snapshot(Place::of(*var))) {
                    Expr::Borrow(place, _) => Expr::Snapshot(place),
                    other => other,
                }
            }
            Expr::Borrow(place, false) => self.kept_operand(pre, &Expr::Borrow(place.clone(), false)),
            other => other.clone(),
        }
    }

    /// Every result has a name, so that its zero cotangent can be asked for.
    fn named(&mut self, pattern: Pattern) -> Pattern {
        match pattern {
            Pattern::Wild => {
                let var = self.vars.temporary("unused", Ty::Unknown, Span::call_site());
                self.define(var);
                Pattern::Var(var)
            }
            Pattern::Tuple(parts) => Pattern::Tuple(parts.into_iter().map(|part| self.named(part)).collect()),
            Pattern::Var(var) => Pattern::Var(var),
        }
    }

    fn pullback_variable(&mut self, call: &Call) -> Var {
        let name = format!("{}_pullback", call.name().unwrap_or_default());
        let var = self.vars.temporary(&name, Ty::Unknown, Span::call_site());
        self.vars[var].role = Role::Pullback;
        self.define(var);
        var
    }

    /// The activity of an argument.
    fn marker(&self, arg: &Expr) -> Marker {
        match arg {
            Expr::Borrow(place, mutable) => {
                let bar = self.function.params.iter().position(|param| param.var == place.root);
                match bar.filter(|_| self.is_active(place.root)) {
                    Some(index) if self.buffer_of(place.root).is_some() => Marker::OfParam(index),
                    _ if self.is_active(place.root) => Marker::Active,
                    // what a callee writes needs a cotangent even where the caller has no use for it
                    _ if *mutable && carries_floats(&self.vars.place_type(place)) => Marker::Active,
                    _ => Marker::Inactive,
                }
            }
            _ if self.activity.flows_active(arg) => Marker::Active,
            _ => Marker::Inactive,
        }
    }

    /// The caller's own optional buffer that a parameter accumulates in.
    fn buffer_of(&self, var: Var) -> Option<Var> {
        match self.cotangents.get(&var) {
            Some(super::Cotangent::Variable(bar)) if self.optional_buffer(*bar).is_some() => Some(*bar),
            _ => None,
        }
    }

    /// The buffer that is lent for an active argument. What cannot be lent directly is accumulated afterwards.
    fn lend(
        &mut self,
        arg: &Expr,
        marker: Marker,
        lent: &mut Vec<Var>,
        pre: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
        after: &mut Vec<(Place, Expr)>,
    ) -> Bar {
        if let Expr::Borrow(place, mutable) = arg {
            let bar = self.bar_place(place);
            let direct = self.is_active(place.root) && !place.ends_in_view();
            if direct && !lent.contains(&bar.root) && (*mutable || self.lends_directly(place)) {
                lent.push(bar.root);
                return match marker {
                    Marker::OfParam(index) => Bar::Part(index, bar),
                    _ => Bar::Lend(bar),
                };
            }
        }
        let (place, ty) = match arg {
            Expr::Borrow(place, _) => (place.clone(), self.vars.place_type(place)),
            Expr::Var(var) => (Place::of(*var), self.vars[*var].ty.clone()),
            _ => return Bar::None,
        };
        let buffer = self.new_bar(place.root, true);
        self.vars[buffer].ty = ty.clone();
        let zero = match (&ty, self.shapes.zero(&place)) {
            (Ty::Float(_), _) => Expr::float(0.0),
            (_, Some(zero)) => zero,
            _ => Expr::ZeroLike(Box::new(self.kept_operand(pre, &Expr::Borrow(place.clone(), false)))),
        };
        out.push(Stmt::Let(Pattern::Var(buffer), zero));
        let value = Expr::copy_of_variable(buffer, &ty);
        if self.is_active(place.root) {
            after.push((place, value));
        }
        match marker {
            Marker::OfParam(index) => Bar::Part(index, Place::of(buffer)),
            _ => Bar::Lend(Place::of(buffer)),
        }
    }

    fn lends_directly(&self, place: &Place) -> bool {
        self.storage.is_cell(place.root)
    }
}

fn carries_floats(ty: &Ty) -> bool {
    *ty != Ty::Unknown && !ty.is_inert()
}
