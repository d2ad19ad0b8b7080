//! Second order: `hvp`, `hessian`, and what generated code calls of a callee with `order = 2`.

use super::Emitter;
use super::call::LINEARIZE_ALONG;
use super::companion::Companion;
use super::matrix_result::{dimension, size_of_params};
use super::pushforward::value_or_zero;
use super::signature::{Outcome, one_or_tuple};
use super::stmt::ParamNames;
use super::types::without_lifetimes;
use crate::derivatives::SecondOrder;
use crate::ir::{Access, Block, Callee, Param, Passing, Stmt, Var, Wrt};
use crate::transform::tangent_of_sweeps::TangentSweeps;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use std::collections::BTreeSet;

impl Companion<'_> {
    /// Everything of second order.
    pub fn second_order(&self, second: &SecondOrder) -> TokenStream {
        let hvp = second.product.as_ref().zip(self.signature.gradient_of());
        let hvp = hvp.map(|(product, outcome)| [self.hvp(product, &outcome), self.hessian(second, &outcome)]);
        let (hvp, linearize) = (hvp.into_iter().flatten(), self.linearize_order_2(&second.split, None));
        let along = second.along.as_ref().map(|along| self.curvature_along(along));
        quote!(#(#hvp)* #linearize #along)
    }

    /// The tangent of a parameter as an argument of `hvp`: owned or borrowed, a sequence also as a slice.
    pub fn direction(&self, param: &Param, name: &Ident, access: Access) -> (TokenStream, TokenStream) {
        let tangent = self.signature.tangent(param);
        match (self.signature.item_tangent(param), param.passing) {
            (None, Passing::Value) => (tangent, TokenStream::new()),
            (Some(item), _) => {
                let primal = self.signature.name(param);
                let message = format!("the direction of `{primal}` must have its length");
                let kept = match access {
                    Access::Owned => quote!(let mut #name = #name.as_ref().to_vec();),
                    Access::Shared => quote!(let #name: &[#item] = #name.as_ref();),
                    Access::Mutable => quote! {
                        let mut #name: ::chainrule::__private::Vec<#item> = #name.as_ref().to_vec();
                        let #name: &mut [#item] = &mut #name;
                    },
                };
                let check = quote!(assert_eq!(#name.len(), #primal.len(), #message););
                (quote!(impl ::core::convert::AsRef<[#item]>), quote!(#kept #check))
            }
            (None, _) => {
                let kept = match access {
                    Access::Mutable => {
                        quote!(let #name: &mut #tangent = &mut ::core::borrow::Borrow::<#tangent>::borrow(&#name).clone();)
                    }
                    _ => quote!(let #name: &#tangent = ::core::borrow::Borrow::borrow(&#name);),
                };
                (quote!(impl ::core::borrow::Borrow<#tangent>), kept)
            }
        }
    }

    /// `H v`, by forward mode of reverse mode.
    fn hvp(&self, product: &TangentSweeps, outcome: &Outcome) -> TokenStream {
        let signature = &self.signature;
        let emitter = Emitter::new(&product.vars, signature.float());
        let params = signature.params(true);
        let (generics, predicates, gradient) = (self.generics(), signature.where_clause(), signature.gradient());
        let (mut names, mut types, mut prelude) = (Vec::new(), Vec::new(), TokenStream::new());
        for (index, param) in signature.active() {
            let Some(dot) = product.dots[index] else { continue };
            let name = emitter.name(dot);
            let (ty, kept) = self.direction(param, &name, product.vars[dot].access);
            let mutable = kept.is_empty() && product.vars[dot].mutable;
            names.push(if mutable { quote!(mut #name) } else { quote!(#name) });
            types.push(ty);
            prelude.extend(kept);
        }
        let (names, types) = (one_or_tuple(&names), one_or_tuple(&types));
        let names_of = ParamNames::default();
        let (forward, reverse) =
            (emitter.stmts(&product.forward, &names_of), emitter.stmts(&product.reverse, &names_of));
        let result = product.result.as_ref().map(|result| emitter.expr(result));
        let result = match outcome {
            Outcome::Certain => quote!(#result),
            _ => {
                let ret = signature.ret();
                quote! {
                    let (value, product): (#ret, _) = #result;
                    value.map(|_| product)
                }
            }
        };
        let returned = outcome.wrap(&gradient);
        let (vis, hvp, link) = (self.visibility(), self.function("hvp"), self.link());
        let doc = format!(
            "The product `H v` of the Hessian of {link} with a direction `v` of the shape of the gradient \
             (forward mode of the reverse mode)."
        );
        quote! {
            #[doc = #doc]
            #[inline]
            #vis fn #hvp #generics (#(#params,)* #names: #types) -> #returned #predicates {
                #prelude
                #forward
                #reverse
                #result
            }
        }
    }

    /// The Hessian, column by column, several at once where that can be; of each column the part on and below the diagonal
    /// counts.
    fn hessian(&self, second: &SecondOrder, outcome: &Outcome) -> TokenStream {
        let signature = &self.signature;
        let (params, generics, predicates) = (signature.params(false), self.generics(), signature.where_clause());
        let float = self.float_of_result();
        let size = dimension(size_of_params(signature));
        let matrix = quote!(::chainrule::__private::nalgebra::OMatrix<#float, #size, #size>);
        let returned = outcome.wrap(&matrix);
        let turbofish = signature.turbofish(0);
        let directions = self.directions();
        let zeros = signature.active().into_iter().zip(&directions).map(|((_, param), name)| {
            let zero = self.zero(param);
            quote!(let mut #name = #zero;)
        });
        let passed = signature.active().into_iter().zip(&directions).map(|((_, param), name)| match param.passing {
            Passing::Value => quote!(#name.clone()),
            _ => quote!(&#name),
        });
        let passed = one_or_tuple(&passed.collect::<Vec<_>>());
        let arguments = self.arguments_in_loop();
        let (question, wrapped) = match outcome {
            Outcome::Certain => (quote!(), quote!(hessian)),
            Outcome::Option => (quote!(?), quote!(Some(hessian))),
            Outcome::Result(_) => (quote!(?), quote!(Ok(hessian))),
        };
        let parts: Vec<TokenStream> = match directions.len() {
            1 => vec![quote!(&product)],
            count => (0..count).map(syn::Index::from).map(|index| quote!(&product.#index)).collect(),
        };
        let (vis, hvp, name_of_hessian) = (self.visibility(), self.function("hvp"), self.function("hessian"));
        let columns = directions.iter().map(|name| {
            quote! {
                for at in 0..::chainrule::jacobian::count(&#name) {
                    ::chainrule::jacobian::set_unit(&mut #name, at);
                    let product = Self::#hvp #turbofish (#(#arguments,)* #passed) #question;
                    let mut row = 0;
                    #(row += ::chainrule::jacobian::write_column(&mut hessian, row, column, #parts);)*
                    column += 1;
                }
                ::chainrule::SetZero::set_to_zero(&mut #name);
            }
        });
        let body = second.along.as_ref().and_then(|along| self.hessian_by_directions(along));
        let body = body.unwrap_or_else(|| {
            quote! {
                #(#zeros)*
                let size = #(::chainrule::jacobian::count(&#directions))+*;
                let mut hessian: #matrix = ::chainrule::jacobian::zeros(size, size);
                let mut column = 0;
                #(#columns)*
                ::chainrule::jacobian::mirror(&mut hessian);
                #wrapped
            }
        });
        let link = self.link();
        let doc = format!(
            "The Hessian of {link}: rows and columns are the components of the arguments in order. It is \
             exactly symmetric."
        );
        quote! {
            ::chainrule::__if_nalgebra! {
                #[doc = #doc]
                #[inline]
                #vis fn #name_of_hessian #generics (#(#params),*) -> #returned #predicates {
                    #body
                }
            }
        }
    }

    /// The types of the tangents that a caller lends, and the statements that open them.
    pub fn opened(&self, index: usize, param: &Param, marker: &Ident, name: &Ident) -> (TokenStream, TokenStream) {
        let (lent, zero, kept) = (self.signature.lent_elided(param), self.zero(param), format_ident!("zero_{index}"));
        match (param.wrt, param.passing) {
            (Wrt::Active, Passing::Value) => {
                let tangent = self.signature.tangent(param);
                let value = value_or_zero(marker, name, &zero);
                let open = quote!(let mut #name = #value;);
                (quote!(#marker::Dot<#tangent>), open)
            }
            (Wrt::Active, Passing::Shared) => {
                let open = quote! {
                    let #kept;
                    let #name = match #marker::shared(#name) {
                        Some(dot) => dot,
                        None => {
                            #kept = #zero;
                            &#kept
                        }
                    };
                };
                (quote!(#marker::SharedDot<'_, #lent>), open)
            }
            (Wrt::Active, Passing::Mutable) => {
                (quote!(#marker::Bar<'_, #lent>), quote!(let #name = #marker::lent(&mut #name);))
            }
            (_, Passing::Mutable) => (quote!(#marker::Bar<'_, #lent>), TokenStream::new()),
            (_, Passing::Shared) => (quote!(#marker::SharedDot<'_, #lent>), TokenStream::new()),
            (_, Passing::Value) => {
                let tangent = self.signature.passed(param);
                (quote!(#marker::Dot<#tangent>), TokenStream::new())
            }
        }
    }

    /// The split sweeps with tangents, as other generated code calls them. With a direction, tangents are of this type.
    pub fn linearize_order_2(&self, sweeps: &TangentSweeps, direction: Option<(&Ident, TokenStream)>) -> TokenStream {
        let signature = &self.signature;
        let (params, generic_params, names) =
            (signature.params(true), signature.generic_params(), signature.captured_names());
        let mut vars = sweeps.vars.clone();
        let (this, rename) = self.renamed_receiver(&mut vars).unzip();
        let lifetimes = self.captured_lifetimes();
        let (markers, bounds) = self.markers();
        let predicates = signature.where_clause();
        let (ret, ret_bar) = (signature.ret(), signature.ret_tangent());
        let along = direction
            .as_ref()
            .map(|(direction, _)| Companion { signature: signature.along(direction), source: self.source });
        let of_dots = along.as_ref().unwrap_or(self);
        let ret_dot = of_dots.signature.ret_tangent();
        let (name, emitter) = match &direction {
            Some((direction, _)) => (LINEARIZE_ALONG, Emitter::along(&vars, direction)),
            None => ("linearize_order_2", Emitter::new(&vars, signature.float())),
        };
        let (vis, on, name) = (self.visibility(), self.function(&format!("{name}_on")), self.function(name));
        let (bound, captured) = match &direction {
            Some((direction, float)) => {
                (quote!(, #direction: ::chainrule::directions::Direction<#float>), quote!(, #direction))
            }
            None => (TokenStream::new(), TokenStream::new()),
        };
        let named = |var: Option<Var>, otherwise: String| match var {
            Some(var) => emitter.name(var),
            None => Ident::new(&otherwise, Span::call_site()),
        };
        let values: Vec<Ident> = (0..markers.len()).map(|index| format_ident!("activity_{index}")).collect();
        let all = || signature.function.params.iter().zip(&markers).enumerate();
        let (mut dots, mut dot_names, mut opened) = (Vec::new(), Vec::new(), TokenStream::new());
        let mut pull = Pull::default();
        for (_, (param, _)) in all().filter(|(_, (param, _))| param.passing == Passing::Shared) {
            let name = this.clone().filter(|_| signature.is_receiver(param)).unwrap_or_else(|| signature.name(param));
            let ty = without_lifetimes(&param.declared);
            pull.input(quote!(#name), quote!(&#ty), quote!(&#ty));
        }
        let seed = emitter.name(sweeps.seed.0);
        pull.input(quote!(#seed), quote!(#ret_bar), quote!(#ret_bar));
        let (mut buffers, mut buffer_dots) = (Vec::new(), Vec::new());
        for (index, (param, marker)) in all() {
            let bar = sweeps.bars.get(index).copied().flatten();
            let buffer = named(bar.map(|(bar, _)| bar), format!("unused_bar_{index}"));
            pull.buffer(&buffer, marker, "bar", index, &signature.lent_elided(param), param);
            buffers.push(quote!(#buffer));
        }
        for (index, (param, marker)) in all() {
            let name = named(sweeps.dots[index], format!("unused_dot_{index}"));
            let (ty, open) = of_dots.opened(index, param, marker, &name);
            if param.passing == Passing::Shared {
                let (lifetime, lent) = (lifetime("dot", index), of_dots.signature.lent_elided(param));
                pull.input(quote!(#name), ty.clone(), quote!(#marker::SharedDot<#lifetime, #lent>));
                pull.higher.push(quote!(#lifetime));
                pull.prelude.extend(match &this {
                    Some(this) if signature.is_receiver(param) => super::receiver::renamed(open.clone(), this),
                    _ => open.clone(),
                });
            }
            dots.push(quote!(mut #name: #ty));
            dot_names.push(name);
            opened.extend(open);
        }
        let seed_dot = named(sweeps.seed.1, "unused_result_bar_dot".to_owned());
        pull.input(quote!(#seed_dot), quote!(#ret_dot), quote!(#ret_dot));
        for (index, (param, marker)) in all() {
            let bar = sweeps.bars.get(index).copied().flatten();
            let buffer = named(bar.map(|(_, dot)| dot), format!("unused_bar_dot_{index}"));
            pull.buffer(&buffer, marker, "bar_dot", index, &of_dots.signature.lent_elided(param), param);
            buffer_dots.push(quote!(#buffer));
        }
        let names_of = ParamNames {
            markers: values.iter().map(|value| quote!(#value)).collect(),
            types: markers.iter().chain(&markers).map(|marker| quote!(#marker)).collect(),
            buffers: [buffers, buffer_dots].concat(),
            general: TokenStream::new(),
        };
        let forward = emitter.stmts(&sweeps.forward, &names_of);
        let result = match &sweeps.result {
            Some(result) => emitter.expr(result),
            None => quote!(((), ())),
        };
        let Pull { inputs, types, higher, prelude } = pull;
        let fn_type = quote!(for<#(#higher),*> Fn(#(#types),*));
        let sweep = (&emitter, &*sweeps.reverse, &names_of);
        let (boxed, closure) = self.boxed_if_recursive(&fn_type, &inputs, (&markers, &bounds), &prelude, sweep);
        let head = |name: &Ident| {
            quote! {
                #[doc(hidden)]
                #[inline]
                #vis fn #name <#(#generic_params,)* #(#bounds),* #bound> (
                    #(#params,)* (#(#values,)*): (#(#markers,)*), #(#dots),*
                ) -> (
                    (#ret, #ret_dot),
                    impl #fn_type + use<#(#lifetimes,)* #(#names,)* #(#markers),* #captured>,
                ) #predicates
            }
        };
        let on_receiver = self.takes_shared_receiver().then(|| {
            let (head, arguments, turbofish) = (head(&on), signature.arguments(), signature.turbofish(markers.len()));
            quote!(#head { Self::#name #turbofish(#(#arguments,)* (#(#values,)*), #(#dot_names),*) })
        });
        let head = head(&name);
        let orders = direction.is_none().then(|| self.orders_of_callees(&sweeps.forward));
        quote! {
            #on_receiver
            #head {
                #orders
                #opened
                #boxed
                #rename
                #forward
                (#result, #closure)
            }
        }
    }
}

/// `has_order::<2, callee>();` for each function that is called with tangents: an error that names the callee and the option.
impl Companion<'_> {
    fn orders_of_callees(&self, stmts: &[Stmt]) -> TokenStream {
        let order = self.signature.function.order;
        let mut checks: Vec<TokenStream> = Vec::new();
        let block = Block::of(stmts.to_vec());
        block.for_each_stmt(&mut |stmt| {
            if let Stmt::Linearize { call, dots: Some(_), .. } = stmt
                && call.callee == Callee::Function
            {
                let path = &call.path.0;
                checks.push(quote_spanned!(call.site.0=> ::chainrule::__private::has_order::<#order, #path>();));
            }
        });
        let mut seen = BTreeSet::new();
        checks.into_iter().filter(|check| seen.insert(check.to_string())).collect()
    }
}

/// The parameters of a pullback.
#[derive(Default)]
struct Pull {
    inputs: Vec<TokenStream>,
    types: Vec<TokenStream>,
    higher: Vec<TokenStream>,
    prelude: TokenStream,
}

impl Pull {
    fn input(&mut self, name: TokenStream, ty: TokenStream, in_fn_type: TokenStream) {
        self.inputs.push(quote!(#name: #ty));
        self.types.push(in_fn_type);
    }

    fn buffer(&mut self, buffer: &Ident, marker: &Ident, kind: &str, index: usize, lent: &TokenStream, param: &Param) {
        let lifetime = lifetime(kind, index);
        self.types.push(quote!(#marker::Bar<#lifetime, #lent>));
        self.inputs.push(quote!(mut #buffer: #marker::Bar<'_, #lent>));
        self.higher.push(quote!(#lifetime));
        if param.wrt == Wrt::Active && param.passing == Passing::Mutable {
            self.prelude.extend(quote!(let #buffer = #marker::lent(&mut #buffer);));
        }
    }
}

fn lifetime(kind: &str, index: usize) -> syn::Lifetime {
    syn::Lifetime::new(&format!("'{kind}{index}"), Span::call_site())
}
