//! Consumers that give one of the items: `max_by`, `min_by`, `last`, `nth`, `next`, `find`, and `reduce`.
//!
//! The search for the largest or the smallest only compares, so it is a loop over positions that carries no derivative;
//! the item at the position that it finds has all of it. Ties go as in the standard library: `max_by` gives the last of
//! them, `min_by` the first.

use super::consume::SELECTIONS;
use super::drive::lent;
use super::items::Items;
use super::source::positions;
use super::{Flow, Result, Segment, Unknown};
use crate::ir::{Block, Expr, Place, Projection, Range, Stmt, Ty};
use crate::lower::closure::Callable;
use crate::lower::{Lowerer, Value, strip, syntax};
use crate::refusal::Refusal;
use proc_macro2::Span;
use std::rc::Rc;

/// A step behind the consumer, on its `Option`.
enum Then<'e> {
    /// `copied()`, `cloned()`
    Copied,
    /// `map(f)`
    Map(&'e syn::Expr),
}

impl Lowerer<'_> {
    /// `chain.max_by(..).unwrap()`, `chain.last().copied().expect("..")`
    pub fn selection(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        if !matches!((call.method.to_string().as_str(), call.args.len()), ("unwrap", 0) | ("expect", 1)) {
            return None;
        }
        let mut then = Vec::new();
        let mut consumer = strip(&call.receiver);
        let consumer = loop {
            let syn::Expr::MethodCall(inner) = consumer else { return None };
            match (inner.method.to_string().as_str(), inner.args.first()) {
                ("copied" | "cloned", None) => then.push(Then::Copied),
                ("map", Some(f)) if !self.is_chain(&inner.receiver) || self.is_selection(&inner.receiver) => {
                    then.push(Then::Map(f))
                }
                _ => break inner,
            }
            consumer = strip(&inner.receiver);
        };
        if !SELECTIONS.contains(&consumer.method.to_string().as_str()) || !self.is_chain(&consumer.receiver) {
            return None;
        }
        let expr = &syn::Expr::MethodCall(call.clone());
        if self.carries_nothing(expr) {
            return None;
        }
        let before = self.out.len();
        let value = self.selected(consumer).and_then(|item| self.then(item, &then, consumer));
        Some(value.unwrap_or_else(|unknown| {
            self.out.truncate(before);
            self.copied(expr, Ty::Unknown, Refusal::Iterator).because(unknown)
        }))
    }

    /// Whether a chain has ended in an `Option` of an item, by its form.
    pub fn is_selection(&self, expr: &syn::Expr) -> bool {
        let syn::Expr::MethodCall(call) = strip(expr) else { return false };
        match call.method.to_string().as_str() {
            "copied" | "cloned" | "map" => self.is_selection(&call.receiver),
            name => SELECTIONS.contains(&name) && self.is_chain(&call.receiver),
        }
    }

    fn then(&mut self, mut item: Value, then: &[Then<'_>], consumer: &syn::ExprMethodCall) -> Result<Value> {
        for step in then.iter().rev() {
            item = match step {
                Then::Copied => self.copied_item(item),
                Then::Map(f) => {
                    let unknown = || Unknown::new(consumer.method.span(), Refusal::IteratorMethod("map".to_owned()));
                    let callable = self.callable(f).ok_or_else(unknown)?;
                    self.apply(&callable, vec![item])
                }
            };
        }
        Ok(item)
    }

    fn selected(&mut self, call: &syn::ExprMethodCall) -> Result<Value> {
        let before = self.out.len();
        let Ok((segment, count)) = self.searched(call) else {
            self.out.truncate(before);
            let option = self.selected_by_loop(call)?;
            let place = self.place_of(option).project(Projection::payload("Some", "0"));
            let ty = self.place_type(&place);
            return Ok(self.load(place, ty));
        };
        self.selected_from(call, segment, count)
    }

    /// The item as an `Option` that a loop over the chain leaves, where no position tells it.
    fn selected_by_loop(&mut self, call: &syn::ExprMethodCall) -> Result<Value> {
        let name = call.method.to_string();
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod(name.clone()));
        if self.lends_to_change(&call.receiver) {
            return Err(unknown());
        }
        let names = ["found", "item", "so_far", "order"].map(|wish| self.reserved(wish));
        // the next one behind others
        let before = |adapter: &str, arg: &syn::Expr| {
            let adapter = syn::Ident::new(adapter, call.method.span());
            syn::Expr::MethodCall(syntax::method_call((*call.receiver).clone(), adapter, [arg.clone()]))
        };
        let (chain, name, f) = match (name.as_str(), call.args.first()) {
            ("nth", Some(position)) => (before("skip", position), "next", None),
            ("find", Some(f)) => (before("filter", f), "next", None),
            (name, f) => ((*call.receiver).clone(), name, f),
        };
        let block = crate::emit::sugar::searched(name, &chain, f, &names).ok_or_else(unknown)?;
        self.consumed_by_loop(call, block)
    }

    /// The items among which one is selected, and how many there are.
    fn searched(&mut self, call: &syn::ExprMethodCall) -> Result<(Segment, Expr)> {
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod(call.method.to_string()));
        if call.method == "find" {
            return Err(unknown());
        }
        let [segment] = self.flow(&call.receiver)?.single().ok_or_else(unknown)?;
        Ok(self.positional(segment))
    }

    fn selected_from(&mut self, call: &syn::ExprMethodCall, segment: Segment, count: Expr) -> Result<Value> {
        let name = call.method.to_string();
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod(name.clone()));
        let effects = segment.items.has_effects();
        let (items, low) = (segment.items, segment.range.low);
        match (name.as_str(), call.args.first()) {
            ("max_by" | "min_by", Some(compare)) if !effects => {
                let compare = self.callable(compare).ok_or_else(unknown)?;
                self.check("a != 0", &[&count], "the iterator is empty");
                self.extremum(&items, &count, &compare, name == "max_by").ok_or_else(unknown)
            }
            ("last", None) if !effects => {
                self.check("a != 0", &[&count], "the iterator is empty");
                let at = self.bound_integer("last", "a - 1", &[&count]);
                Ok(self.item_at(&items, &at))
            }
            ("next", None) => {
                self.check("a < b", &[&low, &count], "the iterator is empty");
                Ok(self.item_at(&items, &low))
            }
            ("nth", Some(position)) if !effects => {
                let at = self.index(position);
                self.check("a < b", &[&at, &count], "the iterator is too short");
                Ok(self.item_at(&items, &at))
            }
            ("reduce", Some(f)) => {
                let callable = self.callable(f).ok_or_else(unknown)?;
                self.check("a != 0", &[&count], "the iterator is empty");
                let first = self.item_at(&items, &super::index::zero());
                let rest = Range { low: Expr::integer(1), ..positions(count) };
                self.fold_from(first, &callable, Flow { segments: vec![Segment::new(items, rest)] })
            }
            _ => Err(unknown()),
        }
    }

    /// The same as an `Option`, for whatever is done with it.
    pub fn selected_option(&mut self, call: &syn::ExprMethodCall) -> Result<Value> {
        if self.lends_to_change(&call.receiver) {
            return Err(Unknown::new(call.method.span(), Refusal::IteratorMethod(call.method.to_string())));
        }
        let before = self.out.len();
        let Ok((segment, count)) = self.searched(call) else {
            self.out.truncate(before);
            return self.selected_by_loop(call);
        };
        let cond = match call.args.first().filter(|_| call.method == "nth") {
            Some(position) => {
                let position = self.index(position);
                self.integer("a < b", &[&position, &count])
            }
            None => self.integer("a != 0", &[&count]),
        };
        let mut chosen = Ok(Ty::Unknown);
        let then = self.lower_nested(|this| {
            let item = match this.selected_from(call, segment, count) {
                Ok(item) => this.copied_item(item),
                Err(unknown) => {
                    chosen = Err(unknown);
                    return None;
                }
            };
            let ty = Ty::Option(Box::new(item.ty.clone()));
            chosen = Ok(ty.clone());
            let item = this.moved(item);
            let some = this.some(item);
            Some(Expr::Var(this.bind_temporary(Value::new(some, ty))))
        });
        let ty = chosen?;
        let otherwise = Block { stmts: Vec::new(), result: Some(crate::lower::constant("None")) };
        let unknown = || Unknown::new(call.method.span(), Refusal::IteratorMethod(call.method.to_string()));
        self.join_branches(cond, then, otherwise, &[ty]).ok_or_else(unknown)
    }

    fn extremum(&mut self, items: &Items, count: &Expr, compare: &Rc<Callable>, largest: bool) -> Option<Value> {
        let best = self.counter("best", Ty::Int, super::index::zero());
        let var = self.vars.temporary("k", Ty::Int, Span::call_site());
        let mut understood = true;
        let body = self.lower_nested(|this| {
            let incumbent = this.bound_integer("incumbent", "a", &[&Expr::Var(best)]);
            let old = this.item_at(items, &incumbent);
            let old = this.named_item(old);
            let new = this.item_at(items, &Expr::Var(var));
            let new = this.named_item(new);
            match this.ordering(compare, lent(old), lent(new)) {
                Some(order) => {
                    let operator = if largest { "!=" } else { "==" };
                    let cond = this.integer(&format!("a {operator} ::core::cmp::Ordering::Greater"), &[&order]);
                    let then = vec![Stmt::Assign(Place::of(best), Expr::Var(var))];
                    let (then, otherwise) = (Block::of(then), Block::default());
                    this.out.push(Stmt::If { result: None, cond, then, otherwise });
                }
                None => understood = false,
            }
            None
        });
        let range = Range { low: Expr::integer(1), ..positions(count.clone()) };
        self.out.push(Stmt::For { var, range, body });
        let at = self.bound_integer("at", "a", &[&Expr::Var(best)]);
        understood.then(|| self.item_at(items, &at))
    }

    /// How two items compare, as copied source.
    fn ordering(&mut self, compare: &Callable, old: Value, new: Value) -> Option<Expr> {
        match compare.function_name().as_deref() {
            Some("total_cmp") => {
                let (old, new) = (self.read(old)?, self.read(new)?);
                Some(self.integer("a.total_cmp(&b)", &[&old, &new]))
            }
            Some(_) => None,
            None => match self.apply(compare, vec![old, new]).expr {
                Expr::Opaque(opaque) => Some(Expr::Opaque(opaque)),
                _ => None,
            },
        }
    }

    /// A scalar that is lent, as source.
    fn read(&mut self, value: Value) -> Option<Expr> {
        let Expr::Borrow(place, _) = value.expr else { return None };
        let loaded = self.load(place, Ty::Float(crate::ir::FloatTy::Inferred));
        match self.atom(loaded) {
            Expr::Var(var) => Some(Expr::Var(var)),
            _ => None,
        }
    }
}
