//! Writes through references of which lowering knows only a copy: `if let Some(x) = xs.iter_mut().max_by(..) { *x *= 2.0; }`.
//!
//! A variable that is neither `mut` nor a reference changes nowhere in Rust. Where lowered code writes to a part of one all the same, the source
//! writes through a reference that was taken for a value, and what it refers to would keep its own.

use crate::diagnostics::Diagnostics;
use crate::ir::{Access, Callee, Expr, Function, Place, Role, Stmt};
use crate::refusal::Refusal;

/// Refuses such writes.
pub fn refuse_writes_to_copies(function: &Function, diagnostics: &mut Diagnostics) {
    let mut found: Vec<Place> = Vec::new();
    for stmt in &function.body.stmts {
        stmt.for_each_stmt(&mut |stmt| {
            match stmt {
                Stmt::Assign(place, _) | Stmt::Add(place, _) => found.push(place.clone()),
                Stmt::Structural(structural) => found.extend(structural.places.iter().cloned()),
                _ => {}
            }
            stmt.for_each_expr(&mut |expr| {
                let Expr::Call(call) = expr else { return };
                // how a method takes its receiver is not visible
                let args = call.args.iter().skip(usize::from(call.callee == Callee::Method));
                found.extend(args.filter_map(|arg| match arg {
                    Expr::Borrow(place, true) => Some(place.clone()),
                    _ => None,
                }));
            });
        });
    }
    for place in found {
        let info = &function.vars[place.root];
        if info.role == Role::Primal && info.access == Access::Owned && !info.mutable {
            diagnostics.refuse(info.span, &Refusal::ChosenReference);
        }
    }
}
