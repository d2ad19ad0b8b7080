//! Place expressions: variables, fields, elements, ranges, views.

use super::scope::Binding;
use super::{Lowerer, Value, strip};
use crate::ir::{Access, Expr, Place, Projection, Ty};
use crate::rules::matrix::VIEWS;
use proc_macro2::Span;
use quote::ToTokens;

/// Methods that give access to the same elements.
pub const TRANSPARENT: &[&str] = &["as_slice", "as_mut_slice", "as_ref", "as_mut", "borrow", "by_ref"];

impl Lowerer<'_> {
    /// The place that an expression denotes, and the type of what is in it; `None` if it is no place.
    pub fn lower_place(&mut self, expr: &syn::Expr) -> Option<(Place, Ty)> {
        match strip(expr) {
            syn::Expr::Path(_) => self.named_place(expr),
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), expr, .. }) => self.lower_place(expr),
            syn::Expr::Field(field) => match self.scopes.find_named(expr) {
                Some(_) => self.named_place(expr),
                None => self.field_place(field),
            },
            syn::Expr::Index(index) => self.index_place(index),
            syn::Expr::MethodCall(call) => self.method_place(call),
            _ => None,
        }
    }

    fn named_place(&mut self, expr: &syn::Expr) -> Option<(Place, Ty)> {
        match self.scopes.find_named(expr)?.clone() {
            Binding::Var(var) => Some((Place::of(var), self.vars[var].ty.clone())),
            Binding::Alias { place, .. } => {
                let ty = self.place_type(&place);
                Some((place, ty))
            }
            Binding::Parts(_) | Binding::Callable(_) | Binding::Chain(_) => None,
        }
    }

    fn field_place(&mut self, field: &syn::ExprField) -> Option<(Place, Ty)> {
        let (base, ty) = self.base_place(&field.base)?;
        let (name, ty) = match &field.member {
            syn::Member::Named(name) => {
                self.vars.note_field(&name.to_string(), name.span());
                (name.to_string(), Ty::Unknown)
            }
            syn::Member::Unnamed(index) => {
                let part = match &ty {
                    Ty::Tuple(parts) => parts.get(index.index as usize).cloned(),
                    _ => None,
                };
                (index.index.to_string(), part.unwrap_or(Ty::Unknown))
            }
        };
        Some((base.project(Projection::Field(name)), ty))
    }

    fn index_place(&mut self, index: &syn::ExprIndex) -> Option<(Place, Ty)> {
        let (base, ty) = self.base_place(&index.expr)?;
        let at = self.index(&index.index);
        let is_range = matches!(strip(&index.index), syn::Expr::Range(_));
        Some(match (is_range, ty.element()) {
            (true, element) => {
                let ty = element.map_or(Ty::Unknown, |element| Ty::Slice(Box::new(element)));
                (base.project(Projection::Range(Box::new(at))), ty)
            }
            (false, element) => (base.project(Projection::Index(Box::new(at))), element.unwrap_or(Ty::Unknown)),
        })
    }

    fn method_place(&mut self, call: &syn::ExprMethodCall) -> Option<(Place, Ty)> {
        let name = call.method.to_string();
        if call.args.is_empty() && TRANSPARENT.contains(&name.as_str()) {
            return self.lower_place(&call.receiver);
        }
        if let Some(receiver) = self.found_to_change(&call.receiver)
            && matches!((name.as_str(), call.args.len()), ("unwrap", 0) | ("expect", 1))
        {
            return self.method_place(&syn::ExprMethodCall { receiver: Box::new(receiver), ..call.clone() });
        }
        if let Some(element) = self.end_element(call) {
            return Some(element);
        }
        if let Some(value) = self.selection(call) {
            let ty = value.ty.clone();
            return Some((self.place_of(value), ty));
        }
        if matches!((name.as_str(), call.args.len()), ("unwrap", 0) | ("expect", 1)) {
            let (base, _) = self.base_place(&call.receiver)?;
            let place = base.project(Projection::payload("unwrap", "0"));
            let ty = self.place_type(&place);
            return Some((place, ty));
        }
        let read = name.strip_suffix("_mut").unwrap_or(&name);
        let &(view, arity, sizes) = VIEWS.iter().find(|view| view.0 == read)?;
        let given = super::callee::turbofish(call);
        if (call.args.len(), given.as_ref().map_or(0, |(count, _)| *count)) != (arity, sizes) {
            return None;
        }
        let (base, ty) = self.base_place(&call.receiver)?;
        let args = call.args.iter().map(|arg| self.index(arg)).collect();
        Some((base.project(Projection::View(view, given.map(|(_, sizes)| sizes), args)), ty))
    }

    /// The place of a base; a value that is no place gets a name first.
    pub fn base_place(&mut self, expr: &syn::Expr) -> Option<(Place, Ty)> {
        if let Some(place) = self.lower_place(expr) {
            return Some(place);
        }
        match strip(expr) {
            syn::Expr::Reference(reference) => self.base_place(&reference.expr),
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), expr, .. }) => self.base_place(expr),
            syn::Expr::Call(_)
            | syn::Expr::MethodCall(_)
            | syn::Expr::Array(_)
            | syn::Expr::Tuple(_)
            | syn::Expr::If(_)
            | syn::Expr::Match(_)
            | syn::Expr::Block(_)
            | syn::Expr::Struct(_)
            | syn::Expr::Unary(_)
            | syn::Expr::Binary(_) => {
                let value = self.lower_expr(expr);
                let ty = value.ty.clone();
                match value.place() {
                    Some(place) => Some((place.clone(), ty)),
                    None => Some((Place::of(self.bind_temporary(value)), ty)),
                }
            }
            _ => None,
        }
    }

    /// An index or a bound: inert, and the same wherever it is evaluated again.
    pub fn index(&mut self, expr: &syn::Expr) -> Expr {
        let opaque = self.opaque_index(expr);
        // a method may change what it is called on, as far as the tokens tell
        if matches!(strip(expr), syn::Expr::MethodCall(_)) && self.changes_active(expr) {
            let value = self.lower_expr(expr);
            return Expr::Var(self.bind_temporary(value));
        }
        if self.is_repeatable(&opaque) || matches!(strip(expr), syn::Expr::Range(_) | syn::Expr::Tuple(_)) {
            return self.stable_index(expr, opaque);
        }
        let value = Value::new(Expr::Opaque(opaque), Ty::Int);
        Expr::Var(self.bind_temporary(value))
    }

    /// Ranges and pairs are no values to keep, but their parts may have to be.
    fn stable_index(&mut self, expr: &syn::Expr, opaque: crate::ir::Opaque) -> Expr {
        if self.is_repeatable(&opaque) {
            return Expr::Opaque(opaque);
        }
        let mut stable = strip(expr).clone();
        let parts: Vec<&mut syn::Expr> = match &mut stable {
            syn::Expr::Range(range) => {
                range.start.iter_mut().chain(range.end.iter_mut()).map(|bound| &mut **bound).collect()
            }
            syn::Expr::Tuple(tuple) => tuple.elems.iter_mut().collect(),
            _ => Vec::new(),
        };
        for part in parts {
            if let Expr::Var(var) = self.index(part) {
                *part = syn::Expr::Verbatim(super::marker(var, Span::call_site()).into_token_stream());
            }
        }
        let mut rewritten = self.opaque(&stable, None);
        for var in crate::emit::marked_vars(&rewritten.tokens.0) {
            if !rewritten.reads.contains(&var) {
                rewritten.reads.push(var);
            }
        }
        // its parts are variables now, or may be evaluated again themselves
        rewritten.cheap = rewritten.writes.is_empty();
        Expr::Opaque(rewritten)
    }

    /// What is known of the type of what is in a place.
    pub fn place_type(&self, place: &Place) -> Ty {
        self.vars.place_type(place)
    }

    /// Whether a borrow of the place, as the source writes it, is mutable: the variable is a `&mut` reference.
    pub fn is_mutable_reference(&self, place: &Place) -> bool {
        place.is_whole() && self.vars[place.root].access == Access::Mutable
    }
}
