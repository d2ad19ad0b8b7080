//! Closures over the elements of matrices and arrays: `m.map(|x| ..)`, `a.zip_map(&b, |x, y| ..)`, `m.fold(s, |s, x| ..)`,
//! `m.apply(|x| ..)`.
//!
//! The result has the shape of the receiver: it starts as zeros of that shape and is filled in the order of the elements,
//! which is column by column in nalgebra, as these methods go too.

use super::iterator::positions;
use super::{Lowerer, Value, strip};
use crate::ir::{Access, Expr, FloatTy, Opaque, Pattern, Place, Projection, Role, Stmt, Ty, VarInfo};
use crate::refusal::Refusal;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// Whether an argument is a closure, or a name of one.
    pub fn is_closure(&self, arg: &syn::Expr) -> bool {
        match strip(arg) {
            syn::Expr::Closure(_) => true,
            syn::Expr::Path(path) => self.callable_name(path),
            _ => false,
        }
    }

    /// `m.map(f)`, `a.zip_map(&b, f)`
    pub fn map_elements(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) -> Value {
        if self.carries_nothing(expr) {
            return self.copied(expr, Ty::Unknown, Refusal::Closure);
        }
        let before = self.out.len();
        if let Some(value) = self.mapped_elements(call) {
            return value;
        }
        self.out.truncate(before);
        let syn::Expr::MethodCall(receiver) = strip(&call.receiver) else {
            return self.copied(expr, Ty::Unknown, Refusal::Closure);
        };
        if self.around.is_call(receiver.method.span()) {
            return self.copied(expr, Ty::Unknown, Refusal::Closure);
        }
        // the receiver has a name, by which it is found to be a call of a differentiable method
        let receiver = self.lower_expr(&call.receiver);
        let receiver = self.bind_temporary(receiver);
        let named = syn::Expr::Verbatim(super::marker(receiver, call.method.span()).into_token_stream());
        let named = syn::ExprMethodCall { receiver: Box::new(named), ..call.clone() };
        let mut value = self.copied(&syn::Expr::MethodCall(named), Ty::Unknown, Refusal::Closure);
        if let Expr::Opaque(source) = &mut value.expr {
            source.reads.push(receiver);
            source.flows.push(receiver);
            source.site = crate::ir::Site(expr.span());
        }
        value
    }

    fn mapped_elements(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let (f, others) = call.args.iter().collect::<Vec<_>>().split_last().map(|(f, others)| (*f, others.to_vec()))?;
        let (place, ty) = self.base_place(&call.receiver)?;
        let copied = |stmt: &Stmt| matches!(stmt, Stmt::Let(Pattern::Var(var), Expr::Opaque(_)) if *var == place.root);
        if ty == Ty::Unknown && self.out.last().is_some_and(copied) {
            // nothing says that it has elements
            return None;
        }
        let ty = match ty {
            Ty::Unknown => Ty::Unknown,
            Ty::Matrix(scalar) => Ty::Matrix(scalar),
            Ty::Array(element) if element.is_float() => Ty::Array(element),
            // of indices, or of rows: `[0, 2].map(|i| xs[i])`
            Ty::Array(_) if others.is_empty() => Ty::Array(Box::new(Ty::Float(FloatTy::Inferred))),
            _ => return None,
        };
        let mut places = vec![place.clone()];
        for other in others {
            let (other, _) = self.base_place(other)?;
            let shapes = [&place, &other].map(|place| self.length_of(place, "shape"));
            self.check("a == b", &[&shapes[0], &shapes[1]], "the shapes differ");
            places.push(other);
        }
        let callable = self.callable(f)?;
        let count = self.length_of(&place, "len");
        let count = self.bind_integer("n", count);
        let start = self.zeros_like(&place, &ty);
        let out = self.vars.add(VarInfo {
            name: "mapped".to_owned(),
            span: Span::call_site(),
            ty: ty.clone(),
            role: Role::Primal,
            access: Access::Owned,
            mutable: true,
            annotation: None,
        });
        self.out.push(Stmt::Let(Pattern::Var(out), start));
        let var = self.vars.temporary("k", Ty::Int, Span::call_site());
        let mut is_float = true;
        let body = self.lower_nested(|this| {
            let at = |place: &Place| place.clone().project(Projection::Index(Box::new(Expr::Var(var))));
            let args = places.iter().map(|place| {
                let element = at(place);
                let ty = this.place_type(&element).join(&Ty::Float(FloatTy::Inferred));
                if ty.is_scalar() { Value::new(Expr::Load(element), ty) } else { this.load(element, ty) }
            });
            let args = args.collect();
            let value = this.apply(&callable, args);
            is_float = matches!(value.ty, Ty::Float(_) | Ty::Unknown) && !matches!(value.expr, Expr::Borrow(..));
            this.assign_value(at(&Place::of(out)), value);
            None
        });
        self.out.push(Stmt::For { var, range: positions(count), body });
        is_float.then(|| Value::new(Expr::Var(out), ty))
    }

    /// Zeros of the shape of a place, as a value that depends on nothing else.
    fn zeros_like(&mut self, place: &Place, ty: &Ty) -> Expr {
        let floats = self.vars.place_type(place).element().is_none_or(|element| element.is_float());
        if floats && !self.generics.floats.is_empty() && *ty != Ty::Matrix(FloatTy::F64) {
            // what a zero of the scalar is called is not known
            return Expr::Snapshot(place.clone());
        }
        let mut reads = vec![place.root];
        place.for_each_index(&mut |index| index.for_each_read(&mut |var| reads.push(var)));
        let elements = if floats { "" } else { ".each_ref()" };
        let source = format!("{}{elements}.map(|_| 0.0)", super::marked(place, &self.vars));
        let opaque = self.tokens_of(&reads, source.parse().unwrap_or_default());
        Expr::Opaque(Opaque { cheap: false, ..opaque })
    }

    /// `m.fold(start, f)`
    pub fn fold_elements(&mut self, expr: &syn::Expr, call: &syn::ExprMethodCall) -> Value {
        let before = self.out.len();
        match self.folded_elements(call) {
            Some(value) => value,
            None => {
                self.out.truncate(before);
                self.copied(expr, Ty::Unknown, Refusal::Closure)
            }
        }
    }

    fn folded_elements(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let (place, ty) = self.base_place(&call.receiver)?;
        if !matches!(ty, Ty::Matrix(_) | Ty::Unknown) {
            return None;
        }
        let flow = self.elements_of(place, true, false);
        self.fold_flow(call, flow).ok()
    }

    /// `m.apply(|x| *x = ..);`
    pub fn apply_to_elements(&mut self, call: &syn::ExprMethodCall) -> bool {
        let Some(f) = call.args.first().filter(|f| self.is_closure(f)) else { return false };
        let Some((place, Ty::Matrix(_) | Ty::Unknown)) = self.base_place(&call.receiver) else { return false };
        let Some(callable) = self.callable(f) else { return false };
        let flow = self.elements_of(place, false, true);
        self.for_each_item(flow, &mut |this, item| {
            let value = this.apply(&callable, vec![item]);
            this.unused(value);
        })
        .is_ok()
    }
}
