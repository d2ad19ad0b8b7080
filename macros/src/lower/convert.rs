//! Conversions between float types that lose nothing: `f64::from(x)`, and `x.into()` where the type stands beside it.
//!
//! The map is linear: `y = x`, `y_dot = x_dot`, and `x_bar += y_bar` in the type of `x`.

use super::{Lowerer, Value, strip};
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

    /// `x.into()`, where a float of this type is expected.
    pub fn float_into(&mut self, expr: &syn::Expr, expected: &syn::Type) -> Option<Value> {
        let syn::Expr::MethodCall(call) = strip(expr) else { return None };
        if call.method != "into" || !call.args.is_empty() {
            return None;
        }
        let Ty::Float(to @ (FloatTy::F64 | FloatTy::F32)) = self.generics.ty(expected) else { return None };
        Some(self.converted(expr, &call.receiver, to, call.method.span()))
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
            _ => self.copied(expr, ty, Refusal::Construct("this conversion")),
        }
    }
}
