//! Operations that move elements: their transpose on the cotangents, as the table of [`rules::structural`] says.
//!
//! [`rules::structural`]: crate::rules::structural

use super::Reverse;
use crate::ir::{Expr, Pattern, Place, Projection, Stmt, Structural, Ty, Var};
use crate::rules::structural::Transpose;

impl Reverse<'_> {
    /// `[let result =] op(places; positions; value);`
    pub fn structural(&mut self, structural: &Structural, forward: &mut Vec<Stmt>, out: &mut Vec<Stmt>) {
        let root = structural.roots().find(|root| self.is_active(*root));
        let mut pre = Vec::new();
        self.move_back(structural, &mut pre, out);
        if let Some(root) = root {
            let bars: Vec<Place> = structural.places.iter().map(|place| self.bar_place(place)).collect();
            let on_bars = Structural { places: bars, value: None, result: None, ..structural.clone() };
            self.transpose(structural, on_bars, root, &mut pre, out);
        }
        forward.extend(pre);
        let mut kept = structural.clone();
        // before an assignment the forward sweep still asks for the shape of what was moved away
        if let (Some(_), Some(Expr::Var(var))) = (root, &structural.value)
            && !self.vars[*var].ty.is_scalar()
            && self.storage.is_reassigned(*var)
        {
            kept.value = Some(Expr::Snapshot(Place::of(*var)));
        }
        forward.push(Stmt::Structural(kept));
    }

    fn transpose(
        &mut self,
        structural: &Structural,
        on_bars: Structural,
        root: Var,
        pre: &mut Vec<Stmt>,
        out: &mut Vec<Stmt>,
    ) {
        let flowing = structural.value.clone().filter(|value| self.activity.flows_active(value));
        match structural.op.row().transpose {
            Transpose::Rearrange(op) => out.push(Stmt::Structural(Structural { op, ..on_bars })),
            Transpose::Leave(op) => {
                let seed = flowing.as_ref().map(|value| self.cotangent(root, self.moved_type(structural, value)));
                out.push(Stmt::Structural(Structural { op, result: seed, ..on_bars }));
                if let (Some(value), Some(seed)) = (flowing, seed) {
                    self.adjoint(pre, out, &value, Expr::Var(seed), None);
                }
            }
            Transpose::Enter(op) => {
                let value = structural.result.map(|result| self.seed_of(result, out));
                out.push(Stmt::Structural(Structural { op, value, ..on_bars }));
            }
            Transpose::EnterZeros(op) => {
                let value = self.zeros_of_dropped(structural, root, pre);
                out.push(Stmt::Structural(Structural { op, value, ..on_bars }));
            }
            Transpose::Overwritten { sum } => {
                let Some(bar) = on_bars.places.first().cloned() else { return };
                let seed = flowing.as_ref().map(|value| self.seed_of_overwritten(root, &bar, value, sum, out));
                out.push(Stmt::Assign(bar.clone(), Expr::ZeroLike(Box::new(Expr::Borrow(bar, false)))));
                if let (Some(value), Some(seed)) = (flowing, seed) {
                    self.adjoint(pre, out, &value, Expr::Var(seed), None);
                }
            }
        }
    }

    /// The type of what enters or leaves.
    fn moved_type(&self, structural: &Structural, value: &Expr) -> Ty {
        match value {
            Expr::Var(var) => self.vars[*var].ty.clone(),
            _ if structural.op.row().by_reference => Ty::Unknown,
            _ => {
                let place = structural.places.first();
                place.and_then(|place| self.vars.place_type(place).element()).unwrap_or(Ty::Unknown)
            }
        }
    }

    /// The cotangent of what left: zero, if nothing was made of it.
    fn seed_of(&mut self, result: Var, out: &mut Vec<Stmt>) -> Expr {
        let pattern = Pattern::Var(result);
        let seed = self.take_pattern(&pattern, out).unwrap_or_else(|| self.zero_of_pattern(&pattern));
        match seed {
            Expr::Var(bar) if !self.vars[result].ty.is_scalar() => Expr::Snapshot(Place::of(bar)),
            seed => seed,
        }
    }

    /// The forward sweep keeps the zero cotangents of the elements that it drops.
    fn zeros_of_dropped(&mut self, structural: &Structural, root: Var, pre: &mut Vec<Stmt>) -> Option<Expr> {
        let (place, from) = (structural.places.first()?, structural.positions.first()?);
        let dropped = place.clone().project(Projection::Range(Box::new(crate::emit::range_from(from))));
        let zeros = self.kept_variable(root, "_dropped", Ty::Unknown);
        pre.push(Stmt::Let(Pattern::Var(zeros), Expr::ZeroLike(Box::new(Expr::Borrow(dropped, false)))));
        Some(Expr::Borrow(Place::of(zeros), false))
    }

    /// The cotangent of a value that went to every element, or of the elements that were copied.
    fn seed_of_overwritten(&mut self, root: Var, bar: &Place, value: &Expr, sum: bool, out: &mut Vec<Stmt>) -> Var {
        let element = self.vars.place_type(bar).element();
        let (ty, seed) = if sum {
            let ty = match value {
                Expr::Var(var) => self.vars[*var].ty.clone(),
                _ => element.unwrap_or(Ty::Unknown),
            };
            let zero = match ty {
                Ty::Float(_) => Expr::float(0.0),
                _ => Expr::ZeroLike(Box::new(value.clone())),
            };
            (ty, Expr::SumElements { items: Box::new(Expr::Borrow(bar.clone(), false)), zero: Box::new(zero) })
        } else {
            (Ty::Unknown, Expr::Snapshot(bar.clone()))
        };
        let var = self.cotangent(root, ty);
        out.push(Stmt::Let(Pattern::Var(var), seed));
        var
    }
}
