//! The adjoint of one expression: what it adds to the cotangents of its operands.

use super::Reverse;
use crate::ir::{Expr, FloatTy, MatrixOp, Pattern, Place, Projection, Slope, Stmt, Ty, Var};

impl Reverse<'_> {
    /// `value` has the cotangent `seed`. `result` is the expression that still has its value, where the rule reads it;
    /// `pre` receives what the forward sweep has to keep.
    pub fn adjoint(
        &mut self,
        pre: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
        value: &Expr,
        seed: Expr,
        result: Option<Expr>,
    ) {
        if !self.activity.flows_active(value) {
            return;
        }
        match value {
            Expr::Var(var) => {
                let seed = self.identity(seed, &self.vars[*var].ty);
                self.contribute(out, *var, seed);
            }
            Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => {
                let seed = self.identity(seed, &self.vars.place_type(place));
                self.contribute_to(out, place, seed);
            }
            Expr::Prim(prim, args) => {
                let partials = prim.partials(args, result.as_ref().unwrap_or(value));
                for (arg, partial) in args.iter().zip(partials) {
                    if !self.activity.flows_active(arg) {
                        continue;
                    }
                    if let Some(contribution) = partial.apply(seed.clone()) {
                        let inner = if arg.is_atom() { None } else { result.clone() };
                        self.adjoint(pre, out, arg, contribution, inner);
                    }
                }
            }
            Expr::Cast(inner, _) => {
                let from = match self.vars.type_of(inner) {
                    Ty::Float(FloatTy::Inferred) | Ty::Unknown => FloatTy::F64,
                    Ty::Float(float) => float,
                    _ => return,
                };
                self.adjoint(pre, out, inner, Expr::Cast(Box::new(seed), from), None);
            }
            Expr::Tuple(parts) => {
                let Some(seed) = self.seed_place(seed, out) else { return };
                for (index, part) in parts.iter().enumerate() {
                    let place = seed.clone().project(Projection::Field(index.to_string()));
                    self.part(pre, out, part, place);
                }
            }
            Expr::Construct(construct) => {
                let Some(seed) = self.seed_place(seed, out) else { return };
                for (step, _, part) in &construct.fields {
                    self.part(pre, out, part, seed.clone().project(step.clone()));
                }
                if let Some(base) = construct.base.as_ref().filter(|base| self.activity.is_active(base.root)) {
                    let rest = self.rest_of(&seed, construct, base, pre, out);
                    self.contribute_to(out, base, Expr::Snapshot(Place::of(rest)));
                }
            }
            Expr::Array { items, .. } => {
                let Some(seed) = self.seed_place(seed, out) else { return };
                for (index, item) in items.iter().enumerate() {
                    let at = Projection::Index(Box::new(super::control::usize_literal(index)));
                    self.part(pre, out, item, seed.clone().project(at));
                }
            }
            Expr::Repeat { item, .. } => {
                let Some(seed) = self.seed_place(seed, out) else { return };
                let zero = match (self.vars.type_of(item), &**item) {
                    (Ty::Float(_), _) => Expr::float(0.0),
                    // the list took the value
                    (_, Expr::Var(var)) if self.storage.is_moved(*var) => self.kept_zero(*var),
                    _ => Expr::ZeroLike(Box::new((**item).clone())),
                };
                let sum = Expr::SumElements { items: Box::new(Expr::Borrow(seed, false)), zero: Box::new(zero) };
                self.adjoint(pre, out, item, sum, None);
            }
            Expr::Matrix(op, operands) => self.matrix(pre, out, op, operands, seed, result),
            _ => {}
        }
    }

    /// The cotangent of what `..base` gives: that of the value, with zeros in the fields that are written out. They have the shape
    /// of the base's: the value may have lists of other lengths.
    fn rest_of(
        &mut self,
        seed: &Place,
        construct: &crate::ir::Construct,
        base: &Place,
        pre: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
    ) -> Var {
        let rest = self.vars.derived(seed.root, "_rest", crate::ir::Role::Cotangent(seed.root), true);
        self.vars[rest].access = crate::ir::Access::Owned;
        out.push(Stmt::Let(crate::ir::Pattern::Var(rest), Expr::Snapshot(seed.clone())));
        for (step, _, part) in &construct.fields {
            let place = Place::of(rest).project(step.clone());
            let field = Expr::Borrow(base.clone().project(step.clone()), false);
            let own = match self.cotangents.get(&base.root) {
                Some(super::Cotangent::Variable(bar)) => self.optional_buffer(*bar).is_none(),
                _ => false,
            };
            let zero = match self.vars.type_of(part) {
                Ty::Float(_) => Expr::float(0.0),
                _ if own && !self.is_there(&field) => {
                    let bar = self.bar_place(&base.clone().project(step.clone()));
                    out.push(Stmt::Assign(place.clone(), Expr::Snapshot(bar)));
                    Expr::ZeroLike(Box::new(Expr::Borrow(place.clone(), false)))
                }
                _ => Expr::ZeroLike(Box::new(self.kept_operand(pre, &field))),
            };
            out.push(Stmt::Assign(place, zero));
        }
        rest
    }

    /// One component of an aggregate whose cotangent is a place.
    fn part(&mut self, pre: &mut Vec<Stmt>, out: &mut Vec<Stmt>, part: &Expr, seed: Place) {
        if self.activity.flows_active(part) {
            self.adjoint(pre, out, part, Expr::Load(seed), None);
        }
    }

    /// The rule of the runtime for an operation on matrices or on values of unknown type.
    fn matrix(
        &mut self,
        pre: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
        op: &MatrixOp,
        operands: &[Expr],
        seed: Expr,
        result: Option<Expr>,
    ) {
        let active: Vec<usize> =
            (0..operands.len()).filter(|&index| self.activity.flows_active(&operands[index])).collect();
        let result = match result {
            Some(Expr::Var(result)) if op.uses_result() => Some(self.kept_result(result)),
            _ => None,
        };
        let kept = self.kept_sum(pre, op, operands).or_else(|| self.kept_beside_literal(pre, op, operands));
        let (op, kept) = match (op.of_result(), result, kept) {
            (_, _, Some(kept)) => kept,
            (Some(op), Some(result), _) => (op, vec![result]),
            (_, result, _) => {
                let operands = operands.iter().map(|operand| self.kept_operand(pre, operand));
                (op.clone(), operands.chain(result).collect())
            }
        };
        for index in active {
            let pull = Expr::Linear {
                op: op.clone(),
                slope: Slope::Pull(index),
                operands: self.without_own_operand(&op, index, &kept),
                seed: Box::new(seed.clone()),
            };
            match &operands[index] {
                Expr::Borrow(place, _) | Expr::Snapshot(place) => self.contribute_to(out, place, pull),
                Expr::Var(var) => self.contribute(out, *var, pull),
                _ => {}
            }
        }
    }

    /// A sum of values of unknown types whose operands the reverse sweep may not have: the forward sweep keeps what the rule needs of them, which
    /// is nothing for most types.
    fn kept_sum(&mut self, pre: &mut Vec<Stmt>, op: &MatrixOp, operands: &[Expr]) -> Option<(MatrixOp, Vec<Expr>)> {
        let MatrixOp::Operator(name @ ("add" | "sub")) = *op else { return None };
        if operands.iter().all(|operand| self.is_there(operand)) {
            return None;
        }
        let kept = self.keep_operands(pre, name, operands, "_operands")?;
        Some((MatrixOp::Keep(name), vec![kept]))
    }

    /// The same for a value of unknown type beside a literal: of a float or a matrix, which is only scaled, nothing is kept.
    fn kept_beside_literal(
        &mut self,
        pre: &mut Vec<Stmt>,
        op: &MatrixOp,
        operands: &[Expr],
    ) -> Option<(MatrixOp, Vec<Expr>)> {
        let MatrixOp::Operator(name @ ("mul" | "div")) = *op else { return None };
        let index = (0..operands.len()).find(|index| op.literal_beside(*index, operands).is_some())?;
        let own = &operands[index];
        // second derivatives need the operand itself
        if self.vars.type_of(own).is_scaled() || self.is_there(own) || self.function.order > 1 {
            return None;
        }
        let mut known = operands.to_vec();
        known[index] = self.keep_operands(pre, name, operands, "_operand")?;
        Some((MatrixOp::Keep(name), known))
    }

    /// A variable with what the rule of an operator needs of its operands.
    fn keep_operands(
        &mut self,
        pre: &mut Vec<Stmt>,
        name: &'static str,
        operands: &[Expr],
        suffix: &str,
    ) -> Option<Expr> {
        let borrowed = operands.iter().map(|operand| match operand {
            Expr::Var(var) => Expr::Borrow(Place::of(*var), false),
            Expr::Snapshot(place) | Expr::Load(place) => Expr::Borrow(place.clone(), false),
            other => other.clone(),
        });
        let borrowed: Vec<Expr> = borrowed.collect();
        let root = borrowed.iter().find_map(|operand| operand.as_reference().map(|place| place.root))?;
        let kept = self.kept_variable(root, suffix, Ty::Unknown);
        pre.push(Stmt::Let(Pattern::Var(kept), Expr::Matrix(MatrixOp::Keep(name), borrowed)));
        Some(Expr::Borrow(Place::of(kept), false))
    }

    /// `2.0 * x` and `x / 2.0` are linear in a scalar or matrix `x`: their rules do not read it.
    fn without_own_operand(&self, op: &MatrixOp, index: usize, operands: &[Expr]) -> Vec<Expr> {
        match op.literal_beside(index, operands) {
            Some(literal) if self.vars.type_of(&operands[index]).is_scaled() => vec![literal.clone(), literal.clone()],
            _ => operands.to_vec(),
        }
    }

    fn kept_result(&mut self, result: Var) -> Expr {
        if self.vars[result].ty.is_float() { Expr::Var(result) } else { Expr::Borrow(Place::of(result), false) }
    }

    /// The cotangent of an identity: scalars are copied, everything else is cloned.
    fn identity(&self, seed: Expr, ty: &Ty) -> Expr {
        match seed {
            Expr::Var(var) if !ty.is_scalar() => Expr::Snapshot(Place::of(var)),
            Expr::Load(place) if !ty.is_scalar() => Expr::Snapshot(place),
            other => other,
        }
    }

    /// The seed as a place that can be taken apart.
    fn seed_place(&mut self, seed: Expr, out: &mut Vec<Stmt>) -> Option<Place> {
        match seed {
            Expr::Var(var) => Some(Place::of(var)),
            Expr::Load(place) | Expr::Snapshot(place) => Some(place),
            other => {
                let var = self.vars.temporary("parts_bar", Ty::Unknown, proc_macro2::Span::call_site());
                out.push(Stmt::Let(crate::ir::Pattern::Var(var), other));
                Some(Place::of(var))
            }
        }
    }
}
