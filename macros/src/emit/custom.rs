//! The two modes of a function with custom rules. Everything else of its companion is built on them, as for any function.
//!
//! A rule's path stands in one place of the generated code, against the type that it has to have, so that rustc reports a
//! wrong signature once, there, with the one expected.

use super::Emitter;
use super::companion::Companion;
use super::matrix_result::size_of;
use super::signature::one_or_tuple;
use crate::custom::{Forward, Reverse};
use crate::ir::{FloatTy, Param, Passing, Ty};
use crate::lower::types::Generics;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// Whether the tokens of a matrix type tell its size.
pub fn has_known_size(ty: &syn::Type) -> bool {
    size_of(ty, &Generics::default()).number().is_some()
}

/// A name of generated code, apart from any of the user's.
fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

impl Companion<'_> {
    /// `jvp(args.., tangents)`
    pub fn jvp_by_rule(&self, forward: &Forward) -> TokenStream {
        let signature = &self.signature;
        let (generics, predicates) = (self.generics(), self.where_forward());
        let (ret, ret_dot) = (signature.ret(), signature.ret_tangent());
        let (vis, jvp) = (self.visibility(), self.function("jvp"));
        let doc = format!("The value of {} and its tangent along the given tangents (forward mode).", self.link());
        let params = signature.params(false);
        let dots: Vec<(&Param, Ident)> =
            signature.active().into_iter().map(|(_, param)| (param, self.beside(param, "dot"))).collect();
        let names: Vec<TokenStream> = dots.iter().map(|(_, dot)| quote!(#dot)).collect();
        let types: Vec<TokenStream> = dots.iter().map(|(param, _)| self.tangent_type(param)).collect();
        let (names, types) = (one_or_tuple(&names), one_or_tuple(&types));
        let body = match forward {
            Forward::Rule(path) => self.call_of_jvp_rule(path, &dots),
            Forward::Gradient => self.inner_product(&dots),
            Forward::Missing => quote!(<::chainrule::custom::NoJvp as ::chainrule::custom::ForwardMode>::never()),
        };
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #jvp #generics (#(#params,)* #names: #types) -> (#ret, #ret_dot) #predicates {
                #body
            }
        }
    }

    /// `let rule: fn(A, A') -> (R, R') = path; rule(x, x_dot)`
    fn call_of_jvp_rule(&self, path: &syn::ExprPath, dots: &[(&Param, Ident)]) -> TokenStream {
        let signature = &self.signature;
        let (rule, arguments) = (local("rule"), signature.arguments());
        let (ret, ret_dot) = (signature.ret(), signature.ret_tangent());
        let params = self.types_of_rule();
        let mut checks = TokenStream::new();
        let (mut passed, mut types) = (Vec::new(), Vec::new());
        for (param, dot) in dots {
            let lent = signature.lent(param);
            let sequence = signature.is_sequence(param);
            let as_slice = param.passing == Passing::Value && sequence;
            let dot = if as_slice { quote!(#dot.as_ref()) } else { quote!(#dot) };
            types.push(if as_slice { quote!(&#lent) } else { self.tangent_type(param) });
            if sequence {
                let name = signature.name(param);
                let message = format!("the tangent of `{name}` must have its length");
                checks.extend(quote!(assert_eq!(#dot.len(), #name.len(), #message);));
            }
            passed.push(dot);
        }
        let (passed, types) = (one_or_tuple(&passed), one_or_tuple(&types));
        quote! {
            #checks
            let #rule: fn(#(#params,)* #types) -> (#ret, #ret_dot) = #path;
            #rule(#(#arguments,)* #passed)
        }
    }

    /// Forward mode of a float: `(value, gradient.0 * x_dot + ..)`.
    fn inner_product(&self, dots: &[(&Param, Ident)]) -> TokenStream {
        let signature = &self.signature;
        let [value, pullback, gradient] = ["value", "pullback", "gradient"].map(local);
        let (arguments, turbofish, vjp) = (signature.arguments(), signature.turbofish(0), self.function("vjp"));
        let one = Emitter::new(&signature.function.vars, signature.float()).float(1.0, None);
        let ret = signature.ret();
        let terms = dots.iter().enumerate().map(|(index, (param, dot))| {
            let part = match dots.len() {
                1 => quote!(#gradient),
                _ => {
                    let index = syn::Index::from(index);
                    quote!(#gradient.#index)
                }
            };
            let same = signature.function.vars[param.var].ty == signature.function.ret_ty;
            match (param.passing, signature.is_sequence(param)) {
                (Passing::Value, _) if same => quote!(#part * #dot),
                (_, _) if same => quote!(#part * *#dot),
                (Passing::Value, true) => {
                    quote!(::chainrule::custom::inner_of_slices::<#ret, _>(&#part, #dot.as_ref()))
                }
                (_, true) => quote!(::chainrule::custom::inner_of_slices::<#ret, _>(&#part, #dot)),
                (Passing::Value, false) => quote!(::chainrule::custom::inner::<#ret, _>(&#part, &#dot)),
                (_, false) => quote!(::chainrule::custom::inner::<#ret, _>(&#part, #dot)),
            }
        });
        quote! {
            let (#value, #pullback) = Self::#vjp #turbofish (#(#arguments),*);
            let #gradient = #pullback(#one);
            (#value, #(#terms)+*)
        }
    }

    /// `linearize(args.., markers)`
    pub fn linearize_by_rule(&self, reverse: &Reverse) -> TokenStream {
        let signature = &self.signature;
        let (markers, bounds) = self.markers();
        let (params, generic_params) = (signature.params(false), signature.generic_params());
        let (vis, linearize, predicates) = (self.visibility(), self.function("linearize"), self.where_reverse());
        let returned = self.linearized(&markers, None);
        let (seed, this) = (local("value_bar"), local("this"));
        let buffers: Vec<Ident> = (0..markers.len()).map(|index| self.buffer(index)).collect();
        let inputs = self.pullback_inputs(&markers, Some(&this), &seed, &buffers);
        let [value, pullback] = ["value", "pullback"].map(local);
        let (forward, reverse) = match reverse {
            Reverse::Rule(path) if signature.function.checkpoint => {
                let (primal, call) = (self.primal(), self.call_of_vjp_rule(path, true));
                let (checked, adds) = (self.checked(path), self.add_gradient(&markers));
                (quote!(let #value = #primal;), quote!(let (_, #pullback) = #call; #checked #adds))
            }
            Reverse::Rule(path) => {
                let (call, checked) = (self.call_of_vjp_rule(path, false), self.checked(path));
                (quote!(let (#value, #pullback) = #call; #checked), self.add_gradient(&markers))
            }
            Reverse::Directions => {
                let primal = self.primal();
                (quote!(let #value = #primal;), self.along_directions(&markers))
            }
            Reverse::Missing => {
                let never = quote!(<::chainrule::custom::NoVjp as ::chainrule::custom::ReverseMode>::never());
                (quote!(let #value = #never;), never)
            }
        };
        quote! {
            #[doc(hidden)]
            #[inline]
            #vis fn #linearize <#(#generic_params,)* #(#bounds),*> (#(#params,)* _: (#(#markers,)*))
                -> #returned #predicates
            {
                #forward
                (#value, move |#(#inputs),*| { #reverse })
            }
        }
    }

    /// The types of the parameters in the type of a rule. `impl Trait` has no name there, and where the rule is called with
    /// references that are at hand, its pullback may borrow from them.
    fn types_of_rule(&self) -> Vec<TokenStream> {
        let params = self.signature.function.params.iter();
        params
            .map(|param| match &param.declared {
                syn::Type::ImplTrait(_) => match param.passing {
                    Passing::Value => quote!(_),
                    Passing::Shared => quote!(&_),
                    Passing::Mutable => quote!(&mut _),
                },
                _ => self.signature.param_type(param, None),
            })
            .collect()
    }

    /// `{ let rule: fn(A) -> (R, _) = path; rule(x) }`
    fn call_of_vjp_rule(&self, path: &syn::ExprPath, again: bool) -> TokenStream {
        let (rule, ret) = (local("rule"), self.signature.ret());
        let params = self.signature.function.params.iter().zip(self.types_of_rule());
        let types = params.map(|(param, ty)| match param.passing {
            Passing::Value => ty,
            _ if again => quote!(_),
            _ => ty,
        });
        let arguments = if again { self.arguments_again() } else { self.cloned_if(false) };
        quote!({
            let #rule: fn(#(#types),*) -> (#ret, _) = #path;
            #rule(#(#arguments),*)
        })
    }

    /// The pullback that a rule returns has to have this type.
    fn checked(&self, path: &syn::ExprPath) -> TokenStream {
        let pullback = local("pullback");
        let (ret_bar, gradient) = (self.signature.ret_tangent(), self.signature.gradient());
        let argument = Ident::new("pullback", path.span().resolved_at(Span::mixed_site()));
        let check = quote_spanned!(path.span()=> ::chainrule::custom::pullback::<#ret_bar, #gradient, _>(#argument));
        quote!(let #pullback = #check;)
    }

    /// `let (x_part, _) = pullback(value_bar); *x_bar += x_part;`
    fn add_gradient(&self, markers: &[Ident]) -> TokenStream {
        let [pullback, seed] = ["pullback", "value_bar"].map(local);
        let active = self.signature.active();
        let parts: Vec<Ident> = active.iter().map(|(_, param)| self.beside(param, "part")).collect();
        let names: Vec<TokenStream> = parts.iter().map(|part| quote!(#part)).collect();
        let names = one_or_tuple(&names);
        let adds = active.iter().zip(&parts).map(|((index, param), part)| {
            let (marker, bar) = (&markers[*index], self.buffer(*index));
            let add = match &self.signature.function.vars[param.var].ty {
                Ty::Float(_) => quote!(*#bar += #part;),
                _ => quote!(::chainrule::Accumulate::accumulate(#bar, &#part);),
            };
            quote!(if let Some(#bar) = #marker::open(&mut #bar) { #add })
        });
        quote! {
            let #names = #pullback(#seed);
            #(#adds)*
        }
    }

    /// `let (_, value_dot) = f::jvp(x, 1.0); *x_bar += value_bar * value_dot;`, for each component of each parameter.
    fn along_directions(&self, markers: &[Ident]) -> TokenStream {
        let signature = &self.signature;
        let emitter = Emitter::new(&signature.function.vars, signature.float());
        let one = emitter.float(1.0, None);
        let [seed, value_dot, component] = ["value_bar", "value_dot", "component"].map(local);
        let (jvp, turbofish) = (self.function("jvp"), signature.turbofish(0));
        let active = signature.active();
        let along = |of: usize| {
            let arguments = self.arguments_again();
            let dots: Vec<TokenStream> = active
                .iter()
                .map(|(index, param)| {
                    let is_float = signature.function.vars[param.var].ty.is_float();
                    let dot = match (*index == of, is_float) {
                        (true, true) => one.clone(),
                        (true, false) => {
                            let dot = self.beside(param, "dot");
                            quote!(#dot)
                        }
                        (false, _) => self.zero(param),
                    };
                    if param.passing == Passing::Shared { quote!(&#dot) } else { dot }
                })
                .collect();
            let dots = one_or_tuple(&dots);
            quote!(let (_, #value_dot) = Self::#jvp #turbofish (#(#arguments,)* #dots);)
        };
        let adds = active.iter().map(|(index, param)| {
            let (marker, bar, name, dot) =
                (&markers[*index], self.buffer(*index), signature.name(param), self.beside(param, "dot"));
            let (call, ty) = (along(*index), &signature.function.vars[param.var].ty);
            let scalar = ty.element().unwrap_or_else(|| ty.clone());
            let term = if scalar == signature.function.ret_ty {
                quote!(#seed * #value_dot)
            } else {
                let float = super::expr::float_type(match &scalar {
                    Ty::Float(float) => float,
                    _ => &FloatTy::F64,
                });
                quote!(::chainrule::custom::inner::<#float, _>(&#seed, &#value_dot))
            };
            let add = if ty.is_float() {
                quote!(#call *#bar += #term;)
            } else {
                let zero = self.zero(param);
                quote! {
                    for #component in 0..#name.len() {
                        let mut #dot = #zero;
                        #dot[#component] = #one;
                        #call
                        #bar[#component] += #term;
                    }
                }
            };
            quote!(if let Some(#bar) = #marker::open(&mut #bar) { #add })
        });
        quote!(#(#adds)*)
    }

    /// A call of the function itself, where the pullback needs its arguments again.
    fn primal(&self) -> TokenStream {
        let (name, turbofish) = (&self.signature.item.sig.ident, self.signature.turbofish(0));
        let arguments = self.cloned_if(true);
        match self.signature.home {
            super::Home::Companion => quote!(#name #turbofish (#(#arguments),*)),
            _ => quote!(Self::#name #turbofish (#(#arguments),*)),
        }
    }

    /// The arguments, cloned if they are needed again.
    fn cloned_if(&self, again: bool) -> Vec<TokenStream> {
        let params = self.signature.function.params.iter();
        params
            .map(|param| {
                let name = self.signature.name(param);
                let copied = self.signature.function.vars[param.var].ty.is_scalar();
                let cloned = again && param.passing == Passing::Value && !copied;
                if cloned { quote!(#name.clone()) } else { quote!(#name) }
            })
            .collect()
    }

    /// The arguments inside of the pullback, which is given the shared ones again.
    fn arguments_again(&self) -> Vec<TokenStream> {
        let mut arguments = self.cloned_if(true);
        if let (Some(receiver), Some(first)) = (self.signature.receiver(), arguments.first_mut())
            && receiver.passing == Passing::Shared
        {
            let this = local("this");
            *first = quote!(#this);
        }
        arguments
    }
}
