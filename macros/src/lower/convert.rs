//! Conversions between float types that lose nothing: `f64::from(x)`, and `x.into()` where the type stands beside it.
//!
//! The map is linear: `y = x`, `y_dot = x_dot`, and `x_bar += y_bar` in the type of `x`.

use super::types::first_argument;
use super::{Lowerer, Value, strip, syntax};
use crate::ir::{Expr, FloatTy, MatrixOp, Site, Ty};
use crate::refusal::Refusal;
use syn::spanned::Spanned;

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
            (syn::Expr::Call(call), syn::Type::Path(_)) => {
                let wraps = |name: &str| matches!(&*call.func, syn::Expr::Path(path) if path.path.is_ident(name));
                if let (true, Some(inner), [value]) = (
                    wraps("Some") || wraps("Ok"),
                    first_argument(expected),
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

    /// A float that is made of places of unknown type by way of integers, `self.n as u32 as f64`, `(self.n as i32 - 1) as f64`: rustc
    /// makes sure that the places hold integers, which bring no derivative. `from` is what the conversion is given.
    pub fn integer_place_as_float(&mut self, expr: &syn::Expr, from: &syn::Expr) -> Option<Expr> {
        let mut integer = from.clone();
        let mut found = false;
        if !self.takes_integers(&mut integer, &mut found) || !found {
            return None;
        }
        let made = match strip(expr) {
            syn::Expr::Cast(cast) => syn::Expr::Cast(syn::ExprCast { expr: Box::new(integer), ..cast.clone() }),
            syn::Expr::Call(call) => syntax::call((*call.func).clone(), [integer]),
            _ => return None,
        };
        let opaque = self.opaque(&made, None);
        Some(Expr::Opaque(crate::ir::Opaque { flows: Vec::new(), drops: Vec::new(), cheap: true, ..opaque }))
    }

    /// Whether an expression is put together from casts of such places and from integers; the casts then say so.
    fn takes_integers(&mut self, expr: &mut syn::Expr, found: &mut bool) -> bool {
        match expr {
            syn::Expr::Paren(paren) => self.takes_integers(&mut paren.expr, found),
            syn::Expr::Group(group) => self.takes_integers(&mut group.expr, found),
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => self.takes_integers(expr, found),
            syn::Expr::Binary(binary) if super::operator::operator_name(&binary.op).is_some() => {
                self.takes_integers(&mut binary.left, found) && self.takes_integers(&mut binary.right, found)
            }
            syn::Expr::Cast(cast) if self.generics.ty(&cast.ty) == Ty::Int => {
                let place = strip(&cast.expr).clone();
                if !self.is_unseen_place(&place) {
                    return self.takes_integers(&mut cast.expr, found);
                }
                let whole = syn::Expr::Verbatim(crate::emit::whole(place.span()));
                *cast.expr = syntax::call(whole, [place]);
                *found = true;
                true
            }
            other => {
                let opaque = self.opaque(other, None);
                self.is_inert_source(other) && opaque.cheap && opaque.drops.is_empty()
            }
        }
    }

    fn is_unseen_place(&mut self, place: &syn::Expr) -> bool {
        let is_place = matches!(place, syn::Expr::Field(_) | syn::Expr::Index(_) | syn::Expr::Path(_));
        let before = self.out.len();
        let unseen = is_place
            && self.source_type(place) == Ty::Unknown
            && self.opaque(place, None).cheap
            && self.lower_place(place).is_some();
        self.out.truncate(before);
        unseen
    }

    /// What is converted is a float where a derivative flows; an integer or a type of the user's is copied through.
    fn converted(&mut self, expr: &syn::Expr, from: &syn::Expr, to: FloatTy, name: proc_macro2::Span) -> Value {
        let ty = Ty::Float(to.clone());
        if let Some(integer) = self.integer_place_as_float(expr, from) {
            return Value::new(integer, ty);
        }
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
