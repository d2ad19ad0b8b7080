//! Other methods of a name: `v.norm()` has to call the method whose derivatives stand beside it.
//!
//! Rust looks for methods that take `V`, then for those that take `&V`, and in each of the two for those without a trait first.
//! The derivatives of `norm` are found by names of their own, so that they would be those of another `norm`.

use crate::ir::Passing;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

/// A function that nobody calls, for a method without a trait. A trait of its own competes in it for `value.norm()` with every trait that
/// comes before the method, and rustc reports two candidates if there is such a one:
/// `fn norm_alone(value: Self) { trait Differentiable { fn norm(self) {} } impl<T> Differentiable for T {} value.norm(); }`
pub fn emit_check_of_traits(name: &Ident, receiver: Passing, arguments: usize) -> TokenStream {
    let (by_value, by_reference) = (quote!(self), quote!(&self));
    let competing: &[(&str, &TokenStream, TokenStream)] = match receiver {
        Passing::Shared => &[("alone", &by_value, quote!(Self))],
        Passing::Value => &[("alone", &by_reference, quote!(&Self))],
        Passing::Mutable => &[("alone", &by_value, quote!(Self)), ("alone_by_reference", &by_reference, quote!(Self))],
    };
    let types: Vec<Ident> = (0..arguments).map(|index| format_ident!("A{index}")).collect();
    let generics = (arguments > 0).then(|| quote!(<#(#types),*>));
    let nothing = types.iter().map(|_| quote!(()));
    let nothing = quote!(#(#nothing),*);
    let checks = competing.iter().map(|(suffix, receiver, value)| {
        let check = format_ident!("{name}_{suffix}");
        quote! {
            fn #check(value: #value) {
                trait DifferentiableMethod: Sized {
                    fn #name #generics (#receiver, #(_: #types),*) {}
                }
                impl<T> DifferentiableMethod for T {}
                value.#name(#nothing);
            }
        }
    });
    checks.collect()
}

/// The same for the methods of the implementation of a trait: a method of the type's own comes first, and needs derivatives too.
pub fn emit_check_of_types(block: &syn::ItemImpl, names: &[&Ident]) -> TokenStream {
    let Some((path, _)) = &block.trait_ else { return TokenStream::new() };
    if names.is_empty() {
        return TokenStream::new();
    }
    let parameters = block.generics.params.iter().filter_map(|param| match param {
        syn::GenericParam::Type(syn::TypeParam { ident, .. }) => Some(quote!(*const #ident)),
        syn::GenericParam::Const(syn::ConstParam { ident, .. }) => Some(quote!([(); #ident])),
        syn::GenericParam::Lifetime(_) => None,
    });
    let parameters = quote!((#(#parameters,)*));
    let conditions = block.attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    let (generics, _, predicates) = block.generics.split_for_impl();
    let (self_ty, allowed) = (&block.self_ty, super::companion::allowed());
    let declared = names.iter().map(|name| format_ident!("{name}_in_its_type"));
    let checks = names.iter().map(|name| {
        let [jvp, check] = ["jvp", "in_its_type"].map(|what| format_ident!("{name}_{what}"));
        let called = quote_spanned!(name.span()=> called);
        quote! {
            fn #check() {
                use ::chainrule::same_name::{Kind as _, Pair, belongs_to};
                let #called = (&Pair(Self::#name, <Self as #path>::#name)).kind();
                let derivative = (&Pair(Self::#jvp, <Self as #path>::#jvp)).kind();
                belongs_to(#called, derivative);
            }
        }
    });
    quote! {
        #(#conditions)*
        const _: () = {
            trait Calls<Parameters> {
                #(fn #declared();)*
            }
            #allowed
            impl #generics Calls<#parameters> for #self_ty #predicates {
                #(#checks)*
            }
        };
    }
}
