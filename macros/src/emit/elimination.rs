//! `jacobian` by vertex elimination, and what it costs.

use super::Emitter;
use super::companion::Companion;
use super::matrix_result::{Size, dimension};
use super::stmt::ParamNames;
use crate::elimination::{Costs, Elimination, Prices};
use crate::ir::{Block, Expr, Opaque, Site, Tokens, Var};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

/// The statements of an elimination, and the parts of their result.
struct Statements {
    body: TokenStream,
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
        let jacobian = Ident::new(&elimination.vars.unused_name("jacobian"), Span::call_site());
        let filled = |block: &Block| {
            let Statements { body, mut values } = self.eliminated(elimination, block)?;
            let value = values.split_off(elimination.entries.len().min(values.len())).pop();
            let entries = elimination.entries.iter().zip(values).map(|((row, column), value)| {
                let (row, column) = (Literal::usize_unsuffixed(*row), Literal::usize_unsuffixed(*column));
                quote!(#jacobian[(#row, #column)] = #value;)
            });
            let result = value.map_or_else(|| quote!(#jacobian), |value| quote!((#value, #jacobian)));
            Some(quote! {
                #body
                let mut #jacobian: #matrix = ::chainrule::jacobian::zeros(#rows, #columns);
                #(#entries)*
                #result
            })
        };
        let with_value = filled(&elimination.block)?;
        let alone = elimination.alone.as_ref().and_then(filled);
        let jacobian = self.with_value(&matrix, &signature.where_clause(), &with_value, alone);
        let costs = elimination.costs.as_ref().map(costs);
        Some(quote!(#costs #jacobian))
    }

    /// The pattern that the graph has, and the Jacobian in compressed columns.
    pub fn eliminated_sparse(&self, elimination: &Elimination) -> Option<(TokenStream, TokenStream)> {
        let (rows, columns) = elimination.size;
        let block = elimination.alone.as_ref().unwrap_or(&elimination.block);
        let Statements { body, values } = self.eliminated(elimination, block)?;
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

    fn eliminated(&self, elimination: &Elimination, block: &Block) -> Option<Statements> {
        let emitter = Emitter::new(&elimination.vars, self.signature.float());
        let body = emitter.stmts(&block.stmts, &ParamNames::default());
        let Some(Expr::Tuple(values)) = &block.result else { return None };
        Some(Statements { body, values: values.iter().map(|value| emitter.expr(value)).collect() })
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
    Expr::Opaque(Opaque { cheap: false, site, ..Opaque::inert(tokens, vec![pair]) })
}

/// `f::COST` and `f::COST_PUBLISHED`: the counts of this function, and what rustc finds for its callees.
fn costs(prices: &Prices) -> TokenStream {
    let cost = |costs: &Costs, name: &str| {
        let name = Ident::new(name, Span::call_site());
        let callees = prices.callees.iter().map(|Tokens(path)| quote!(.plus(#path::#name)));
        let counts = [costs.forward, costs.reverse, costs.markowitz, costs.chosen];
        let [forward, reverse, markowitz, chosen] = counts.map(Literal::usize_unsuffixed);
        let own =
            quote!(::chainrule::Cost { forward: #forward, reverse: #reverse, markowitz: #markowitz, chosen: #chosen });
        match prices.callees.is_empty() {
            true => own,
            false => quote!({
                #[allow(unused_imports)]
                use ::chainrule::__private::CostOfCallee as _;
                (#own) #(#callees)*
            }),
        }
    };
    let (shared, published) = (cost(&prices.shared, "COST"), cost(&prices.published, "COST_PUBLISHED"));
    quote! {
        /// The multiplications of the Jacobian in several orders of elimination: repeated operations once, factors of ±1
        /// for nothing.
        pub const COST: ::chainrule::Cost = #shared;

        /// The multiplications of the Jacobian of the body as it is written, every edge counted.
        pub const COST_PUBLISHED: ::chainrule::Cost = #published;
    }
}
