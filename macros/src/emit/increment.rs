//! `place += value;`, of values, tangents and cotangents.

use super::Emitter;
use crate::ir::{Expr, MatrixOp, Place, Role, Ty};
use crate::rules::Prim;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

impl Emitter<'_> {
    /// `place += value;` for scalars and for the user's own values; tangents of other types know how to accumulate.
    pub fn add(&self, place: &Place, value: &Expr) -> TokenStream {
        let primal = matches!(self.vars[place.root].role, Role::Primal | Role::Temporary);
        if !primal && !self.is_scalar(place, value) {
            if let Expr::Sum(terms) = value {
                return terms.iter().map(|term| self.add(place, term)).collect();
            }
            let target = self.borrow(place, true);
            if value.reads(place.root) {
                return self.term_first(
                    place,
                    value,
                    |term| quote!(::chainrule::Accumulate::accumulate(#target, &#term);),
                );
            }
            return self.accumulate(&target, value);
        }
        // only for types that rustc knows is the right side evaluated before the left one is borrowed
        let known = matches!(value, Expr::Prim(..)) && (primal || self.direction.is_none());
        let (negative, value) = match value {
            Expr::Prim(Prim::Neg, args) => (true, &args[0]),
            Expr::Matrix(MatrixOp::Operator("neg"), operands) if primal => (true, &operands[0]),
            value => (false, value),
        };
        let change = |term: TokenStream| self.change(place, negative, primal && self.is_unknown(place, value), &term);
        if !known && value.reads(place.root) {
            return self.term_first(place, value, |term| change(quote!(#term)));
        }
        change(self.expr(value))
    }

    /// `place += term;`, `place -= term;`. Where rustc has to tell the types, it is asked whether they are added by components.
    fn change(&self, place: &Place, negative: bool, unknown: bool, term: &TokenStream) -> TokenStream {
        if unknown {
            let target = self.borrow(place, true);
            let name = quote::format_ident!("{}", if negative { "decrease" } else { "increase" });
            // rustc says at the variable what it misses
            let span = self.vars[place.root].span.resolved_at(Span::mixed_site());
            let function = quote_spanned!(span=> ::chainrule::rules::#name);
            return quote!(#function(#target, #term););
        }
        let mut target = self.assigned(place);
        if place.ends_in_view() {
            target = quote!(*(&mut #target));
        }
        if negative { quote!(#target -= #term;) } else { quote!(#target += #term;) }
    }

    /// Whether neither the type of a place nor that of what is added to it is known.
    fn is_unknown(&self, place: &Place, value: &Expr) -> bool {
        let may_be_unknown = match value {
            Expr::Var(_) | Expr::Load(_) | Expr::Borrow(..) | Expr::Snapshot(_) | Expr::Opaque(_) => true,
            Expr::Matrix(op, _) => matches!(op, MatrixOp::Operator(_)),
            _ => false,
        };
        may_be_unknown && self.vars.type_of(value) == Ty::Unknown && self.vars.place_type(place) == Ty::Unknown
    }

    /// What is added to a place of the same variable, `p.1 += p.1`, is a value of its own: both cannot be lent at the same
    /// time.
    fn term_first(&self, place: &Place, value: &Expr, add: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let value = match value {
            Expr::Load(from) | Expr::Borrow(from, false) | Expr::Snapshot(from) if from.root == place.root => {
                let from = self.place(from, false);
                quote!(#from.clone())
            }
            value => self.expr(value),
        };
        // no variable of the user's has this name
        let term = Ident::new("term", Span::mixed_site());
        let add = add(&term);
        quote!({
            let #term = #value;
            #add
        })
    }

    fn is_scalar(&self, place: &Place, value: &Expr) -> bool {
        if self.vars.place_type(place).is_scalar() {
            return true;
        }
        match value {
            Expr::Prim(..) | Expr::Cast(..) | Expr::Select(..) | Expr::Float(..) => true,
            Expr::Var(var) => self.vars[*var].ty.is_float(),
            Expr::Load(from) => self.vars.place_type(from).is_float(),
            _ => false,
        }
    }
}
