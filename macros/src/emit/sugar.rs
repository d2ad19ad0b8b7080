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

/// `{ let mut items: VecDeque<T> = VecDeque::new(); for item in chain { items.push_back(item); } items }`
pub fn queued(chain: &syn::Expr, into: &syn::Type, names: &[Ident; 2]) -> TokenStream {
    let [items, item] = names;
    quote!({
        let mut #items: #into = VecDeque::new();
        for #item in #chain {
            #items.push_back(#item);
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

/// `chain.last()`, `.next()`, `.reduce(f)`, `.max_by(f)`, `.min_by(f)`, where positions do not tell the item: what
/// `found` becomes at an item, and whether that ends the search. `None` for any other method. An item that is lent is copied, as
/// what is found outlives the loop.
pub fn searched(name: &str, chain: &syn::Expr, f: Option<&syn::Expr>, names: &[Ident; 4]) -> Option<TokenStream> {
    let [found, item, so_far, order] = names;
    let asked = match f {
        Some(syn::Expr::Path(path)) if path.path.segments.last()?.ident == "total_cmp" => {
            quote!(#so_far.total_cmp(&#item))
        }
        Some(syn::Expr::Path(_)) if name.ends_with("_by") => return None,
        f => quote!((#f)(&#so_far, &#item)),
    };
    let compared = |on_greater: TokenStream, otherwise: TokenStream| {
        quote! {
            #found = match #found {
                None => Some(#item),
                Some(#so_far) => {
                    let #order = #asked;
                    if #order == ::core::cmp::Ordering::Greater { Some(#on_greater) } else { Some(#otherwise) }
                }
            };
        }
    };
    let (old, new) = (quote!(#so_far), quote!(#item));
    let body = match (name, f) {
        ("last", None) => quote!(#found = Some(#item);),
        ("next", None) => quote!({ #found = Some(#item); break; }),
        ("reduce", Some(f)) => quote! {
            #found = match #found {
                None => Some(#item),
                Some(#so_far) => Some((#f)(#so_far, #item)),
            };
        },
        ("max_by", Some(_)) => compared(old, new),
        ("min_by", Some(_)) => compared(new, old),
        _ => return None,
    };
    Some(quote!({
        let mut #found = None;
        for #item in #chain.copied() {
            #body
        }
        #found
    }))
}

/// `chain.collect()` into an `Option` or a `Result` of a `Vec`.
pub fn gathered(chain: &syn::Expr, into: Option<&syn::Type>, result: bool, names: &[Ident; 4]) -> TokenStream {
    let [items, outcome, item, error] = names;
    let ty = into.map(|ty| quote!(: #ty));
    if result {
        return quote!({
            let mut #items #ty = Vec::new();
            let mut #outcome = Ok(());
            for #item in #chain {
                match #item {
                    Ok(#item) => #items.push(#item),
                    Err(#error) => {
                        #outcome = Err(#error);
                        break;
                    }
                }
            }
            match #outcome {
                Ok(_) => Ok(#items),
                Err(#error) => Err(#error),
            }
        });
    }
    quote!({
        let mut #items #ty = Vec::new();
        let mut #outcome = true;
        for #item in #chain {
            match #item {
                Some(#item) => #items.push(#item),
                None => {
                    #outcome = false;
                    break;
                }
            }
        }
        if #outcome { Some(#items) } else { None }
    })
}

/// The function of `chain.inspect(f)`, which hands every item on.
pub fn inspected(f: &syn::Expr, item: &Ident) -> TokenStream {
    quote!(|#item| {
        (#f)(&#item);
        #item
    })
}

/// `sequence.retain(f);`
pub fn retained(sequence: &syn::Expr, f: &syn::Expr, names: &[Ident; 2]) -> TokenStream {
    let [kept, item] = names;
    quote!({
        let mut #kept = Vec::new();
        for #item in #sequence.iter() {
            if (#f)(#item) { #kept.push(#item.clone()); }
        }
        #sequence = #kept;
    })
}

/// What `sequence.drain(low..high)` takes out.
pub fn drained(sequence: &syn::Expr, range: &syn::ExprRange, names: &[Ident; 2]) -> TokenStream {
    let [taken, rest] = names;
    let low = range.start.as_deref();
    let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
    let high = range.end.as_deref().map(|end| if inclusive { quote!(((#end) + 1)) } else { quote!((#end)) });
    match (low, high) {
        (None, None) => quote!(::core::mem::take(&mut #sequence)),
        (Some(low), None) => quote!(#sequence.split_off(#low)),
        (None, Some(high)) => quote!({
            let #rest = #sequence.split_off(#high);
            ::core::mem::replace(&mut #sequence, #rest)
        }),
        (Some(low), Some(high)) => quote!({
            let #rest = #sequence.split_off(#high);
            let #taken = #sequence.split_off(#low);
            #sequence.extend_from_slice(&#rest);
            #taken
        }),
    }
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

/// `::chainrule::rules::texts(parts)`: a list of the parts of a text, for which rustc takes nothing else.
pub fn listed(parts: &syn::Expr) -> TokenStream {
    quote!(::chainrule::rules::texts(#parts))
}
