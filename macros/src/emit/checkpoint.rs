//! What loops with `#[checkpoint(..)]` ask of their schedule and do with their snapshots, in marked source.

use crate::ir::{Checkpoint, Expr, Opaque, Range, Var};
use crate::lower::marker;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

/// Snapshots of a variable: none yet.
pub fn no_snapshots() -> Expr {
    source(quote!(::chainrule::checkpoint::Snapshots::new()), &[], &[])
}

/// `snapshots.discard()`
pub fn discard(snapshots: Var) -> Expr {
    change(snapshots, "discard")
}

/// `var.method()`
pub fn ask(var: Var, method: &str) -> Expr {
    source(call(var, method), &[var], &[])
}

/// `var.method()`, which changes `var`.
pub fn change(var: Var, method: &str) -> Expr {
    source(call(var, method), &[var], &[var])
}

fn call(var: Var, method: &str) -> TokenStream {
    let (var, method) = (marker(var, Span::call_site()), format_ident!("{method}"));
    quote!(#var.#method())
}

fn source(tokens: TokenStream, reads: &[Var], writes: &[Var]) -> Expr {
    let writes = writes.to_vec();
    Expr::Opaque(Opaque { writes, cheap: false, ..Opaque::inert(tokens, reads.to_vec()) })
}

impl super::Emitter<'_> {
    /// `Schedule::every(range, k)`
    pub fn schedule(&self, range: &Range, checkpoint: &Checkpoint) -> TokenStream {
        let range = self.range(range);
        match checkpoint {
            Checkpoint::Every(count) => {
                let count = self.expr(count);
                quote!(::chainrule::checkpoint::Schedule::every(#range, #count))
            }
            Checkpoint::Binomial(count) => {
                let count = self.expr(count);
                quote!(::chainrule::checkpoint::Schedule::binomial(#range, #count))
            }
        }
    }
}
