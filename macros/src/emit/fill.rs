//! Constructors of matrices as the loops that they stand for, in the user's language.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// What a matrix of zeros is filled with, and the sizes that it is made with, if its type does not tell them.
pub enum Fill<'e> {
    /// `f(i, j)`
    Function { sizes: Vec<&'e syn::Expr>, f: &'e syn::Expr },
    /// The same value everywhere.
    Element { sizes: Vec<&'e syn::Expr>, value: &'e syn::Expr },
    /// A slice, row by row.
    Rows { sizes: Vec<&'e syn::Expr>, from: &'e syn::Expr },
    /// A slice in the order of storage, column by column; its length is the only size where `by_length` says so.
    Stored { sizes: Vec<&'e syn::Expr>, from: &'e syn::Expr, by_length: bool },
    /// What an iterator gives, in the order of storage.
    Items { sizes: Vec<&'e syn::Expr>, items: &'e syn::Expr },
    /// The same value along the diagonal.
    DiagonalElement { sizes: Vec<&'e syn::Expr>, value: &'e syn::Expr },
    /// A vector along the diagonal of a square matrix.
    Diagonal { from: &'e syn::Expr, dynamic: bool },
}

/// `{ let mut matrix = entries(Matrix::zeros(sizes..)); .. matrix }`, where `entries` is the identity of nalgebra's matrices: a type
/// of the user's with the same name is an error.
pub fn zeros_filled(zeros: &syn::ExprPath, fill: &Fill<'_>, names: &[Ident; 4]) -> TokenStream {
    let [matrix, i, j, from_name] = names;
    let made = |sizes: TokenStream, body: TokenStream| {
        quote!({
            let mut #matrix = ::chainrule::rules::entries(#zeros(#sizes));
            #body
            #matrix
        })
    };
    let each = |body: TokenStream| {
        quote! {
            for #j in 0..#matrix.ncols() {
                for #i in 0..#matrix.nrows() {
                    #matrix[(#i, #j)] = #body;
                }
            }
        }
    };
    let named = |from: TokenStream, block: TokenStream| {
        quote!({
            let #from_name = #from;
            #block
        })
    };
    let with = |from: &syn::Expr, block: TokenStream| named(quote!(#from), block);
    let stored = quote! {
        for #i in 0..#matrix.len() {
            #matrix[#i] = #from_name[#i];
        }
    };
    match fill {
        Fill::Function { sizes, f } => made(quote!(#(#sizes),*), each(quote!((#f)(#i, #j)))),
        Fill::Element { sizes, value } => with(value, made(quote!(#(#sizes),*), each(quote!(#from_name)))),
        Fill::Rows { sizes, from } => {
            with(from, made(quote!(#(#sizes),*), each(quote!(#from_name[#i * #matrix.ncols() + #j]))))
        }
        Fill::Stored { sizes, from, by_length } => {
            let sizes = if *by_length { quote!(#from_name.len()) } else { quote!(#(#sizes),*) };
            with(from, made(sizes, stored))
        }
        Fill::Items { sizes, items } => {
            // of a dynamic size there have to be exactly as many
            let check = (!sizes.is_empty()).then(
                || quote!(assert_eq!(#from_name.len(), #matrix.len(), "the iterator gives another number of entries");),
            );
            let collected = quote!((#items).collect::<::chainrule::__private::Vec<_>>());
            named(collected, made(quote!(#(#sizes),*), quote!(#check #stored)))
        }
        Fill::DiagonalElement { sizes, value } => {
            let body = quote! {
                for #i in 0..#matrix.nrows().min(#matrix.ncols()) {
                    #matrix[(#i, #i)] = #from_name;
                }
            };
            with(value, made(quote!(#(#sizes),*), body))
        }
        Fill::Diagonal { from, dynamic } => {
            let sizes = if *dynamic { quote!(#from_name.len(), #from_name.len()) } else { TokenStream::new() };
            let body = quote! {
                for #i in 0..#matrix.nrows() {
                    #matrix[(#i, #i)] = #from_name[#i];
                }
            };
            with(from, made(sizes, body))
        }
    }
}

/// A part of a matrix that is written as a whole.
pub enum Part<'e> {
    /// A row or a column of a matrix.
    Of { matrix: &'e syn::Expr, view: &'static str, at: &'e syn::Expr, from: &'e syn::Expr },
    /// All of a place, which is read by another expression than it is written.
    Whole { place: &'e syn::Expr, read: &'e syn::Expr, from: &'e syn::Expr },
}

/// `{ let from = &v; assert_eq!(shape(&m.column(j)), shape(&from), ..); for i in 0..from.len() { m.column_mut(j)[i] = from[i]; } }`, where
/// `shape` takes nalgebra's matrices only.
pub fn part_written(part: &Part<'_>, names: &[Ident; 3]) -> TokenStream {
    let [from_name, at_name, i] = names;
    let (first, read, write, from) = match part {
        Part::Of { matrix, view, at, from } => {
            let (read, write) = (quote::format_ident!("{view}"), quote::format_ident!("{view}_mut"));
            (quote!(let #at_name = #at;), quote!(#matrix.#read(#at_name)), quote!(#matrix.#write(#at_name)), from)
        }
        Part::Whole { place, read, from } => (TokenStream::new(), quote!(#read), quote!(#place), from),
    };
    quote!({
        #first
        let #from_name = #from;
        assert_eq!(::chainrule::rules::shape(&#read), ::chainrule::rules::shape(&#from_name), "the shapes differ");
        for #i in 0..#from_name.len() {
            #write[#i] = #from_name[#i];
        }
    })
}

/// A change of a matrix in place.
pub enum InPlace<'e> {
    /// `m.scale_mut(s)`, `m.unscale_mut(s)`
    Scaled { by: &'e syn::Expr, divide: bool },
    /// `m.normalize_mut();`
    Normalized,
    /// `m.fill_diagonal(s)`
    Diagonal(&'e syn::Expr),
    /// `m.fill_row(i, s)`, `m.fill_column(j, s)`
    Line { rows: bool, at: &'e syn::Expr, value: &'e syn::Expr },
    /// `m.swap_rows(i, j)`, `m.swap_columns(i, j)`
    Swapped { rows: bool, a: &'e syn::Expr, b: &'e syn::Expr },
}

impl InPlace<'_> {
    /// Whether the statements take nalgebra's matrices only, whatever is known of the receiver.
    pub fn asks_for_shape(&self) -> bool {
        !matches!(self, Self::Scaled { .. } | Self::Normalized)
    }
}

/// The statements that a change in place stands for, as `{ let first = i; let second = j; assert!(..); for k in 0..m.ncols() { .. } }`.
pub fn changed_in_place(place: &syn::Expr, read: &syn::Expr, change: &InPlace<'_>, names: &[Ident; 4]) -> TokenStream {
    let [value_name, first, second, i] = names;
    let shape = quote!(::chainrule::rules::shape(&#read));
    match change {
        InPlace::Scaled { by, divide: false } => quote!({ #place *= #by; }),
        InPlace::Scaled { by, divide: true } => quote!({ #place /= #by; }),
        InPlace::Normalized => quote!({
            let #value_name = #read.norm();
            #place /= #value_name;
        }),
        InPlace::Diagonal(value) => quote!({
            let #value_name = #value;
            let #first = #read.nrows().min(#read.ncols());
            assert!(#first <= #shape.0);
            for #i in 0..#first {
                #place[(#i, #i)] = #value_name;
            }
        }),
        InPlace::Line { rows, at, value } => {
            let (length, index) = along(*rows, read, first, i);
            quote!({
                let #first = #at;
                let #value_name = #value;
                let #second = #length;
                assert!(#second <= #shape.0 || #second <= #shape.1);
                for #i in 0..#second {
                    #place[#index] = #value_name;
                }
            })
        }
        InPlace::Swapped { rows, a, b } => {
            let (length, one) = along(*rows, read, first, i);
            let (_, other) = along(*rows, read, second, i);
            let part = syn::Index { index: u32::from(!*rows), span: i.span() };
            quote!({
                let #first = #a;
                let #second = #b;
                assert!(#first < #shape.#part && #second < #shape.#part, "there is no such row or column");
                for #i in 0..#length {
                    #place.swap(#one, #other);
                }
            })
        }
    }
}

/// How long a row or a column is, and the index of its entry `i`.
fn along(rows: bool, read: &syn::Expr, at: &Ident, i: &Ident) -> (TokenStream, TokenStream) {
    match rows {
        true => (quote!(#read.ncols()), quote!((#at, #i))),
        false => (quote!(#read.nrows()), quote!((#i, #at))),
    }
}
