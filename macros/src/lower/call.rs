//! Calls of functions by path.

use super::{Lowerer, Value, strip, syntax};
use crate::ir::expr::{Call, Callee};
use crate::ir::{Access, Expr, FloatTy, Place, Projection, Site, Tokens, Ty};
use crate::refusal::Refusal;
use quote::ToTokens;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// `path(args..)`
    pub fn call(&mut self, expr: &syn::Expr, call: &syn::ExprCall) -> Value {
        let path = match strip(&call.func) {
            syn::Expr::Path(path) => path,
            syn::Expr::Closure(_) => match self.callable(&call.func) {
                Some(closure) => return self.call_closure(&closure, call),
                None => return self.copied(expr, Ty::Unknown, Refusal::Callee),
            },
            _ => return self.copied(expr, Ty::Unknown, Refusal::Callee),
        };
        if let Some(prim) = self.scalar_path(path)
            && prim.arity() == call.args.len()
        {
            let mut args = call.args.iter();
            if let Some(first) = args.next() {
                let first = self.lower_expr(first);
                return self.scalar_call(prim, first, args);
            }
        }
        if let (Some("sin_cos"), Some(angle)) = (self.name_of_floats(path).as_deref(), call.args.first()) {
            return self.sin_cos(angle);
        }
        if path.path.get_ident().is_some_and(|name| self.scopes.find(&name.to_string()).is_some()) {
            return match self.callable(&call.func) {
                Some(callable) => self.call_closure(&callable, call),
                None => self.copied(expr, Ty::Unknown, Refusal::Closure),
            };
        }
        if path.path.segments.last().is_some_and(|last| last.ident == "stop_gradient") && call.args.len() == 1 {
            return self.stopped(expr, &call.args[0]);
        }
        if let Some(value) = self.exchange_function(path, call) {
            return value;
        }
        if path.qself.is_none() && is_constructor(path) {
            return self.construct_tuple(path, call);
        }
        if let Some(value) = self.float_from(expr, path, call) {
            return value;
        }
        if super::types::is_complex_constructor(&path.path) {
            return self.copied(expr, Ty::Unknown, Refusal::Complex);
        }
        if let Some(value) = self.rotation(expr, path, call) {
            return value;
        }
        if super::types::is_rotation_constructor(&path.path) {
            let name = super::syntax::written(path);
            return self.copied(expr, Ty::Unknown, Refusal::Rotation(name));
        }
        if let Some(value) = self.matrix_constructor(expr, path, call) {
            return value;
        }
        if let Some(value) = self.associated_call(expr, path, call) {
            return value;
        }
        if let Some(ty) = self.associated(path) {
            // what is behind it carries no derivative either
            let around = matches!(ty, Ty::Unknown) && super::types::is_box(&path.path);
            let ty = if around && call.args.iter().all(|arg| self.is_inert_source(arg)) { Ty::Inert } else { ty };
            let name = super::syntax::written(path);
            let refusal =
                if name.ends_with("array::from_fn") { Refusal::LengthOfArray } else { Refusal::Constructor(name) };
            return self.copied(expr, ty, refusal);
        }
        let args = self.arguments(&call.args);
        self.check_shared_roots(call, &args);
        let ty = self.own_result(path);
        let empty = ty == Ty::Inert;
        let callee = Call { args, empty, ..callee(path, Site(call.func.span())) };
        Value::new(Expr::Call(callee), ty)
    }

    /// The result type of a free function that calls itself, if that is a float or nothing.
    fn own_result(&self, path: &syn::ExprPath) -> Ty {
        match &self.own {
            Some((name, gives)) if path.path.get_ident() == Some(name) => match gives {
                Ty::Float(FloatTy::F64 | FloatTy::F32) => gives.clone(),
                _ if self.returns.is_none() => Ty::Inert,
                _ => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }

    /// `stop_gradient(value)`: copied through, and no derivative flows.
    pub fn stopped(&mut self, expr: &syn::Expr, value: &syn::Expr) -> Value {
        let opaque = self.opaque(expr, None);
        let opaque = crate::ir::Opaque { flows: Vec::new(), drops: Vec::new(), ..opaque };
        let ty = if self.is_inert_source(value) { Ty::Int } else { self.source_type(value) };
        Value::new(Expr::Opaque(opaque), ty)
    }

    /// The result type of a constructor, an associated function or a function of the standard library; `None` for what
    /// may be a differentiable function.
    pub fn associated(&self, path: &syn::ExprPath) -> Option<Ty> {
        let segments = syntax::segments(&path.path);
        let upper = |name: &String| name.starts_with(|c: char| c.is_uppercase());
        match segments.as_slice() {
            _ if path.qself.is_some() => Some(Ty::Unknown),
            [.., ty, name] if self.named_type(ty) != Ty::Unknown && !upper(name) => Some(self.named_type(ty)),
            [.., ty, _] if super::types::is_matrix(ty) => Some(Ty::Matrix(FloatTy::Inferred)),
            [.., ty, name] if ty == "Vec" && (name == "new" || name == "with_capacity") => {
                Some(Ty::Vec(Box::new(Ty::Unknown)))
            }
            [.., ty, _] if upper(ty) => Some(Ty::Unknown),
            [first, _, ..] if matches!(first.as_str(), "std" | "core" | "alloc" | "mem") => Some(Ty::Unknown),
            _ => None,
        }
    }

    /// The arguments of a call, in their order.
    pub fn arguments(&mut self, args: &syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>) -> Vec<Expr> {
        let values = self.in_order_by(args, |lowerer, arg| {
            let arg = lowerer.argument(arg);
            let ty = match &arg {
                Expr::Var(var) => lowerer.vars[*var].ty.clone(),
                Expr::Borrow(place, _) => lowerer.place_type(place),
                _ => Ty::Unknown,
            };
            Value::new(arg, ty)
        });
        values.into_iter().map(|value| value.expr).collect()
    }

    /// An argument: a borrowed place, or a value. References are told by the source, as the callee tells them by its
    /// signature.
    pub fn argument(&mut self, arg: &syn::Expr) -> Expr {
        if let syn::Expr::Lit(lit) = strip(arg)
            && let syn::Lit::Str(_) = &lit.lit
        {
            let value = self.lower_expr(arg);
            return Expr::Borrow(Place::of(self.bind_temporary(value)), false);
        }
        if self.names_reference(arg)
            && let Some((place, _)) = self.lower_place(arg)
        {
            let mutable = self.is_mutable_reference(&place) || self.is_mutable_alias(arg);
            return Expr::Borrow(place, mutable);
        }
        let value = self.lower_expr(arg);
        match value.expr {
            Expr::Borrow(place, mutable) if matches!(strip(arg), syn::Expr::Reference(_)) => {
                Expr::Borrow(place, mutable)
            }
            Expr::Borrow(place, _) => {
                // a view or a matrix behind a reference that is passed by value
                Expr::Var(self.bind_temporary(Value::new(Expr::Snapshot(place), value.ty)))
            }
            Expr::Load(_) if !value.ty.is_scalar() => Expr::Var(self.bind_temporary(value)),
            _ => self.moved(value),
        }
    }

    /// `f(left, right)`, where both are parts of one slice: generated code names them by the slice, which cannot be lent
    /// twice.
    fn check_shared_roots(&mut self, call: &syn::ExprCall, args: &[Expr]) {
        for (index, (arg, source)) in args.iter().zip(&call.args).enumerate() {
            let Expr::Borrow(place, mutable) = arg else { continue };
            let shared = args[..index].iter().any(|earlier| match earlier {
                Expr::Borrow(other, also) => (*mutable || *also) && overlap(place, other),
                _ => false,
            });
            if shared {
                let name = self.vars[place.root].name.clone();
                self.diagnostics.refuse(source.span(), &Refusal::SharedRoot(name));
            }
        }
    }

    /// Whether a name is a shared reference to a part of something, or an expression starts at one.
    pub fn is_shared_alias(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Field(field) => self.is_shared_alias(&field.base),
            syn::Expr::Index(index) => self.is_shared_alias(&index.expr),
            syn::Expr::Unary(unary) => self.is_shared_alias(&unary.expr),
            expr => {
                matches!(
                    self.scopes.find_named(expr),
                    Some(super::scope::Binding::Alias { reference: true, mutable: false, .. })
                )
            }
        }
    }

    pub fn is_mutable_alias(&self, arg: &syn::Expr) -> bool {
        match self.scopes.find_named(arg) {
            Some(super::scope::Binding::Alias { place, mutable, .. }) => {
                *mutable && self.vars[place.root].access != Access::Shared
            }
            _ => false,
        }
    }
}

/// Whether two places have to be borrowed together: only fields tell them apart.
fn overlap(a: &Place, b: &Place) -> bool {
    let difference = a.path.iter().zip(&b.path).find(|(a, b)| a != b);
    a.root == b.root && !matches!(difference, Some((Projection::Field(_), Projection::Field(_))))
}

/// Whether a call makes a tuple struct or a variant: `Some(x)`, `Shape::Circle(r)`.
fn is_constructor(path: &syn::ExprPath) -> bool {
    path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

/// A call of a path, without its arguments.
pub fn callee(path: &syn::ExprPath, site: Site) -> Call {
    let mut bare = path.clone();
    let generics = bare.path.segments.last_mut().and_then(|last| {
        match std::mem::replace(&mut last.arguments, syn::PathArguments::None) {
            syn::PathArguments::AngleBracketed(args) if !args.args.is_empty() => {
                Some((args.args.len(), Tokens(args.args.into_token_stream())))
            }
            _ => None,
        }
    });
    let path = Tokens(bare.into_token_stream());
    Call { path, callee: Callee::Function, generics, args: Vec::new(), empty: false, site }
}

impl Call {
    /// The last segment of the path.
    pub fn name(&self) -> Option<String> {
        self.path.0.clone().into_iter().last().map(|token| token.to_string())
    }
}
