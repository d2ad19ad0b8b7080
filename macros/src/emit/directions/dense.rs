//! Jacobians by several directions at once.

use crate::emit::companion::Companion;
use crate::emit::matrix_result::Size;
use crate::emit::plan::Plan;
use crate::transform::directions::width_for;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// What finds several columns or rows at once.
pub enum Several {
    /// The value and the Jacobian.
    All(TokenStream),
    /// The same by columns; rows go one by one, if they are less work.
    Columns(TokenStream),
}

impl Companion<'_> {
    /// The value and the Jacobian by several directions at once where there is a mode for them, and the functions that this
    /// needs.
    pub fn several_at_once(&self, plan: Plan, inputs: &Size, outputs: &Size) -> (Option<Several>, TokenStream) {
        let columns = self.columns_at_once(inputs).filter(|_| plan != Plan::Rows);
        let rows = self.rows_at_once(outputs).filter(|_| plan != Plan::Columns);
        // with the option, these are there in any case
        let pushed = columns.filter(|_| !self.signature.function.sparse);
        let pushed = pushed.map(|directions| self.of_directions(directions));
        let (column_width, row_width) = (width_for(inputs.number()), width_for(outputs.number()));
        let by_columns = columns.map(|directions| {
            let pushed = self.pushed_lanes(directions, column_width);
            quote!(::chainrule::jacobian::by_directions(#pushed))
        });
        let Some(rows) = rows else {
            let several = by_columns.map(match plan {
                Plan::AtRunTime => Several::Columns,
                _ => Several::All,
            });
            return (several, quote!(#pushed));
        };
        let pull_seeds = (!self.signature.function.sparse).then(|| self.pull_seeds(rows));
        let pulled = self.pulled_lanes(rows, row_width);
        let body = match by_columns.zip(self.prices()) {
            None => quote!(::chainrule::jacobian::by_cotangents(#pulled)),
            Some((by_columns, prices)) => {
                let [wanted, rows, columns, value, jacobian] =
                    ["wanted", "rows", "columns", "value", "jacobian"].map(|name| Ident::new(name, Span::mixed_site()));
                let zeros = self.signature.active().into_iter().map(|(_, param)| self.zero(param));
                let (column_price, row_price) = prices.in_proportion(column_width, row_width);
                let [column_price, row_price, column_width, row_width] =
                    [column_price, row_price, column_width, row_width].map(Literal::usize_unsuffixed);
                quote! {
                    let #columns: usize = #(::chainrule::jacobian::count(&#zeros))+*;
                    let #wanted = |#rows: usize| {
                        #row_price * #rows.div_ceil(#row_width) < #column_price * #columns.div_ceil(#column_width)
                    };
                    match ::chainrule::jacobian::by_cotangents_if(#wanted, #pulled) {
                        (#value, Some(#jacobian)) => (#value, #jacobian),
                        _ => #by_columns,
                    }
                }
            }
        };
        (Some(Several::All(body)), quote!(#pushed #pull_seeds))
    }
}
