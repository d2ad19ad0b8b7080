//! `collect` into a `Vec`, and into a `VecDeque` by a loop.
//!
//! The `Vec` starts with as many placeholders as there are items and is assigned position by position. Behind a `filter`
//! the items are counted first, which asks every condition twice.

use super::index::{is_literal, zero};
use super::source::positions;
use super::{Flow, Result, Segment, Unknown};
use crate::ir::{Expr, Pattern, Place, Projection, Role, Stmt, Ty, Var, VarInfo};
use crate::lower::jump::placeholder;
use crate::lower::types::first_argument;
use crate::lower::wrapped::Wrapper;
use crate::lower::{Lowerer, Value};
use crate::refusal::Refusal;
use proc_macro2::Span;

impl Lowerer<'_> {
    /// `collect::<Vec<_>>()`
    pub fn collect_vec(&mut self, call: &syn::ExprMethodCall, into: Option<&syn::Type>) -> Result<Value> {
        let unknown = || Unknown::new(call.method.span(), Refusal::Collect);
        if let Some(wrapper) = into.and_then(Wrapper::of_type) {
            return self.gathered(call, into, wrapper);
        }
        if let Some(queue) = into.filter(|ty| is_queue(ty)) {
            let names = ["items", "item"].map(|wish| self.reserved(wish));
            return self.consumed_by_loop(call, crate::emit::sugar::queued(&call.receiver, queue, &names));
        }
        let declared = into.map_or(Ty::Vec(Box::new(Ty::Unknown)), |ty| self.generics.ty(ty));
        let Ty::Vec(element) = declared else { return Err(unknown()) };
        let before = self.out.len();
        let flow = self.flow(&call.receiver)?;
        if flow.is_sequential() {
            self.out.truncate(before);
            return self.collect_by_pushing(call, into);
        }
        let out = self.vars.add(VarInfo {
            name: "collected".to_owned(),
            span: Span::call_site(),
            ty: Ty::Vec(element.clone()),
            role: Role::Primal,
            access: crate::ir::Access::Owned,
            mutable: true,
            annotation: None,
        });
        let (at, count, item) = match flow.has_stages() {
            true if flow.has_effects() => return Err(unknown()),
            true => self.collect_counted(flow, out)?,
            false => self.collect_positions(flow, out),
        };
        // a reference is none of the values that are kept, unless the type says that it is read
        let item = match (item, into.and_then(first_argument)) {
            (Some(item), _) => element.join(&item),
            (None, Some(syn::Type::Infer(_) | syn::Type::Reference(_)) | None) => return Err(unknown()),
            (None, Some(_)) => *element,
        };
        let start = match &item {
            Ty::Vec(_) => self.integer("Vec::new()", &[]),
            item => match placeholder(item) {
                Some(start) => start,
                // no value is known to start with
                None => {
                    self.out.truncate(before);
                    return self.collect_by_pushing(call, into);
                }
            },
        };
        let ty = Ty::Vec(Box::new(item));
        self.vars[out].ty = ty.clone();
        let start = Expr::Repeat { item: Box::new(start), len: Box::new(count), heap: true };
        self.out.insert(at, Stmt::Let(Pattern::Var(out), start));
        Ok(Value::new(Expr::Var(out), ty))
    }

    /// `collect::<Option<Vec<_>>>()`, `collect::<Result<Vec<_>, E>>()`
    fn gathered(&mut self, call: &syn::ExprMethodCall, into: Option<&syn::Type>, wrapper: Wrapper) -> Result<Value> {
        let inner = into.and_then(first_argument);
        if !inner.is_some_and(|inner| matches!(self.generics.ty(inner), Ty::Vec(_))) {
            return Err(Unknown::new(call.method.span(), Refusal::Collect));
        }
        let names = ["items", "outcome", "item", "error"].map(|wish| self.reserved(wish));
        let block = crate::emit::sugar::gathered(&call.receiver, inner, wrapper == Wrapper::Result, &names);
        self.consumed_by_loop(call, block)
    }

    fn collect_by_pushing(&mut self, call: &syn::ExprMethodCall, into: Option<&syn::Type>) -> Result<Value> {
        let names = ["items", "item"].map(|wish| self.reserved(wish));
        self.consumed_by_loop(call, crate::emit::sugar::pushed(&call.receiver, into, &names))
    }

    /// Items whose number the positions tell: where the `Vec` is declared, the number, and the type of an item.
    fn collect_positions(&mut self, flow: Flow, out: Var) -> (usize, Expr, Option<Ty>) {
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
            total = match is_literal(&total, 0) {
                true => length.clone(),
                false => self.bound_integer("total", "a + b", &[&total, &length]),
            };
            segments.push((Segment::new(items, positions(length)), offset));
        }
        let declaration = self.out.len();
        let mut ty = Some(Ty::Unknown);
        for (segment, offset) in segments {
            let var = self.vars.temporary("k", Ty::Int, Span::call_site());
            let body = self.lower_nested(|this| {
                let at = match is_literal(&offset, 0) {
                    true => Expr::Var(var),
                    false => this.bound_integer("at", "a + b", &[&offset, &Expr::Var(var)]),
                };
                let item = this.item_at(&segment.items, &Expr::Var(var));
                this.place_item(out, at, item, &mut ty);
                None
            });
            self.out.push(Stmt::For { var, range: segment.range, body });
        }
        (declaration, total, ty)
    }

    /// The same where a condition decides.
    fn collect_counted(&mut self, flow: Flow, out: Var) -> Result<(usize, Expr, Option<Ty>)> {
        let counter = self.counter("count", Ty::Int, zero());
        let asked = flow.uncounted(self);
        self.for_each_item(asked, &mut |this, _| this.count(counter))?;
        let count = self.bound_integer("n", "a", &[&Expr::Var(counter)]);
        let next = self.counter("next", Ty::Int, zero());
        let declaration = self.out.len();
        let mut ty = Some(Ty::Unknown);
        self.for_each_item(flow, &mut |this, item| {
            let at = this.bound_integer("at", "a", &[&Expr::Var(next)]);
            this.count(next);
            this.place_item(out, at, item, &mut ty);
        })?;
        Ok((declaration, count, ty))
    }

    /// `collected[at] = item;`; no type if the item is one that cannot be kept.
    fn place_item(&mut self, out: Var, at: Expr, item: Value, ty: &mut Option<Ty>) {
        *ty = ty.take().map(|known| known.join(&item.ty)).filter(|_| owned(&item.expr));
        let place = Place::of(out).project(Projection::Index(Box::new(at)));
        self.assign_value(place, item);
    }
}

/// `VecDeque<f64>`
fn is_queue(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.len() == 1 && path.path.segments[0].ident == "VecDeque")
}

/// Whether an item refers to nothing else.
fn owned(item: &Expr) -> bool {
    match item {
        Expr::Borrow(..) => false,
        Expr::Tuple(parts) => parts.iter().all(owned),
        _ => true,
    }
}
