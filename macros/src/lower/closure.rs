//! Closures and functions by name: what can be called without being a path of a differentiable function.
//!
//! `let phi = |x: f64| a * x.sin();` is not a value of the IR. Its body is lowered wherever it is called, with the names
//! that its definition sees; so what it captures needs no environment, and forward and reverse mode follow by themselves.
//! Captures by reference see the variables as they are, and the borrow checker has made sure that only the closure
//! changes them meanwhile. A `move` closure has copies of its own.

use super::call::callee;
use super::scope::{Binding, Names};
use super::{Lowerer, Value, strip};
use crate::ir::Call;
use crate::ir::{Access, Expr, FloatTy, Opaque, Pattern, Place, Role, Site, Stmt, Ty, Var};
use crate::refusal::Refusal;
use crate::rules::Prim;
use proc_macro2::{Span, TokenStream};
use std::rc::Rc;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};

/// Something that a name stands for, or an argument, and that is called.
#[derive(Clone, Debug)]
pub struct Callable {
    body: Body,
    /// The same as it is copied through, with what it reads and changes.
    pub source: Opaque,
}

#[derive(Clone, Debug)]
enum Body {
    /// A closure, with the names around its definition.
    Closure(syn::ExprClosure, Names),
    /// A function of the rule table.
    Scalar(Prim),
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

    /// The last segment of the path of a function.
    pub fn function_name(&self) -> Option<String> {
        match &self.body {
            Body::Function(path) => path.path.segments.last().map(|last| last.ident.to_string()),
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
                let source = self.opaque(expr, None);
                let body = match self.scalar_path(path) {
                    Some(prim) => Body::Scalar(prim),
                    None if self.is_function(path) => Body::Function(path.clone()),
                    None => return None,
                };
                Some(Rc::new(Callable { body, source }))
            }
            _ => None,
        }
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
        let mut closure = closure.clone();
        without_last_return(&mut closure.body);
        let mut returns = Returns { found: false, question_mark: None };
        returns.visit_expr_mut(&mut closure.body);
        if returns.found {
            let body = std::mem::replace(&mut *closure.body, syn::Expr::Verbatim(TokenStream::new()));
            *closure.body = labelled(body);
        }
        if let Some(span) = returns.question_mark {
            self.diagnostics.refuse(span, &Refusal::QuestionMarkInClosure);
        }
        if let Some(asyncness) = &closure.asyncness {
            self.diagnostics.refuse(asyncness.span(), &Refusal::Construct("`async` code"));
        }
        let mut source = self.opaque(&syn::Expr::Closure(closure.clone()), None);
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
            let value = if info.ty.is_scalar() { Expr::Var(var) } else { Expr::Snapshot(Place::of(var)) };
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
        let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        if name == "total_cmp" {
            return true;
        }
        name.starts_with(|c: char| c.is_lowercase() || c == '_') && self.associated(path).is_none()
    }

    /// The value of a call, on lowered arguments.
    pub fn apply(&mut self, callable: &Callable, args: Vec<Value>) -> Value {
        match &callable.body {
            Body::Closure(closure, names) => {
                let value = self.inline(closure, names, args);
                // a later call may change what this one returns
                if callable.has_effects() { self.settled(value) } else { value }
            }
            Body::Scalar(prim) => {
                let ty = args.iter().fold(Ty::Float(FloatTy::Inferred), |ty, arg| ty.join(&arg.ty));
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
        let mut value = self.lower_expr(&closure.body);
        if let syn::ReturnType::Type(_, ty) = &closure.output {
            let ty = self.generics.ty(ty);
            if let Expr::Var(var) = value.expr {
                self.vars[var].ty = self.vars[var].ty.join(&ty);
            }
            value.ty = value.ty.join(&ty);
        }
        self.scopes.leave_flattened();
        self.scopes.replace_names(outer);
        value
    }

    /// `phi(args..)` where `phi` is known here.
    pub fn call_closure(&mut self, callable: &Callable, call: &syn::ExprCall) -> Value {
        let args = call.args.iter().map(|arg| self.closure_argument(arg)).collect();
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

    /// Binds a pattern to an argument of a closure, or to an item of an iterator: what is borrowed becomes an alias.
    pub fn bind_argument(&mut self, pat: &syn::Pat, value: Value) {
        match (pat, value.expr) {
            (syn::Pat::Paren(paren), expr) => self.bind_argument(&paren.pat, Value::new(expr, value.ty)),
            (syn::Pat::Type(typed), expr) => self.bind_typed_argument(typed, Value::new(expr, value.ty)),
            (syn::Pat::Reference(reference), Expr::Borrow(place, _)) => {
                let value = self.load(place, value.ty);
                self.bind_argument(&reference.pat, value);
            }
            (syn::Pat::Reference(reference), expr) => {
                self.bind_argument(&reference.pat, Value::new(expr, value.ty));
            }
            (syn::Pat::Tuple(tuple), Expr::Tuple(parts)) if parts.len() == tuple.elems.len() => {
                let types = super::pattern::part_types(&value.ty, parts.len());
                for ((pat, part), ty) in tuple.elems.iter().zip(parts).zip(types) {
                    self.bind_argument(pat, Value::new(part, ty));
                }
            }
            (syn::Pat::Ident(ident), Expr::Borrow(place, mutable)) if is_plain(ident) => {
                self.name(place.root);
                let reference = !place.ends_in_view();
                let mutable = mutable || (reference && self.vars[place.root].access == Access::Mutable);
                self.scopes.bind(&ident.ident.to_string(), Binding::Alias { place, reference, mutable });
            }
            (syn::Pat::Ident(ident), Expr::Var(var))
                if (is_plain(ident) && !self.vars[var].mutable)
                    || (ident.subpat.is_none() && self.carried.contains(&var)) =>
            {
                self.name(var);
                self.scopes.bind(&ident.ident.to_string(), Binding::Var(var));
            }
            (syn::Pat::Ident(ident), Expr::Tuple(parts)) if is_plain(ident) => {
                self.bind_parts(&ident.ident, parts, &value.ty);
            }
            (syn::Pat::Ident(ident), Expr::Tuple(parts)) if ident.subpat.is_none() => {
                let owned = self.owned_parts(pat, parts, &value.ty);
                self.bind_pattern(pat, owned, None);
            }
            (pat, expr) => self.bind_pattern(pat, Value::new(expr, value.ty), None),
        }
    }

    /// A temporary that has a name in the source is read elsewhere too.
    fn name(&mut self, var: Var) {
        if self.vars[var].role == Role::Temporary {
            self.vars[var].role = Role::Primal;
        }
    }

    fn bind_typed_argument(&mut self, typed: &syn::PatType, value: Value) {
        let ty = value.ty.join(&self.generics.ty(&typed.ty));
        match (&*typed.pat, &value.expr) {
            (syn::Pat::Ident(_), Expr::Var(var)) if ty == self.vars[*var].ty => self.bind_argument(&typed.pat, value),
            (syn::Pat::Ident(_), Expr::Borrow(..)) | (syn::Pat::Tuple(_), _) | (syn::Pat::Reference(_), _) => {
                self.bind_argument(&typed.pat, Value::new(value.expr, ty));
            }
            _ => self.bind_pattern(&typed.pat, Value::new(value.expr, ty), Some(&typed.ty)),
        }
    }

    /// A name for a tuple that has references among its parts.
    pub fn bind_parts(&mut self, ident: &syn::Ident, parts: Vec<Expr>, ty: &Ty) {
        let types = super::pattern::part_types(ty, parts.len());
        let parts = parts.into_iter().zip(types).map(|(part, ty)| self.bind_part(Value::new(part, ty))).collect();
        self.scopes.bind(&ident.to_string(), Binding::Parts(parts));
    }

    /// What a part of a tuple of items stands for.
    fn bind_part(&mut self, value: Value) -> Binding {
        match value.expr {
            Expr::Borrow(place, mutable) => {
                self.name(place.root);
                let reference = !place.ends_in_view();
                Binding::Alias { place, reference, mutable }
            }
            Expr::Tuple(parts) => {
                let types = super::pattern::part_types(&value.ty, parts.len());
                Binding::Parts(
                    parts.into_iter().zip(types).map(|(part, ty)| self.bind_part(Value::new(part, ty))).collect(),
                )
            }
            Expr::Var(var) if !self.vars[var].mutable || self.carried.contains(&var) => {
                self.name(var);
                Binding::Var(var)
            }
            _ => {
                let var = self.bind_temporary(value);
                self.name(var);
                Binding::Var(var)
            }
        }
    }

    /// The tuple whose parts stand for these.
    pub fn parts_value(&self, parts: &[Binding]) -> Value {
        let parts: Vec<Value> = parts.iter().map(|part| self.part_value(part)).collect();
        let ty = Ty::Tuple(parts.iter().map(|part| part.ty.clone()).collect());
        Value::new(Expr::Tuple(parts.into_iter().map(|part| part.expr).collect()), ty)
    }

    fn part_value(&self, part: &Binding) -> Value {
        match part {
            Binding::Var(var) => Value::new(Expr::Var(*var), self.vars[*var].ty.clone()),
            Binding::Alias { place, mutable, .. } => {
                Value::new(Expr::Borrow(place.clone(), *mutable), self.place_type(place))
            }
            Binding::Parts(parts) => self.parts_value(parts),
            Binding::Callable(callable) => Value::new(Expr::Opaque(callable.source.clone()), Ty::Unknown),
        }
    }

    /// A tuple of items under one name that may change: scalars are copied out of what they refer to.
    fn owned_parts(&mut self, pat: &syn::Pat, parts: Vec<Expr>, ty: &Ty) -> Value {
        let types = super::pattern::part_types(ty, parts.len());
        let mut owned = Vec::new();
        for (part, ty) in parts.into_iter().zip(types) {
            owned.push(match part {
                Expr::Borrow(place, _) if ty.is_scalar() => {
                    let value = self.load(place, ty);
                    self.moved(value)
                }
                Expr::Borrow(..) => {
                    self.diagnostics.refuse(pat.span(), &Refusal::Pattern);
                    part
                }
                Expr::Tuple(parts) => self.owned_parts(pat, parts, &ty).expr,
                part => self.moved(Value::new(part, ty)),
            });
        }
        Value::new(Expr::Tuple(owned), ty.clone())
    }
}

fn is_plain(ident: &syn::PatIdent) -> bool {
    ident.subpat.is_none() && ident.by_ref.is_none() && ident.mutability.is_none()
}

/// A `return` at the end is no early exit.
fn without_last_return(body: &mut syn::Expr) {
    match body {
        syn::Expr::Return(node) => {
            if let Some(value) = node.expr.take() {
                *body = *value;
            }
        }
        syn::Expr::Block(block) if block.label.is_none() => {
            if let Some(syn::Stmt::Expr(syn::Expr::Return(node), semi)) = block.block.stmts.last_mut()
                && let Some(value) = node.expr.take()
            {
                *semi = None;
                if let Some(last) = block.block.stmts.last_mut() {
                    *last = syn::Stmt::Expr(*value, None);
                }
            }
        }
        _ => {}
    }
}

/// Turns `return value` into `break 'closure value`, as it leaves the closure only.
struct Returns {
    found: bool,
    question_mark: Option<Span>,
}

fn label() -> syn::Lifetime {
    syn::Lifetime::new("'closure", Span::call_site())
}

/// The body of a closure as a block that a `break` can leave.
fn labelled(body: syn::Expr) -> syn::Expr {
    let stmts = match body {
        syn::Expr::Block(block) if block.label.is_none() => block.block.stmts,
        body => vec![syn::Stmt::Expr(body, None)],
    };
    syn::Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: Some(syn::Label { name: label(), colon_token: syn::token::Colon::default() }),
        block: syn::Block { brace_token: syn::token::Brace::default(), stmts },
    })
}

impl VisitMut for Returns {
    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        match expr {
            syn::Expr::Closure(_) | syn::Expr::Async(_) => return,
            syn::Expr::Return(node) => {
                self.found = true;
                let value = node.expr.take();
                *expr = syn::Expr::Break(syn::ExprBreak {
                    attrs: Vec::new(),
                    break_token: syn::token::Break(node.return_token.span),
                    label: Some(label()),
                    expr: value,
                });
            }
            syn::Expr::Try(node) => self.question_mark = Some(node.question_token.span()),
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
