//! The companion type `f {}` with the derivatives of a function `f` as associated functions.

use super::Emitter;
use super::home::Home;
use super::signature::{Signature, one_or_tuple};
use crate::custom::{Forward, Reverse};
use crate::derivatives::Derivatives;
use crate::differentiable::Source;
use crate::ir::{Param, Passing, Ty, Wrt};
use crate::options::JacobianMode;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

/// A function with what is generated for it.
pub struct Companion<'a> {
    pub signature: Signature<'a>,
    pub source: &'a Source,
}

/// `#[allow(..)] pub struct f {} impl f { pub fn grad(..) .. }`
pub fn emit_companion(signature: Signature<'_>, source: &Source, docs: &[String]) -> TokenStream {
    let item = signature.item;
    let (vis, name) = (&item.vis, &item.sig.ident);
    let doc = format!("The derivatives of [`{name}`](fn@{name}).");
    let order = signature.function.order;
    let functions = emit_functions(signature, source, docs);
    let allowed = allowed();
    let orders = (2..=order).map(|order| quote!(impl ::chainrule::__private::HasOrder<#order> for #name {}));
    quote! {
        #[doc = #doc]
        #[allow(non_camel_case_types)]
        #vis struct #name {}

        #allowed
        impl #name {
            #functions
        }

        #(#orders)*
    }
}

/// The functions themselves: all of them, or of an implementation what its trait leaves open.
pub fn emit_functions(signature: Signature<'_>, source: &Source, docs: &[String]) -> TokenStream {
    Companion { signature, source }.functions(docs)
}

/// What the user's lints should not say about generated code.
pub fn allowed() -> TokenStream {
    quote! {
        #[allow(
            clippy::all,
            clippy::pedantic,
            dead_code,
            non_snake_case,
            unreachable_code,
            unused_assignments,
            unused_mut,
            unused_parens,
            unused_variables
        )]
    }
}

/// The user's function. If only its derivatives are called, it is not dead.
pub fn emit_primal(item: &syn::ItemFn) -> TokenStream {
    quote!(#[allow(dead_code)] #item)
}

/// The companion of a function with errors: nothing else cascades from it.
pub fn emit_stub(item: &syn::ItemFn) -> TokenStream {
    let (vis, name) = (&item.vis, &item.sig.ident);
    quote! {
        #[allow(non_camel_case_types, dead_code)]
        #vis struct #name {}
    }
}

impl<'a> Companion<'a> {
    /// What was derived from the body, if there is one and no rule stands for it.
    pub fn derivatives(&self) -> Option<&'a Derivatives> {
        match self.source {
            Source::Body(derivatives) => Some(derivatives),
            Source::Rules(_) | Source::Implementations => None,
        }
    }

    /// The where-clause of a function in forward mode.
    pub fn where_forward(&self) -> TokenStream {
        let missing = matches!(self.source, Source::Rules(rules) if matches!(rules.forward, Forward::Missing));
        self.where_clause(missing.then(|| quote!(::chainrule::custom::NoJvp: ::chainrule::custom::ForwardMode)))
    }

    /// The where-clause of a function in reverse mode.
    pub fn where_reverse(&self) -> TokenStream {
        let missing = matches!(self.source, Source::Rules(rules) if matches!(rules.reverse, Reverse::Missing));
        self.where_clause(missing.then(|| quote!(::chainrule::custom::NoVjp: ::chainrule::custom::ReverseMode)))
    }

    /// The signature's predicates, and one that cannot hold: with a lifetime it is a matter of the call, where it says what
    /// is missing.
    fn where_clause(&self, unmet: Option<TokenStream>) -> TokenStream {
        let predicates = self.signature.where_clause();
        match unmet {
            None => predicates,
            Some(unmet) if predicates.is_empty() => quote!(where for<'call> #unmet),
            Some(unmet) => quote!(#predicates, for<'call> #unmet),
        }
    }

    /// Everything that is generated for the function.
    pub fn functions(&self, docs: &[String]) -> TokenStream {
        let outcome = self.signature.gradient_of();
        let gradient = outcome.map(|outcome| [self.value_and_grad(docs, &outcome), self.grad_into(&outcome)]);
        let gradient = gradient.into_iter().flatten();
        let [jvp, vjp_into, linearize] = [self.jvp(), self.vjp_into(), self.linearize()];
        if let Home::Implementation(_) = self.signature.home {
            return quote!(#jvp #vjp_into #linearize);
        }
        let [vjp, pushforward, on_receiver] = [self.vjp(), self.pushforward(), self.on_receiver()];
        let overwrites = self.overwrites();
        let more = self.of_companion();
        quote!(#(#gradient)* #jvp #vjp #vjp_into #pushforward #linearize #on_receiver #overwrites #more)
    }

    /// The second order, and the Jacobian, which a method has where that is asked for.
    fn of_companion(&self) -> Option<TokenStream> {
        let mode = self.signature.function.jacobian;
        let second_order = self.derivatives().and_then(|derivatives| derivatives.second_order.as_ref());
        let second_order = second_order.map(|second| self.second_order(second));
        let Home::Companion = self.signature.home else {
            let taylor = self.derivatives().map(|derivatives| self.taylor(&derivatives.taylor));
            let jacobian = if mode == JacobianMode::Unasked { None } else { self.jacobian(mode) };
            return Some(quote!(#second_order #taylor #jacobian));
        };
        let elimination = self.derivatives().and_then(|derivatives| derivatives.elimination.as_ref());
        let jacobian = match elimination {
            Some(elimination) => self.eliminated_jacobian(elimination),
            None => self.jacobian(mode),
        };
        let directions = self.derivatives().and_then(|derivatives| derivatives.directions.as_ref());
        let sparse = directions.filter(|_| self.signature.function.sparse);
        let sparse = sparse.map(|directions| self.of_sparse(directions, elimination));
        let taylor = self.derivatives().map(|derivatives| self.taylor(&derivatives.taylor));
        Some(quote!(#second_order #taylor #jacobian #sparse))
    }

    /// What callers ask that reuse a slice as scratch space.
    fn overwrites(&self) -> Option<TokenStream> {
        let Home::Companion = self.signature.home else { return None };
        let index = Literal::usize_unsuffixed;
        let count = index(self.signature.function.params.len());
        let overwritten = self.derivatives().into_iter().flat_map(|derivatives| &derivatives.overwritten);
        let arms = overwritten.map(|(param, of)| {
            let [param, of] = [*param, *of].map(index);
            quote!(#param => lengths[#param] <= lengths[#of],)
        });
        let arms: Vec<TokenStream> = arms.collect();
        let answer = match arms.is_empty() {
            true => quote!(false),
            false => quote!(match param { #(#arms)* _ => false }),
        };
        Some(quote! {
            #[doc(hidden)]
            #[inline]
            pub const fn overwrites(param: usize, lengths: [usize; #count]) -> bool { #answer }
        })
    }

    /// The name of a parameter's buffer.
    pub fn buffer(&self, index: usize) -> Ident {
        if let Source::Rules(_) = self.source {
            return self.beside(&self.signature.function.params[index], "bar");
        }
        let bar = self.derivatives().and_then(|derivatives| {
            let bar = derivatives.fused.bars.get(index).copied().flatten()?;
            Some(Ident::new(&derivatives.fused.vars[bar].name, Span::call_site()))
        });
        bar.unwrap_or_else(|| match self.derivatives() {
            None => format_ident!("bar_{index}"),
            Some(_) => format_ident!("unused_bar_{index}"),
        })
    }

    /// `x_bar` or `x_dot` of a parameter `x`, apart from any name of the user's.
    pub fn beside(&self, param: &Param, role: &str) -> Ident {
        let name = &self.signature.function.vars[param.var].name;
        Ident::new(&format!("{}_{role}", name.trim_start_matches("r#")), Span::mixed_site())
    }

    /// The name of a generated function: `grad`, or `loss_grad`.
    pub fn function(&self, what: &str) -> Ident {
        self.signature.home.function(&self.signature.item.sig.ident, what)
    }

    /// `pub`, or as the method's own.
    pub fn visibility(&self) -> TokenStream {
        self.signature.home.visibility(self.signature.item)
    }

    /// A link to the primal, for documentation.
    pub fn link(&self) -> String {
        self.signature.home.link(&self.signature.item.sig.ident)
    }

    /// The zero tangent of a parameter.
    pub fn zero(&self, param: &Param) -> TokenStream {
        let name = self.signature.name(param);
        if let Some(direction) = &self.signature.generics.direction {
            let value = if param.passing == Passing::Value { quote!(&#name) } else { quote!(#name) };
            return match &self.signature.function.vars[param.var].ty {
                Ty::Float(_) => quote!(#direction::ZERO),
                _ => quote!(::chainrule::directions::zeros::<#direction, _>(#value)),
            };
        }
        match (&self.signature.function.vars[param.var].ty, param.passing) {
            (Ty::Float(_), _) => Emitter::new(&self.signature.function.vars, self.signature.float()).float(0.0, None),
            (_, Passing::Value) => quote!(::chainrule::Differentiable::zero_tangent(&#name)),
            (_, Passing::Shared) => quote!(::chainrule::Differentiable::zero_tangent(#name)),
            (_, Passing::Mutable) => quote!(::chainrule::Differentiable::zero_tangent(&*#name)),
        }
    }

    /// The generic parameters in brackets.
    pub fn generics(&self) -> TokenStream {
        let params = self.signature.generic_params();
        if params.is_empty() { TokenStream::new() } else { quote!(<#(#params),*>) }
    }

    /// The buffers as parameters: `bars: &mut P'`, or a tuple of them.
    pub fn buffer_params(&self) -> (TokenStream, TokenStream) {
        let active = self.signature.active();
        let names: Vec<TokenStream> = active
            .iter()
            .map(|(index, _)| {
                let name = self.buffer(*index);
                quote!(#name)
            })
            .collect();
        let types: Vec<TokenStream> = active
            .iter()
            .map(|(_, param)| {
                let lent = self.signature.lent(param);
                quote!(&mut #lent)
            })
            .collect();
        (one_or_tuple(&names), one_or_tuple(&types))
    }

    /// The lengths of lent slices have to be those of what they belong to.
    pub fn length_checks(&self) -> TokenStream {
        self.signature
            .active()
            .iter()
            .filter(|(_, param)| self.signature.is_sequence(param))
            .map(|(index, param)| {
                let (name, buffer) = (self.signature.name(param), self.buffer(*index));
                let message = format!("the cotangent of `{name}` must have its length");
                quote!(assert_eq!(#buffer.len(), #name.len(), #message);)
            })
            .collect()
    }

    /// The types of the markers, one an argument, with their bounds.
    pub fn markers(&self) -> (Vec<Ident>, Vec<TokenStream>) {
        let taken = self.signature.captured_names();
        let names: Vec<Ident> = (0..self.signature.function.params.len())
            .map(|index| {
                let name = format_ident!("A{index}");
                if taken.contains(&name) { format_ident!("Activity{index}") } else { name }
            })
            .collect();
        let bounds =
            self.signature.function.params.iter().zip(&names).map(|(param, name)| match (param.wrt, param.passing) {
                (Wrt::Excluded, _) => quote!(#name: ::chainrule::activity::Excluded),
                (Wrt::Active, Passing::Mutable) => quote!(#name: ::chainrule::activity::Required),
                _ => quote!(#name: ::chainrule::activity::Activity),
            });
        let bounds = bounds.collect();
        (names, bounds)
    }
}
