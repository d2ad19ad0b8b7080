//! Consumers: the value of a chain.

use super::Unknown;
use crate::emit::sugar;
use crate::ir::{Expr, Ty};
use crate::lower::types::types_in;
use crate::lower::{Lowerer, Value, strip, syntax};
use crate::refusal::Refusal;
use crate::tokens::mentions;
use proc_macro2::TokenStream;
use quote::ToTokens;

/// Methods that end a chain with a value that may carry a derivative.
const CONSUMERS: &[&str] =
    &["sum", "product", "fold", "collect", "for_each", "count", "unzip", "partition", "try_fold"];
/// Methods that end a chain with one of its items, or none.
pub const SELECTIONS: &[&str] = &["max_by", "min_by", "last", "reduce", "nth", "next", "find"];

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
        if !self.is_chain(&call.receiver) {
            return None;
        }
        // an `Option` of an item holds the item itself
        if matches!(name.as_str(), "copied" | "cloned")
            && self.is_selection(&call.receiver)
            && !self.carries_nothing(expr)
        {
            return Some(self.lower_expr(&call.receiver));
        }
        if !CONSUMERS.contains(&name.as_str()) && !SELECTIONS.contains(&name.as_str()) {
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
            "unzip" | "partition" => self.divided(call, named.as_ref()),
            "try_fold" => self.try_fold(call),
            _ if SELECTIONS.contains(&name.as_str()) => self.selected_option(call),
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
        if let Some(converted) = annotation.and_then(|expected| self.with_conversions(expr, expected)) {
            return self.lower_expr(&converted);
        }
        let wrapper = annotation.and_then(crate::lower::wrapped::Wrapper::of_type);
        if let Some(combined) = wrapper.and_then(|wrapper| self.combination(expr, Some(wrapper))) {
            return self.lower_expr(&combined);
        }
        if let Some(value) = annotation.and_then(|expected| self.array_from_fn(expr, expected)) {
            return value;
        }
        self.lower_expr(expr)
    }

    /// `std::array::from_fn(f)`, where an array of known length is expected.
    fn array_from_fn(&mut self, expr: &syn::Expr, expected: &syn::Type) -> Option<Value> {
        let (syn::Expr::Call(call), syn::Type::Array(array)) = (strip(expr), expected) else { return None };
        let syn::Expr::Path(path) = strip(&call.func) else { return None };
        let segments = syntax::segments(&path.path);
        let [.., "array", "from_fn"] = segments.iter().map(String::as_str).collect::<Vec<_>>()[..] else { return None };
        let (f, zero) = (call.args.first()?, sugar::zero_of(&array.elem)?);
        if self.carries_nothing(expr) {
            return None;
        }
        let names = ["items", "i"].map(|wish| self.reserved(wish));
        let mut f = f.clone();
        if let syn::Expr::Closure(closure) = &mut f
            && matches!(closure.output, syn::ReturnType::Default)
        {
            closure.output = syn::ReturnType::Type(syn::token::RArrow::default(), array.elem.clone());
        }
        let block = syn::parse2::<syn::Expr>(sugar::array_from_fn(&f, &array.len, &zero, &names)).ok()?;
        Some(self.lower_expr(&block))
    }

    /// Whether nothing in an expression can carry a derivative, by the types, or because it comes from constants.
    pub fn carries_nothing(&self, expr: &syn::Expr) -> bool {
        let opaque = self.opaque(expr, None);
        let inert = |var: &crate::ir::Var| self.vars[*var].ty.is_inert();
        opaque.flows.iter().all(|var| inert(var) || self.constant.contains(var)) && opaque.writes.iter().all(inert)
    }

    /// A consumer as the block that it stands for.
    pub fn consumed_by_loop(&mut self, call: &syn::ExprMethodCall, block: TokenStream) -> super::Result<Value> {
        match syn::parse2::<syn::Expr>(block) {
            Ok(block) => Ok(self.lower_expr(&block)),
            Err(_) => Err(Unknown::new(call.method.span(), Refusal::IteratorMethod(call.method.to_string()))),
        }
    }

    /// `unzip()` and `partition(f)`
    fn divided(&mut self, call: &syn::ExprMethodCall, into: Option<&syn::Type>) -> super::Result<Value> {
        let into = match into {
            Some(syn::Type::Tuple(tuple)) if tuple.elems.len() == 2 => [tuple.elems.first(), tuple.elems.last()],
            _ => [None, None],
        };
        let vec = |ty: &syn::Type| matches!(self.generics.ty(ty), Ty::Vec(_));
        if into.iter().flatten().any(|ty| !vec(ty)) {
            return Err(Unknown::new(call.method.span(), Refusal::Collect));
        }
        let block = match call.args.first() {
            None => {
                let names = ["left", "right", "a", "b"].map(|wish| self.reserved(wish));
                sugar::unzipped(&call.receiver, into, &names)
            }
            Some(f) => {
                let names = ["yes", "no", "item"].map(|wish| self.reserved(wish));
                sugar::partitioned(&call.receiver, f, into, &names)
            }
        };
        self.consumed_by_loop(call, block)
    }

    /// `try_fold(start, f)`; whether the closure gives an `Option` or a `Result`, its tokens tell.
    fn try_fold(&mut self, call: &syn::ExprMethodCall) -> super::Result<Value> {
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod("try_fold".to_owned()));
        let (Some(start), Some(f)) = (call.args.first(), call.args.get(1)) else { return Err(unknown()) };
        let names = |variants| mentions(&f.to_token_stream(), variants);
        let result = match (names(&["Ok", "Err"]), names(&["Some", "None"])) {
            (true, false) => true,
            (false, true) => false,
            _ => return Err(unknown()),
        };
        let words = ["carried", "item", "so_far"].map(|wish| self.reserved(wish));
        self.consumed_by_loop(call, sugar::stopping_fold(&call.receiver, [start, f], result, &words))
    }

    fn for_each(&mut self, call: &syn::ExprMethodCall) -> super::Result<Value> {
        let flow = self.flow(&call.receiver)?;
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod("for_each".to_owned()));
        let callable = call.args.first().and_then(|f| self.callable(f)).ok_or_else(unknown)?;
        self.for_each_item(flow, &mut |this, item| {
            let value = this.apply(&callable, vec![item]);
            this.unused(value);
        })?;
        Ok(Value::unit())
    }
}

/// The first type argument of the method: `sum::<f64>()`.
fn turbofish(call: &syn::ExprMethodCall) -> Option<&syn::Type> {
    types_in(call.turbofish.as_ref()?).next()
}
