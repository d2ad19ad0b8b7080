//! Consumers: the value of a chain.

use super::Unknown;
use super::source::is_chain;
use crate::ir::{Expr, Ty};
use crate::lower::{Lowerer, Value, strip};
use crate::refusal::Refusal;

/// Methods that end a chain with a value that may carry a derivative.
const CONSUMERS: &[&str] = &["sum", "product", "fold", "collect", "for_each", "count", "reduce"];
/// Methods that end a chain with one of its items, or none.
pub const SELECTIONS: &[&str] = &["max_by", "min_by", "last", "reduce", "nth", "next"];

impl Lowerer<'_> {
    /// The value of a chain, if the method ends one. `wanted` is the type that the source says it has.
    pub fn iterator_value(
        &mut self,
        expr: &syn::Expr,
        call: &syn::ExprMethodCall,
        wanted: Option<&syn::Type>,
    ) -> Option<Value> {
        let name = call.method.to_string();
        if let Some(selection) = self.selection(call) {
            return Some(selection);
        }
        if !is_chain(&call.receiver) || !CONSUMERS.contains(&name.as_str()) {
            return None;
        }
        let named = turbofish(call).cloned().or_else(|| wanted.cloned());
        let ty = named.as_ref().map_or(Ty::Unknown, |ty| self.generics.ty(ty));
        let inert = ty != Ty::Unknown && ty.is_inert() && name != "for_each";
        if inert || name == "count" || self.carries_nothing(expr) {
            let ty = if name == "count" { Ty::Int } else { ty };
            return Some(Value::new(Expr::Opaque(self.opaque(expr, Some(Refusal::Iterator))), ty));
        }
        let before = self.out.len();
        let value = match name.as_str() {
            "sum" => self.sum_items(call, ty),
            "product" => self.product_of_items(call, ty),
            "fold" => self.fold(call),
            "collect" => self.collect_vec(call, named.as_ref()),
            "for_each" => self.for_each(call),
            _ => Err(Unknown::new(call.method.span(), Refusal::IteratorMethod(name))),
        };
        Some(value.unwrap_or_else(|unknown| {
            self.out.truncate(before);
            self.copied(expr, Ty::Unknown, Refusal::Iterator).because(unknown)
        }))
    }

    /// The value of `let name: T = ..`, where a chain ends in what `T` says.
    pub fn lower_annotated(&mut self, expr: &syn::Expr, annotation: Option<&syn::Type>) -> Value {
        if let syn::Expr::MethodCall(call) = strip(expr)
            && annotation.is_some()
            && let Some(value) = self.iterator_value(expr, call, annotation)
        {
            return value;
        }
        if let Some(value) = annotation.and_then(|expected| self.float_into(expr, expected)) {
            return value;
        }
        self.lower_expr(expr)
    }

    /// Whether nothing in an expression can carry a derivative, by the types, or because it comes from constants.
    pub fn carries_nothing(&self, expr: &syn::Expr) -> bool {
        let opaque = self.opaque(expr, None);
        let inert = |var: &crate::ir::Var| self.vars[*var].ty.is_inert();
        opaque.flows.iter().all(|var| inert(var) || self.constant.contains(var)) && opaque.writes.iter().all(inert)
    }

    fn for_each(&mut self, call: &syn::ExprMethodCall) -> super::Result<Value> {
        let flow = self.flow(&call.receiver)?;
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod("for_each".to_owned()));
        let callable = call.args.first().and_then(|f| self.callable(f)).ok_or_else(unknown)?;
        self.for_each_item(flow, &mut |this, item| {
            let value = this.apply(&callable, vec![item]);
            this.unused(value);
        });
        Ok(Value::new(Expr::Tuple(Vec::new()), Ty::Inert))
    }
}

/// The first type argument of the method: `sum::<f64>()`.
fn turbofish(call: &syn::ExprMethodCall) -> Option<&syn::Type> {
    call.turbofish.as_ref()?.args.iter().find_map(|arg| match arg {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
