//! Calls of differentiable functions: of the primal, and of what is generated for it.

use super::Emitter;
use crate::ir::{Call, Callee, Expr, Marker, Role};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

impl Emitter<'_> {
    /// `callee(args..)`
    pub fn call(&self, call: &Call) -> TokenStream {
        let generics = call.generics.as_ref().map(|(_, generics)| {
            let generics = &generics.0;
            quote!(::<#generics>)
        });
        let path = &call.path.0;
        match self.receiver_of(call) {
            Some((receiver, args)) => {
                let args = args.iter().map(|arg| self.argument(arg));
                quote!(#receiver.#path #generics(#(#args),*))
            }
            None => {
                let args = call.args.iter().map(|arg| self.argument(arg));
                quote!(#path #generics(#(#args),*))
            }
        }
    }

    /// `callee::pushforward(args.., markers, dots..)`, or `callee::pushforward_2(args.., markers, dots.., dots_2..)`
    pub fn pushforward(&self, call: &Call, markers: &[Marker], dots: &[Vec<Option<Expr>>]) -> TokenStream {
        let what = match self.direction {
            Some(_) => ALONG.to_owned(),
            None => pushforward_of_order(dots.len()),
        };
        let markers = markers.iter().map(|marker| self.marker(*marker, &[]));
        let dots = dots.iter().flatten().map(|dot| match dot {
            Some(dot) => self.argument(dot),
            None => quote!(()),
        });
        self.generated(call, &what, &quote!((#(#markers,)*), #(#dots),*))
    }

    /// `callee::what::<generics.., _, _>(args.., more..)`: a function that was generated for the callee.
    pub fn generated(&self, call: &Call, what: &str, more: &TokenStream) -> TokenStream {
        let generics = call.generics.as_ref().map(|(_, generics)| {
            let generics = &generics.0;
            let direction = self.direction.map(|direction| quote!(, #direction));
            let markers = call.args.iter().map(|_| quote!(_));
            quote!(::<#generics, #(#markers),* #direction>)
        });
        let path = &call.path.0;
        if let Some((receiver, args)) = self.receiver_of(call) {
            let method = with_suffix(path, &format!("{what}_on"));
            let args = args.iter().map(|arg| self.argument(arg));
            return quote!(#receiver.#method #generics(#(#args,)* #more));
        }
        let args = call.args.iter().map(|arg| self.argument(arg));
        let function = match call.callee {
            Callee::Function => {
                // a companion without it is reported at the call
                let what = format_ident!("{what}", span = call.site.0);
                quote!(#path::#what)
            }
            Callee::Associated | Callee::Method => with_suffix(path, what),
        };
        quote!(#function #generics(#(#args,)* #more))
    }

    /// The receiver of a method call, which rustc borrows as the method wants it, and the other arguments.
    fn receiver_of<'c>(&self, call: &'c Call) -> Option<(TokenStream, &'c [Expr])> {
        let (receiver, args) = call.args.split_first().filter(|_| call.callee == Callee::Method)?;
        let receiver = match receiver {
            Expr::Borrow(place, _) if place.is_whole() => {
                let name = self.name(place.root);
                quote!(#name)
            }
            Expr::Borrow(place, mutable) => self.located(place, *mutable).0,
            other => self.argument(other),
        };
        Some((receiver, args))
    }

    /// An argument of a call; what is not copied is cloned, because the sweep may need it again.
    pub fn argument(&self, arg: &Expr) -> TokenStream {
        match arg {
            Expr::Var(var) if !self.vars[*var].ty.is_scalar() && self.vars[*var].role == Role::Primal => {
                let name = self.name(*var);
                quote!(#name.clone())
            }
            other => self.expr(other),
        }
    }
}

/// The name of the function that returns a value with its tangent along directions of any type.
pub const ALONG: &str = "pushforward_sparse";

/// The name of the function that returns the same with a pullback of second order.
pub const LINEARIZE_ALONG: &str = "linearize_sparse";

/// The name of the function that returns a value with its tangents up to this order.
pub fn pushforward_of_order(order: usize) -> String {
    if order == 1 { "pushforward".to_owned() } else { format!("pushforward_{order}") }
}

/// `Type::loss` as `Type::loss_linearize`.
fn with_suffix(path: &TokenStream, suffix: &str) -> TokenStream {
    let mut tokens: Vec<_> = path.clone().into_iter().collect();
    if let Some(proc_macro2::TokenTree::Ident(name)) = tokens.last_mut() {
        let plain = name.to_string();
        *name = proc_macro2::Ident::new(&format!("{}_{suffix}", plain.trim_start_matches("r#")), name.span());
    }
    tokens.into_iter().collect()
}
