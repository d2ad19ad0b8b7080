//! Places that exchange their values: `swap_with_slice`, `std::mem::swap`, and `replace` and `take` beside it.

use super::{Operation, strip_reference};
use crate::ir::{Expr, Place, Site, Stmt, Structural, Ty};
use crate::lower::{Lowerer, Value, syntax};
use crate::rules::structural::StructuralOp;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// `mem::swap(&mut a, &mut b)`, `mem::replace(&mut a, b)`, `mem::take(&mut a)`
    pub fn exchange_function(&mut self, path: &syn::ExprPath, call: &syn::ExprCall) -> Option<Value> {
        let segments = syntax::segments(&path.path);
        let [.., module, name] = segments.as_slice() else { return None };
        if module != "mem" || self.is_inert_source(strip_reference(call.args.first()?)) {
            return None;
        }
        let before = self.out.len();
        let value = self.exchange_named(name, call);
        if value.is_none() {
            self.out.truncate(before);
        }
        value
    }

    /// `option.replace(value)`, which is `mem::replace(&mut option, Some(value))`. Of a field rustc makes sure that it is an `Option`.
    pub fn replaced_option(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let value = call.args.first().filter(|_| call.method == "replace" && call.args.len() == 1)?;
        let before = self.out.len();
        let (place, ty) = self.lower_place(&call.receiver)?;
        let known = matches!(ty, Ty::Option(_)) || (ty == Ty::Unknown && self.around.is_call(call.method.span()));
        if !known || self.is_inert_source(&call.receiver) {
            self.out.truncate(before);
            return None;
        }
        let some = syntax::call(syntax::word("Some"), Some(value.clone()));
        let (value, _) = self.entering(&some)?;
        let old = self.copy_out(&place, &ty);
        self.out.push(Stmt::Assign(place, value));
        Some(old)
    }

    fn exchange_named(&mut self, name: &str, call: &syn::ExprCall) -> Option<Value> {
        let mut args = call.args.iter();
        let (place, ty) = self.lower_place(strip_reference(args.next()?))?;
        match (name, args.next()) {
            ("swap", Some(other)) => {
                let (other, _) = self.lower_place(strip_reference(other))?;
                self.exchange(StructuralOp::MemSwap, place, other, Site(call.func.span()));
                Some(Value::unit())
            }
            ("replace", Some(value)) => {
                let (value, _) = self.entering(value)?;
                let old = self.copy_out(&place, &ty);
                self.out.push(Stmt::Assign(place, value));
                Some(old)
            }
            ("take", None) => {
                let old = self.copy_out(&place, &ty);
                match ty {
                    Ty::Float(_) => self.out.push(Stmt::Assign(place, Expr::float(0.0))),
                    Ty::Vec(_) => {
                        let site = Site(call.func.span());
                        let operation = Operation { op: StructuralOp::Truncate, place, ty, site };
                        self.emit(operation, vec![Expr::integer(0)], None, None);
                    }
                    // what it may be rustc knows
                    Ty::Unknown | Ty::Option(_) | Ty::Array(_) | Ty::Tuple(_) => {
                        let default = syn::parse_quote!(::core::default::Default::default());
                        let default = Expr::Opaque(self.opaque(&default, None));
                        self.out.push(Stmt::Assign(place, default));
                    }
                    _ => return None,
                }
                Some(old)
            }
            _ => None,
        }
    }

    /// Two places exchange their values. Parts of one variable cannot both be borrowed, so they are copied.
    pub fn exchange(&mut self, op: StructuralOp, first: Place, second: Place, site: Site) {
        if first.root != second.root {
            let places = vec![first, second];
            let (positions, value, result) = (Vec::new(), None, None);
            self.out.push(Stmt::Structural(Structural { op, places, positions, value, result, site }));
            return;
        }
        let copies = [&first, &second].map(|place| {
            let ty = self.place_type(place);
            self.copy_out(place, &ty)
        });
        for (place, copy) in [second, first].into_iter().zip(copies) {
            match (op, copy.expr) {
                (StructuralOp::SwapWithSlice, Expr::Var(copy)) => {
                    let operation = Operation { op: StructuralOp::CopyFrom, ty: copy_type(&copy, self), place, site };
                    self.emit(operation, Vec::new(), Some(Expr::Borrow(Place::of(copy), false)), None);
                }
                (_, copy) => self.out.push(Stmt::Assign(place, copy)),
            }
        }
    }

    /// The value of a place, under a name of its own.
    pub fn copy_out(&mut self, place: &Place, ty: &Ty) -> Value {
        let ty = ty.owned();
        let copy = Value::new(Expr::copy_of(place.clone(), &ty), ty.clone());
        Value::new(Expr::Var(self.bind_temporary(copy)), ty)
    }
}

fn copy_type(copy: &crate::ir::Var, lowerer: &Lowerer<'_>) -> Ty {
    lowerer.vars[*copy].ty.clone()
}
