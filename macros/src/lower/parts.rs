//! Parts of a matrix that are written as a whole: `m.set_column(j, &v)`, `m.set_row(i, &v)`, `m.column_mut(j).copy_from(&v)`; and changes of
//! a matrix in place: `m.fill_diagonal(s)`, `m.swap_rows(i, j)`, `m.column_mut(j).scale_mut(s)`.
//!
//! Each is the loop over the entries that nalgebra's documentation describes, after the check that the shapes agree.

use super::{Lowerer, strip};
use crate::emit::fill::{InPlace, Part, changed_in_place, part_written};
use crate::ir::Ty;
use crate::rules::matrix::VIEWS;
use crate::walk::{Change, Changing};
use proc_macro2::Span;
use syn::visit_mut::VisitMut;

impl Lowerer<'_> {
    /// The statement, if it is one of them.
    pub fn write_part(&mut self, call: &syn::ExprMethodCall) -> bool {
        let name = call.method.to_string();
        let receiver = strip(&call.receiver);
        let read = shared_view(receiver);
        let args: Vec<&syn::Expr> = call.args.iter().collect();
        let part = match (name.as_str(), args.as_slice()) {
            ("set_column", &[at, from]) => Part::Of { matrix: receiver, view: "column", at, from },
            ("set_row", &[at, from]) => Part::Of { matrix: receiver, view: "row", at, from },
            ("copy_from", &[from]) => Part::Whole { place: receiver, read: &read, from },
            _ => return self.change_in_place(&name, receiver, &read, &args),
        };
        let Some((place, ty)) = self.lower_place(receiver) else { return false };
        match ty {
            Ty::Matrix(_) => {}
            // `copy_from` is a name that types of the user's have too
            Ty::Unknown if name != "copy_from" || place.ends_in_view() => {}
            _ => return false,
        }
        let names = ["from", "at", "i"].map(|wish| self.reserved(wish));
        match syn::parse2::<syn::Expr>(part_written(&part, &names)) {
            Ok(block) => self.lower_effect(&block),
            Err(_) => return false,
        }
        true
    }

    /// `m.fill_diagonal(s)`, `m.swap_rows(i, j)`, `m.scale_mut(s)` and their kin, where the receiver is known to be a matrix, or generated code
    /// asks for its shape.
    fn change_in_place(&mut self, name: &str, receiver: &syn::Expr, read: &syn::Expr, args: &[&syn::Expr]) -> bool {
        let change = match (name, args) {
            ("scale_mut", &[by]) => InPlace::Scaled { by, divide: false },
            ("unscale_mut", &[by]) => InPlace::Scaled { by, divide: true },
            ("normalize_mut", &[]) => InPlace::Normalized,
            ("fill_diagonal", &[value]) => InPlace::Diagonal(value),
            ("fill_row", &[at, value]) => InPlace::Line { rows: true, at, value },
            ("fill_column", &[at, value]) => InPlace::Line { rows: false, at, value },
            ("swap_rows", &[a, b]) => InPlace::Swapped { rows: true, a, b },
            ("swap_columns", &[a, b]) => InPlace::Swapped { rows: false, a, b },
            _ => return false,
        };
        let Some((place, ty)) = self.lower_place(receiver) else { return false };
        match ty {
            Ty::Matrix(_) => {}
            Ty::Unknown if change.asks_for_shape() || place.ends_in_view() => {}
            _ => return false,
        }
        let names = ["value", "first", "second", "i"].map(|wish| self.reserved(wish));
        match syn::parse2::<syn::Expr>(changed_in_place(receiver, read, &change, &names)) {
            Ok(block) => self.lower_effect(&block),
            Err(_) => return false,
        }
        true
    }

    /// A name for generated code that nothing else has.
    pub fn reserved(&mut self, wish: &str) -> syn::Ident {
        syn::Ident::new(&self.vars.claim_name(wish), Span::call_site())
    }
}

/// The view that a method gives.
fn view(call: &syn::ExprMethodCall) -> Option<&'static str> {
    let name = call.method.to_string();
    let read = name.strip_suffix("_mut").unwrap_or(&name);
    VIEWS.iter().find(|(view, args, _)| *view == read && *args == call.args.len()).map(|(view, ..)| *view)
}

/// The same place as it is read.
fn shared_view(place: &syn::Expr) -> syn::Expr {
    struct Shared;
    impl Change for Shared {
        fn expr(&mut self, expr: &mut syn::Expr) -> bool {
            let syn::Expr::MethodCall(call) = expr else { return true };
            if let Some(view) = view(call) {
                call.method = syn::Ident::new(view, call.method.span());
            }
            Changing(self).visit_expr_mut(&mut call.receiver);
            false
        }
    }
    let mut shared = place.clone();
    Changing(&mut Shared).visit_expr_mut(&mut shared);
    shared
}
