//! Parts of slices: `split_at`, `split_first`, `first`, `last`.

use super::strip_reference;
use crate::emit::{range_from, range_to};
use crate::ir::{Expr, Place, Projection, Ty};
use crate::lower::{Lowerer, Value, strip};

impl Lowerer<'_> {
    /// `xs.split_at(k)`, `xs.split_first().unwrap()`: a pair of borrowed parts.
    pub fn split(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let name = call.method.to_string();
        match (name.strip_suffix("_mut").unwrap_or(&name), call.args.len()) {
            ("split_at", 1) => {
                let (place, ty) = self.sliced(&call.receiver)?;
                let at = self.index(call.args.first()?);
                let [low, high] = [range_to(&at), range_from(&at)].map(|range| Projection::Range(Box::new(range)));
                let part = Ty::Slice(Box::new(ty));
                let mutable = name.ends_with("_mut");
                Some(pair(place.clone().project(low), place.project(high), mutable, [part.clone(), part]))
            }
            ("unwrap", 0) | ("expect", 1) => {
                let syn::Expr::MethodCall(inner) = strip(&call.receiver) else { return None };
                let name = inner.method.to_string();
                let first = match (name.strip_suffix("_mut").unwrap_or(&name), inner.args.len()) {
                    ("split_first", 0) => true,
                    ("split_last", 0) => false,
                    _ => return None,
                };
                let (place, ty) = self.sliced(&inner.receiver)?;
                let [(item, item_ty), (rest, rest_ty)] = self.end_and_others(&place, ty, first);
                Some(pair(item, rest, name.ends_with("_mut"), [item_ty, rest_ty]))
            }
            _ => None,
        }
    }

    /// The first or the last element, and the others.
    pub fn end_and_others(&mut self, place: &Place, ty: Ty, first: bool) -> [(Place, Ty); 2] {
        let (at, range) = if first {
            (Expr::integer(0), range_from(&Expr::integer(1)))
        } else {
            let length = self.length_of(place, "len");
            let last = self.bound_integer("last", "a.saturating_sub(1)", &[&length]);
            (last.clone(), range_to(&last))
        };
        let item = place.clone().project(Projection::Index(Box::new(at)));
        let rest = place.clone().project(Projection::Range(Box::new(range)));
        [(item, ty.clone()), (rest, Ty::Slice(Box::new(ty)))]
    }

    /// The element that `xs.first().unwrap()` or `xs.last().copied().unwrap()` gives.
    pub fn end_element(&mut self, call: &syn::ExprMethodCall) -> Option<(Place, Ty)> {
        if !matches!((call.method.to_string().as_str(), call.args.len()), ("unwrap", 0) | ("expect", 1)) {
            return None;
        }
        let mut option = strip(&call.receiver);
        loop {
            let syn::Expr::MethodCall(inner) = option else { return None };
            let name = inner.method.to_string();
            match (name.strip_suffix("_mut").unwrap_or(&name), inner.args.len()) {
                ("copied" | "cloned", 0) => option = strip(&inner.receiver),
                (end @ ("first" | "last" | "front" | "back"), 0) => {
                    let (place, ty) = self.sliced(&inner.receiver)?;
                    let at = if matches!(end, "first" | "front") { Expr::integer(0) } else { self.last_index(&place) };
                    return Some((place.project(Projection::Index(Box::new(at))), ty));
                }
                ("get", 1) => {
                    let (place, ty) = self.sliced(&inner.receiver)?;
                    let (place, ty, _) = self.positioned(place, ty, inner.args.first()?)?;
                    return Some((place, ty));
                }
                _ => return None,
            }
        }
    }

    /// What `get(at)` refers to, an element or a part, its type, and source that asks whether it is there; `None` for the key of a map.
    pub fn positioned(&mut self, list: Place, ty: Ty, at: &syn::Expr) -> Option<(Place, Ty, String)> {
        let whole = crate::lower::marked(&list, &self.vars);
        match strip(at) {
            syn::Expr::Reference(_) => None,
            syn::Expr::Range(syn::ExprRange { start, limits: syn::RangeLimits::HalfOpen(_), end, .. }) => {
                let bounds = [start, end].map(|bound| bound.as_deref().map(|bound| self.index(bound)));
                let [start, end] = bounds;
                let start = start.unwrap_or_else(|| Expr::integer(0));
                let end = match end {
                    Some(end) => end,
                    None => self.length_of(&list, "len"),
                };
                let (start, end) =
                    (self.bound_integer("start", "a", &[&start]), self.bound_integer("end", "a", &[&end]));
                let Expr::Opaque(inside) = self.integer("a <= b && b", &[&start, &end]) else { return None };
                let present = format!("{} <= {whole}.len()", inside.tokens.0);
                let range = self.integer("a..b", &[&start, &end]);
                Some((list.project(Projection::Range(Box::new(range))), Ty::Slice(Box::new(ty)), present))
            }
            _ if ty == Ty::Unknown
                && self.place_type(&list) == Ty::Unknown
                && !is_by_value(at)
                && !self.is_integer_source(at) =>
            {
                None
            }
            _ => {
                let at = self.index(at);
                let Expr::Opaque(shown) = self.integer("a", &[&at]) else { return None };
                let present = format!("{} < {whole}.len()", shown.tokens.0);
                Some((list.project(Projection::Index(Box::new(at))), ty, present))
            }
        }
    }

    fn last_index(&mut self, place: &Place) -> Expr {
        let length = self.length_of(place, "len");
        self.bound_integer("last", "a - 1", &[&length])
    }

    /// A sequence that is a place, and the type of its elements.
    pub fn sliced(&mut self, expr: &syn::Expr) -> Option<(Place, Ty)> {
        let (place, ty) = self.lower_place(strip_reference(expr))?;
        match ty {
            Ty::Vec(_) | Ty::Slice(_) | Ty::Array(_) => Some((place, ty.element()?)),
            Ty::Unknown if !place.ends_in_view() => Some((place, Ty::Unknown)),
            _ => None,
        }
    }
}

/// Whether what `get` is given is no key of a map, which is passed by reference: `self.data.get(self.at)`, `nodes.get(*kid)`.
fn is_by_value(at: &syn::Expr) -> bool {
    matches!(strip(at), syn::Expr::Field(_) | syn::Expr::Index(_) | syn::Expr::Unary(_) | syn::Expr::Binary(_))
}

fn pair(first: Place, second: Place, mutable: bool, types: [Ty; 2]) -> Value {
    Value::new(
        Expr::Tuple(vec![Expr::Borrow(first, mutable), Expr::Borrow(second, mutable)]),
        Ty::Tuple(types.to_vec()),
    )
}
