//! What a method call in generated code calls: `model.loss_linearize_on(x, ..)`.
//!
//! Such a call does not see how the method takes its receiver. So these functions take it by reference wherever the
//! method does not change it, the pullback is given the receiver again in any case, and its tangent as a reference.

use super::companion::Companion;
use crate::ir::{Param, Passing, Vars, Wrt};
use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

impl Companion<'_> {
    /// `loss_linearize_on` and `loss_pushforward_on`, if the function is a method.
    pub fn on_receiver(&self) -> TokenStream {
        match self.signature.receiver() {
            Some(receiver) => {
                let (linearize, pushforward) = (self.linearize_on(receiver), self.pushforward_on(receiver));
                quote!(#linearize #pushforward)
            }
            None => TokenStream::new(),
        }
    }

    /// Another name for `self`, which no parameter of a closure can have, and the statement that binds it.
    pub fn renamed_receiver(&self, vars: &mut Vars) -> Option<(Ident, TokenStream)> {
        let receiver = self.signature.receiver()?;
        let this = format_ident!("{}", vars.claim_name("this"));
        vars[receiver.var].name = this.to_string();
        let mutable = (receiver.passing == Passing::Value && vars[receiver.var].mutable).then(|| quote!(mut));
        Some((this.clone(), quote!(let #mutable #this = self;)))
    }

    /// Whether the function is a method of `&self`, whose call passes on what it is given.
    pub fn takes_shared_receiver(&self) -> bool {
        self.signature.receiver().is_some_and(|receiver| receiver.passing == Passing::Shared)
    }

    /// The parameters, and the arguments that pass them on: a receiver by value comes as a reference and is cloned.
    fn forwarded(&self, receiver: &Param) -> (Vec<TokenStream>, Vec<TokenStream>) {
        let signature = &self.signature;
        let mut params = signature.params(false);
        let mut arguments: Vec<TokenStream> = signature.arguments().iter().map(|name| quote!(#name)).collect();
        if let (Passing::Value, Some(param), Some(argument)) =
            (receiver.passing, params.first_mut(), arguments.first_mut())
        {
            *param = quote!(&self);
            *argument = quote!(::core::clone::Clone::clone(self));
        }
        (params, arguments)
    }

    /// The where-clause; what is cloned has to be `Clone`, whatever the type of the block.
    fn where_clone(&self, receiver: &Param, predicates: TokenStream) -> TokenStream {
        match (receiver.passing, predicates.is_empty()) {
            (Passing::Value, true) => quote!(where for<'clone> Self: ::core::clone::Clone),
            (Passing::Value, false) => quote!(#predicates, for<'clone> Self: ::core::clone::Clone),
            _ => predicates,
        }
    }

    fn linearize_on(&self, receiver: &Param) -> TokenStream {
        let signature = &self.signature;
        let (markers, bounds) = self.markers();
        let generic_params = signature.generic_params();
        let predicates = self.where_clone(receiver, self.where_reverse());
        let (params, arguments) = self.forwarded(receiver);
        let vis = self.visibility();
        let [on, linearize] = ["linearize_on", "linearize"].map(|what| self.function(what));
        // a lifetime of the block would be captured
        let own = super::types::without_lifetimes(&receiver.declared);
        let again = quote!(&#own);
        let returned = self.linearized(&markers, (receiver.passing != Passing::Shared).then_some(&again));
        let turbofish = signature.turbofish(markers.len());
        let call = quote!(Self::#linearize #turbofish(#(#arguments,)* activity));
        let body = if receiver.passing == Passing::Shared {
            call
        } else {
            let buffers: Vec<Ident> = (0..markers.len()).map(|index| format_ident!("bar_{index}")).collect();
            let inputs = self.pullback_inputs(&markers, None, &format_ident!("result_bar"), &buffers);
            let inputs = inputs.into_iter().map(without_mut);
            let shared = signature.function.params.iter().filter(|param| param.passing == Passing::Shared);
            let shared = shared.map(|param| signature.name(param));
            quote! {
                let (value, pullback) = #call;
                (value, move |_: #again, #(#inputs),*| pullback(#(#shared,)* result_bar, #(#buffers),*))
            }
        };
        quote! {
            #[doc(hidden)]
            #[inline]
            #vis fn #on <#(#generic_params,)* #(#bounds),*> (#(#params,)* activity: (#(#markers,)*))
                -> #returned #predicates
            {
                #body
            }
        }
    }

    fn pushforward_on(&self, receiver: &Param) -> TokenStream {
        let signature = &self.signature;
        let (markers, bounds) = self.markers();
        let generic_params = signature.generic_params();
        let predicates = self.where_clone(receiver, self.where_forward());
        let (params, arguments) = self.forwarded(receiver);
        let turbofish = signature.turbofish(markers.len());
        let (vis, ret, ret_dot) = (self.visibility(), signature.ret(), signature.ret_tangent());
        let [on, pushforward] = ["pushforward_on", "pushforward"].map(|what| self.function(what));
        let mut dots = self.dot_types(&markers);
        let mut passed: Vec<TokenStream> =
            (0..markers.len()).map(|index| format_ident!("dot_{index}")).map(|dot| quote!(#dot)).collect();
        let mut activity = quote!(activity);
        let mut opened = TokenStream::new();
        let is_active_value = receiver.passing == Passing::Value && receiver.wrt == Wrt::Active;
        if let (true, Some(marker), Some(dot), Some(first)) =
            (is_active_value, markers.first(), dots.first_mut(), passed.first_mut())
        {
            let tangent = signature.tangent(receiver);
            *dot = quote!(#marker::SharedDot<'_, #tangent>);
            // the tangent is cloned too, or zero
            *first = quote!(self_dot);
            let rest = (1..markers.len()).map(syn::Index::from);
            activity = quote!((::chainrule::activity::Active, #(activity.#rest,)*));
            opened = quote! {
                let self_dot = match #marker::shared(dot_0) {
                    Some(dot) => ::core::clone::Clone::clone(dot),
                    None => ::chainrule::Differentiable::zero_tangent(self),
                };
            };
        }
        let inputs = dots.iter().enumerate().map(|(index, ty)| {
            let dot = format_ident!("dot_{index}");
            quote!(#dot: #ty)
        });
        quote! {
            #[doc(hidden)]
            #[inline]
            #vis fn #on <#(#generic_params,)* #(#bounds),*> (
                #(#params,)* activity: (#(#markers,)*), #(#inputs),*
            ) -> (#ret, #ret_dot) #predicates {
                #opened
                Self::#pushforward #turbofish(#(#arguments,)* #activity, #(#passed),*)
            }
        }
    }
}

/// An input of a closure that passes it on.
fn without_mut(input: TokenStream) -> TokenStream {
    input.into_iter().skip_while(|token| token.to_string() == "mut").collect()
}

/// Generated code in which the receiver has another name.
pub fn renamed(tokens: TokenStream, this: &Ident) -> TokenStream {
    let rename = |token: TokenTree| match token {
        TokenTree::Ident(name) if name == "self" => TokenTree::Ident(this.clone()),
        TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), renamed(group.stream(), this))),
        other => other,
    };
    tokens.into_iter().map(rename).collect()
}
