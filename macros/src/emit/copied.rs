//! Source that other stages put into the IR: integers, bounds and questions to the runtime, in which variables are written as in
//! copied source.

use super::expr::is_chain;
use crate::ir::{Call, Expr, Opaque, Place, Site, Var};
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

/// `*::chainrule::rules::count_mut(&mut place) op value`: says to rustc that what is changed carries no float.
pub fn change_of_count(place: &Place, op: &str, value: &TokenStream, vars: &crate::ir::Vars) -> TokenStream {
    let place = super::marked_place(place, false, vars);
    let op: TokenStream = op.parse().unwrap_or_default();
    quote!(*::chainrule::rules::count_mut(&mut #place) #op #value)
}

/// `::chainrule::rules::count(value)`: says to rustc that a value carries no float.
pub fn count(value: &impl ToTokens) -> TokenStream {
    quote!(::chainrule::rules::count(#value))
}

/// `::chainrule::rules::whole`: says to rustc that what a cast makes an integer of is one already.
pub fn whole(span: Span) -> TokenStream {
    quote_spanned!(span=> ::chainrule::rules::whole)
}

/// `::chainrule::rules::integer(value)`: says to rustc that the result of an operator is an integer.
pub fn integer_of(value: &impl ToTokens) -> TokenStream {
    quote!(::chainrule::rules::integer(#value))
}

/// `callee::overwrites(param, [lengths..])`, in marked source: whether the callee overwrites a slice of its caller's before
/// it reads it. Of a length that is not given nothing is known.
pub fn overwrites(call: &Call, param: usize, lengths: &[Option<Var>]) -> Expr {
    let path = &call.path.0;
    let reads: Vec<Var> = lengths.iter().copied().flatten().collect();
    let lengths = lengths.iter().map(|var| match var {
        Some(var) => {
            let var = crate::lower::marker(*var, call.site.0);
            quote!(#var.len())
        }
        None => quote!(0),
    });
    let param = Literal::usize_unsuffixed(param);
    copied(quote!(#path::overwrites(#param, [#(#lengths),*])), reads, call.site)
}

/// An integer plus a constant, in marked source.
pub fn shifted(value: &Expr, offset: i64) -> Expr {
    let (tokens, reads, site) = match value {
        Expr::Opaque(opaque) => (opaque.tokens.0.clone(), opaque.reads.clone(), opaque.site),
        Expr::Var(var) => {
            let name = crate::lower::marker(*var, proc_macro2::Span::call_site());
            (name.into_token_stream(), vec![*var], Site(proc_macro2::Span::call_site()))
        }
        other => return other.clone(),
    };
    let value = if is_chain(&tokens) { tokens } else { quote!((#tokens)) };
    let distance = Literal::u64_unsuffixed(offset.unsigned_abs());
    let tokens = if offset < 0 { quote!(#value - #distance) } else { quote!(#value + #distance) };
    copied(tokens, reads, site)
}

/// An integer, in marked source.
pub fn integer(tokens: TokenStream, reads: Vec<Var>) -> Expr {
    copied(tokens, reads, Site(proc_macro2::Span::call_site()))
}

/// `low..high`, in marked source.
pub fn range_of(low: &TokenStream, high: &TokenStream, reads: Vec<Var>) -> Expr {
    integer(quote!(#low..#high), reads)
}

/// The bounds of `low..high` in copied source.
pub fn bounds_of(range: &Opaque) -> Option<(TokenStream, TokenStream)> {
    let tokens: Vec<TokenTree> = range.tokens.0.clone().into_iter().collect();
    let is_dot = |token: &TokenTree| matches!(token, TokenTree::Punct(dot) if dot.as_char() == '.');
    let at = tokens.windows(2).position(|pair| pair.iter().all(is_dot))?;
    Some((tokens[..at].iter().cloned().collect(), tokens[at + 2..].iter().cloned().collect()))
}

/// A copy of what is in a place, or of what a reference there refers to, in marked source.
pub fn copy_behind(place: &Place, vars: &crate::ir::Vars) -> Expr {
    let value = super::marked_place(place, false, vars);
    let mut reads = vec![place.root];
    place.for_each_index(&mut |index| index.for_each_read(&mut |var| reads.push(var)));
    copied(quote!(#value.clone()), reads, Site(proc_macro2::Span::call_site()))
}

/// Source without effects, from which no derivative flows.
fn copied(tokens: TokenStream, reads: Vec<Var>, site: Site) -> Expr {
    Expr::Opaque(Opaque { site, ..Opaque::inert(tokens, reads) })
}
