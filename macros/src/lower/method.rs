//! Method calls: scalar functions, matrix functions, copies, and what only reads shapes.

use super::{Lowerer, Value, strip, syntax};
use crate::ir::expr::MapFn;
use crate::ir::{Expr, FloatTy, MatrixOp, Place, Tokens, Ty};
use crate::refusal::Refusal;
use crate::rules::{Prim, matrix};
use quote::ToTokens;
use std::rc::Rc;

/// Methods whose result carries no float.
pub fn returns_inert(name: &str) -> bool {
    matches!(
        name,
        "len"
            | "nrows"
            | "ncols"
            | "shape"
            | "is_empty"
            | "is_nan"
            | "is_finite"
            | "is_infinite"
            | "is_sign_negative"
            | "is_sign_positive"
            | "contains"
            | "capacity"
            | "count_ones"
            | "pow"
            | "to_bits"
            | "is_some"
            | "is_none"
            | "is_ok"
            | "is_err"
            | "total_cmp"
            | "partial_cmp"
            | "cmp"
            | "all"
            | "any"
            | "position"
            | "rposition"
            | "count"
            | "partition_point"
            | "binary_search"
            | "binary_search_by"
            | "binary_search_by_key"
    )
}

fn inert_type(name: &str) -> Ty {
    match name {
        "contains" | "all" | "any" => Ty::Bool,
        "total_cmp" | "partial_cmp" | "cmp" | "position" | "rposition" => Ty::Inert,
        name if name.starts_with("binary_search") => Ty::Inert,
        name if name.starts_with("is_") => Ty::Bool,
        _ => Ty::Int,
    }
}

/// Methods of integers whose result is a float.
pub fn returns_float(name: &str) -> bool {
    matches!(name, "to_f64" | "to_f32")
}

impl Lowerer<'_> {
    /// Whether a method that is taken for a count or a question may be another one of that name, which returns a float.
    pub fn may_be_a_float(&self, call: &syn::ExprMethodCall) -> bool {
        let name = call.method.to_string();
        let receiver = self.source_type(&call.receiver);
        if !returns_inert(&name) {
            // a method of an integer counts as one that returns an integer, whatever it is given
            let given =
                call.args.iter().any(|arg| !matches!(super::strip(arg), syn::Expr::Lit(_) | syn::Expr::Closure(_)));
            return receiver == Ty::Int && given && !returns_float(&name);
        }
        match receiver {
            Ty::Slice(_) | Ty::Vec(_) | Ty::Array(_) | Ty::Matrix(_) | Ty::Int | Ty::Bool => false,
            Ty::Float(_) => {
                matches!(
                    name.as_str(),
                    "len" | "nrows" | "ncols" | "shape" | "capacity" | "pow" | "position" | "rposition" | "count"
                )
            }
            _ => true,
        }
    }

    /// `receiver.name(args..)`
    pub fn method(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) -> Value {
        if let Some(value) = self.own_method(expr, call) {
            return value;
        }
        let name = call.method.to_string();
        if returns_inert(&name) {
            let asked = self.changing_question(call).unwrap_or_else(|| self.opaque(expr, None));
            return Value::new(Expr::Opaque(asked), inert_type(&name));
        }
        let copies = matches!(name.as_str(), "clone" | "to_owned" | "into");
        if !copies && self.users.is_theirs(&call.receiver) {
            return self.unknown_method(expr, call);
        }
        if let Some(consumed) = self.consumed_combination(call) {
            return self.lower_expr(&consumed);
        }
        if self.around.is_call(call.method.span())
            && let Some(combined) = self.combination(expr, None)
        {
            return self.lower_expr(&combined);
        }
        if let Some(value) =
            self.replaced_option(call).or_else(|| self.option_method(call)).or_else(|| self.concat(call))
        {
            return value;
        }
        if let Some(value) = self.split(call).or_else(|| self.structural(call)) {
            return value;
        }
        if let Some(value) = self.iterator_value(expr, call, None) {
            return value;
        }
        if self.is_inert_source(&call.receiver) && call.args.iter().all(|arg| self.brings_nothing(arg)) {
            let ty = match call.turbofish.as_ref().and_then(|types| types.args.first()) {
                Some(syn::GenericArgument::Type(ty)) if name == "collect" => self.generics.ty(ty),
                _ if returns_float(&name) => Ty::Float(FloatTy::Inferred),
                _ => Ty::Int,
            };
            return Value::new(Expr::Opaque(self.opaque(expr, None)), ty);
        }
        if let Some((place, ty)) = self.lower_place(expr) {
            return self.load_view(place, ty);
        }
        if matches!(name.as_str(), "clone" | "to_vec" | "to_owned" | "clone_owned" | "into_owned")
            && call.args.is_empty()
        {
            return self.copy_of(expr, call);
        }
        if self.copied_option(expr).is_some() {
            return self.copy_of(expr, call);
        }
        if name == "sin_cos" && call.args.is_empty() {
            return self.sin_cos(&call.receiver);
        }
        if matches!((name.as_str(), call.args.len()), ("map", 1) | ("zip_map", 2))
            && call.args.last().is_some_and(|f| self.is_closure(f))
        {
            return self.map_elements(expr, call);
        }
        // `table.values().cloned().fold(0.0, f64::max)`
        if name == "fold" && self.constant_receiver(call) {
            return Value::new(Expr::Opaque(self.opaque(expr, None)), Ty::Unknown);
        }
        if name == "fold" && call.args.len() == 2 {
            return self.fold_elements(expr, call);
        }
        if name == "map" && call.args.len() == 1 {
            return self.map(expr, call);
        }
        if let Some(value) = self.method_of_rotation(call) {
            return value;
        }
        let scalar = Prim::method(&name, call.args.len());
        let matrix = matrix::method(&name, call.args.len());
        if scalar.is_none() && matrix.is_none() {
            return self.unknown_method(expr, call);
        }
        if name == "svd" && !call.args.iter().all(is_true) {
            return self.copied(expr, Ty::Unknown, Refusal::HalfOfSvd);
        }
        let receiver = self.lower_expr(&call.receiver);
        match (scalar, matrix, &receiver.ty) {
            (Some(prim), _, Ty::Float(_) | Ty::Unknown) => {
                let receiver = self.scalar_value(receiver);
                self.tell_float(&receiver);
                self.scalar_call(prim, receiver, call.args.iter())
            }
            (_, Some((op, returns)), Ty::Matrix(_) | Ty::Unknown) => {
                // second derivatives are known of matrices only
                let shared = matrix::shared(&name, call.args.len());
                let dispatched = receiver.ty == Ty::Unknown && self.order == 1 && !self.may_be_a_factor(&name);
                let shared = shared.filter(|_| dispatched);
                let by_value = shared.is_some();
                let (op, ty) = shared.unwrap_or_else(|| (op, returns.ty(&receiver.ty)));
                let mut args = vec![self.operand(receiver)];
                for arg in &call.args {
                    let value = self.lower_expr(arg);
                    args.push(if by_value { self.argument_by_value(value, arg) } else { self.operand(value) });
                }
                Value::new(Expr::Matrix(op, args), ty)
            }
            _ => self.unknown_method(expr, call),
        }
    }

    /// Whether a receiver may be the factor of a Cholesky decomposition, which has an `inverse` too.
    fn may_be_a_factor(&self, method: &str) -> bool {
        method == "inverse" && ["cholesky", "Cholesky"].iter().any(|name| self.vars.is_reserved(name))
    }

    /// Whether a method that nothing varied goes into is called on what may be an iterator of anything.
    fn constant_receiver(&self, call: &syn::ExprMethodCall) -> bool {
        let expr = syn::Expr::MethodCall(call.clone());
        matches!(strip(&call.receiver), syn::Expr::MethodCall(_)) && self.carries_nothing(&expr)
    }

    /// `rotation.matrix()`, `rotation.inverse()`, where the type is known.
    fn method_of_rotation(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let (op, returns) = matrix::of_rotation(&call.method.to_string()).filter(|_| call.args.is_empty())?;
        let before = self.out.len();
        let receiver = self.lower_expr(&call.receiver);
        if !matches!(receiver.ty, Ty::Rotation(_)) {
            self.out.truncate(before);
            return None;
        }
        let ty = returns.ty(&receiver.ty);
        let receiver = self.operand(receiver);
        Some(Value::new(Expr::Matrix(op, vec![receiver]), ty))
    }

    /// A scalar function of the rule table, on its lowered first operand.
    pub fn scalar_call<'e>(&mut self, prim: Prim, first: Value, rest: impl Iterator<Item = &'e syn::Expr>) -> Value {
        let mut ty = first.ty.clone();
        let mut args = vec![self.scalar(first)];
        for arg in rest {
            if prim == Prim::Powi {
                args.push(self.index(arg));
            } else {
                let arg = self.lower_expr(arg);
                ty = ty.join(&arg.ty);
                args.push(self.scalar(arg));
            }
        }
        Value::new(Expr::Prim(prim, args), ty)
    }

    /// A receiver of unknown type that has a method of floats is a float; rustc checks it.
    fn scalar_value(&mut self, value: Value) -> Value {
        match value.ty {
            Ty::Unknown => Value::new(self.scalar(value), Ty::Float(FloatTy::Inferred)),
            _ => value,
        }
    }

    /// `let dt = 0.5;` before `x * dt + dt.sqrt()`: rustc knows the receiver from what stands before it, which generated code may
    /// evaluate behind it. So the variable is told its type where there is only one float in sight.
    fn tell_float(&mut self, receiver: &Value) {
        let (Expr::Load(Place { root: var, .. }) | Expr::Var(var)) = receiver.expr else { return };
        let float = match (self.vars.is_reserved("f64"), self.vars.is_reserved("f32")) {
            _ if !self.generics.floats.is_empty() => return,
            (true, false) => "f64",
            (false, true) => "f32",
            _ => return,
        };
        let info = &mut self.vars[var];
        let plain = info.ty == Ty::Float(FloatTy::Inferred) && info.annotation.is_none();
        if plain && self.constant.contains(&var) {
            info.annotation = syn::parse_str(float).ok().map(Box::new);
        }
    }

    fn load_view(&mut self, place: crate::ir::Place, ty: Ty) -> Value {
        match place.ends_in_view() {
            true => Value::new(Expr::Borrow(place, false), ty),
            false => self.load(place, ty),
        }
    }

    fn copy_of(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) -> Value {
        match self.base_place(&call.receiver) {
            Some((place, ty)) if ty.is_scalar() => self.load(place, ty),
            Some((place, ty)) => Value::new(Expr::Snapshot(place), ty.owned()),
            None => self.unknown_method(expr, call),
        }
    }

    /// `x.sin_cos()`, `f64::sin_cos(x)`
    pub fn sin_cos(&mut self, angle: &syn::Expr) -> Value {
        let receiver = self.lower_expr(angle);
        let receiver = self.scalar_value(receiver);
        let ty = receiver.ty.clone();
        let angle = self.scalar(receiver);
        let part = |prim| Expr::Prim(prim, vec![angle.clone()]);
        let (sin, cos) = (part(Prim::Sin), part(Prim::Cos));
        let sin = self.atom(Value::new(sin, ty.clone()));
        let cos = self.atom(Value::new(cos, ty.clone()));
        Value::new(Expr::Tuple(vec![sin, cos]), Ty::Tuple(vec![ty.clone(), ty]))
    }

    /// `m.map(f)`
    fn map(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) -> Value {
        let syn::Expr::Path(path) = strip(&call.args[0]) else {
            return self.copied(expr, Ty::Unknown, Refusal::Closure);
        };
        let function = match self.scalar_path(path) {
            Some(prim) if prim.arity() == 1 => MapFn::Prim(prim, Rc::from(super::syntax::written(path))),
            _ => MapFn::Path(Tokens(path.to_token_stream())),
        };
        let receiver = self.lower_expr(&call.receiver);
        let ty = receiver.ty.clone();
        let receiver = self.operand(receiver);
        Value::new(Expr::Matrix(MatrixOp::Map(function), vec![receiver]), ty)
    }

    /// `f64::sin`, `f32::max`, `T::exp`, `Float::ln`
    pub fn scalar_path(&self, path: &syn::ExprPath) -> Option<Prim> {
        let name = self.name_of_floats(path)?;
        (1..=3).find_map(|arity| Prim::method(&name, arity - 1))
    }

    /// `sin_cos` of `f64::sin_cos`
    pub fn name_of_floats(&self, path: &syn::ExprPath) -> Option<String> {
        let mut segments = syntax::segments(&path.path);
        let name = segments.pop()?;
        let ty = segments.pop()?;
        let of_float =
            matches!(ty.as_str(), "Float" | "RealField" | "ComplexField" | "Real") || self.named_type(&ty).is_float();
        of_float.then_some(name)
    }
}

fn is_true(expr: &syn::Expr) -> bool {
    matches!(strip(expr), syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Bool(value), .. }) if value.value)
}
