//! Forward mode along several directions at once, and the sparse matrices that it gives.

use super::Emitter;
use super::call::ALONG;
use super::companion::Companion;
use super::matrix_result::Size;
use super::signature::Signature;
use super::stmt::ParamNames;
use crate::elimination::Elimination;
use crate::ir::{FloatTy, Passing, Wrt};
use crate::transform::directions::Directions;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

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
                (quote!(::chainrule::sparse::pattern(#push)), quote!(::chainrule::sparse::jacobian(#push, #push)))
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
                    ::chainrule::sparse::jacobian_colored(#coloring, #push)
                }
            }
        }
    }
}

/// The name of the type that stands for the tangent of a float.
fn direction_name(signature: &Signature<'_>) -> Ident {
    let taken = signature.captured_names();
    let free =
        ["D", "Dir", "Direction"].into_iter().map(|name| format_ident!("{name}")).find(|name| !taken.contains(name));
    free.unwrap_or_else(|| format_ident!("Direction_"))
}

fn float_type(float: &FloatTy) -> TokenStream {
    match float {
        FloatTy::F32 => quote!(f32),
        _ => quote!(f64),
    }
}
