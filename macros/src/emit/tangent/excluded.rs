//! Integers with `#[no_diff]`, whose tangents are asked for where they become floats: `1.0 / self.steps as f64`.
//!
//! A tangent type has no field for an excluded one, and generated code cannot know which are excluded. So the tangent type
//! dereferences to a hidden struct with a `()` for each integer, as a field without the mark has it. For anything else there is
//! still no field, because a derivative would be lost.

use super::Tangent;
use crate::derive::{Field, Style};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

impl Tangent<'_> {
    /// The hidden struct, and the way to it.
    pub fn excluded(&self) -> TokenStream {
        let [variant] = self.model.variants.as_slice() else { return TokenStream::new() };
        let excluded = |field: &&Field| field.excluded && self.model.floats.ty(&field.ty).is_inert();
        let members: Vec<&syn::Member> = variant.fields.iter().filter(excluded).map(|field| &field.member).collect();
        if self.model.is_enum || variant.style != Style::Named || members.is_empty() {
            return TokenStream::new();
        }
        let (vis, name, hidden) = (&self.model.vis, &self.name, format_ident!("{}Excluded", self.name));
        let (params, arguments, predicates) = self.kept_generics();
        let value = quote!(#hidden { #(#members: ()),* });
        quote! {
            #[doc(hidden)]
            #[allow(dead_code)]
            #vis struct #hidden { #(pub #members: ()),* }
            #[doc(hidden)]
            impl #params ::core::ops::Deref for #name #arguments #predicates {
                type Target = #hidden;
                fn deref(&self) -> &#hidden {
                    &#value
                }
            }
            #[doc(hidden)]
            impl #params ::core::ops::DerefMut for #name #arguments #predicates {
                fn deref_mut(&mut self) -> &mut #hidden {
                    // nothing of no size is allocated
                    ::chainrule::__private::Box::leak(::chainrule::__private::Box::new(#value))
                }
            }
        }
    }
}
