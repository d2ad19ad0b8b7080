//! The pullback of a function that calls itself: an `impl Fn` would contain its own type, so a trait object stands between.
//!
//! Where the function is a branch, as between the end of a recursion and a step of it, each way has a pullback of its own. One that
//! owns nothing, as at most ends, takes no memory.

use super::Emitter;
use super::companion::Companion;
use super::stmt::ParamNames;
use crate::ir::{Block, Expr, Stmt};
use crate::simplify::prepend_definitions;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

impl Companion<'_> {
    /// The closure that runs a reverse sweep after its prelude, with a box around it if the function calls itself, and the
    /// declarations of that.
    pub fn boxed_if_recursive(
        &self,
        fn_type: &TokenStream,
        inputs: &[TokenStream],
        (markers, bounds): (&[Ident], &[TokenStream]),
        prelude: &TokenStream,
        (emitter, reverse, names): (&Emitter<'_>, &[Stmt], &ParamNames),
    ) -> (Option<TokenStream>, TokenStream) {
        let closure = |stmts: &[Stmt]| {
            let stmts = emitter.stmts(stmts, names);
            quote!(move |#(#inputs),*| { #prelude #stmts })
        };
        if !self.signature.function.recursive {
            return (None, closure(reverse));
        }
        let generics = self.signature.captured_names();
        let boxed = |stmts: &[Stmt]| {
            let closure = closure(stmts);
            quote!(boxed_pullback::<#(#generics,)* #(#markers,)* _>(#closure))
        };
        let pullback = match ways(reverse) {
            Some((cond, [then, otherwise])) => {
                let (cond, then, otherwise) = (emitter.expr(cond), boxed(&then), boxed(&otherwise));
                quote!(if #cond { #then } else { #otherwise })
            }
            None => boxed(reverse),
        };
        let (items, closure) = self.boxed(fn_type, &pullback, inputs, markers, bounds);
        (Some(items), closure)
    }

    /// A trait whose objects are the pullbacks, and the closure around such an object.
    fn boxed(
        &self,
        fn_type: &TokenStream,
        pullback: &TokenStream,
        inputs: &[TokenStream],
        markers: &[Ident],
        bounds: &[TokenStream],
    ) -> (TokenStream, TokenStream) {
        let signature = &self.signature;
        let (generic_params, names) = (signature.visible_params(), signature.captured_names());
        let lifetimes = [signature.outer_lifetimes(), signature.lifetimes()].concat();
        let predicates = signature.visible_where_clause();
        let (plain, arguments) = plain_inputs(inputs);
        let arguments_of = quote!(#(#lifetimes,)* #(#names,)* #(#markers),*);
        let bound = self.captured_lifetimes().first().map_or(quote!('static), |lifetime| quote!(#lifetime));
        let items = quote! {
            trait Pullback<#(#generic_params,)* #(#bounds),*> #predicates {
                fn pull(&self, #(#plain),*);
            }
            impl<#(#generic_params,)* #(#bounds,)* Closure: #fn_type> Pullback<#arguments_of> for Closure #predicates {
                fn pull(&self, #(#plain),*) {
                    self(#(#arguments),*)
                }
            }
            fn boxed_pullback<#(#generic_params,)* #(#bounds,)* Closure: #fn_type + #bound>(
                closure: Closure,
            ) -> ::chainrule::__private::Box<dyn Pullback<#arguments_of> + #bound> #predicates {
                ::chainrule::__private::Box::new(closure)
            }
        };
        let closure = quote!({
            let pullback = #pullback;
            move |#(#plain),*| pullback.pull(#(#arguments),*)
        });
        (items, closure)
    }
}

/// The condition of a reverse sweep that is one branch, and its ways, each with the definitions before the branch that it reads.
fn ways(reverse: &[Stmt]) -> Option<(&Expr, [Vec<Stmt>; 2])> {
    let (Stmt::If { result: None, cond, then, otherwise }, before) = reverse.split_last()? else { return None };
    let mut known = cond.is_pure() && before.iter().all(|stmt| matches!(stmt, Stmt::Let(_, value) if value.is_pure()));
    cond.for_each_read(&mut |var| known &= !before.iter().any(|stmt| stmt.defines().contains(&var)));
    let way = |block: &Block| {
        let mut stmts = block.stmts.clone();
        prepend_definitions(before, &mut stmts);
        stmts
    };
    known.then(|| (cond, [way(then), way(otherwise)]))
}

/// The parameters of a closure without `mut`, and their names.
fn plain_inputs(inputs: &[TokenStream]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let plain: Vec<TokenStream> = inputs
        .iter()
        .map(|input| {
            let is_mut = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "mut");
            let mut tokens = input.clone().into_iter().peekable();
            if tokens.peek().is_some_and(is_mut) {
                tokens.next();
            }
            tokens.collect()
        })
        .collect();
    let names = plain.iter().map(|input| input.clone().into_iter().take(1).collect()).collect();
    (plain, names)
}
