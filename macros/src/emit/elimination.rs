//! `jacobian` by vertex elimination, and what it costs.

use super::Emitter;
use super::companion::Companion;
use super::matrix_result::{Size, dimension};
use super::stmt::ParamNames;
use crate::elimination::{Costs, Elimination, Prices};
use crate::ir::expr::Tokens;
use crate::ir::{Expr, Opaque, Site, Var};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

/// The statements of an elimination, the value of the function, and those of the entries.
struct Statements {
    body: TokenStream,
    value: TokenStream,
    values: Vec<TokenStream>,
}

impl Companion<'_> {
    /// `f::jacobian(args..)`, `f::value_and_jacobian(args..)`, `f::COST` and `f::COST_PUBLISHED`.
    pub fn eliminated_jacobian(&self, elimination: &Elimination) -> Option<TokenStream> {
        let signature = &self.signature;
        let (rows, columns) = elimination.size;
        let (float, row_count, column_count) =
            (self.float_of_matrix(), dimension(Size::Number(rows)), dimension(Size::Number(columns)));
        let matrix = quote!(::chainrule::__private::nalgebra::OMatrix<#float, #row_count, #column_count>);
        let Statements { body, value, values } = self.eliminated(elimination)?;
        let jacobian = Ident::new(&elimination.vars.unused_name("jacobian"), Span::call_site());
        let entries = elimination.entries.iter().zip(values).map(|((row, column), value)| {
            let (row, column) = (Literal::usize_unsuffixed(*row), Literal::usize_unsuffixed(*column));
            quote!(#jacobian[(#row, #column)] = #value;)
        });
        let body = quote! {
            #body
            let mut #jacobian: #matrix = ::chainrule::jacobian::zeros(#rows, #columns);
            #(#entries)*
            (#value, #jacobian)
        };
        let jacobian = self.with_value(&matrix, &signature.where_clause(), &body);
        let costs = elimination.costs.as_ref().map(costs);
        Some(quote!(#costs #jacobian))
    }

    /// The pattern that the graph has, and the Jacobian in compressed columns.
    pub fn eliminated_sparse(&self, elimination: &Elimination) -> Option<(TokenStream, TokenStream)> {
        let (rows, columns) = elimination.size;
        let Statements { body, values, .. } = self.eliminated(elimination)?;
        let mut entries: Vec<_> = elimination.entries.iter().zip(values).collect();
        entries.sort_by_key(|((row, column), _)| (*column, *row));
        let rows_of = (0..columns).map(|column| {
            let rows = entries.iter().filter(|((_, of), _)| *of == column);
            let rows = rows.map(|((row, _), _)| Literal::usize_unsuffixed(*row));
            quote!([#(#rows),*].as_slice())
        });
        let rows = Literal::usize_unsuffixed(rows);
        let pattern = quote!(::chainrule::sparse::of_columns(#rows, &[#(#rows_of),*]));
        let values = entries.iter().map(|(_, value)| value);
        let jacobian = quote! {
            #body
            ::chainrule::sparse::with_values(#pattern, ::chainrule::__private::vec![#(#values),*])
        };
        Some((pattern, jacobian))
    }

    fn eliminated(&self, elimination: &Elimination) -> Option<Statements> {
        let emitter = Emitter::new(&elimination.vars, self.signature.float());
        let body = emitter.stmts(&elimination.block.stmts, &ParamNames::default());
        let (value, values) = match &elimination.block.result {
            Some(Expr::Tuple(values)) => values.split_last(),
            _ => None,
        }?;
        let values = values.iter().map(|value| emitter.expr(value)).collect();
        Some(Statements { body, value: emitter.expr(value), values })
    }
}

/// The type of a callee's result and its Jacobian, whose scalar and columns rustc finds.
pub fn type_with_jacobian(result: &syn::Type, rows: usize) -> syn::Type {
    let rows = dimension(Size::Number(rows));
    syn::Type::Verbatim(quote!((#result, ::chainrule::__private::nalgebra::OMatrix<_, #rows, _>)))
}

/// Says to rustc that the Jacobian beside a value has so many columns.
pub fn column_for_each(pair: Var, columns: usize, site: Site) -> Expr {
    let (name, columns) = (crate::lower::marker(pair, site.0), Literal::usize_unsuffixed(columns));
    let tokens = quote_spanned!(site.0=> ::chainrule::__private::column_for_each::<#columns, _>(&#name.1));
    Expr::Opaque(Opaque {
        tokens: Tokens(tokens),
        reads: vec![pair],
        flows: Vec::new(),
        writes: Vec::new(),
        drops: Vec::new(),
        cheap: false,
        counts: false,
        refusal: None,
        site,
    })
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
