//! Consumers of iterators as the loops that they stand for, in the user's language.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// `{ let mut items = Vec::new(); for item in chain { items.push(item); } items }`
pub fn pushed(chain: &syn::Expr, into: Option<&syn::Type>, names: &[Ident; 2]) -> TokenStream {
    let [items, item] = names;
    let ty = into.map(|ty| quote!(: #ty));
    quote!({
        let mut #items #ty = Vec::new();
        for #item in #chain {
            #items.push(#item);
        }
        #items
    })
}

/// `chain.unzip()` into two `Vec`s.
pub fn unzipped(chain: &syn::Expr, into: [Option<&syn::Type>; 2], names: &[Ident; 4]) -> TokenStream {
    let [left, right, a, b] = names;
    let [left_ty, right_ty] = into.map(|ty| ty.map(|ty| quote!(: #ty)));
    quote!({
        let mut #left #left_ty = Vec::new();
        let mut #right #right_ty = Vec::new();
        for (#a, #b) in #chain {
            #left.push(#a);
            #right.push(#b);
        }
        (#left, #right)
    })
}

/// `chain.partition(f)` into two `Vec`s.
pub fn partitioned(chain: &syn::Expr, f: &syn::Expr, into: [Option<&syn::Type>; 2], names: &[Ident; 3]) -> TokenStream {
    let [yes, no, item] = names;
    let [yes_ty, no_ty] = into.map(|ty| ty.map(|ty| quote!(: #ty)));
    quote!({
        let mut #yes #yes_ty = Vec::new();
        let mut #no #no_ty = Vec::new();
        for #item in #chain {
            if (#f)(&#item) { #yes.push(#item); } else { #no.push(#item); }
        }
        (#yes, #no)
    })
}

/// `chain.try_fold(start, f)`, whose closure gives an `Option`, or a `Result`.
pub fn stopping_fold(chain: &syn::Expr, [start, f]: [&syn::Expr; 2], result: bool, names: &[Ident; 3]) -> TokenStream {
    let [carried, item, so_far] = names;
    let (success, failure) = if result { (quote!(Ok), quote!(Err(_))) } else { (quote!(Some), quote!(None)) };
    quote!({
        let mut #carried = #success(#start);
        for #item in #chain {
            match #carried {
                #success(#so_far) => { #carried = (#f)(#so_far, #item); }
                #failure => { break; }
            }
        }
        #carried
    })
}

/// `std::array::from_fn(f)` of known length, and of elements with a known zero.
pub fn array_from_fn(f: &syn::Expr, len: &syn::Expr, zero: &TokenStream, names: &[Ident; 2]) -> TokenStream {
    let [items, i] = names;
    // a result type asks for a block
    let f = match f {
        syn::Expr::Closure(closure) if !matches!(&*closure.body, syn::Expr::Block(_)) => {
            let syn::ExprClosure { capture, inputs, output, body, .. } = closure;
            quote!(#capture |#inputs| #output { #body })
        }
        f => quote!(#f),
    };
    quote!({
        let mut #items = [#zero; #len];
        for #i in 0..#len {
            #items[#i] = (#f)(#i);
        }
        #items
    })
}

/// The zero of a type that is made of floats; `None` for any other.
pub fn zero_of(ty: &syn::Type) -> Option<TokenStream> {
    match ty {
        syn::Type::Path(path) if path.path.is_ident("f64") => Some(quote!(0.0f64)),
        syn::Type::Path(path) if path.path.is_ident("f32") => Some(quote!(0.0f32)),
        syn::Type::Array(array) => {
            let (zero, len) = (zero_of(&array.elem)?, &array.len);
            Some(quote!([#zero; #len]))
        }
        syn::Type::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(zero_of).collect::<Option<Vec<_>>>()?;
            Some(quote!((#(#parts,)*)))
        }
        _ => None,
    }
}
