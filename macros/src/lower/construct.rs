//! Constructors: `Point { x, y }`, `Some(x)`, `Shape::Circle(r)`.

use super::matching::{part_of, payload};
use super::{Lowerer, Value, strip, syntax};
use crate::ir::expr::{Construct, Layout};
use crate::ir::{Expr, Place, Projection, Tokens, Ty};
use quote::ToTokens;

impl Lowerer<'_> {
    /// `Path { field: value, ..base }`
    pub fn construct_struct(&mut self, node: &syn::ExprStruct) -> Value {
        let values = self.in_order_by(node.fields.iter().map(|field| &field.expr), Self::field_value);
        let fields = node.fields.iter().zip(values).map(|(field, value)| {
            let name = match &field.member {
                syn::Member::Named(name) => name.to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            (part_of(&node.path, &name), name, value.expr)
        });
        let fields = fields.collect();
        let base = node.rest.as_deref().and_then(|rest| {
            let named = default_of(&node.path, rest);
            let (place, _) = self.base_place(named.as_ref().unwrap_or(rest))?;
            Some(place)
        });
        let construct = Construct { path: Tokens(node.path.to_token_stream()), layout: Layout::Named, fields, base };
        Value::new(Expr::Construct(Box::new(construct)), Ty::Unknown)
    }

    /// `Path(value, ..)`, where the path names a tuple struct or a variant.
    pub fn construct_tuple(&mut self, path: &syn::ExprPath, call: &syn::ExprCall) -> Value {
        let failure = path.path.segments.last().is_some_and(|last| last.ident == "Err");
        let values = self.in_order_by(&call.args, |lowerer, arg| {
            let value = match failure.then(|| lowerer.failure(arg)).flatten() {
                Some(failure) => failure,
                None => lowerer.lower_expr(arg),
            };
            let ty = value.ty.clone();
            Value::new(lowerer.owned_field(value), ty)
        });
        let ty = match values.last() {
            Some(item) if path.path.is_ident("Some") => Ty::Option(Box::new(item.ty.clone())),
            _ => Ty::Unknown,
        };
        let fields = values.into_iter().enumerate().map(|(index, value)| {
            let name = index.to_string();
            (payload(&path.path, &name, false), name, value.expr)
        });
        let fields = fields.collect();
        let construct = Construct { path: Tokens(path.to_token_stream()), layout: Layout::Listed, fields, base: None };
        Value::new(Expr::Construct(Box::new(construct)), ty)
    }

    /// What is in an `Err` carries no derivative, whatever it is made of: a text that tells a number, for instance.
    fn failure(&mut self, expr: &syn::Expr) -> Option<Value> {
        let is_place = matches!(strip(expr), syn::Expr::Path(_) | syn::Expr::Field(_) | syn::Expr::Index(_));
        (!is_place && self.jump_in(expr).is_none()).then(|| self.stopped(expr, expr))
    }

    /// `Some(value)`
    pub fn some(&self, value: Expr) -> Expr {
        let path = Tokens("Some".parse().unwrap_or_default());
        let fields = vec![(Projection::payload("Some", "0"), "0".to_owned(), value)];
        Expr::Construct(Box::new(Construct { path, layout: Layout::Listed, fields, base: None }))
    }

    fn field_value(&mut self, expr: &syn::Expr) -> Value {
        if self.names_reference(expr)
            && let Some((place, ty)) = self.lower_place(expr)
        {
            return Value::new(Expr::Borrow(place, false), ty);
        }
        let value = self.lower_expr(expr);
        let ty = value.ty.clone();
        Value::new(self.owned_field(value), ty)
    }

    /// The same with a copy of what a reference in it refers to: `Some(&xs[0])` as an `Option` of a float.
    pub fn with_owned_parts(&mut self, mut value: Value) -> Value {
        if let Expr::Construct(construct) = &mut value.expr {
            for (_, _, part) in &mut construct.fields {
                let Expr::Borrow(place, false) = part else { continue };
                let (place, ty) = (place.clone(), self.place_type(place).owned());
                *part = Expr::Var(self.bind_temporary(Value::new(Expr::copy_of(place, &ty), ty)));
            }
        }
        value
    }

    /// A field is moved in, or is the reference that was written.
    fn owned_field(&mut self, value: Value) -> Expr {
        match value.expr {
            Expr::Load(place) if !value.ty.is_scalar() => {
                Expr::Var(self.bind_temporary(Value::new(Expr::Snapshot(place), value.ty)))
            }
            _ => self.moved(value),
        }
    }

    /// The place of a value that is taken apart.
    pub fn place_of(&mut self, value: Value) -> Place {
        match value.expr {
            Expr::Var(var) => Place::of(var),
            Expr::Load(place) | Expr::Borrow(place, _) => place,
            _ => Place::of(self.bind_temporary(value)),
        }
    }
}

/// `Path::default()` for `Default::default()` behind `..`, where rustc knows the type by the struct around it.
fn default_of(path: &syn::Path, rest: &syn::Expr) -> Option<syn::Expr> {
    let syn::Expr::Call(call) = strip(rest) else { return None };
    let syn::Expr::Path(function) = strip(&call.func) else { return None };
    let segments = syntax::segments(&function.path);
    if function.qself.is_some() || !segments.ends_with(&["Default".to_owned(), "default".to_owned()]) {
        return None;
    }
    let mut path = path.clone();
    path.segments.push(function.path.segments.last()?.clone());
    let function = syn::Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path });
    Some(super::syntax::call(function, []))
}
