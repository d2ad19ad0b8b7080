//! `f(x).map(g)`, `.and_then(g)`, `.or_else(g)`, `.ok_or(e)` and their kin of an `Option` or a `Result` that a call returned.
//!
//! The type of such a value is not visible, and a matrix has a `map` too. What surrounds the call tells: the type that is
//! expected, the patterns that it is matched against, the methods behind it. Then it is the `match` that it stands for.

use super::{Lowerer, strip, syntax};
use crate::ir::Ty;
use crate::walk::{Read, Reading};
use proc_macro2::Ident;
use syn::visit::Visit;

/// Which of the two a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    Option,
    Result,
}

impl Wrapper {
    /// The type by its last name.
    pub fn of_type(ty: &syn::Type) -> Option<Self> {
        match super::choice::wrapper(ty)? {
            "Option" => Some(Self::Option),
            _ => Some(Self::Result),
        }
    }

    /// What patterns are matched against.
    pub fn of_pattern(pat: &syn::Pat) -> Option<Self> {
        match pat {
            syn::Pat::TupleStruct(tuple) => Self::of_variant(&tuple.path),
            syn::Pat::Path(path) => Self::of_variant(&path.path),
            syn::Pat::Ident(ident) => Self::of_variant(&ident.ident.clone().into()),
            syn::Pat::Or(or) => or.cases.iter().find_map(Self::of_pattern),
            syn::Pat::Paren(paren) => Self::of_pattern(&paren.pat),
            syn::Pat::Reference(reference) => Self::of_pattern(&reference.pat),
            _ => None,
        }
    }

    fn of_variant(path: &syn::Path) -> Option<Self> {
        let last = &path.segments.last()?.ident;
        match () {
            () if last == "Some" || last == "None" => Some(Self::Option),
            () if last == "Ok" || last == "Err" => Some(Self::Result),
            () => None,
        }
    }

    /// What an expression is by its form: `Some(x)`, `None`, `Err(e)`.
    pub fn of_value(expr: &syn::Expr) -> Option<Self> {
        match strip(expr) {
            syn::Expr::Path(path) => Self::of_variant(&path.path),
            syn::Expr::Call(call) => match strip(&call.func) {
                syn::Expr::Path(path) => Self::of_variant(&path.path),
                _ => None,
            },
            syn::Expr::Closure(closure) => Self::of_value(&closure.body),
            syn::Expr::Block(block) => syntax::last_value(&block.block).and_then(Self::of_value),
            syn::Expr::If(node) => {
                let then = syntax::last_value(&node.then_branch).and_then(Self::of_value);
                then.or_else(|| node.else_branch.as_ref().and_then(|(_, otherwise)| Self::of_value(otherwise)))
            }
            _ => None,
        }
    }

    /// A closure that looks for an element: `|i| xs.get(i).copied()`.
    fn of_lookup(expr: &syn::Expr) -> Option<Self> {
        match strip(expr) {
            syn::Expr::Closure(closure) => Self::of_lookup(&closure.body),
            syn::Expr::MethodCall(call) => match call.method.to_string().as_str() {
                "get" | "first" | "last" => Some(Self::Option),
                "copied" | "cloned" => Self::of_lookup(&call.receiver),
                _ => None,
            },
            _ => None,
        }
    }

    /// Any type of this kind: `Option<_>`.
    pub fn any(self) -> syn::Type {
        let name = if self == Self::Option { "Option" } else { "Result" };
        syn::Type::Path(syn::TypePath {
            attrs: Vec::new(),
            qself: None,
            path: Ident::new(name, proc_macro2::Span::call_site()).into(),
        })
    }

    fn success(self) -> &'static str {
        if self == Self::Option { "Some" } else { "Ok" }
    }
}

impl Lowerer<'_> {
    /// The expression as a `match`, where it is a combination of an `Option` or a `Result`. `wrapper` is what is expected of it.
    pub fn combination(&mut self, expr: &syn::Expr, wrapper: Option<Wrapper>) -> Option<syn::Expr> {
        let syn::Expr::MethodCall(call) = strip(expr) else { return None };
        if !is_combinator(call) || self.is_iterator(&call.receiver) || self.carries_nothing(expr) {
            return None;
        }
        let seen = self.option_item(&call.receiver).is_some();
        if seen && (call.method == "map" || call.method == "and_then") {
            return None;
        }
        self.as_match(call, self.wrapper_of(call).or(wrapper)?)
    }

    /// `let r = f(x).map(g);`, where what follows takes `r` for an `Option` or a `Result`.
    pub fn combination_of_let(&mut self, stmt: &syn::Stmt, after: &[syn::Stmt]) -> Option<syn::Stmt> {
        let syn::Stmt::Local(local) = stmt else { return None };
        let (syn::Pat::Ident(ident), Some(init)) = (&local.pat, &local.init) else { return None };
        let expected = Evidence::of(&ident.ident, after)?;
        let combined = self.combination(&init.expr, Some(expected)).filter(|_| init.diverge.is_none())?;
        let init = syn::LocalInit { expr: Box::new(combined), ..init.clone() };
        Some(syn::Stmt::Local(syn::Local { init: Some(init), ..local.clone() }))
    }

    /// `f(x).map(g).unwrap_or(d)`, `f(x).unwrap_or_else(|e| ..)`: what takes the value out tells what it is.
    pub fn consumed_combination(&mut self, call: &syn::ExprMethodCall) -> Option<syn::Expr> {
        let name = call.method.to_string();
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let consumes = matches!(
            (name.as_str(), args.len()),
            ("unwrap_or_default" | "unwrap", 0)
                | ("unwrap_or" | "unwrap_or_else" | "expect", 1)
                | ("map_or" | "map_or_else", 2)
        );
        if !consumes || self.is_iterator(&call.receiver) || self.carries_nothing(&syn::Expr::MethodCall(call.clone())) {
            return None;
        }
        let given_error = matches!(args.first().map(|f| strip(f)), Some(syn::Expr::Closure(f)) if f.inputs.len() == 1);
        if given_error && name.ends_with("or_else") {
            let (success, error) = (self.reserved("value"), self.reserved("error"));
            let value = match &args[1..] {
                [function] => syntax::call((*function).clone(), Some(syntax::path(&success))),
                _ => syntax::path(&success),
            };
            let receiver = self.combination(&call.receiver, Some(Wrapper::Result));
            let receiver = receiver.unwrap_or_else(|| (*call.receiver).clone());
            let failure = syntax::call(args[0].clone(), Some(syntax::path(&error)));
            return Some(syntax::matching(
                &receiver,
                vec![(syntax::variant("Ok", Some(&success)), value), (syntax::variant("Err", Some(&error)), failure)],
            ));
        }
        let syn::Expr::MethodCall(inner) = strip(&call.receiver) else { return None };
        if !is_combinator(inner) {
            return None;
        }
        if let Some(combined) = self.combination(&call.receiver, None) {
            return Some(syn::Expr::MethodCall(syn::ExprMethodCall { receiver: Box::new(combined), ..call.clone() }));
        }
        self.mapped_and_consumed(call, inner)
    }

    /// `o.map(f).unwrap_or(d)` is `o.map_or(d, f)`, whatever `o` is; `o.map(f).unwrap()` is `f(o.unwrap())`.
    fn mapped_and_consumed(&mut self, call: &syn::ExprMethodCall, inner: &syn::ExprMethodCall) -> Option<syn::Expr> {
        if inner.method != "map" || self.option_item(&inner.receiver).is_some() {
            return None;
        }
        let f = inner.args.first()?.clone();
        let renamed = |name: &str, args: Vec<syn::Expr>| {
            let method = Ident::new(name, call.method.span());
            syn::Expr::MethodCall(syntax::method_call((*inner.receiver).clone(), method, args))
        };
        let arg = call.args.first().cloned();
        match (call.method.to_string().as_str(), arg) {
            ("unwrap_or", Some(default)) => Some(renamed("map_or", vec![default, f])),
            ("unwrap_or_else", Some(default)) => Some(renamed("map_or_else", vec![default, f])),
            (name @ ("unwrap" | "expect"), arg) => Some(syntax::call(f, [renamed(name, arg.into_iter().collect())])),
            _ => None,
        }
    }

    /// What a call of a combinator is called on, or `None` if only its surroundings tell.
    fn wrapper_of(&self, call: &syn::ExprMethodCall) -> Option<Wrapper> {
        match call.method.to_string().as_str() {
            "ok_or" | "ok_or_else" | "map_err" => Some(Wrapper::Result),
            "ok" | "filter" | "zip" => Some(Wrapper::Option),
            "or_else" => match call.args.first().map(strip) {
                Some(syn::Expr::Closure(f)) if f.inputs.is_empty() => Some(Wrapper::Option),
                Some(syn::Expr::Closure(_)) => Some(Wrapper::Result),
                _ => self.wrapper_of_value(&call.receiver),
            },
            "or" | "and_then" => {
                let given =
                    call.args.first().and_then(|arg| Wrapper::of_value(arg).or_else(|| Wrapper::of_lookup(arg)));
                given.or_else(|| self.wrapper_of_value(&call.receiver))
            }
            _ => self.wrapper_of_value(&call.receiver),
        }
    }

    fn wrapper_of_value(&self, expr: &syn::Expr) -> Option<Wrapper> {
        match strip(expr) {
            syn::Expr::MethodCall(call) if is_combinator(call) => self.wrapper_of(call),
            expr => match self.source_type(expr) {
                Ty::Option(_) => Some(Wrapper::Option),
                _ => Wrapper::of_value(expr),
            },
        }
    }

    fn as_match(&mut self, call: &syn::ExprMethodCall, wrapper: Wrapper) -> Option<syn::Expr> {
        let (value, error) = (self.reserved("value"), self.reserved("error"));
        let given = || syntax::path(&value);
        let arg = call.args.first().cloned();
        let apply = |f: &syn::Expr, given: Option<syn::Expr>| syntax::call(f.clone(), given);
        let wrapped = |name: &str, inner: syn::Expr| syntax::call(syntax::word(name), Some(inner));
        let name = call.method.to_string();
        // what the receiver is, what becomes of a success, and what of a failure
        let (from, success, failure) = match (name.as_str(), &arg) {
            ("map", Some(f)) => (wrapper, wrapped(wrapper.success(), apply(f, Some(given()))), None),
            ("and_then", Some(f)) => (wrapper, apply(f, Some(given())), None),
            ("map_err", Some(f)) => {
                let failure = wrapped("Err", apply(f, Some(syntax::path(&error))));
                (Wrapper::Result, wrapped("Ok", given()), Some(failure))
            }
            ("or", Some(other)) => (wrapper, wrapped(wrapper.success(), given()), Some(other.clone())),
            ("or_else", Some(f)) => {
                let failed = (wrapper == Wrapper::Result).then(|| syntax::path(&error));
                (wrapper, wrapped(wrapper.success(), given()), Some(apply(f, failed)))
            }
            ("ok_or", Some(e)) => (Wrapper::Option, wrapped("Ok", given()), Some(wrapped("Err", e.clone()))),
            ("ok_or_else", Some(f)) => (Wrapper::Option, wrapped("Ok", given()), Some(wrapped("Err", apply(f, None)))),
            ("ok", None) => (Wrapper::Result, wrapped("Some", given()), Some(syntax::word("None"))),
            ("filter", Some(f)) => {
                let asked = apply(f, Some(syntax::referenced(given())));
                let kept = syntax::either(&asked, &wrapped("Some", given()), &syntax::word("None"));
                (Wrapper::Option, kept, None)
            }
            ("zip", Some(other)) => {
                let second = self.reserved("second");
                let both = syntax::pair(given(), syntax::path(&second));
                let arms = vec![
                    (syntax::variant("Some", Some(&second)), wrapped("Some", both)),
                    (syntax::variant("None", None), syntax::word("None")),
                ];
                let other = self.combination(other, Some(Wrapper::Option)).unwrap_or_else(|| other.clone());
                (Wrapper::Option, syntax::matching(&other, arms), None)
            }
            _ => return None,
        };
        let receiver = self.combination(&call.receiver, Some(from)).unwrap_or_else(|| (*call.receiver).clone());
        let (other, failure) = match (from, failure) {
            (Wrapper::Option, failure) => {
                (syntax::variant("None", None), failure.unwrap_or_else(|| syntax::word("None")))
            }
            (Wrapper::Result, failure) => {
                let failure = failure.unwrap_or_else(|| wrapped("Err", syntax::path(&error)));
                (syntax::variant("Err", Some(&error)), failure)
            }
        };
        let arms = vec![(syntax::variant(from.success(), Some(&value)), success), (other, failure)];
        Some(syntax::matching(&receiver, arms))
    }
}

/// What the statements behind a `let` take its name for.
pub struct Evidence<'n> {
    name: &'n Ident,
    found: Option<Wrapper>,
}

impl<'n> Evidence<'n> {
    /// Reads the statements.
    pub fn of(name: &'n Ident, after: &[syn::Stmt]) -> Option<Wrapper> {
        let mut evidence = Self { name, found: None };
        after.iter().for_each(|stmt| Reading(&mut evidence).visit_stmt(stmt));
        evidence.found
    }

    fn is_named(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Path(path) => path.path.is_ident(self.name),
            syn::Expr::Reference(reference) => self.is_named(&reference.expr),
            _ => false,
        }
    }

    fn note(&mut self, wrapper: Option<Wrapper>) {
        self.found = self.found.or(wrapper);
    }
}

impl<'ast> Read<'ast> for Evidence<'_> {
    fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
        match expr {
            syn::Expr::Match(node) if self.is_named(&node.expr) => {
                self.note(node.arms.iter().find_map(|arm| Wrapper::of_pattern(&arm.pat)));
            }
            syn::Expr::Let(node) if self.is_named(&node.expr) => self.note(Wrapper::of_pattern(&node.pat)),
            syn::Expr::MethodCall(node) if self.is_named(&node.receiver) => {
                let name = node.method.to_string();
                self.note(match name.as_str() {
                    "is_some" | "is_none" | "ok_or" | "ok_or_else" => Some(Wrapper::Option),
                    "is_ok" | "is_err" | "map_err" | "ok" | "err" | "unwrap_err" => Some(Wrapper::Result),
                    _ => None,
                });
            }
            _ => {}
        }
        true
    }

    fn local(&mut self, node: &'ast syn::Local) -> bool {
        if node.init.as_ref().is_some_and(|init| self.is_named(&init.expr)) {
            self.note(Wrapper::of_pattern(&node.pat));
        }
        true
    }
}

fn is_combinator(call: &syn::ExprMethodCall) -> bool {
    matches!(
        (call.method.to_string().as_str(), call.args.len()),
        ("map" | "and_then" | "map_err" | "or" | "or_else" | "ok_or" | "ok_or_else" | "filter" | "zip", 1) | ("ok", 0)
    )
}
