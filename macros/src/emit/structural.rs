//! Operations that move elements, as tokens.

use super::Emitter;
use super::place::marked_index;
use crate::ir::{Expr, Opaque, Pattern, Place, Structural, Var, Vars};

use crate::rules::structural::Form;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

impl Emitter<'_> {
    /// `[let result =] place.name(positions.., value);`
    pub fn structural(&self, structural: &Structural) -> TokenStream {
        let Some(place) = structural.places.first() else { return TokenStream::new() };
        let row = structural.op.row();
        let value = structural.value.iter().map(|value| match row.by_reference {
            true => self.reference(value),
            false => self.expr(value),
        });
        let positions = structural.positions.iter().map(|position| self.expr(position));
        let operation = match row.form {
            // what nobody takes is dropped
            Form::Method("split_off") if structural.result.is_none() => {
                let place = self.changed(place);
                quote!(#place.truncate(#(#positions),*))
            }
            Form::Method(name) => {
                let (place, name) = (self.changed(place), quote::format_ident!("{name}"));
                let args = positions.chain(value);
                quote!(#place.#name(#(#args),*))
            }
            Form::Unwrapped(name) => {
                let (place, name) = (self.changed(place), quote::format_ident!("{name}"));
                quote!(#place.#name().unwrap())
            }
            Form::Unpositioned(name) => {
                let (place, name) = (self.changed(place), quote::format_ident!("{name}"));
                quote!(#place.#name(#(#value),*))
            }
            Form::Exchange(name) => {
                let (place, name) = (self.changed(place), quote::format_ident!("{name}"));
                let others = structural.places[1..].iter().map(|place| self.borrow(place, true));
                quote!(#place.#name(#(#others),*))
            }
            Form::MemSwap => {
                let places = structural.places.iter().map(|place| self.borrow(place, true));
                quote!(::core::mem::swap(#(#places),*))
            }
            Form::Runtime(name) => {
                let (place, name) = (self.borrow(place, true), quote::format_ident!("{name}"));
                let args = positions.chain(value);
                quote!(::chainrule::rules::sequence::#name(#place, #(#args),*))
            }
        };
        match structural.result {
            Some(var) => {
                let pattern = self.pattern(&Pattern::Var(var));
                quote!(let #pattern = #operation;)
            }
            None => quote!(#operation;),
        }
    }

    /// A place as the receiver of a method that changes it.
    fn changed(&self, place: &Place) -> TokenStream {
        if place.is_whole() { self.name(place.root).into_token_stream() } else { self.place(place, true) }
    }
}

/// `from..`, in marked source.
pub fn range_from(from: &Expr) -> Expr {
    let tokens = marked_index(from);
    inert(quote!(#tokens..), reads_of(&[from]))
}

/// `..to`, in marked source.
pub fn range_to(to: &Expr) -> Expr {
    let tokens = marked_index(to);
    inert(quote!(..#tokens), reads_of(&[to]))
}

/// `::chainrule::rules::sequence::name(&place, compare)`, in marked source: the order in which sorting puts the elements.
pub fn order_of(place: &Place, name: &str, compare: &Opaque, vars: &Vars) -> Opaque {
    let (place_tokens, name) = (super::marked_place(place, true, vars), quote::format_ident!("{name}"));
    let compare_tokens = &compare.tokens.0;
    let tokens = quote!(::chainrule::rules::sequence::#name(#place_tokens, #compare_tokens));
    let mut reads = vec![place.root];
    place.for_each_index(&mut |index| reads.extend(reads_of(&[index])));
    reads.extend(&compare.reads);
    reads.sort();
    reads.dedup();
    let (writes, refusal) = (compare.writes.clone(), compare.refusal.clone());
    Opaque { writes, cheap: false, refusal, site: compare.site, ..Opaque::inert(tokens, reads) }
}

fn inert(tokens: TokenStream, reads: Vec<Var>) -> Expr {
    Expr::Opaque(Opaque::inert(tokens, reads))
}

fn reads_of(exprs: &[&Expr]) -> Vec<Var> {
    let mut reads = Vec::new();
    exprs.iter().for_each(|expr| expr.for_each_read(&mut |var| reads.push(var)));
    reads
}
