//! Constructors: `Point { x, y }`, `Some(x)`, `Shape::Circle(r)`.

use super::matching::{part_of, payload};
use super::{Lowerer, Value};
use crate::ir::expr::{Construct, Layout, Tokens};
use crate::ir::{Expr, Place, Projection, Ty};
use quote::ToTokens;

impl Lowerer<'_> {
    /// `Path { field: value, ..base }`
    pub fn construct_struct(&mut self, node: &syn::ExprStruct) -> Value {
        let fields = node
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let name = match &field.member {
                    syn::Member::Named(name) => name.to_string(),
                    syn::Member::Unnamed(index) => index.index.to_string(),
                };
                let value = self.field_value(&field.expr);
                let later = node.fields.iter().skip(at + 1).map(|field| &field.expr);
                (part_of(&node.path, &name), name, self.argument_before(value, &field.expr, later))
            })
            .collect();
        let base = node.rest.as_deref().and_then(|rest| {
            let (place, _) = self.base_place(rest)?;
            Some(place)
        });
        let construct = Construct { path: Tokens(node.path.to_token_stream()), layout: Layout::Named, fields, base };
        Value::new(Expr::Construct(Box::new(construct)), Ty::Unknown)
    }

    /// `Path(value, ..)`, where the path names a tuple struct or a variant.
    pub fn construct_tuple(&mut self, path: &syn::ExprPath, call: &syn::ExprCall) -> Value {
        let mut types = Vec::new();
        let fields = call
            .args
            .iter()
            .enumerate()
            .map(|(index, arg)| {
                let name = index.to_string();
                let value = self.lower_expr(arg);
                types.push(value.ty.clone());
                let value = self.owned_field(value);
                let value = self.argument_before(value, arg, call.args.iter().skip(index + 1));
                (payload(&path.path, &name, false), name, value)
            })
            .collect();
        let ty = match (path.path.is_ident("Some"), types.pop()) {
            (true, Some(item)) => Ty::Option(Box::new(item)),
            _ => Ty::Unknown,
        };
        let construct = Construct { path: Tokens(path.to_token_stream()), layout: Layout::Listed, fields, base: None };
        Value::new(Expr::Construct(Box::new(construct)), ty)
    }

    /// `Some(value)`
    pub fn some(&self, value: Expr) -> Expr {
        let path = Tokens("Some".parse().unwrap_or_default());
        let fields = vec![(Projection::payload("Some", "0"), "0".to_owned(), value)];
        Expr::Construct(Box::new(Construct { path, layout: Layout::Listed, fields, base: None }))
    }

    fn field_value(&mut self, expr: &syn::Expr) -> Expr {
        if self.names_reference(expr)
            && let Some((place, _)) = self.lower_place(expr)
        {
            return Expr::Borrow(place, false);
        }
        let value = self.lower_expr(expr);
        self.owned_field(value)
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
