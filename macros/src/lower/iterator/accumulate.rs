//! `sum`, `product` and `fold`: a variable that the loop changes.

use super::{Flow, Result, Unknown};
use crate::ir::{Expr, FloatTy, Pattern, Place, Projection, Role, Stmt, Ty, Var, VarInfo};
use crate::lower::closure::Callable;
use crate::lower::pattern::part_types;
use crate::lower::{Lowerer, Value};
use crate::refusal::Refusal;
use proc_macro2::Span;

/// What a loop carries: a variable, or the parts of a tuple.
#[derive(Clone, Debug)]
pub enum Carried {
    /// One variable.
    Var(Var),
    /// The parts of a tuple that the closure takes apart.
    Parts(Vec<Carried>),
}

impl Lowerer<'_> {
    /// `sum()`. The sum of no floats is `-0.0`, as in the standard library, so that adding changes no sign.
    pub fn sum_items(&mut self, call: &syn::ExprMethodCall, ty: Ty) -> Result<Value> {
        self.accumulated(call, ty, -0.0, "sum", "add")
    }

    /// `product()`
    pub fn product_of_items(&mut self, call: &syn::ExprMethodCall, ty: Ty) -> Result<Value> {
        self.accumulated(call, ty, 1.0, "product", "mul")
    }

    fn accumulated(
        &mut self,
        call: &syn::ExprMethodCall,
        ty: Ty,
        start: f64,
        name: &str,
        operator: &'static str,
    ) -> Result<Value> {
        if !matches!(ty, Ty::Float(_) | Ty::Unknown) {
            return Err(Unknown::new(call.method.span(), Refusal::IteratorMethod(name.to_owned())));
        }
        let flow = self.flow(&call.receiver)?;
        let ty = ty.join(&Ty::Float(FloatTy::Inferred));
        let at = self.out.len();
        let var = self.changing(name, ty);
        let mut all_floats = true;
        self.for_each_item(flow, &mut |this, item| {
            let ty = this.vars[var].ty.join(&item.ty);
            all_floats &= ty.is_float() && matches!(item.ty, Ty::Float(_) | Ty::Unknown);
            if ty.is_float() {
                this.vars[var].ty = ty.clone();
            }
            let item = match item.expr {
                Expr::Borrow(place, _) => Value::new(Expr::Load(place), item.ty),
                expr => Value::new(expr, item.ty),
            };
            this.compound_on(operator, Place::of(var), ty, item);
        })?;
        if !all_floats {
            return Err(Unknown::new(call.method.span(), Refusal::SumOfOthers(name.to_owned())));
        }
        let ty = self.vars[var].ty.clone();
        self.out.insert(at, Stmt::Let(Pattern::Var(var), Expr::float(start)));
        Ok(Value::new(Expr::Var(var), ty))
    }

    /// A variable that a loop changes.
    pub fn changing(&mut self, name: &str, ty: Ty) -> Var {
        let annotation = match &ty {
            Ty::Float(FloatTy::F32) => syn::parse_str("f32").ok(),
            Ty::Float(FloatTy::F64) => syn::parse_str("f64").ok(),
            Ty::Float(FloatTy::Param(name)) => syn::parse_str(name).ok(),
            _ => None,
        };
        self.vars.add(VarInfo {
            name: name.to_owned(),
            span: Span::call_site(),
            ty,
            role: Role::Primal,
            access: crate::ir::Access::Owned,
            mutable: true,
            annotation: annotation.map(Box::new),
        })
    }

    /// `fold(start, f)`
    pub fn fold(&mut self, call: &syn::ExprMethodCall) -> Result<Value> {
        let flow = self.flow(&call.receiver)?;
        self.fold_flow(call, flow)
    }

    /// The same of these items.
    pub fn fold_flow(&mut self, call: &syn::ExprMethodCall, flow: Flow) -> Result<Value> {
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod("fold".to_owned()));
        let (Some(start), Some(f)) = (call.args.first(), call.args.get(1)) else { return Err(unknown()) };
        let start = self.lower_expr(start);
        let callable = self.callable(f).ok_or_else(unknown)?;
        self.fold_from(start, &callable, flow)
    }

    /// What a loop over items makes of a value.
    pub fn fold_from(&mut self, start: Value, callable: &Callable, flow: Flow) -> Result<Value> {
        let ty = start.ty.join(&callable.float());
        let carried = self.carry(callable.parameters().first().copied(), Value::new(start.expr, ty));
        self.for_each_item(flow, &mut |this, item| {
            let current = this.carried_value(&carried);
            let next = this.apply(callable, vec![current, item]);
            this.carry_on(&carried, next);
        })?;
        Ok(self.carried_value(&carried))
    }

    /// Variables for what a loop carries; a tuple that the closure takes apart has one for each part.
    pub fn carry(&mut self, pat: Option<&syn::Pat>, start: Value) -> Carried {
        let written = match pat {
            Some(syn::Pat::Type(typed)) => self.generics.ty(&typed.ty),
            _ => Ty::Unknown,
        };
        let start = Value::new(start.expr, start.ty.join(&written));
        let pat = pat.map(untyped);
        match (pat, start.expr) {
            (Some(syn::Pat::Tuple(tuple)), Expr::Tuple(parts)) if tuple.elems.len() == parts.len() => {
                let types = part_types(&start.ty, parts.len());
                let parts = parts.into_iter().zip(types).zip(&tuple.elems);
                let parts = parts.map(|((part, ty), pat)| self.carry(Some(pat), Value::new(part, ty))).collect();
                Carried::Parts(parts)
            }
            (pat, expr) => {
                let name = match pat {
                    Some(syn::Pat::Ident(ident)) => ident.ident.to_string(),
                    _ => "carried".to_owned(),
                };
                let expr = match expr {
                    Expr::Borrow(place, _) if start.ty.is_scalar() => Expr::Load(place),
                    Expr::Borrow(place, _) => Expr::Snapshot(place),
                    expr => expr,
                };
                let var = self.changing(&name, start.ty);
                self.out.push(Stmt::Let(Pattern::Var(var), expr));
                self.carried.insert(var);
                Carried::Var(var)
            }
        }
    }

    /// What the loop carries, as a value.
    pub fn carried_value(&self, carried: &Carried) -> Value {
        match carried {
            Carried::Var(var) => Value::new(Expr::Var(*var), self.vars[*var].ty.clone()),
            Carried::Parts(parts) => Value::tuple(parts.iter().map(|part| self.carried_value(part)).collect()),
        }
    }

    /// What the next iteration starts from: all of it is computed before any of it is assigned.
    pub fn carry_on(&mut self, carried: &Carried, next: Value) {
        if let Carried::Var(var) = carried {
            return self.assign_carried(*var, next);
        }
        let mut assignments = Vec::new();
        self.next_values(carried, next, &mut assignments);
        for (var, value) in assignments {
            self.assign_carried(var, value);
        }
    }

    fn assign_carried(&mut self, var: Var, value: Value) {
        if value.expr == Expr::Var(var) {
            return;
        }
        self.vars[var].ty = self.vars[var].ty.join(&value.ty);
        self.assign_value(Place::of(var), value);
    }

    fn next_values(&mut self, carried: &Carried, next: Value, assignments: &mut Vec<(Var, Value)>) {
        match (carried, next.expr) {
            (Carried::Var(var), Expr::Var(same)) if *var == same => {}
            (Carried::Var(var), expr) => {
                let expr = match expr {
                    Expr::Borrow(place, _) if next.ty.is_scalar() => Expr::Load(place),
                    Expr::Borrow(place, _) => Expr::Snapshot(place),
                    expr => expr,
                };
                let is_carried = matches!(&expr, Expr::Var(other) if self.carried.contains(other));
                let value = Value::new(expr, next.ty.clone());
                let value = if is_carried { Expr::Var(self.bind_temporary(value)) } else { self.moved(value) };
                assignments.push((*var, Value::new(value, next.ty)));
            }
            (Carried::Parts(parts), Expr::Tuple(exprs)) if parts.len() == exprs.len() => {
                let types = part_types(&next.ty, parts.len());
                for ((part, expr), ty) in parts.iter().zip(exprs).zip(types) {
                    self.next_values(part, Value::new(expr, ty), assignments);
                }
            }
            (Carried::Parts(parts), expr) => {
                let types = part_types(&next.ty, parts.len());
                let place = match expr {
                    Expr::Load(place) | Expr::Borrow(place, _) => place,
                    expr => Place::of(self.bind_temporary(Value::new(expr, next.ty))),
                };
                for (index, (part, ty)) in parts.iter().zip(types).enumerate() {
                    let place = place.clone().project(Projection::Field(index.to_string()));
                    self.next_values(part, Value::new(Expr::Load(place), ty), assignments);
                }
            }
        }
    }
}

fn untyped(pat: &syn::Pat) -> &syn::Pat {
    match pat {
        syn::Pat::Type(typed) => untyped(&typed.pat),
        syn::Pat::Paren(paren) => untyped(&paren.pat),
        pat => pat,
    }
}
