//! `unwrap_or`, `map_or`, `map` and their kin of an `Option` or a `Result`, as the `match` that they stand for.
//!
//! `o.unwrap_or(d)` evaluates `d` in any case, and before the choice; a closure is called in its arm only. Where the type of the
//! receiver is not visible, the call is copied source until a derivative has to pass it.

use super::choice::{Arm, Body, Continuation, Use};
use super::scrutinee::Scrutinee;
use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Expr, Place, Ty};
use proc_macro2::Ident;

impl Lowerer<'_> {
    /// `option.name(args..)`; `None` for everything else.
    pub fn option_method(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let name = call.method.to_string();
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        if let ("then" | "then_some", &[value]) = (name.as_str(), args.as_slice()) {
            return self.if_true(call, value);
        }
        if let ("copied" | "cloned", []) = (name.as_str(), args.as_slice()) {
            let copied = self.copied_float(call)?;
            return Some(self.choice_value(&copied));
        }
        let arity = match name.as_str() {
            "unwrap_or_default" => 0,
            "unwrap_or" | "unwrap_or_else" | "map" | "and_then" => 1,
            "map_or" | "map_or_else" => 2,
            _ => return None,
        };
        // what is not seen to be a float may be of a type that cannot be copied
        let copies = name.starts_with("unwrap");
        let seen = self.option_item(&call.receiver).is_some_and(|item| !copies || item != Ty::Unknown);
        // a `Result` has these too, and hands its failure to a function that gives something else
        let unseen = match name.as_str() {
            "map" | "and_then" => false,
            "unwrap_or_else" | "map_or_else" => args.first().is_some_and(|f| takes_nothing(f)),
            _ => true,
        };
        if args.len() != arity || !(seen || unseen && self.around.is_call(call.method.span())) {
            return None;
        }
        let option = self.unchanged_by(&call.receiver, &args).filter(|option| option.parts.is_none())?;
        let payload = self.reserved("payload");
        let given = Some(&payload);
        Some(match (name.as_str(), args.as_slice()) {
            ("unwrap_or_default", []) => {
                let default = self.default_of(&option)?;
                self.choose_payload(&option, Body::Payload(default))
            }
            ("unwrap_or", [default]) => {
                let default = self.default_value(default);
                self.choose_payload(&option, Body::Payload(default))
            }
            ("unwrap_or_else", [default]) => self.choose_payload(&option, Body::Expr(&applied(default, None))),
            ("map_or", [default, function]) => {
                let default = self.default_value(default);
                self.choose_named(&option, &payload, &applied(function, given), Body::Payload(default))
            }
            ("map_or_else", [default, function]) => {
                let default = applied(default, None);
                self.choose_named(&option, &payload, &applied(function, given), Body::Expr(&default))
            }
            ("map", [function]) => {
                let some = syntax::call(syntax::word("Some"), Some(applied(function, given)));
                self.choose_named(&option, &payload, &some, Body::Expr(&syntax::word("None")))
            }
            (_, [function]) => {
                self.choose_named(&option, &payload, &applied(function, given), Body::Expr(&syntax::word("None")))
            }
            _ => return None,
        })
    }

    /// The receiver, which is evaluated before the arguments, whatever they change.
    fn unchanged_by(&mut self, receiver: &syn::Expr, args: &[&syn::Expr]) -> Option<Scrutinee> {
        let option = self.scrutinee(receiver);
        let root = option.place.root;
        if !args.iter().any(|arg| self.opaque_index(arg).writes.contains(&root)) {
            return Some(option);
        }
        if option.present.is_some() {
            return None;
        }
        let copy = self.bind_temporary(Value::new(Expr::Snapshot(option.place), option.ty.clone()));
        Some(Scrutinee { place: Place::of(copy), ..option })
    }

    /// `condition.then(|| value)`, `condition.then_some(value)`
    fn if_true(&mut self, call: &syn::ExprMethodCall, value: &syn::Expr) -> Option<Value> {
        if self.is_inert_source(value) || self.carries_nothing(value) {
            return None;
        }
        let some = |value: syn::Expr| syntax::call(syntax::word("Some"), Some(value));
        let choice = match call.method == "then" {
            true if takes_nothing(value) => {
                syntax::either(&call.receiver, &some(applied(value, None)), &syntax::word("None"))
            }
            true => return None,
            // the value is evaluated in any case
            false => {
                let value = self.lower_expr(value);
                let var = self.bind_temporary(value);
                let name = self.reserved("some").to_string();
                self.scopes.bind(&name, super::scope::Binding::Var(var));
                syntax::either(&call.receiver, &some(syntax::word(&name)), &syntax::word("None"))
            }
        };
        Some(self.choice_value(&choice))
    }

    /// What `unwrap_or_default` gives for `None`.
    fn default_of(&mut self, option: &Scrutinee) -> Option<Value> {
        let (_, ty) = self.payload_place(option, variant(option));
        if ty.is_float() {
            return Some(Value::new(Expr::float(0.0), ty));
        }
        if option.present.is_some() {
            return None;
        }
        let source = super::marked(&option.place, &self.vars);
        let source = format!("::chainrule::__private::payload::default_of(&{source})");
        Some(Value::new(self.test_of(&option.place, source), ty))
    }

    /// What is in an expression that the tokens tell to be an `Option` of what may carry a derivative.
    pub fn option_item(&mut self, expr: &syn::Expr) -> Option<Ty> {
        let item = match strip(expr) {
            expr @ syn::Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "as_ref" | "as_mut" | "copied" | "cloned" => self.option_item(&call.receiver),
                "map" | "and_then" => self.option_item(&call.receiver).map(|_| Ty::Unknown),
                "then" | "then_some" => Some(Ty::Unknown),
                "first" | "last" | "pop" | "get" => {
                    let sequence = self.source_type(&call.receiver);
                    let ordered = matches!(sequence, Ty::Vec(_) | Ty::Slice(_) | Ty::Array(_));
                    sequence.element().filter(|_| ordered)
                }
                _ if self.is_selection(expr) && !self.carries_nothing(expr) => Some(Ty::Unknown),
                _ => None,
            },
            expr => match self.source_type(expr) {
                Ty::Option(item) => Some(*item),
                _ => None,
            },
        };
        item.filter(|item| !item.is_inert())
    }

    /// The value that stands in for a missing one, evaluated before the choice.
    fn default_value(&mut self, default: &syn::Expr) -> Value {
        let target = match strip(default) {
            syn::Expr::Reference(reference) => &reference.expr,
            _ => default,
        };
        let value = self.lower_expr(target);
        let ty = value.ty.clone();
        let expr = match value.expr {
            Expr::Borrow(place, _) => Expr::Snapshot(place),
            expr => expr,
        };
        Value::new(self.moved(Value::new(expr, ty.clone())), ty)
    }

    /// The payload, or something else.
    fn choose_payload(&mut self, option: &Scrutinee, otherwise: Body<'_>) -> Value {
        let value = self.payload_of(option, variant(option));
        let value = match value.expr {
            Expr::Borrow(place, _) => self.load_payload(place, value.ty),
            expr => Value::new(expr, value.ty),
        };
        let test = Some(self.test_of_variant(option, variant(option)));
        let some = Arm { test, names: Vec::new(), body: Body::Payload(value) };
        self.chosen(&[&some, &Arm { test: None, names: Vec::new(), body: otherwise }])
    }

    /// What is made of the payload, which has a name, or something else.
    fn choose_named(&mut self, option: &Scrutinee, payload: &Ident, value: &syn::Expr, otherwise: Body<'_>) -> Value {
        let (place, ty) = self.payload_place(option, variant(option));
        let name = syntax::binding(payload);
        let names = self.matched(&name, &place, &ty, option.by_reference).names;
        let test = Some(self.test_of_variant(option, variant(option)));
        let some = Arm { test, names, body: Body::Expr(value) };
        self.chosen(&[&some, &Arm { test: None, names: Vec::new(), body: otherwise }])
    }

    fn chosen(&mut self, arms: &[&Arm<'_>]) -> Value {
        let cont = Continuation { bind: None, after: &[], tail: true };
        self.choose_with(arms, &cont, Use::Value).unwrap_or_else(Value::unit)
    }
}

/// Where the type is not visible, rustc tells `Some` from `Ok`.
fn variant(option: &Scrutinee) -> &'static str {
    match option.ty {
        Ty::Option(_) => "Some",
        _ => "unwrap",
    }
}

fn takes_nothing(function: &syn::Expr) -> bool {
    matches!(strip(function), syn::Expr::Closure(closure) if closure.inputs.is_empty())
}

/// `function(given)`
fn applied(function: &syn::Expr, given: Option<&Ident>) -> syn::Expr {
    syntax::call(function.clone(), given.map(syntax::path))
}
