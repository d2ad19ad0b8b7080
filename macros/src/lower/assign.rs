//! Assignments: `place = value;`, `place += value;` and their kin.

use super::operator::operator_name;
use super::{Lowerer, Value, strip};
use crate::ir::{Access, Expr, Pattern, Place, Projection, Stmt, Ty, Var};
use crate::refusal::Refusal;
use crate::rules::Prim;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// `place = value;`
    pub fn assign(&mut self, expr: &syn::Expr, assign: &syn::ExprAssign) {
        let value = self.lower_expr(&assign.right);
        if let (Ty::Int | Ty::Bool, Expr::Opaque(count), syn::Expr::Field(_)) =
            (&value.ty, &value.expr, strip(&assign.left))
            && let Some((place, Ty::Unknown)) = self.lower_place(&assign.left)
            && self.change_count(&place, "=", count.clone())
        {
            return;
        }
        let value = self.before(value, &assign.right, [&*assign.left]);
        self.assign_to(expr, &assign.left, value);
    }

    /// `(a, b.c) = value;`: the value is taken apart first.
    fn assign_tuple(&mut self, expr: &syn::Expr, targets: &syn::ExprTuple, value: Value) {
        if targets.elems.iter().any(|target| matches!(target, syn::Expr::Range(_))) {
            return self.diagnostics.refuse(expr.span(), &Refusal::Construct("a destructuring assignment with `..`"));
        }
        let types = super::pattern::part_types(&value.ty, targets.elems.len());
        let parts: Vec<Expr> = match value.expr {
            // all are evaluated before the first is assigned: `(a, b) = (b, a);`
            Expr::Tuple(parts) if parts.len() == targets.elems.len() => {
                parts.into_iter().zip(&types).map(|(part, ty)| self.before_assignments(part, ty)).collect()
            }
            tuple => {
                let vars = targets.elems.iter().zip(&types).map(|(target, ty)| {
                    let ty = ty.join(&self.source_type(target));
                    self.vars.temporary("part", ty, target.span())
                });
                let vars: Vec<Var> = vars.collect();
                let pattern = Pattern::Tuple(vars.iter().map(|var| Pattern::Var(*var)).collect());
                self.out.push(Stmt::Let(pattern, tuple));
                vars.into_iter().map(Expr::Var).collect()
            }
        };
        for ((target, part), ty) in targets.elems.iter().zip(parts).zip(types) {
            self.assign_to(expr, target, Value::new(part, ty));
        }
    }

    /// A part of a tuple that later assignments do not change.
    fn before_assignments(&mut self, part: Expr, ty: &Ty) -> Expr {
        match part {
            Expr::Tuple(parts) => {
                let types = super::pattern::part_types(ty, parts.len());
                Expr::Tuple(parts.into_iter().zip(&types).map(|(part, ty)| self.before_assignments(part, ty)).collect())
            }
            Expr::Float(..) | Expr::Borrow(..) => part,
            Expr::Var(var) if !self.vars[var].mutable => part,
            // it has another value afterwards
            Expr::Var(var) if !self.vars[var].ty.is_scalar() => {
                let copy = Expr::Snapshot(Place::of(var));
                Expr::Var(self.bind_temporary(Value::new(copy, ty.clone())))
            }
            part => Expr::Var(self.bind_temporary(Value::new(part, ty.clone()))),
        }
    }

    fn assign_to(&mut self, expr: &syn::Expr, target: &syn::Expr, value: Value) {
        if self.refers_elsewhere(target) {
            let name = super::syntax::written(target);
            return self.diagnostics.refuse(target.span(), &Refusal::ReboundReference(name));
        }
        match strip(target) {
            syn::Expr::Infer(_) => return,
            syn::Expr::Tuple(targets) => return self.assign_tuple(expr, targets, value),
            _ => {}
        }
        let Some((place, ty)) = self.lower_place(target) else {
            let opaque = self.copied(expr, Ty::Inert, Refusal::Construct("this assignment"));
            self.out.push(Stmt::Do(opaque.expr));
            return;
        };
        if ty == Ty::Unknown && place.is_whole() {
            self.vars[place.root].ty = value.ty.clone();
        }
        self.assign_value(place, value);
    }

    /// `place = value;` on a lowered value.
    pub fn assign_value(&mut self, place: Place, value: Value) {
        let is_float = value.ty.is_float() || self.place_type(&place).is_float();
        let value = match self.place_type(&place) {
            Ty::Option(item) if *item != Ty::Unknown && !item.is_inert() => self.with_owned_parts(value),
            _ => value,
        };
        let value = match value.expr {
            Expr::Borrow(from, _) if is_float => Expr::Load(from),
            Expr::Borrow(from, _) => Expr::Snapshot(from),
            // what a reference refers to stays there, and so does a part of a list
            Expr::Load(from)
                if !value.ty.is_scalar()
                    && (self.vars[from.root].access != Access::Owned || self.is_part_of_list(&from)) =>
            {
                Expr::Snapshot(from)
            }
            // what is put together, or called, has a name first
            Expr::Construct(_) | Expr::Call(_) => Expr::Var(self.bind_temporary(value)),
            other => other,
        };
        self.out.push(Stmt::Assign(place, value));
    }

    fn is_part_of_list(&self, place: &Place) -> bool {
        matches!(self.place_type(place), Ty::Slice(_))
    }

    /// `place += value;` and its kin.
    pub fn compound(&mut self, expr: &syn::Expr, binary: &syn::ExprBinary) {
        if self.count_step(binary) {
            return;
        }
        let name = operator_name(&binary.op);
        if let Some(step) = name.and_then(|name| self.integer_step(name, binary)) {
            self.out.push(step);
            return;
        }
        let (Some(name), false) = (name, self.is_inert_source(&binary.left) || self.is_integer_literal(&binary.right))
        else {
            let opaque = self.opaque(expr, None);
            self.out.push(Stmt::Do(Expr::Opaque(opaque)));
            return;
        };
        // `a.add_assign(b)` of matrices evaluates the index in `a` first; floats take the value first
        let first = match self.source_type(&binary.left) {
            Ty::Matrix(_) => self.lower_place(&binary.left),
            Ty::Unknown if self.depend_on_order(&binary.left, &binary.right) => {
                let refusal = Refusal::Construct("an assignment whose index and value depend on their order");
                let opaque = self.copied(expr, Ty::Inert, refusal);
                return self.out.push(Stmt::Do(opaque.expr));
            }
            _ => None,
        };
        let value = self.lower_expr(&binary.right);
        let value = self.before(value, &binary.right, [&*binary.left]);
        let Some((place, ty)) = first.or_else(|| self.lower_place(&binary.left)) else {
            let opaque = self.copied(expr, Ty::Inert, Refusal::Construct("this assignment"));
            self.out.push(Stmt::Do(opaque.expr));
            return;
        };
        if ty.is_inert() || value.ty.is_inert() {
            let opaque = self.opaque(expr, None);
            self.out.push(Stmt::Do(Expr::Opaque(opaque)));
            return;
        }
        let value = match (name, &ty, &value.ty) {
            ("mul" | "div", Ty::Matrix(_) | Ty::Unknown, Ty::Unknown) => self.read_by_value(value, &binary.right),
            _ => value,
        };
        self.compound_on(name, place, ty, value);
    }

    /// Whether an index changes what the value reads or changes.
    fn depend_on_order(&self, place: &syn::Expr, value: &syn::Expr) -> bool {
        let root = self.root_of(place);
        let (mut place, value) = (self.opaque_index(place), self.opaque_index(value));
        // the place itself is lent, by `last_mut()` for instance
        place.writes.retain(|var| Some(*var) != root);
        let meet = |changed: &[Var], other: &crate::ir::Opaque| {
            changed.iter().any(|var| other.reads.contains(var) || other.writes.contains(var))
        };
        !place.writes.is_empty() && (meet(&place.writes, &value) || meet(&value.writes, &place))
    }

    /// `state.count += step;`, where `state` carries a derivative: a field that takes an integer holds no float.
    fn count_step(&mut self, binary: &syn::ExprBinary) -> bool {
        if !self.is_integer_literal(&binary.right) && !self.is_inert_source(&binary.right) {
            return false;
        }
        let Some((place, ty)) = self.lower_place(&binary.left) else { return false };
        let value = self.opaque(&binary.right, None);
        let counts = ty == Ty::Int || (ty == Ty::Unknown && !self.is_inert_source(&binary.left));
        counts && self.change_count(&place, &quote::ToTokens::to_token_stream(&binary.op).to_string(), value)
    }

    /// A change of a field that is an integer, where the value comes from nothing else that varies.
    fn change_count(&mut self, place: &Place, op: &str, value: crate::ir::Opaque) -> bool {
        let plain = place.path.iter().all(|step| matches!(step, Projection::Field(_) | Projection::Index(_)));
        let inert = |var: &crate::ir::Var| *var == place.root || self.vars[*var].ty.is_inert();
        let own = value.flows.iter().all(inert) && value.drops.is_empty();
        if place.is_whole() || !plain || !own || self.vars[place.root].ty.is_inert() {
            return false;
        }
        let tokens = crate::emit::change_of_count(place, op, &value.tokens.0, &self.vars);
        let mut reads = value.reads;
        place.for_each_index(&mut |index| index.for_each_read(&mut |var| reads.push(var)));
        reads.push(place.root);
        reads.sort();
        reads.dedup();
        let mut writes = value.writes;
        writes.push(place.root);
        let change = crate::ir::Opaque { counts: true, cheap: false, writes, ..self.tokens_of(&reads, tokens) };
        self.out.push(Stmt::Do(Expr::Opaque(change)));
        true
    }

    /// `count += step;` and `count -= step;` on a local integer, which the reverse sweep may undo.
    fn integer_step(&mut self, name: &str, binary: &syn::ExprBinary) -> Option<Stmt> {
        let negative = match name {
            "add" => false,
            "sub" => true,
            _ => return None,
        };
        let syn::Expr::Path(_) = strip(&binary.left) else { return None };
        let (place, ty) = self.lower_place(&binary.left)?;
        let local = place.is_whole() && ty == Ty::Int && self.vars[place.root].access == Access::Owned;
        if !local || !self.is_inert_source(&binary.right) {
            return None;
        }
        let step = self.opaque(&binary.right, None);
        let plain = step.cheap && step.writes.is_empty();
        let step = Expr::Opaque(step);
        plain.then(|| Stmt::Add(place, if negative { step.negate() } else { step }))
    }

    /// `place op= value;`
    pub fn compound_on(&mut self, name: &'static str, place: Place, ty: Ty, value: Value) {
        match name {
            "add" | "sub" => {
                let scalar = ty.is_float() || value.ty.is_float();
                let value = match value {
                    Value { expr: Expr::Load(place), .. } if scalar && name == "add" => Expr::Load(place),
                    value if scalar => self.scalar_or_tree(value),
                    value => {
                        let ty = self.moved_by(&value);
                        self.operand(Value::new(value.expr, ty))
                    }
                };
                let value = match (name, scalar) {
                    ("sub", true) => Expr::Prim(Prim::Neg, vec![value]),
                    ("sub", false) => Expr::Matrix(crate::ir::MatrixOp::Operator("neg"), vec![value]),
                    _ => value,
                };
                self.out.push(Stmt::Add(place, value));
            }
            _ => {
                let scalar = ty.is_float();
                let current = match ty {
                    _ if scalar => Expr::Load(place.clone()),
                    Ty::Unknown if !self.generics.floats.is_empty() => Expr::Snapshot(place.clone()),
                    _ => Expr::Borrow(place.clone(), false),
                };
                let result = self.operation(name, Value::new(current, ty), value);
                self.out.push(Stmt::Assign(place, result.expr));
            }
        }
    }

    /// The type of what is added to a matrix or a point: a product with a matrix is one, as no point is added.
    fn moved_by(&self, value: &Value) -> Ty {
        let Expr::Matrix(crate::ir::MatrixOp::Operator("mul" | "div"), operands) = &value.expr else {
            return value.ty.clone();
        };
        let types = operands.iter().map(|operand| match operand {
            Expr::Borrow(place, _) | Expr::Snapshot(place) => self.place_type(place),
            Expr::Var(var) => self.vars[*var].ty.clone(),
            _ => Ty::Unknown,
        });
        types.into_iter().find(|ty| matches!(ty, Ty::Matrix(_))).unwrap_or_else(|| value.ty.clone())
    }

    /// The right side of `+=` needs no name of its own.
    fn scalar_or_tree(&mut self, value: Value) -> Expr {
        match value.expr {
            Expr::Prim(..) | Expr::Cast(..) => value.expr,
            expr => self.scalar(Value::new(expr, value.ty)),
        }
    }

    fn is_integer_literal(&self, expr: &syn::Expr) -> bool {
        matches!(strip(expr), syn::Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Int(_)))
    }
}

/// Whether an operator is a compound assignment.
pub fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}
