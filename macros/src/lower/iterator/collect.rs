//! `collect` into a `Vec`.

use super::index::{is_literal, zero};
use super::{Result, Segment, Unknown};
use crate::ir::{Expr, FloatTy, Pattern, Place, Projection, Role, Stmt, Ty, VarInfo};
use crate::lower::{Lowerer, Value};
use crate::refusal::Refusal;
use proc_macro2::Span;

impl Lowerer<'_> {
    /// `collect::<Vec<_>>()` of floats: a `Vec` of that length, assigned position by position.
    pub fn collect_vec(&mut self, call: &syn::ExprMethodCall, into: Option<&syn::Type>) -> Result<Value> {
        let unknown = |refusal| Unknown::new(call.method.span(), refusal);
        let declared = into.map_or(Ty::Vec(Box::new(Ty::Unknown)), |ty| self.generics.ty(ty));
        let Ty::Vec(element) = declared else { return Err(unknown(Refusal::Collect)) };
        let flow = self.flow(&call.receiver)?;
        if flow.has_stages() {
            return Err(unknown(Refusal::Collect));
        }
        let mut segments = Vec::new();
        let mut total = zero();
        for segment in flow.segments {
            let (segment, count) = self.positional(segment);
            let offset = total.clone();
            // after `skip` the positions start later
            let low = segment.range.low.clone();
            let length = match is_literal(&low, 0) {
                true => count,
                false => self.bound_integer("n", "a.saturating_sub(b)", &[&count, &low]),
            };
            let items = segment.items.shifted(&low);
            let range = super::source::positions(length.clone());
            segments.push((Segment::new(items, range), offset));
            total = match is_literal(&total, 0) {
                true => length,
                false => self.bound_integer("total", "a + b", &[&total, &length]),
            };
        }
        let at = self.out.len();
        let out = self.vars.add(VarInfo {
            name: "collected".to_owned(),
            span: Span::call_site(),
            ty: Ty::Vec(element.clone()),
            role: Role::Primal,
            access: crate::ir::Access::Owned,
            mutable: true,
            annotation: None,
        });
        let mut item_ty = (*element).clone();
        let mut floats = true;
        for (segment, offset) in segments {
            let var = self.vars.temporary("k", Ty::Int, Span::call_site());
            let body = self.lower_nested(|this| {
                let at = if is_literal(&offset, 0) {
                    Expr::Var(var)
                } else {
                    this.bound_integer("at", "a + b", &[&offset, &Expr::Var(var)])
                };
                let item = this.item_at(&segment.items, &Expr::Var(var));
                let place = Place::of(out).project(Projection::Index(Box::new(at)));
                item_ty = item_ty.join(&item.ty);
                floats &= matches!(item.ty, Ty::Float(_) | Ty::Unknown) && !matches!(item.expr, Expr::Borrow(..));
                this.assign_value(place, item);
                None
            });
            self.out.push(Stmt::For { var, range: segment.range, body });
        }
        let item_ty = item_ty.join(&Ty::Float(FloatTy::Inferred));
        if !floats || !item_ty.is_float() {
            return Err(unknown(Refusal::Collect));
        }
        self.vars[out].ty = Ty::Vec(Box::new(item_ty));
        let start = Expr::Repeat { item: Box::new(Expr::float(0.0)), len: Box::new(total), heap: true };
        self.out.insert(at, Stmt::Let(Pattern::Var(out), start));
        let ty = self.vars[out].ty.clone();
        Ok(Value::new(Expr::Var(out), ty))
    }
}
