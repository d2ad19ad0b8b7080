//! Methods of slices and of `Vec` that move their elements, let values in or let them out.
//!
//! What they do to values, tangents and cotangents is in the table of [`rules::structural`](crate::rules::structural);
//! here they are told by their names, and those that are several operations are taken apart: `resize` truncates, then
//! extends. Indices, counts and permutations are bound where they are written, so that the reverse sweep has them.

mod choosing;
mod exchange;
mod join;
mod part;

use super::{Lowerer, Value, strip};
use crate::ir::{Expr, Pattern, Place, Site, Stmt, Structural, Ty, Var};
use crate::refusal::Refusal;
use crate::rules::structural::StructuralOp;
use proc_macro2::Span;
use syn::spanned::Spanned;

/// Methods that remove elements of their own choice.
const CHOOSING: &[&str] =
    &["drain", "retain", "retain_mut", "dedup", "dedup_by", "dedup_by_key", "splice", "extract_if"];

/// What a statement has for its parts.
struct Operation {
    op: StructuralOp,
    place: Place,
    ty: Ty,
    site: Site,
}

impl Lowerer<'_> {
    /// `place.push(value)` and its kin; `None` for everything else.
    pub fn structural(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let before = self.out.len();
        let (call, op) = match unwrapped_pop(call) {
            Some((pop, op)) => (pop, Some(op)),
            None => (call, operation(&call.method.to_string(), call.args.len())),
        };
        let name = call.method.to_string();
        if name == "take" && call.args.is_empty() {
            return self.taken(call);
        }
        if op.is_none() && composite(&name, call.args.len()).is_none() && !CHOOSING.contains(&name.as_str()) {
            return None;
        }
        if self.is_inert_source(strip_reference(&call.receiver)) {
            return None;
        }
        let (place, ty) = self.lower_place(strip_reference(&call.receiver))?;
        if place.ends_in_view() || !accepts(&name, &place, &ty) {
            return None;
        }
        if CHOOSING.contains(&name.as_str()) {
            if let Some(value) = self.choosing(call) {
                return Some(value);
            }
            let expr = syn::Expr::MethodCall(call.clone());
            return Some(self.copied(&expr, Ty::Unknown, Refusal::UnknownResizing(name)));
        }
        let value = match op {
            Some(op) => {
                let operation = Operation { op, place, ty, site: Site(call.method.span()) };
                self.operation_of(operation, call)
            }
            None => self.composite(&name, place, ty, call),
        };
        if value.is_none() {
            self.out.truncate(before);
        }
        value
    }

    fn operation_of(&mut self, operation: Operation, call: &syn::ExprMethodCall) -> Option<Value> {
        use StructuralOp::{
            CopyFrom, Fill, Insert, Pop, PopBack, PopFront, Push, PushBack, PushFront, Remove, SplitOff, SwapRemove,
            TakeBack, TakeFront, TakeLast,
        };
        match operation.op {
            Push | PushBack | PushFront | Insert | Fill => {
                let (last, positions) = last_argument(call)?;
                let positions = positions.map(|at| self.index(at)).collect();
                let (value, ty) = self.entering(last)?;
                self.refine(&operation.place, &ty);
                self.emit(operation, positions, Some(value), None);
                Some(Value::unit())
            }
            CopyFrom => {
                let value = self.copied_from(&operation.place, call.args.first()?)?;
                self.emit(operation, Vec::new(), Some(value), None);
                Some(Value::unit())
            }
            Pop | PopBack | PopFront | TakeLast | TakeBack | TakeFront | Remove | SwapRemove | SplitOff => {
                let positions = call.args.iter().map(|at| self.index(at)).collect();
                let element = operation.ty.element().unwrap_or(Ty::Unknown);
                let ty = match operation.op {
                    Pop | PopBack | PopFront => Ty::Option(Box::new(element)),
                    SplitOff => Ty::Vec(Box::new(element)),
                    _ => element,
                };
                let name = if operation.op == SplitOff { "tail" } else { "removed" };
                let result = self.vars.temporary(name, ty.clone(), Span::call_site());
                self.emit(operation, positions, None, Some(result));
                Some(Value::new(Expr::Var(result), ty))
            }
            _ => {
                let positions = call.args.iter().map(|at| self.index(at)).collect();
                self.emit(operation, positions, None, None);
                Some(Value::unit())
            }
        }
    }

    /// What is more than one operation.
    fn composite(&mut self, name: &str, place: Place, ty: Ty, call: &syn::ExprMethodCall) -> Option<Value> {
        let site = Site(call.method.span());
        let on = |op, place: &Place| Operation { op, place: place.clone(), ty: ty.clone(), site };
        let first = call.args.first();
        match name {
            "clear" => self.emit(on(StructuralOp::Truncate, &place), vec![Expr::integer(0)], None, None),
            "truncate" => {
                self.truncate(on(StructuralOp::Truncate, &place), first?);
            }
            "resize" => {
                let kept = self.truncate(on(StructuralOp::Truncate, &place), first?);
                let count = self.index(first?);
                let added = self.bound_integer("added", "a - b", &[&count, &kept]);
                let (item, element) = self.entering(call.args.last()?)?;
                self.refine(&place, &element);
                let items = Expr::Repeat { item: Box::new(item), len: Box::new(added), heap: true };
                let items = self.bind_temporary(Value::new(items, Ty::Vec(Box::new(element))));
                let value = Expr::Borrow(Place::of(items), false);
                self.emit(on(StructuralOp::Extend, &place), vec![kept], Some(value), None);
            }
            "extend_from_slice" | "append" | "extend" => {
                let value = match name {
                    "extend" => self.collected(&place, first?)?,
                    _ => self.copied_from(&place, first?)?,
                };
                if let Expr::Borrow(from, _) = &value {
                    let from = self.place_type(from);
                    from.element().iter().for_each(|element| self.refine(&place, element));
                }
                let length = self.length_of(&place, "len");
                let length = self.bind_integer("length", length);
                self.emit(on(StructuralOp::Extend, &place), vec![length], Some(value.clone()), None);
                if let ("append", Expr::Borrow(emptied, _)) = (name, value) {
                    self.emit(on(StructuralOp::Truncate, &emptied), vec![Expr::integer(0)], None, None);
                }
            }
            "clone_from" => {
                let Expr::Borrow(from, _) = self.copied_from(&place, first?)? else { return None };
                let ty = self.place_type(&from);
                self.assign_value(place, Value::new(Expr::Snapshot(from), ty));
            }
            "swap_with_slice" => {
                let (other, _) = self.lower_place(strip_reference(first?))?;
                self.exchange(StructuralOp::SwapWithSlice, place, other, site);
            }
            _ => self.sort(name, place, first?, site)?,
        }
        Some(Value::unit())
    }

    fn emit(&mut self, operation: Operation, positions: Vec<Expr>, value: Option<Expr>, result: Option<Var>) {
        let Operation { op, place, site, .. } = operation;
        self.out.push(Stmt::Structural(Structural { op, places: vec![place], positions, value, result, site }));
    }

    /// Drops what is behind a count; returns how many are left.
    fn truncate(&mut self, operation: Operation, count: &syn::Expr) -> Expr {
        let count = self.index(count);
        let length = self.length_of(&operation.place, "len");
        let kept = self.bound_integer("kept", "a.min(b)", &[&length, &count]);
        self.emit(operation, vec![kept.clone()], None, None);
        kept
    }

    /// `sort_by(compare)`: the order, which only compares, and the permutation.
    fn sort(&mut self, name: &str, place: Place, compare: &syn::Expr, site: Site) -> Option<()> {
        let compare = self.opaque(compare, None);
        if !compare.writes.is_empty() {
            return None;
        }
        let function = if name.ends_with("key") { "sort_order_by_key" } else { "sort_order" };
        let order = crate::emit::order_of(&place, function, &compare, &self.vars);
        let var = self.vars.temporary("order", Ty::Inert, Span::call_site());
        self.out.push(Stmt::Let(Pattern::Var(var), Expr::Opaque(order)));
        let operation = Operation { op: StructuralOp::Permute, ty: Ty::Unknown, place, site };
        self.emit(operation, vec![Expr::Borrow(Place::of(var), false)], None, None);
        Some(())
    }

    /// A value that enters: owned.
    fn entering(&mut self, expr: &syn::Expr) -> Option<(Expr, Ty)> {
        let value = self.lower_expr(expr);
        let ty = value.ty.clone();
        match value.expr {
            Expr::Borrow(..) if matches!(strip(expr), syn::Expr::Reference(_)) => None,
            Expr::Borrow(place, _) => {
                let copy = Value::new(Expr::Snapshot(place), ty.clone());
                Some((Expr::Var(self.bind_temporary(copy)), ty))
            }
            _ => Some((self.moved(value), ty)),
        }
    }

    /// A slice that is copied from, borrowed. A part of what is changed is copied first.
    fn copied_from(&mut self, target: &Place, expr: &syn::Expr) -> Option<Expr> {
        let value = self.lower_expr(expr);
        let ty = value.ty.owned();
        match value.expr {
            Expr::Borrow(place, _) | Expr::Load(place) if place.root != target.root => Some(Expr::Borrow(place, false)),
            Expr::Borrow(place, _) | Expr::Load(place) => {
                let copy = self.bind_temporary(Value::new(Expr::Snapshot(place), ty));
                Some(Expr::Borrow(Place::of(copy), false))
            }
            Expr::Var(var) => Some(Expr::Borrow(Place::of(var), false)),
            expr => {
                let var = self.bind_temporary(Value::new(expr, ty));
                Some(Expr::Borrow(Place::of(var), false))
            }
        }
    }

    /// The items of `extend(items)`: a sequence as it is, an iterator collected.
    fn collected(&mut self, target: &Place, items: &syn::Expr) -> Option<Expr> {
        if matches!(strip(items), syn::Expr::Reference(_) | syn::Expr::Path(_) | syn::Expr::Array(_)) {
            return self.copied_from(target, items);
        }
        let collect = syn::ExprMethodCall {
            attrs: Vec::new(),
            receiver: Box::new(items.clone()),
            dot_token: syn::token::Dot::default(),
            method: syn::Ident::new("collect", items.span()),
            turbofish: None,
            paren_token: syn::token::Paren::default(),
            args: syn::punctuated::Punctuated::new(),
        };
        let value = self.collect_vec(&collect, None).ok()?;
        let var = match value.expr {
            Expr::Var(var) => var,
            expr => self.bind_temporary(Value::new(expr, value.ty)),
        };
        Some(Expr::Borrow(Place::of(var), false))
    }

    /// What enters tells the type of the elements.
    fn refine(&mut self, place: &Place, element: &Ty) {
        if place.is_whole()
            && let Ty::Vec(known) = &self.vars[place.root].ty
        {
            let known = known.join(element);
            self.vars[place.root].ty = Ty::Vec(Box::new(known));
        }
    }
}

/// Methods that are one operation.
fn operation(name: &str, arity: usize) -> Option<StructuralOp> {
    Some(match (name, arity) {
        ("swap", 2) => StructuralOp::Swap,
        ("reverse", 0) => StructuralOp::Reverse,
        ("rotate_left", 1) => StructuralOp::RotateLeft,
        ("rotate_right", 1) => StructuralOp::RotateRight,
        ("copy_within", 2) => StructuralOp::CopyWithin,
        ("fill", 1) => StructuralOp::Fill,
        ("copy_from_slice" | "clone_from_slice", 1) => StructuralOp::CopyFrom,
        ("push", 1) => StructuralOp::Push,
        ("insert", 2) => StructuralOp::Insert,
        ("pop", 0) => StructuralOp::Pop,
        ("push_back", 1) => StructuralOp::PushBack,
        ("push_front", 1) => StructuralOp::PushFront,
        ("pop_back", 0) => StructuralOp::PopBack,
        ("pop_front", 0) => StructuralOp::PopFront,
        ("remove", 1) => StructuralOp::Remove,
        ("swap_remove", 1) => StructuralOp::SwapRemove,
        ("split_off", 1) => StructuralOp::SplitOff,
        _ => return None,
    })
}

/// The `v.pop()` in `v.pop().unwrap()`, and what both are together.
fn unwrapped_pop(call: &syn::ExprMethodCall) -> Option<(&syn::ExprMethodCall, StructuralOp)> {
    let inner = match (call.method.to_string().as_str(), call.args.len(), strip(&call.receiver)) {
        ("unwrap", 0, syn::Expr::MethodCall(inner)) | ("expect", 1, syn::Expr::MethodCall(inner)) => inner,
        _ => return None,
    };
    let op = match (inner.method.to_string().as_str(), inner.args.len()) {
        ("pop", 0) => StructuralOp::TakeLast,
        ("pop_back", 0) => StructuralOp::TakeBack,
        ("pop_front", 0) => StructuralOp::TakeFront,
        _ => return None,
    };
    Some((inner, op))
}

/// Methods that are several.
fn composite(name: &str, arity: usize) -> Option<()> {
    let known = match arity {
        0 => matches!(name, "clear"),
        1 => matches!(
            name,
            "truncate"
                | "extend_from_slice"
                | "append"
                | "extend"
                | "clone_from"
                | "swap_with_slice"
                | "sort_by"
                | "sort_unstable_by"
                | "sort_by_key"
                | "sort_unstable_by_key"
                | "sort_by_cached_key"
        ),
        2 => name == "resize",
        _ => false,
    };
    known.then_some(())
}

/// Whether a method of this name means a sequence here. A variable of unknown type may be a map.
fn accepts(name: &str, place: &Place, ty: &Ty) -> bool {
    match ty {
        Ty::Vec(_) | Ty::Slice(_) | Ty::Array(_) => true,
        Ty::Matrix(_) => name == "swap",
        Ty::Unknown if place.is_whole() => !matches!(name, "insert" | "remove" | "clear" | "retain"),
        Ty::Unknown => true,
        _ => name == "clone_from",
    }
}

fn last_argument(call: &syn::ExprMethodCall) -> Option<(&syn::Expr, impl Iterator<Item = &syn::Expr>)> {
    let last = call.args.last()?;
    Some((last, call.args.iter().take(call.args.len() - 1)))
}

/// The expression behind `&mut`.
pub fn strip_reference(expr: &syn::Expr) -> &syn::Expr {
    match strip(expr) {
        syn::Expr::Reference(reference) => strip_reference(&reference.expr),
        other => other,
    }
}
