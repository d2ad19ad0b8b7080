//! `jacobian` by vertex elimination, and what it costs.

use super::Emitter;
use super::companion::Companion;
use super::matrix_result::{Size, dimension};
use super::stmt::ParamNames;
use crate::elimination::{Costs, Elimination, Prices};
use crate::ir::Expr;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

impl Companion<'_> {
    /// `f::jacobian(args..)`, `f::COST` and `f::COST_PUBLISHED`.
    pub fn eliminated_jacobian(&self, elimination: &Elimination) -> TokenStream {
        let signature = &self.signature;
        let (rows, columns) = elimination.size;
        let (float, row_count, column_count) =
            (self.float_of_matrix(), dimension(Size::Number(rows)), dimension(Size::Number(columns)));
        let matrix = quote!(::chainrule::__private::nalgebra::OMatrix<#float, #row_count, #column_count>);
        let (params, generics, predicates) = (signature.params(false), self.generics(), signature.where_clause());
        let emitter = Emitter::new(&elimination.vars, signature.float());
        let body = emitter.stmts(&elimination.block.stmts, &ParamNames::default());
        let values = match &elimination.block.result {
            Some(Expr::Tuple(values)) => values.as_slice(),
            _ => &[],
        };
        let jacobian = Ident::new(&elimination.vars.unused_name("jacobian"), Span::call_site());
        let entries = elimination.entries.iter().zip(values).map(|((row, column), value)| {
            let (row, column) = (Literal::usize_unsuffixed(*row), Literal::usize_unsuffixed(*column));
            let value = emitter.expr(value);
            quote!(#jacobian[(#row, #column)] = #value;)
        });
        let name = &signature.item.sig.ident;
        let doc = format!(
            "The Jacobian of [`{name}`](fn@{name}): a row for each component of the result, a column for each component of \
             the arguments in order. By vertex elimination: the products of partials in a cheap order."
        );
        let costs = elimination.costs.as_ref().map(costs);
        quote! {
            #costs

            ::chainrule::__if_nalgebra! {
                #[doc = #doc]
                #[inline]
                pub fn jacobian #generics (#(#params),*) -> #matrix #predicates {
                    #body
                    let mut #jacobian: #matrix = ::chainrule::jacobian::zeros(#rows, #columns);
                    #(#entries)*
                    #jacobian
                }
            }
        }
    }
}

/// The type of the Jacobian of a callee, whose scalar rustc finds.
pub fn jacobian_type(rows: usize, columns: usize) -> syn::Type {
    let (rows, columns) = (dimension(Size::Number(rows)), dimension(Size::Number(columns)));
    syn::Type::Verbatim(quote!(::chainrule::__private::nalgebra::OMatrix<_, #rows, #columns>))
}

/// `f::COST` and `f::COST_PUBLISHED`.
fn costs(prices: &Prices) -> TokenStream {
    let [shared, published] = [&prices.shared, &prices.published].map(cost);
    quote! {
        /// The multiplications of the Jacobian in several orders of elimination: repeated operations once, factors of ±1
        /// for nothing.
        pub const COST: ::chainrule::Cost = #shared;

        /// The multiplications of the Jacobian of the body as it is written, every edge counted.
        pub const COST_PUBLISHED: ::chainrule::Cost = #published;
    }
}

fn cost(costs: &Costs) -> TokenStream {
    let counts = [costs.forward, costs.reverse, costs.markowitz, costs.chosen];
    let [forward, reverse, markowitz, chosen] = counts.map(Literal::usize_unsuffixed);
    quote!(::chainrule::Cost { forward: #forward, reverse: #reverse, markowitz: #markowitz, chosen: #chosen })
}
