//! The tangent of a value: the chain rule on one expression.

use super::{Forward, result_of};
use crate::ir::{Expr, MatrixOp, Pattern, Place, Slope, Stmt, Ty, Var};
use crate::rules::Prim;
use proc_macro2::Span;

impl Forward<'_> {
    /// Gives an operation a name if its derivative reads its result.
    pub fn named_results(&mut self, value: &Expr, out: &mut Vec<Stmt>) -> Expr {
        match value {
            Expr::Prim(Prim::Neg, args) => Expr::Prim(Prim::Neg, vec![self.named_results(&args[0], out)]),
            Expr::Prim(..) | Expr::Matrix(..)
                if self.activity.flows_active(value) && !matches!(value, Expr::Matrix(op, _) if !op.uses_result()) =>
            {
                let ty =
                    if matches!(value, Expr::Prim(..)) { Ty::Float(crate::ir::FloatTy::Inferred) } else { Ty::Unknown };
                let var = self.vars.temporary("t", ty, Span::call_site());
                let result = result_of(var, &self.vars);
                let tangent = self.tangent(value, Some(result));
                out.push(Stmt::Let(Pattern::Var(var), value.clone()));
                let dot = self.dot(var);
                let tangent = tangent.unwrap_or(Expr::float(0.0));
                out.push(Stmt::Let(Pattern::Var(dot), tangent));
                Expr::Var(var)
            }
            other => other.clone(),
        }
    }

    /// The tangent of a value; nothing where it is zero.
    pub fn tangent(&mut self, value: &Expr, result: Option<Expr>) -> Option<Expr> {
        if !self.flows(value) {
            return None;
        }
        match value {
            Expr::Var(var) => Some(Expr::Var(self.dot(*var))),
            // a value that is copied may have a tangent that is not
            Expr::Load(place) if self.vars.place_type(place).is_scalar() => Some(Expr::Load(self.dot_place(place))),
            Expr::Load(place) => Some(Expr::Snapshot(self.dot_place(place))),
            Expr::Borrow(place, _) => Some(Expr::Borrow(self.dot_place(place), false)),
            Expr::Snapshot(place) => Some(Expr::Snapshot(self.dot_place(place))),
            Expr::Prim(prim, args) => {
                let partials = prim.partials(args, result.as_ref().unwrap_or(value));
                let terms: Vec<Expr> = args
                    .iter()
                    .zip(partials)
                    .enumerate()
                    .filter_map(|(index, (arg, partial))| {
                        let factor = *prim == Prim::StrongMul && index == 1;
                        let outer = self.strong;
                        self.strong |= factor;
                        let dot = self.tangent(arg, None);
                        self.strong = outer;
                        dot.and_then(|dot| if outer { partial.apply_strongly(dot) } else { partial.apply(dot) })
                    })
                    .collect();
                terms.into_iter().reduce(|sum, term| Expr::Prim(Prim::Add, vec![sum, term])).or(Some(Expr::float(0.0)))
            }
            Expr::Cast(inner, to) => self.tangent(inner, None).map(|dot| Expr::Cast(Box::new(dot), to.clone())),
            Expr::Tuple(_) => Some(self.result_tangent(value)),
            Expr::Array { items, heap } => {
                let items = items.iter().map(|item| self.result_tangent(item)).collect();
                Some(Expr::Array { items, heap: *heap })
            }
            Expr::Repeat { item, len, heap } => {
                let item = Box::new(self.result_tangent(item));
                Some(Expr::Repeat { item, len: len.clone(), heap: *heap })
            }
            Expr::Matrix(op, operands) => self.matrix(op, operands, result),
            Expr::Select(cond, then, otherwise) => {
                let [then, otherwise] = [then, otherwise].map(|part| Box::new(self.result_tangent(part)));
                Some(Expr::Select(cond.clone(), then, otherwise))
            }
            // each has a statement of its own, where its tangent is built
            Expr::Construct(_) | Expr::Call(_) if self.flows(value) => {
                self.missing.insert("what is put together or called within an expression".to_owned());
                None
            }
            _ => self.sweep_tangent(value, result.as_ref()),
        }
    }

    pub fn flows(&self, value: &Expr) -> bool {
        let mut active = false;
        crate::analysis::activity::for_each_flow(value, &mut |var| {
            active |= self.activity.is_active(var) || self.dots.contains_key(&var);
        });
        active
    }

    fn matrix(&mut self, op: &MatrixOp, operands: &[Expr], result: Option<Expr>) -> Option<Expr> {
        let (op, known) = match (op.of_result(), result.filter(|_| op.uses_result())) {
            (Some(op), Some(result)) => (op, vec![result]),
            (_, result) => (op.clone(), operands.iter().cloned().chain(result).collect()),
        };
        let mut terms = Vec::new();
        for (index, operand) in operands.iter().enumerate() {
            if let Some(dot) = self.tangent(operand, None) {
                let slope = Slope::Push(index);
                terms.push(Expr::Linear { op: op.clone(), slope, operands: known.clone(), seed: Box::new(dot) });
            }
        }
        if terms.len() > 1 { Some(Expr::Sum(terms)) } else { terms.pop() }
    }

    /// The tangent of a result: zeros where it is inactive.
    pub fn result_tangent(&mut self, value: &Expr) -> Expr {
        match value {
            Expr::Tuple(parts) => Expr::Tuple(parts.iter().map(|part| self.result_tangent(part)).collect()),
            value => match self.tangent(value, None) {
                Some(Expr::Borrow(place, _)) => Expr::Snapshot(place),
                Some(tangent) => tangent,
                None => match value {
                    Expr::Float(..) => Expr::float(0.0),
                    Expr::Opaque(opaque) if opaque.is_empty_value() => Expr::Opaque(opaque.empty_again()),
                    Expr::Var(var) => {
                        let constant = self.zero_of_array(value, &self.vars[*var].ty);
                        constant.unwrap_or_else(|| self.zero_of(&Place::of(*var)))
                    }
                    Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => self.zero_of(place),
                    other => Expr::ZeroLike(Box::new(other.clone())),
                },
            },
        }
    }

    /// Names the zero tangents of a result that moves: afterwards its shape can no longer be seen.
    pub fn zeros_first(&mut self, result: &Expr, dot: &mut Expr, out: &mut Vec<Stmt>) {
        match (result, &mut *dot) {
            (Expr::Tuple(parts), Expr::Tuple(dots)) => {
                parts.iter().zip(dots).for_each(|(part, dot)| self.zeros_first(part, dot, out));
            }
            (Expr::Var(var), Expr::ZeroLike(_)) if !self.vars[*var].ty.is_scalar() => {
                let zero = self.dot(*var);
                self.vars[zero].mutable = false;
                out.push(Stmt::Let(Pattern::Var(zero), std::mem::replace(dot, Expr::Snapshot(Place::of(zero)))));
            }
            _ => {}
        }
    }

    /// The zero tangent of a variable with this definition: repeated literals need no inference of the element.
    pub fn zero_beside(&self, var: Var, definition: &Expr) -> Expr {
        if let Some(zero) = self.zero_of_array(definition, &self.vars[var].ty) {
            return zero;
        }
        match definition {
            // where the type is written, an element may be read before rustc could infer it for the tangent
            Expr::Opaque(opaque) if opaque.is_empty_value() && self.vars[var].annotation.is_none() => {
                Expr::Opaque(opaque.empty_again())
            }
            // a tangent is its own tangent
            Expr::ZeroLike(_) | Expr::NewStack(_) => definition.clone(),
            _ => self.zero_of(&Place::of(var)),
        }
    }

    pub fn zero_of(&self, place: &Place) -> Expr {
        match self.vars.place_type(place) {
            Ty::Float(_) => Expr::float(0.0),
            _ => Expr::ZeroLike(Box::new(Expr::Borrow(place.clone(), false))),
        }
    }

    /// The zero tangent of an array of constants, written as one.
    fn zero_of_array(&self, definition: &Expr, ty: &Ty) -> Option<Expr> {
        let (Ty::Array(element) | Ty::Vec(element)) = ty else { return None };
        let zero_of_item = |item: &Expr| match &**element {
            Ty::Float(_) => Some(Expr::float(0.0)),
            element => self.zero_of_array(item, element),
        };
        match definition {
            Expr::Var(var) => self.arrays.get(var).and_then(|definition| self.zero_of_array(definition, ty)),
            Expr::Repeat { item, len, heap } => {
                Some(Expr::Repeat { item: Box::new(zero_of_item(item)?), len: len.clone(), heap: *heap })
            }
            Expr::Array { items, heap: false } => {
                let items = items.iter().map(zero_of_item).collect::<Option<Vec<Expr>>>()?;
                Some(Expr::Array { items, heap: false })
            }
            _ => None,
        }
    }
}
