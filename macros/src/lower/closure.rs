//! Closures and functions by name: what can be called without being a path of a differentiable function.
//!
//! `let phi = |x: f64| a * x.sin();` is not a value of the IR. Its body is lowered wherever it is called, with the names
//! that its definition sees; so what it captures needs no environment, and forward and reverse mode follow by themselves.
//! Captures by reference see the variables as they are, and the borrow checker has made sure that only the closure
//! changes them meanwhile. A `move` closure has copies of its own.

use super::call::callee;
use super::choice::Use;
use super::jump::Kind;
use super::scope::{Binding, Names};
use super::wrapped::Wrapper;
use super::{Lowerer, Value, strip, syntax};
use crate::ir::Call;
use crate::ir::{Access, Expr, FloatTy, Opaque, Pattern, Role, Site, Stmt, Ty};
use crate::refusal::Refusal;
use crate::rules::Prim;
use proc_macro2::Span;
use std::rc::Rc;
use syn::spanned::Spanned;

/// Something that a name stands for, or an argument, and that is called.
#[derive(Clone)]
pub struct Callable {
    body: Body,
    /// The same as it is copied through, with what it reads and changes.
    pub source: Opaque,
}

#[derive(Clone)]
enum Body {
    /// A closure, with the names around its definition.
    Closure(syn::ExprClosure, Names),
    /// A function of the rule table.
    Scalar(Prim, FloatTy),
    /// A differentiable function.
    Function(syn::ExprPath),
}

impl Callable {
    /// Whether a call changes anything but its arguments.
    pub fn has_effects(&self) -> bool {
        !self.source.writes.is_empty()
    }

    /// The parameters of a closure.
    pub fn parameters(&self) -> Vec<&syn::Pat> {
        match &self.body {
            Body::Closure(closure, _) => closure.inputs.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The float type that the path of a scalar function names: `f64::max`.
    pub fn float(&self) -> Ty {
        match &self.body {
            Body::Scalar(_, float) => Ty::Float(float.clone()),
            _ => Ty::Unknown,
        }
    }

    /// Whether it is a closure without statements, so that its value can be iterated where it is called.
    pub fn gives_sequence(&self) -> bool {
        matches!(&self.body, Body::Closure(closure, _) if single_expression(&closure.body).is_some())
    }

    /// The last segment of the path of a function.
    pub fn function_name(&self) -> Option<String> {
        match &self.body {
            Body::Function(path) => syntax::last_segment(&path.path),
            _ => None,
        }
    }
}

impl Lowerer<'_> {
    /// What an expression that is called, or passed to be called, stands for.
    pub fn callable(&mut self, expr: &syn::Expr) -> Option<Rc<Callable>> {
        match strip(expr) {
            syn::Expr::Closure(closure) => Some(Rc::new(self.define_closure(closure))),
            syn::Expr::Reference(reference) => self.callable(&reference.expr),
            syn::Expr::Path(path) => {
                if let Some(binding) = path.path.get_ident().and_then(|name| self.scopes.find(&name.to_string())) {
                    return match binding {
                        Binding::Callable(callable) => Some(callable.clone()),
                        _ => None,
                    };
                }
                if let Some(closure) = self.copying_closure(path) {
                    return Some(Rc::new(self.define_closure(&closure)));
                }
                let source = self.opaque(expr, None);
                let body = match self.scalar_path(path) {
                    Some(prim) => Body::Scalar(prim, self.float_of(path)),
                    None if self.is_function(path) => Body::Function(path.clone()),
                    None => return None,
                };
                Some(Rc::new(Callable { body, source }))
            }
            _ => None,
        }
    }

    /// `<[f64]>::to_vec`, `Vec::from`, `Clone::clone`: the closure that makes the same copy.
    fn copying_closure(&mut self, path: &syn::ExprPath) -> Option<syn::ExprClosure> {
        let segments = syntax::segments(&path.path);
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let method = match segments[..] {
            [.., "Vec", "from"] => "to_vec",
            ["to_vec"] if path.qself.is_some() => "to_vec",
            [.., "clone"] => "clone",
            [.., "to_owned"] => "to_owned",
            _ => return None,
        };
        let item = self.reserved("item");
        syn::parse_str(&format!("|{item}| {item}.{method}()")).ok()
    }

    /// `let phi = |x| ..;`, `let phi = f64::sin;`: a name for it.
    pub fn bind_callable(&mut self, pat: &syn::Pat, init: &syn::Expr) -> bool {
        let syn::Pat::Ident(ident) = pat else { return false };
        let mut target = strip(init);
        while let syn::Expr::Reference(reference) = target {
            target = strip(&reference.expr);
        }
        let is_callable = match target {
            syn::Expr::Closure(_) => true,
            syn::Expr::Path(path) => {
                let binding = path.path.get_ident().and_then(|name| self.scopes.find(&name.to_string()));
                matches!(binding, Some(Binding::Callable(_))) || (binding.is_none() && self.scalar_path(path).is_some())
            }
            _ => false,
        };
        if !is_callable || ident.subpat.is_some() {
            return false;
        }
        let Some(callable) = self.callable(target) else { return false };
        self.scopes.bind(&ident.ident.to_string(), Binding::Callable(callable));
        true
    }

    fn define_closure(&mut self, closure: &syn::ExprClosure) -> Callable {
        let closure = closure.clone();
        if let Some(asyncness) = &closure.asyncness {
            self.diagnostics.refuse(asyncness.span(), &Refusal::Construct("`async` code"));
        }
        let mut source = self.opaque(&syn::Expr::Closure(closure.clone()), None);
        if !source.writes.is_empty() {
            // where it is copied, each copy would start from what it captured
            let borrowing = syn::ExprClosure { capture: None, ..closure.clone() };
            source = self.opaque(&syn::Expr::Closure(borrowing), None);
        }
        let mut names = self.scopes.names().clone();
        if closure.capture.is_some() {
            self.capture_copies(&mut source, &mut names);
        }
        Callable { body: Body::Closure(closure, names), source }
    }

    /// A `move` closure keeps the values that variables have at its definition.
    fn capture_copies(&mut self, source: &mut Opaque, names: &mut Names) {
        for var in source.reads.clone() {
            let info = &self.vars[var];
            // what a `Vec` held moves into the closure, and nobody else can see it
            if !info.mutable || info.access != Access::Owned || matches!(info.ty, Ty::Vec(_)) {
                continue;
            }
            let value = Expr::copy_of_variable(var, &info.ty);
            let (name, ty, span) = (info.name.clone(), info.ty.clone(), info.span);
            let copy = self.vars.temporary(&name, ty, span);
            self.vars[copy].mutable = source.writes.contains(&var);
            self.out.push(Stmt::Let(Pattern::Var(copy), value));
            source.rename(var, copy);
            for binding in names.iter_mut().flat_map(|scope| scope.values_mut()) {
                if matches!(binding, Binding::Var(bound) if *bound == var) {
                    *binding = Binding::Var(copy);
                }
            }
        }
    }

    /// Whether a path is that of a function that may be differentiable: not a constant, a constructor, or a function of
    /// the standard library.
    fn is_function(&self, path: &syn::ExprPath) -> bool {
        let name = syntax::last_segment(&path.path).unwrap_or_default();
        if name == "total_cmp" {
            return true;
        }
        name.starts_with(|c: char| c.is_lowercase() || c == '_') && self.associated(path).is_none()
    }

    /// `f64` of `f64::max`
    fn float_of(&self, path: &syn::ExprPath) -> FloatTy {
        let segments = syntax::segments(&path.path);
        match segments.as_slice() {
            [.., ty, _] => match self.named_type(ty) {
                Ty::Float(float) => float,
                _ => FloatTy::Inferred,
            },
            _ => FloatTy::Inferred,
        }
    }

    /// The value of a call, on lowered arguments.
    pub fn apply(&mut self, callable: &Callable, args: Vec<Value>) -> Value {
        match &callable.body {
            Body::Closure(closure, names) => {
                let value = self.inline(closure, names, args);
                // a later call may change what this one returns
                if callable.has_effects() { self.settled(value) } else { value }
            }
            Body::Scalar(prim, float) => {
                let ty = args.iter().fold(Ty::Float(float.clone()), |ty, arg| ty.join(&arg.ty));
                let args = args.into_iter().map(|arg| self.scalar(arg)).collect();
                Value::new(Expr::Prim(*prim, args), ty)
            }
            Body::Function(path) => {
                let args = args.into_iter().map(|arg| self.passed(arg)).collect();
                let call = Call { args, ..callee(path, Site(path.span())) };
                Value::new(Expr::Call(call), Ty::Unknown)
            }
        }
    }

    /// A value as an argument of a function: a reference stays one.
    fn passed(&mut self, value: Value) -> Expr {
        match value.expr {
            Expr::Borrow(place, mutable) if !place.ends_in_view() => Expr::Borrow(place, mutable),
            Expr::Borrow(place, _) => Expr::Var(self.bind_temporary(Value::new(Expr::Snapshot(place), value.ty))),
            Expr::Load(_) if !value.ty.is_scalar() => Expr::Var(self.bind_temporary(value)),
            _ => self.moved(value),
        }
    }

    fn inline(&mut self, closure: &syn::ExprClosure, names: &Names, args: Vec<Value>) -> Value {
        let outer = self.scopes.replace_names(names.clone());
        self.scopes.enter();
        for (pat, arg) in closure.inputs.iter().zip(args) {
            self.bind_argument(pat, arg);
        }
        let wanted = match &closure.output {
            syn::ReturnType::Type(_, ty) => Some(&**ty),
            syn::ReturnType::Default => None,
        };
        let mut value = match super::jump::jumps(&closure.body) {
            true => self.body_with_exits(&closure.body, wanted),
            false => self.lower_annotated(single_expression(&closure.body).unwrap_or(&closure.body), wanted),
        };
        if let Some(written) = wanted {
            let ty = self.generics.ty(written);
            if let Expr::Var(var) = value.expr {
                // nothing else may tell what a failure is
                let failing = Wrapper::of_type(written) == Some(Wrapper::Result);
                if failing && matches!(self.vars[var].role, Role::Temporary) && self.vars[var].annotation.is_none() {
                    self.vars[var].annotation = Some(Box::new(written.clone()));
                }
                self.vars[var].ty = self.vars[var].ty.join(&ty);
            }
            value.ty = value.ty.join(&ty);
        }
        self.scopes.leave_flattened();
        self.scopes.replace_names(outer);
        value
    }

    /// A body that `return` and `?` leave: as that of a function.
    fn body_with_exits(&mut self, body: &syn::Expr, wanted: Option<&syn::Type>) -> Value {
        let returns = wanted.cloned().or_else(|| Wrapper::of_value(body).map(Wrapper::any)).unwrap_or_else(inferred);
        let returns = self.returns.replace(returns);
        let pending = std::mem::take(&mut self.pending);
        let at = self.out.len();
        self.enter_target(Kind::Function, None, wanted);
        let value = match body {
            syn::Expr::Block(block) if block.label.is_none() => self.lower_sequence(&block.block.stmts, Use::Tail),
            body => self.lower_sequence(&[syn::Stmt::Expr(body.clone(), None)], Use::Tail),
        };
        let left = self.leave_target();
        self.out.splice(at..at, left.before);
        self.pending = pending;
        self.returns = returns;
        value.unwrap_or_else(Value::unit)
    }

    /// The items of what a closure returns.
    pub fn sequence_from(&mut self, callable: &Callable, arg: Value) -> super::iterator::Result<super::iterator::Flow> {
        let Body::Closure(closure, names) = &callable.body else {
            return Err(super::iterator::Unknown::new(Span::call_site(), Refusal::Iterator));
        };
        let outer = self.scopes.replace_names(names.clone());
        self.scopes.enter();
        for pat in closure.inputs.iter().take(1) {
            self.bind_argument(pat, arg.clone());
        }
        let flow = self.iterated(single_expression(&closure.body).unwrap_or(&closure.body));
        self.scopes.leave_flattened();
        self.scopes.replace_names(outer);
        flow
    }

    /// `phi(args..)` where `phi` is known here.
    pub fn call_closure(&mut self, callable: &Callable, call: &syn::ExprCall) -> Value {
        let types = callable.parameters().into_iter().map(|pat| match pat {
            syn::Pat::Type(typed) => Some((*typed.ty).clone()),
            _ => None,
        });
        let types: Vec<Option<syn::Type>> = types.chain(std::iter::repeat(None)).take(call.args.len()).collect();
        let converted =
            call.args.iter().zip(&types).map(|(arg, ty)| {
                ty.as_ref().and_then(|ty| self.with_conversions(arg, ty)).unwrap_or_else(|| arg.clone())
            });
        let converted: Vec<syn::Expr> = converted.collect();
        let args = self.in_order_by(&converted, Self::closure_argument);
        self.apply(callable, args)
    }

    /// An argument: a reference is passed as the place that it refers to.
    fn closure_argument(&mut self, arg: &syn::Expr) -> Value {
        if self.names_reference(arg)
            && let Some((place, ty)) = self.lower_place(arg)
        {
            let mutable = self.vars[place.root].access == Access::Mutable || self.is_mutable_alias(arg);
            return Value::new(Expr::Borrow(place, mutable), ty);
        }
        let value = self.lower_expr(arg);
        self.settled(value)
    }
}

/// `_`
fn inferred() -> syn::Type {
    syn::Type::Infer(syn::TypeInfer { attrs: Vec::new(), underscore_token: syn::token::Underscore::default() })
}

/// The expression in `{ expression }`.
fn single_expression(body: &syn::Expr) -> Option<&syn::Expr> {
    match strip(body) {
        syn::Expr::Block(block) if block.label.is_none() => match &block.block.stmts[..] {
            [syn::Stmt::Expr(value, None)] => single_expression(value),
            _ => None,
        },
        value => Some(value),
    }
}
