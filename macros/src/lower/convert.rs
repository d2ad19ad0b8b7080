//! Conversions between float types that lose nothing: `f64::from(x)`, and `x.into()` where the type stands beside it.
//!
//! The map is linear: `y = x`, `y_dot = x_dot`, and `x_bar += y_bar` in the type of `x`.

use super::{Lowerer, Value, syntax};
use crate::ir::{Expr, FloatTy, MatrixOp, Site, Ty};
use crate::refusal::Refusal;

impl Lowerer<'_> {
    /// `f64::from(x)`
    pub fn float_from(&mut self, expr: &syn::Expr, path: &syn::ExprPath, call: &syn::ExprCall) -> Option<Value> {
        let mut segments = path.path.segments.iter().rev();
        let (name, ty) = (segments.next()?, segments.next()?);
        if name.ident != "from" || call.args.len() != 1 {
            return None;
        }
        let Ty::Float(to @ (FloatTy::F64 | FloatTy::F32)) = self.named_type(&ty.ident.to_string()) else { return None };
        Some(self.converted(expr, &call.args[0], to, name.ident.span()))
    }

    /// The expression with `f64::from(x)` for every `x.into()` of which the expected type says what it gives: the value itself, a part
    /// of a tuple or an array, what is in `Some` or `Ok`, the value of a branch. `None` if there is none.
    pub fn with_conversions(&self, expr: &syn::Expr, expected: &syn::Type) -> Option<syn::Expr> {
        let mut expr = expr.clone();
        let mut found = false;
        self.convert(&mut expr, expected, &mut found);
        found.then_some(expr)
    }

    fn convert(&self, expr: &mut syn::Expr, expected: &syn::Type, found: &mut bool) {
        match (expr, expected) {
            (syn::Expr::Paren(paren), _) => self.convert(&mut paren.expr, expected, found),
            (expr @ syn::Expr::MethodCall(_), _) => {
                if let Some(call) = self.conversion(expr, expected) {
                    *expr = call;
                    *found = true;
                }
            }
            (syn::Expr::Tuple(tuple), syn::Type::Tuple(types)) if tuple.elems.len() == types.elems.len() => {
                tuple.elems.iter_mut().zip(&types.elems).for_each(|(part, ty)| self.convert(part, ty, found));
            }
            (syn::Expr::Array(array), syn::Type::Array(types)) => {
                array.elems.iter_mut().for_each(|item| self.convert(item, &types.elem, found));
            }
            (syn::Expr::Call(call), syn::Type::Path(path)) => {
                let wraps = |name: &str| matches!(&*call.func, syn::Expr::Path(path) if path.path.is_ident(name));
                if let (true, Some(inner), [value]) = (
                    wraps("Some") || wraps("Ok"),
                    first_argument(path),
                    &mut call.args.iter_mut().collect::<Vec<_>>()[..],
                ) {
                    self.convert(value, inner, found);
                }
            }
            (syn::Expr::If(node), _) => {
                self.convert_last(&mut node.then_branch, expected, found);
                if let Some((_, otherwise)) = &mut node.else_branch {
                    self.convert(otherwise, expected, found);
                }
            }
            (syn::Expr::Match(node), _) => {
                node.arms.iter_mut().for_each(|arm| self.convert(&mut arm.body, expected, found));
            }
            (syn::Expr::Block(block), _) if block.label.is_none() => {
                self.convert_last(&mut block.block, expected, found);
            }
            _ => {}
        }
    }

    fn convert_last(&self, block: &mut syn::Block, expected: &syn::Type, found: &mut bool) {
        if let Some(syn::Stmt::Expr(value, None)) = block.stmts.last_mut() {
            self.convert(value, expected, found);
        }
    }

    /// `f64::from(x)` for `x.into()`
    fn conversion(&self, expr: &syn::Expr, expected: &syn::Type) -> Option<syn::Expr> {
        let syn::Expr::MethodCall(call) = expr else { return None };
        let (syn::Type::Path(to), Ty::Float(FloatTy::F64 | FloatTy::F32)) = (expected, self.generics.ty(expected))
        else {
            return None;
        };
        if call.method != "into" || !call.args.is_empty() {
            return None;
        }
        let mut path = to.path.clone();
        path.segments.push(syn::Ident::new("from", call.method.span()).into());
        let func = syn::Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path });
        Some(syntax::call(func, [(*call.receiver).clone()]))
    }

    /// What is converted is a float where a derivative flows; an integer or a type of the user's is copied through.
    fn converted(&mut self, expr: &syn::Expr, from: &syn::Expr, to: FloatTy, name: proc_macro2::Span) -> Value {
        let ty = Ty::Float(to.clone());
        if self.is_inert_source(from) {
            return Value::new(Expr::Opaque(self.opaque(expr, None)), ty);
        }
        if !self.source_type(from).is_float() && !self.around.is_call(name) {
            let mut copied = self.copied(expr, ty, Refusal::UnknownMethod("from".to_owned()));
            if let Expr::Opaque(opaque) = &mut copied.expr {
                opaque.site = Site(name);
            }
            return copied;
        }
        let value = self.lower_expr(from);
        match &value.ty {
            Ty::Float(from) if *from == to => value,
            Ty::Float(_) => {
                let operand = self.atom(value);
                Value::new(Expr::Cast(Box::new(operand), to), ty)
            }
            Ty::Unknown => {
                let operand = self.operand(value);
                Value::new(Expr::Matrix(MatrixOp::Cast(to), vec![operand]), ty)
            }
            Ty::Int | Ty::Bool | Ty::Inert => {
                let opaque = self.opaque(expr, None);
                let opaque = crate::ir::Opaque { flows: opaque.drops.clone(), ..opaque };
                Value::new(Expr::Opaque(opaque), ty)
            }
            _ => self.copied(expr, ty, Refusal::Construct("this conversion")),
        }
    }
}

/// `f64` of `Option<f64>`, `Result<f64, E>`
fn first_argument(path: &syn::TypePath) -> Option<&syn::Type> {
    match &path.path.segments.last()?.arguments {
        syn::PathArguments::AngleBracketed(args) => args.args.iter().find_map(|arg| match arg {
            syn::GenericArgument::Type(ty) => Some(ty),
            _ => None,
        }),
        _ => None,
    }
}
