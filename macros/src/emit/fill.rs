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
    let with = |from: &syn::Expr, block: TokenStream| {
        quote!({
            let #from_name = #from;
            #block
        })
    };
    match fill {
        Fill::Function { sizes, f } => made(quote!(#(#sizes),*), each(quote!((#f)(#i, #j)))),
        Fill::Element { sizes, value } => with(value, made(quote!(#(#sizes),*), each(quote!(#from_name)))),
        Fill::Rows { sizes, from } => {
            with(from, made(quote!(#(#sizes),*), each(quote!(#from_name[#i * #matrix.ncols() + #j]))))
        }
        Fill::Stored { sizes, from, by_length } => {
            let sizes = if *by_length { quote!(#from_name.len()) } else { quote!(#(#sizes),*) };
            let body = quote! {
                for #i in 0..#matrix.len() {
                    #matrix[#i] = #from_name[#i];
                }
            };
            with(from, made(sizes, body))
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
