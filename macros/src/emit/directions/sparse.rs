//! Sparse matrices.

use super::apart::{APART, NEAR};
use super::float_type;
use crate::elimination::Elimination;
use crate::emit::companion::Companion;
use crate::transform::directions::{CurvatureAlong, Directions};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

impl Companion<'_> {
    /// `jacobian_sparse`, `jacobian_pattern` and `jacobian_colored`. The pattern is that of the graph where there is one, and else
    /// comes from runs with sets of columns.
    pub fn sparse_jacobian(&self, directions: &Directions, elimination: Option<&Elimination>) -> TokenStream {
        let signature = &self.signature;
        let (params, generics, predicates) = (signature.params(false), self.generics(), self.where_forward());
        let (float, push) = (float_type(&directions.float), self.pushed_seeds());
        let apart =
            directions.apart.as_ref().map(|apart| (self.plan_apart(directions, apart), self.pushed_apart(APART)));
        let (pattern, jacobian) =
            elimination.and_then(|elimination| self.eliminated_sparse(elimination)).unwrap_or_else(|| {
                let rows = self.derivatives().is_some_and(|derivatives| derivatives.cotangents.is_some());
                let pull = rows.then(|| self.pulled_seeds());
                let jacobian = match pull {
                    Some(pull) => quote!(::chainrule::sparse::jacobian_by_fewer(#push, #push, #push, #pull, #pull)),
                    None => match &apart {
                        Some((plan, apart)) => {
                            quote!(::chainrule::sparse::jacobian_apart(#push, #plan, (#push, #push), (#apart, #apart, #apart)))
                        }
                        None => quote!(::chainrule::sparse::jacobian(#push, #push, #push)),
                    },
                };
                (quote!(::chainrule::sparse::pattern(#push)), jacobian)
            });
        let coloring = Ident::new("coloring", Span::mixed_site());
        // first with fewer sets, where they do
        let near = directions.near.as_ref().map(|near| {
            let (plan, push, ret) = (self.plan_apart(directions, near), self.pushed_apart(NEAR), signature.ret());
            let jacobian = Ident::new("jacobian", Span::mixed_site());
            quote! {
                if let ::core::option::Option::Some(#jacobian) =
                    ::chainrule::sparse::jacobian_colored_near::<#float, #ret, _>(#coloring, #plan, #push)?
                {
                    return ::core::result::Result::Ok(#jacobian);
                }
            }
        });
        let colored = match &apart {
            Some((plan, apart)) => quote! {
                ::chainrule::sparse::jacobian_colored_apart(#coloring, #plan, (#push, #push), (#apart, #apart, #apart))
            },
            None => quote!(::chainrule::sparse::jacobian_colored(#coloring, #push, #push)),
        };
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
                    #near
                    #colored
                }
            }
        }
    }

    /// `hessian_sparse`, `hessian_pattern` and `hessian_colored`.
    pub fn sparse_hessian(&self, along: &CurvatureAlong) -> TokenStream {
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
