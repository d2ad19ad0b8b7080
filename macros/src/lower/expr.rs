//! Expressions.

use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Expr, FloatTy, MatrixOp, Place, Ty};
use crate::refusal::Refusal;
use quote::ToTokens;
use std::rc::Rc;

impl Lowerer<'_> {
    /// Lowers an expression; statements that it needs go before it.
    pub fn lower_expr(&mut self, expr: &syn::Expr) -> Value {
        match expr {
            syn::Expr::Paren(paren) => self.lower_expr(&paren.expr),
            syn::Expr::Group(group) => self.lower_expr(&group.expr),
            syn::Expr::Lit(lit) => self.literal(expr, &lit.lit),
            syn::Expr::Path(path) => self.path(expr, path),
            syn::Expr::Unary(unary) => self.unary(expr, unary),
            syn::Expr::Binary(binary) if super::assign::is_compound(&binary.op) => self.effect_value(expr),
            syn::Expr::Binary(binary) => self.binary(expr, binary),
            syn::Expr::Field(_) | syn::Expr::Index(_) => match self.lower_place(expr) {
                Some((place, ty)) => self.load(place, ty),
                None => self.copied(expr, Ty::Unknown, Refusal::Construct("this access")),
            },
            syn::Expr::Cast(cast) => self.cast(expr, cast),
            syn::Expr::Call(call) => self.call(expr, call),
            syn::Expr::MethodCall(call) => self.method(expr, call),
            syn::Expr::Macro(mac) => self.macro_value(expr, &mac.mac),
            syn::Expr::Block(block) if block.label.is_none() => self.block_value(&block.block),
            syn::Expr::Block(block) => self.labelled_block(block, true),
            syn::Expr::If(_) | syn::Expr::Match(_) => self.choice_value(expr),
            syn::Expr::Loop(node) => {
                self.endless(node.label.as_ref(), None, &node.body.stmts).unwrap_or_else(Value::unit)
            }
            syn::Expr::Assign(_) | syn::Expr::ForLoop(_) | syn::Expr::While(_) => self.effect_value(expr),
            syn::Expr::Tuple(tuple) => self.tuple(tuple),
            syn::Expr::Array(array) => self.array(expr, array.elems.iter(), false),
            syn::Expr::Repeat(repeat) => self.repeat(&repeat.expr, &repeat.len, false),
            syn::Expr::Reference(reference) => self.reference(expr, reference),
            syn::Expr::Struct(literal) => self.construct_struct(literal),
            syn::Expr::Closure(_) => self.copied(expr, Ty::Unknown, Refusal::Closure),
            syn::Expr::Unsafe(_) => self.copied(expr, Ty::Unknown, Refusal::Construct("`unsafe`")),
            syn::Expr::Async(_) | syn::Expr::Await(_) => {
                self.copied(expr, Ty::Unknown, Refusal::Construct("`async` code"))
            }
            syn::Expr::Range(_) => self.copied(expr, Ty::Inert, Refusal::Construct("a range")),
            syn::Expr::Let(_) => self.copied(expr, Ty::Bool, Refusal::Construct("`if let`")),
            _ => self.copied(expr, Ty::Unknown, Refusal::Construct("this expression")),
        }
    }

    /// What has no value but `()`.
    fn effect_value(&mut self, expr: &syn::Expr) -> Value {
        self.lower_effect(expr);
        Value::unit()
    }

    /// Source that is copied through, with the reason why no derivative passes it.
    pub fn copied(&mut self, expr: &syn::Expr, ty: Ty, refusal: Refusal) -> Value {
        use syn::spanned::Spanned;
        if let Some(word) = self.jump_in(expr) {
            self.diagnostics.refuse(expr.span(), &Refusal::Jump(word));
        }
        let opaque = self.opaque(expr, Some(refusal));
        Value::new(Expr::Opaque(opaque), ty)
    }

    fn literal(&mut self, expr: &syn::Expr, lit: &syn::Lit) -> Value {
        let copied = |this: &mut Self, ty| Value::new(Expr::Opaque(this.opaque(expr, None)), ty);
        match lit {
            syn::Lit::Float(float) => {
                let ty = match float.suffix() {
                    "f64" => FloatTy::F64,
                    "f32" => FloatTy::F32,
                    _ => FloatTy::Inferred,
                };
                float_literal(float.base10_digits(), &float.to_string(), ty)
            }
            syn::Lit::Int(int) if matches!(int.suffix(), "f64" | "f32") => {
                let ty = if int.suffix() == "f64" { FloatTy::F64 } else { FloatTy::F32 };
                float_literal(int.base10_digits(), &int.to_string(), ty)
            }
            syn::Lit::Int(_) => copied(self, Ty::Int),
            syn::Lit::Bool(_) => copied(self, Ty::Bool),
            _ => copied(self, Ty::Inert),
        }
    }

    fn path(&mut self, expr: &syn::Expr, path: &syn::ExprPath) -> Value {
        if let Some(super::scope::Binding::Parts(parts)) = self.scopes.find_named(expr) {
            let parts = parts.clone();
            return self.parts_value(&parts);
        }
        match self.lower_place(expr) {
            Some((place, ty)) => self.load(place, ty),
            None if self.callable_name(path) => self.copied(expr, Ty::Unknown, Refusal::Closure),
            None => {
                let ty = self.constant_type(path);
                Value::new(Expr::Opaque(self.opaque(expr, None)), ty)
            }
        }
    }

    /// The type of a constant, from its path: `f64::EPSILON`, `std::f32::consts::PI`, a const parameter.
    fn constant_type(&self, path: &syn::ExprPath) -> Ty {
        let segments = syntax::segments(&path.path);
        match segments.as_slice() {
            [name] if self.generics.consts.contains(name) => Ty::Int,
            [.., ty, _] | [.., ty, _, _] if ty == "f64" => Ty::Float(FloatTy::F64),
            [.., ty, _] | [.., ty, _, _] if ty == "f32" => Ty::Float(FloatTy::F32),
            [.., consts, _] if consts == "consts" => Ty::Float(FloatTy::Inferred),
            [ty, _] => self.named_type(ty),
            _ => Ty::Unknown,
        }
    }

    /// The type that a single name denotes.
    pub fn named_type(&self, name: &str) -> Ty {
        syn::parse_str::<syn::Type>(name).map_or(Ty::Unknown, |ty| self.generics.ty(&ty))
    }

    fn cast(&mut self, expr: &syn::Expr, cast: &syn::ExprCast) -> Value {
        let to = self.generics.ty(&cast.ty);
        let Ty::Float(float) = to else {
            return Value::new(Expr::Opaque(self.opaque(expr, None)), to);
        };
        if let Some(integer) = self.integer_place_as_float(expr, &cast.expr) {
            return Value::new(integer, Ty::Float(float));
        }
        let value = self.lower_expr(&cast.expr);
        match &value.ty {
            Ty::Float(from) if *from == float => value,
            Ty::Float(_) => {
                let operand = self.atom(value);
                Value::new(Expr::Cast(Box::new(operand), float.clone()), Ty::Float(float))
            }
            Ty::Int | Ty::Bool | Ty::Inert => {
                let mut copied = self.opaque(expr, None);
                // what flows into an integer on its way flows into the float
                if let Expr::Opaque(integer) = value.expr {
                    copied.flows = integer.flows;
                }
                Value::new(Expr::Opaque(copied), Ty::Float(float))
            }
            Ty::Unknown => {
                let operand = self.operand(value);
                Value::new(Expr::Matrix(MatrixOp::Cast(float.clone()), vec![operand]), Ty::Float(float))
            }
            // rustc says that it is none
            _ => self.copied(expr, Ty::Float(float), Refusal::Construct("this cast")),
        }
    }

    fn tuple(&mut self, tuple: &syn::ExprTuple) -> Value {
        let values = self.in_order_by(&tuple.elems, Self::part_of_tuple);
        let ty = Ty::Tuple(values.iter().map(|value| value.ty.clone()).collect());
        let parts = values.into_iter().map(|value| self.moved(value)).collect();
        Value::new(Expr::Tuple(parts), ty)
    }

    /// A part of a tuple: what the name of a reference stands for is not read.
    fn part_of_tuple(&mut self, part: &syn::Expr) -> Value {
        if self.names_reference(part)
            && let Some((place, ty)) = self.lower_place(part)
        {
            let mutable = self.is_mutable_reference(&place) || self.is_mutable_alias(part);
            if mutable || !ty.is_scalar() {
                return Value::new(Expr::Borrow(place, mutable), ty);
            }
        }
        self.lower_expr(part)
    }

    /// `[a, b]` and `vec![a, b]`
    pub fn array<'e>(&mut self, expr: &syn::Expr, items: impl Iterator<Item = &'e syn::Expr>, heap: bool) -> Value {
        let values = self.in_order_by(items, Self::part_of_tuple);
        let changes = |value: &Value| matches!(&value.expr, Expr::Borrow(_, true));
        let element = values.iter().fold(Ty::Unknown, |ty, value| ty.join(&value.ty));
        let ty = if heap { Ty::Vec(Box::new(element)) } else { Ty::Array(Box::new(element)) };
        if values.iter().any(changes) {
            return self.copied(expr, ty, Refusal::ListOfReferences);
        }
        let items = values.into_iter().map(|value| self.moved(value)).collect();
        Value::new(Expr::Array { items, heap }, ty)
    }

    /// `[a; n]` and `vec![a; n]`
    pub fn repeat(&mut self, item: &syn::Expr, len: &syn::Expr, heap: bool) -> Value {
        let none = super::wrapped::Wrapper::of_value(item) == Some(super::wrapped::Wrapper::Option);
        let item = self.lower_expr(item);
        let element = Box::new(match item.ty.clone() {
            Ty::Unknown if none => Ty::Option(Box::new(Ty::Unknown)),
            ty => ty,
        });
        let item = Box::new(self.moved(item));
        let len = Box::new(self.index(len));
        let ty = if heap { Ty::Vec(element) } else { Ty::Array(element) };
        Value::new(Expr::Repeat { item, len, heap }, ty)
    }

    /// `&place`, `&mut place`, `&value`
    fn reference(&mut self, expr: &syn::Expr, reference: &syn::ExprReference) -> Value {
        match self.base_place(&reference.expr) {
            Some((place, ty)) => Value::new(Expr::Borrow(place, reference.mutability.is_some()), ty),
            None => {
                let value = self.lower_expr(&reference.expr);
                let ty = value.ty.clone();
                match value.expr {
                    Expr::Opaque(_) => self.copied(expr, ty, Refusal::Construct("this reference")),
                    _ => Value::new(Expr::Borrow(Place::of(self.bind_temporary(value)), false), ty),
                }
            }
        }
    }

    fn macro_value(&mut self, expr: &syn::Expr, mac: &syn::Macro) -> Value {
        use syn::punctuated::Punctuated;
        let name = syntax::last_segment(&mac.path).unwrap_or_default();
        if name == "vec" {
            if let Ok(repeat) = syn::parse2::<syn::ExprRepeat>(bracketed(&mac.tokens)) {
                return self.repeat(&repeat.expr, &repeat.len, true);
            }
            if let Ok(items) = mac.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated) {
                return self.array(expr, items.iter(), true);
            }
        }
        if let Some(value) = self.matrix_macro(expr, mac) {
            return value;
        }
        // text and truth carry no derivative
        let inert = match name.as_str() {
            "format" | "concat" | "stringify" | "env" | "file" => Some(Ty::Inert),
            "matches" | "cfg" => Some(Ty::Bool),
            "line" | "column" => Some(Ty::Int),
            _ => None,
        };
        if let Some(ty) = inert {
            let opaque = crate::ir::Opaque { flows: Vec::new(), ..self.opaque(expr, None) };
            return Value::new(Expr::Opaque(opaque), ty);
        }
        self.copied(expr, Ty::Unknown, Refusal::UnknownMacro(name))
    }

    /// Whether an expression is of a type that carries no float, as far as the tokens tell; nothing is emitted.
    pub fn is_inert_source(&mut self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Lit(lit) => match &lit.lit {
                syn::Lit::Float(_) => false,
                syn::Lit::Int(_) => self.is_integer_source(expr),
                _ => true,
            },
            syn::Expr::Path(path) => match self.scopes.find(&path.to_token_stream().to_string()) {
                Some(super::scope::Binding::Var(var)) => self.vars[*var].ty.is_inert(),
                Some(super::scope::Binding::Alias { place, .. }) => self.place_type(place).is_inert(),
                Some(_) => false,
                None => self.constant_type(path).is_inert(),
            },
            syn::Expr::Binary(binary) => match binary.op {
                syn::BinOp::Shl(_) | syn::BinOp::Shr(_) => self.is_inert_source(&binary.left),
                _ => {
                    super::operator::is_logical(&binary.op)
                        || (self.is_inert_source(&binary.left) && self.is_inert_source(&binary.right))
                }
            },
            syn::Expr::Unary(unary) => self.is_inert_source(&unary.expr),
            syn::Expr::Cast(cast) => self.generics.ty(&cast.ty).is_inert(),
            syn::Expr::MethodCall(call) => {
                let name = call.method.to_string();
                super::method::returns_inert(&name)
                    || (self.is_inert_source(&call.receiver)
                        && call.args.iter().all(|arg| self.brings_nothing(arg))
                        && !super::method::returns_float(&name))
            }
            syn::Expr::Index(_) | syn::Expr::Field(_) => self.source_type(expr).is_inert(),
            _ => false,
        }
    }

    /// Whether an expression is an integer, so that what it is combined with is one too.
    pub fn is_integer_source(&mut self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Lit(lit) => {
                matches!(&lit.lit, syn::Lit::Int(int) if !matches!(int.suffix(), "f64" | "f32"))
            }
            syn::Expr::Cast(cast) => self.generics.ty(&cast.ty) == Ty::Int,
            syn::Expr::Binary(binary) => {
                super::operator::operator_name(&binary.op).is_some()
                    && (self.is_integer_source(&binary.left) || self.is_integer_source(&binary.right))
            }
            syn::Expr::MethodCall(call) => call.method == "len",
            expr => self.source_type(expr) == Ty::Int,
        }
    }

    /// Whether an argument of a method of an integer, or of a sequence of integers, brings no float into the result:
    /// `indices.iter().map(|&i| xs[i])` does.
    pub fn brings_nothing(&mut self, arg: &syn::Expr) -> bool {
        if self.is_inert_source(arg) {
            return true;
        }
        let opaque = self.opaque(arg, None);
        let types = opaque.flows.iter().map(|var| &self.vars[*var].ty);
        match strip(arg) {
            syn::Expr::Closure(_) => types.into_iter().all(Ty::is_inert),
            syn::Expr::Path(path) if self.callable_name(path) => types.into_iter().all(Ty::is_inert),
            _ => types.into_iter().all(|ty| *ty == Ty::Unknown || ty.is_inert()),
        }
    }

    pub fn callable_name(&self, path: &syn::ExprPath) -> bool {
        let binding = path.path.get_ident().and_then(|name| self.scopes.find(&name.to_string()));
        matches!(binding, Some(super::scope::Binding::Callable(_)))
    }

    /// The type of a place expression, without lowering it.
    pub fn source_type(&self, expr: &syn::Expr) -> Ty {
        match self.scopes.find_named(expr) {
            Some(super::scope::Binding::Var(var)) => return self.vars[*var].ty.clone(),
            Some(super::scope::Binding::Alias { place, .. }) => return self.place_type(place),
            _ => {}
        }
        match strip(expr) {
            syn::Expr::Index(index) => self.source_type(&index.expr).element().unwrap_or(Ty::Unknown),
            syn::Expr::Field(field) => match (self.source_type(&field.base), &field.member) {
                (Ty::Tuple(parts), syn::Member::Unnamed(index)) => {
                    parts.get(index.index as usize).cloned().unwrap_or(Ty::Unknown)
                }
                _ => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }
}

fn float_literal(digits: &str, text: &str, ty: FloatTy) -> Value {
    let value = digits.parse().unwrap_or(f64::NAN);
    Value::new(Expr::Float(value, Some(Rc::from(text))), Ty::Float(ty))
}

fn bracketed(tokens: &proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    proc_macro2::TokenTree::Group(proc_macro2::Group::new(proc_macro2::Delimiter::Bracket, tokens.clone())).into()
}
