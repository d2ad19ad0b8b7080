//! Higher derivatives: `derivative`, `taylor`, and what generated code calls of a callee of that order.

use super::Emitter;
use super::call::pushforward_of_order;
use super::companion::Companion;
use super::signature::one_or_tuple;
use super::stmt::ParamNames;
use crate::ir::{Access, Passing, Wrt};
use crate::transform::taylor::Taylor;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

impl Companion<'_> {
    /// Everything of a function with `order = n` that goes along a curve.
    pub fn taylor(&self, orders: &[Taylor]) -> TokenStream {
        if orders.is_empty() {
            return TokenStream::new();
        }
        let pushforwards = orders.iter().map(|taylor| self.pushforward_of_order(taylor));
        let is_scalar = self.signature.function.ret_ty.is_float();
        let is_pure = self.signature.active().iter().all(|(_, param)| param.passing != Passing::Mutable);
        let coefficients = (is_scalar && is_pure).then(|| self.coefficients(orders.len() + 1));
        let derivative = is_scalar.then(|| self.derivative(orders.len() + 1)).flatten();
        quote!(#derivative #coefficients #(#pushforwards)*)
    }

    /// Value and derivatives along a curve `x(t)`, of whose derivatives each order has one of every argument.
    fn pushforward_of_order(&self, taylor: &Taylor) -> TokenStream {
        let signature = &self.signature;
        let order = taylor.dots.len();
        let (params, generic_params, predicates) =
            (signature.params(true), signature.generic_params(), signature.where_clause());
        let (markers, bounds) = self.markers();
        let (ret, ret_dot) = (signature.ret(), signature.ret_tangent());
        let emitter = Emitter::new(&taylor.vars, signature.float());
        let (mut dots, mut dot_names, mut opened) = (Vec::new(), Vec::new(), TokenStream::new());
        for (at, of_order) in taylor.dots.iter().enumerate() {
            for (index, (param, marker)) in signature.function.params.iter().zip(&markers).enumerate() {
                let name = match of_order[index] {
                    Some(dot) => emitter.name(dot),
                    None => Ident::new(&format!("unused_dot_{index}_{at}"), Span::call_site()),
                };
                let (ty, open) = self.opened(index + at * markers.len(), param, marker, &name);
                dots.push(quote!(mut #name: #ty));
                dot_names.push(name);
                opened.extend(open);
            }
        }
        let mut body = emitter.block(&taylor.body, &ParamNames::default());
        if signature.function.ret.is_none() {
            let nothing = (0..=order).map(|_| quote!(()));
            body.extend(quote!((#(#nothing),*)));
        }
        let (what, derivatives) = (pushforward_of_order(order), vec![ret_dot; order]);
        let (vis, name, on) = (self.visibility(), self.function(&what), self.function(&format!("{what}_on")));
        let activity = format_ident!("activity");
        let head = |name: &Ident, activity: TokenStream| {
            quote! {
                #[doc(hidden)]
                #[inline]
                #vis fn #name <#(#generic_params,)* #(#bounds),*> (
                    #(#params,)* #activity: (#(#markers,)*), #(#dots),*
                ) -> (#ret, #(#derivatives),*) #predicates
            }
        };
        let on_receiver = self.takes_shared_receiver().then(|| {
            let head = head(&on, quote!(#activity));
            let (arguments, turbofish) = (signature.arguments(), signature.turbofish(markers.len()));
            quote!(#head { Self::#name #turbofish(#(#arguments,)* #activity, #(#dot_names),*) })
        });
        let head = head(&name, quote!(_));
        quote! {
            #on_receiver
            #head {
                #opened
                #body
            }
        }
    }

    /// `taylor(args.., v)`: the coefficients of `f(x + t v)` in powers of `t`.
    fn coefficients(&self, highest: usize) -> TokenStream {
        let signature = &self.signature;
        let (params, predicates, ret) = (signature.params(false), signature.where_clause(), signature.ret());
        let generics = self.generics_behind(&quote!(const COEFFICIENTS: usize));
        let names = self.directions();
        let (mut types, mut prelude) = (Vec::new(), TokenStream::new());
        for ((_, param), name) in signature.active().into_iter().zip(&names) {
            let access = if param.passing == Passing::Value { Access::Owned } else { Access::Shared };
            let (ty, kept) = self.direction(param, name, access);
            types.push(ty);
            prelude.extend(kept);
        }
        let passed: Vec<TokenStream> = names.iter().map(|name| quote!(#name)).collect();
        let arms = (1..=highest).map(|order| {
            let call = self.along(order, &passed);
            let derivatives: Vec<Ident> =
                (0..=order).map(|order| Ident::new(&format!("y_{order}"), Span::mixed_site())).collect();
            let all = Ident::new("coefficients", Span::mixed_site());
            let count = Literal::usize_unsuffixed(order + 1);
            let mut factorial = 1.0;
            let coefficients = derivatives.iter().enumerate().map(|(order, derivative)| {
                factorial *= (order.max(1)) as f64;
                if order < 2 {
                    return quote!(#derivative);
                }
                let factorial = self.float_literal(factorial);
                quote!(#derivative / #factorial)
            });
            quote! {
                #count => {
                    let (#(#derivatives),*) = #call;
                    #all.copy_from_slice(&[#(#coefficients),*]);
                }
            }
        });
        let zero = self.float_literal(0.0);
        let value = self.along(1, &passed);
        let coefficients = Ident::new("coefficients", Span::mixed_site());
        let (names, types) = (one_or_tuple(&passed), one_or_tuple(&types));
        let (vis, name_of_taylor) = (self.visibility(), self.function("taylor"));
        let (link, orders) = (self.link(), Literal::usize_unsuffixed(highest + 1));
        let message = format!("more Taylor coefficients than `order = {highest}` gives");
        let doc = format!(
            "The Taylor coefficients of {link} along a direction `v`: `c[k]` with `f(x + t v) = Σ_k c[k] t^k`, at most \
             {orders} of them."
        );
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #name_of_taylor #generics (#(#params,)* #names: #types) -> [#ret; COEFFICIENTS] #predicates {
                const { assert!(COEFFICIENTS <= #orders, #message) }
                #prelude
                let mut #coefficients = [#zero; COEFFICIENTS];
                match COEFFICIENTS {
                    0 => {}
                    1 => #coefficients[0] = #value.0,
                    #(#arms)*
                    _ => {}
                }
                #coefficients
            }
        }
    }

    /// `derivative::<N>(x)` of a function of one float.
    fn derivative(&self, highest: usize) -> Option<TokenStream> {
        let signature = &self.signature;
        let active = signature.active();
        let [(_, param)] = active.as_slice() else { return None };
        if param.passing != Passing::Value || !signature.function.vars[param.var].ty.is_float() {
            return None;
        }
        let (params, predicates, ret) = (signature.params(false), signature.where_clause(), signature.ret());
        let generics = self.generics_behind(&quote!(const ORDER: usize));
        let one = self.float_literal(1.0);
        let arms = (1..=highest).map(|order| {
            let call = self.along(order, std::slice::from_ref(&one));
            let (count, last) = (Literal::usize_unsuffixed(order), Literal::usize_unsuffixed(order));
            quote!(#count => #call.#last,)
        });
        let (link, name) = (self.link(), signature.name(param));
        let value = self.along(1, std::slice::from_ref(&one));
        let message = format!("a derivative beyond `order = {highest}`");
        let doc = format!("The derivative of {link} of order `ORDER` by `{name}`, for orders up to {highest}.");
        let (vis, name_of_derivative) = (self.visibility(), self.function("derivative"));
        let highest = Literal::usize_unsuffixed(highest);
        Some(quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #name_of_derivative #generics (#(#params),*) -> #ret #predicates {
                const { assert!(ORDER <= #highest, #message) }
                match ORDER {
                    #(#arms)*
                    _ => #value.0,
                }
            }
        })
    }

    /// The call that gives the derivatives up to an order along a straight line.
    fn along(&self, order: usize, directions: &[TokenStream]) -> TokenStream {
        let signature = &self.signature;
        let (arguments, name) = (self.arguments_in_loop(), self.function(&pushforward_of_order(order)));
        let params = || signature.function.params.iter();
        let markers = params().map(|param| match param.wrt {
            Wrt::Active => quote!(::chainrule::activity::Active),
            _ => quote!(::chainrule::activity::Inactive),
        });
        let mut directions = directions.iter();
        let first = params().map(|param| match param.wrt {
            Wrt::Active => directions.next().cloned().unwrap_or_default(),
            _ => quote!(()),
        });
        let first: Vec<TokenStream> = first.collect();
        let higher = (1..order).flat_map(|_| {
            params().map(|param| match (param.wrt, param.passing) {
                (Wrt::Active, Passing::Value) => self.zero(param),
                (Wrt::Active, _) => {
                    let zero = self.zero(param);
                    quote!(&#zero)
                }
                _ => quote!(()),
            })
        });
        let turbofish = signature.turbofish(signature.function.params.len());
        quote!(Self::#name #turbofish (#(#arguments,)* (#(#markers,)*), #(#first,)* #(#higher),*))
    }

    fn float_literal(&self, value: f64) -> TokenStream {
        Emitter::new(&self.signature.function.vars, self.signature.float()).float(value, None)
    }

    /// The generic parameters with one that is chosen at the call.
    fn generics_behind(&self, own: &TokenStream) -> TokenStream {
        let (lifetimes, others): (Vec<TokenStream>, Vec<TokenStream>) =
            self.signature.generic_params().into_iter().partition(|param| param.to_string().starts_with('\''));
        quote!(<#(#lifetimes,)* #own, #(#others),*>)
    }
}
