//! Methods that remove what they choose, as the loops and splits that they stand for: `retain`, `drain`; and `take` of an `Option`.

use crate::emit::sugar;
use crate::ir::{Access, Stmt, Ty};
use crate::lower::{Lowerer, Value, strip};

impl Lowerer<'_> {
    /// `v.retain(f);`, `v.drain(a..b);`, where `v` can be assigned.
    pub fn choosing(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        match call.method.to_string().as_str() {
            // a map's takes a key and a value
            "retain" if !takes_two(call) && self.is_own_sequence(&call.receiver) => {
                let names = ["kept", "item"].map(|wish| self.reserved(wish));
                let block = sugar::retained(&call.receiver, call.args.first()?, &names);
                self.lower_effect(&syn::parse2(block).ok()?);
                Some(Value::unit())
            }
            "drain" => self.drained(call),
            _ => None,
        }
    }

    /// What `v.drain(a..b)` takes out of `v`.
    pub fn drained(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        let Some(syn::Expr::Range(range)) = call.args.first().map(strip) else { return None };
        if !self.is_own_sequence(&call.receiver) {
            return None;
        }
        let names = ["taken", "rest"].map(|wish| self.reserved(wish));
        let block = syn::parse2::<syn::Expr>(sugar::drained(&call.receiver, range, &names)).ok()?;
        Some(self.lower_expr(&block))
    }

    /// Whether it is a `Vec` of the function's own, or a field.
    fn is_own_sequence(&mut self, expr: &syn::Expr) -> bool {
        let Some((place, ty)) = self.lower_place(expr) else { return false };
        let own = match strip(expr) {
            syn::Expr::Path(_) => place.is_whole() && self.vars[place.root].access == Access::Owned,
            syn::Expr::Field(_) => true,
            _ => false,
        };
        own && matches!(ty, Ty::Vec(_) | Ty::Unknown)
    }

    /// `option.take()`: the value, and `None` is left.
    pub fn taken(&mut self, call: &syn::ExprMethodCall) -> Option<Value> {
        if self.is_iterator(&call.receiver) || self.is_inert_source(&call.receiver) {
            return None;
        }
        let (place, ty) = self.lower_place(&call.receiver)?;
        if !matches!(ty, Ty::Option(_) | Ty::Unknown) {
            return None;
        }
        let old = self.copy_out(&place, &ty);
        self.out.push(Stmt::Assign(place, crate::lower::constant("None")));
        Some(old)
    }
}

fn takes_two(call: &syn::ExprMethodCall) -> bool {
    matches!(call.args.first().map(strip), Some(syn::Expr::Closure(closure)) if closure.inputs.len() == 2)
}
