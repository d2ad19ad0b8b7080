//! Forward mode along several directions at once, and the sparse matrices that it gives.

use super::Emitter;
use super::call::ALONG;
use super::companion::Companion;
use super::matrix_result::{Size, size_of_params};
use super::signature::{Signature, mentions};
use super::stmt::ParamNames;
use super::types::without_lifetimes;
use crate::elimination::Elimination;
use crate::ir::{Access, FloatTy, Passing, Wrt};
use crate::transform::directions::{CurvatureAlong, Directions};
use crate::transform::tangent_of_sweeps::TangentSweeps;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// How many directions are pushed at once where there are no more columns than that.
const FEW: usize = 4;

/// How many where there are more. A pushforward of eight costs about twice one of one.
const MANY: usize = 8;

/// How many columns by forward mode cost no more than a row by reverse mode.
pub const COLUMNS_OF_A_ROW: usize = 4;

impl Companion<'_> {
    /// `pushforward_sparse`, `push_seeds`, and where they are asked for the sparse matrices.
    pub fn of_directions(&self, directions: &Directions, elimination: Option<&Elimination>) -> TokenStream {
        let pushforward = self.pushforward_along(directions);
        let seeded = self.signature.function.ret.as_ref().map(|_| self.push_seeds(directions));
        let asked = seeded.is_some() && self.signature.function.sparse;
        let sparse = asked.then(|| self.sparse_jacobian(directions, elimination));
        quote!(#pushforward #seeded #sparse)
    }

    /// Value and tangent, whatever type stands for the tangent of a float.
    fn pushforward_along(&self, directions: &Directions) -> TokenStream {
        let direction = direction_name(&self.signature);
        let along = Companion { signature: self.signature.along(&direction), source: self.source };
        let signature = &along.signature;
        let (pushforward, float) = (&directions.pushforward, float_type(&directions.float));
        let emitter = Emitter::along(&pushforward.vars, &direction);
        let (params, generic_params) = (signature.params(true), signature.generic_params());
        let (markers, bounds) = self.markers();
        let (predicates, ret, ret_dot) = (self.where_forward(), signature.ret(), signature.ret_tangent());
        let (mut dots, mut opened) = (Vec::new(), TokenStream::new());
        for (index, (param, marker)) in signature.function.params.iter().zip(&markers).enumerate() {
            let name = match pushforward.dots[index] {
                Some(dot) => emitter.name(dot),
                None => format_ident!("unused_dot_{index}"),
            };
            let (ty, open) = along.opened(index, param, marker, &name);
            dots.push(quote!(mut #name: #ty));
            opened.extend(open);
        }
        let mut body = emitter.block(&pushforward.body, &ParamNames::default());
        if signature.function.ret.is_none() {
            body.extend(quote!(((), ())));
        }
        let name = Ident::new(ALONG, Span::call_site());
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn #name <#(#generic_params,)* #(#bounds,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* _: (#(#markers,)*), #(#dots),*
            ) -> (#ret, #ret_dot) #predicates {
                #opened
                #body
            }
        }
    }

    /// Value and tangent along the tangents whose components the seeds are.
    fn push_seeds(&self, directions: &Directions) -> TokenStream {
        let direction = direction_name(&self.signature);
        let along = self.signature.along(&direction);
        let float = float_type(&directions.float);
        let (params, generic_params) = (along.params(false), along.generic_params());
        let (predicates, ret, ret_dot) = (self.where_forward(), along.ret(), along.ret_tangent());
        let (seed, names) = (Ident::new("seed", Span::mixed_site()), self.directions());
        let tangents = along.active().into_iter().zip(&names).map(|((_, param), name)| {
            let value = self.signature.name(param);
            let value = if param.passing == Passing::Value { quote!(&#value) } else { quote!(&*#value) };
            let mutable = (param.passing == Passing::Mutable).then(|| quote!(mut));
            quote!(let #mutable #name = ::chainrule::directions::Along::along(#value, #seed);)
        });
        let mut names = names.iter();
        let (mut markers, mut passed) = (Vec::new(), Vec::new());
        for param in &along.function.params {
            let name = if param.wrt == Wrt::Active { names.next() } else { None };
            markers.push(match name {
                Some(_) => quote!(::chainrule::activity::Active),
                None => quote!(::chainrule::activity::Inactive),
            });
            passed.push(match (name, param.passing) {
                (Some(name), Passing::Value) => quote!(#name),
                (Some(name), Passing::Shared) => quote!(&#name),
                (Some(name), Passing::Mutable) => quote!(&mut #name),
                (None, _) => quote!(()),
            });
        }
        let (arguments, name) = (along.arguments(), Ident::new(ALONG, Span::call_site()));
        let turbofish = along.turbofish(along.function.params.len() + 1);
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn push_seeds <#(#generic_params,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* #seed: &mut dyn ::core::ops::FnMut() -> #direction
            ) -> (#ret, #ret_dot) #predicates {
                #(#tangents)*
                Self::#name #turbofish (#(#arguments,)* (#(#markers,)*), #(#passed),*)
            }
        }
    }

    /// `|seed| Self::push_seeds(args.., seed)`
    fn pushed_seeds(&self) -> TokenStream {
        let (seed, arguments) = (Ident::new("seed", Span::mixed_site()), self.arguments_in_loop());
        let turbofish = self.signature.turbofish(1);
        quote!(|#seed| Self::push_seeds #turbofish (#(#arguments,)* #seed))
    }

    /// The value and the Jacobian by several directions at once, where there is a pushforward for them.
    pub fn jacobian_by_directions(&self, columns: &Size) -> Option<TokenStream> {
        let directions = self.derivatives()?.directions.as_ref()?;
        let lanes = match columns.number() {
            Some(columns) if columns <= FEW => FEW,
            _ => MANY,
        };
        let (float, lanes) = (float_type(&directions.float), Literal::usize_unsuffixed(lanes));
        let (seed, arguments) = (Ident::new("seed", Span::mixed_site()), self.arguments_in_loop());
        let turbofish = self.signature.turbofish(1);
        Some(quote! {
            ::chainrule::jacobian::by_directions(
                |#seed: &mut dyn ::core::ops::FnMut() -> ::chainrule::directions::Lanes<#float, #lanes>| {
                    Self::push_seeds #turbofish (#(#arguments,)* #seed)
                },
            )
        })
    }

    /// `jacobian_sparse`, `jacobian_pattern` and `jacobian_colored`. The pattern is that of the graph where there is one, and else
    /// comes from runs with sets of columns.
    fn sparse_jacobian(&self, directions: &Directions, elimination: Option<&Elimination>) -> TokenStream {
        let signature = &self.signature;
        let (params, generics, predicates) = (signature.params(false), self.generics(), self.where_forward());
        let (float, push) = (float_type(&directions.float), self.pushed_seeds());
        let (pattern, jacobian) =
            elimination.and_then(|elimination| self.eliminated_sparse(elimination)).unwrap_or_else(|| {
                (
                    quote!(::chainrule::sparse::pattern(#push)),
                    quote!(::chainrule::sparse::jacobian(#push, #push, #push)),
                )
            });
        let coloring = Ident::new("coloring", Span::mixed_site());
        let link = self.link();
        let doc = format!(
            "The Jacobian of {link} in compressed columns, with the pattern that it has at this point: a row for each component of \
             the result, a column for each component of the arguments in order."
        );
        let doc_of_pattern = format!(
            "The entries that the Jacobian of {link} has at this point, in compressed columns: what the result depends on, also \
             where a derivative happens to be zero."
        );
        let doc_colored = format!(
            "The Jacobian of {link} in compressed columns, with a pattern that was taken before, perhaps at another point: an \
             error where it does not fit."
        );
        quote! {
            ::chainrule::__if_sparse! {
                #[doc = #doc]
                #[inline]
                pub fn jacobian_sparse #generics (#(#params),*) -> ::chainrule::sparse::CscMatrix<#float> #predicates {
                    #jacobian
                }

                #[doc = #doc_of_pattern]
                #[inline]
                pub fn jacobian_pattern #generics (#(#params),*) -> ::chainrule::sparse::SparsityPattern #predicates {
                    #pattern
                }

                #[doc = #doc_colored]
                #[inline]
                pub fn jacobian_colored #generics (
                    #(#params,)* #coloring: &::chainrule::sparse::ColumnColoring
                ) -> ::core::result::Result<::chainrule::sparse::CscMatrix<#float>, ::chainrule::sparse::Error> #predicates {
                    ::chainrule::sparse::jacobian_colored(#coloring, #push, #push)
                }
            }
        }
    }
}

impl Companion<'_> {
    /// `push_curvature`, where the option asks for it the sparse Hessian, and what callers with the option call.
    pub fn curvature_along(&self, along: &CurvatureAlong) -> TokenStream {
        let direction = direction_name(&self.signature);
        let product = along.product.as_ref().map(|product| self.push_curvature(along, product));
        let float = float_type(&along.float);
        let split = along.split.as_ref().map(|split| self.linearize_order_2(split, Some((&direction, float))));
        let sparse = (product.is_some() && self.signature.function.sparse).then(|| self.sparse_hessian(along));
        quote!(#product #split #sparse)
    }

    /// The products of the Hessian with the tangents whose components the seeds are; `each` is called with their components.
    fn push_curvature(&self, along: &CurvatureAlong, product: &TangentSweeps) -> TokenStream {
        let (direction, float) = (direction_name(&self.signature), float_type(&along.float));
        let signature = self.signature.along(&direction);
        let emitter = Emitter::along(&product.vars, &direction);
        let (params, generic_params) = (signature.params(true), signature.generic_params());
        let predicates = signature.where_clause();
        let [seed, each, product_dot] = ["seed", "each", "product"].map(|name| Ident::new(name, Span::mixed_site()));
        let tangents = signature.active().into_iter().filter_map(|(index, param)| {
            let dot = product.dots[index]?;
            let (name, primal, lent) = (emitter.name(dot), signature.name(param), signature.lent(param));
            let primal = if param.passing == Passing::Value { quote!(&#primal) } else { quote!(&*#primal) };
            let along = quote!(::chainrule::directions::Along::along(#primal, #seed));
            Some(match product.vars[dot].access {
                Access::Owned => quote!(let mut #name = #along;),
                Access::Shared => quote!(let #name: &#lent = &#along;),
                Access::Mutable => quote!(let #name: &mut #lent = &mut #along;),
            })
        });
        let names_of = ParamNames::default();
        let (forward, reverse) =
            (emitter.stmts(&product.forward, &names_of), emitter.stmts(&product.reverse, &names_of));
        let result = product.result.as_ref().map(|result| emitter.expr(result));
        let active = signature.active();
        let components = active.iter().enumerate().map(|(at, (_, param))| {
            let (ty, at) = (without_lifetimes(&param.declared), syn::Index::from(at));
            let part = if active.len() == 1 { quote!(&#product_dot) } else { quote!(&#product_dot.#at) };
            quote!(<#ty as ::chainrule::directions::Along<#direction>>::components(#part, #each);)
        });
        quote! {
            #[doc(hidden)]
            #[inline]
            pub fn push_curvature <#(#generic_params,)* #direction: ::chainrule::directions::Direction<#float>> (
                #(#params,)* #seed: &mut dyn ::core::ops::FnMut() -> #direction, #each: &mut dyn ::core::ops::FnMut(&#direction)
            ) #predicates {
                #(#tangents)*
                #forward
                #reverse
                let #product_dot = #result;
                #(#components)*
            }
        }
    }

    /// The Hessian by several directions at once, where there is a product for them.
    pub fn hessian_by_directions(&self, along: &CurvatureAlong) -> Option<TokenStream> {
        along.product.as_ref()?;
        let lanes = match size_of_params(&self.signature).number() {
            Some(size) if size <= FEW => FEW,
            _ => MANY,
        };
        let (float, lanes) = (float_type(&along.float), Literal::usize_unsuffixed(lanes));
        let lanes = quote!(::chainrule::directions::Lanes<#float, #lanes>);
        let [seed, each] = ["seed", "each"].map(|name| Ident::new(name, Span::mixed_site()));
        let (arguments, turbofish) = (self.arguments_in_loop(), self.signature.turbofish(1));
        Some(quote! {
            ::chainrule::jacobian::hessian_by_directions(
                |#seed: &mut dyn ::core::ops::FnMut() -> #lanes, #each: &mut dyn ::core::ops::FnMut(&#lanes)| {
                    Self::push_curvature #turbofish (#(#arguments,)* #seed, #each)
                },
            )
        })
    }

    /// `hessian_sparse`, `hessian_pattern` and `hessian_colored`.
    fn sparse_hessian(&self, along: &CurvatureAlong) -> TokenStream {
        let signature = &self.signature;
        let (params, generics, predicates) = (signature.params(false), self.generics(), signature.where_clause());
        let [seed, each, coloring] = ["seed", "each", "coloring"].map(|name| Ident::new(name, Span::mixed_site()));
        let (float, arguments, turbofish) =
            (float_type(&along.float), self.arguments_in_loop(), signature.turbofish(1));
        let push = quote!(|#seed, #each| Self::push_curvature #turbofish (#(#arguments,)* #seed, #each));
        let link = self.link();
        let doc = format!("The Hessian of {link} in compressed columns, with the pattern that it has at this point.");
        let doc_of_pattern = format!(
            "The entries that the Hessian of {link} has at this point, in compressed columns, also where a derivative happens to be \
             zero. The pattern is symmetric."
        );
        let doc_colored = format!(
            "The Hessian of {link} in compressed columns, with a pattern that was taken before, perhaps at another point: an error \
             where it does not fit."
        );
        quote! {
            ::chainrule::__if_sparse! {
                #[doc = #doc]
                #[inline]
                pub fn hessian_sparse #generics (#(#params),*) -> ::chainrule::sparse::CscMatrix<#float> #predicates {
                    ::chainrule::sparse::hessian(#push, #push, #push)
                }

                #[doc = #doc_of_pattern]
                #[inline]
                pub fn hessian_pattern #generics (#(#params),*) -> ::chainrule::sparse::SparsityPattern #predicates {
                    ::chainrule::sparse::symmetric_pattern(#push)
                }

                #[doc = #doc_colored]
                #[inline]
                pub fn hessian_colored #generics (
                    #(#params,)* #coloring: &::chainrule::sparse::StarColoring
                ) -> ::core::result::Result<::chainrule::sparse::CscMatrix<#float>, ::chainrule::sparse::Error> #predicates {
                    ::chainrule::sparse::hessian_colored(#coloring, #push, #push)
                }
            }
        }
    }
}

/// The name of the type that stands for the tangent of a float: one that the user's function does not mention.
fn direction_name(signature: &Signature<'_>) -> Ident {
    let item = signature.item.to_token_stream();
    let free = ["D", "Dir", "Direction"].into_iter().find(|name| !mentions(&item, &[(*name).to_owned()]));
    format_ident!("{}", free.unwrap_or("DirectionOfTangents"))
}

fn float_type(float: &FloatTy) -> TokenStream {
    match float {
        FloatTy::F32 => quote!(f32),
        _ => quote!(f64),
    }
}
