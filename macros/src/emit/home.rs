//! Where generated functions live, and so what they are called: on a companion type, or beside a method.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// The surroundings of a differentiable function.
#[derive(Clone, Copy)]
pub enum Home<'a> {
    /// A free function `f`: the type `f {}` of the same name has `f::grad`.
    Companion,
    /// A method `loss` of an impl block, without a trait: `loss_grad` stands in another impl block of the type.
    Inherent(&'a syn::ItemImpl),
    /// A method of the implementation of a trait: what the trait requires stands in the same block.
    Implementation(&'a syn::ItemImpl),
    /// A method of a trait.
    Trait(&'a syn::ItemTrait),
}

impl<'a> Home<'a> {
    /// The generic parameters of the block.
    pub fn generics(self) -> Option<&'a syn::Generics> {
        match self {
            Self::Companion => None,
            Self::Inherent(block) | Self::Implementation(block) => Some(&block.generics),
            Self::Trait(block) => Some(&block.generics),
        }
    }

    /// Whether `Self` stands for any type.
    pub fn is_trait(self) -> bool {
        matches!(self, Self::Trait(_))
    }

    /// Whether it is the implementation of a trait, or a trait.
    pub fn is_of_trait(self) -> bool {
        matches!(self, Self::Trait(_) | Self::Implementation(_))
    }

    /// The name of a generated function: `grad`, or `loss_grad`.
    pub fn function(self, of: &Ident, what: &str) -> Ident {
        match self {
            Self::Companion => Ident::new(what, of.span()),
            _ => format_ident!("{}_{what}", of, span = of.span()),
        }
    }

    /// The visibility of a generated function.
    pub fn visibility(self, item: &syn::ItemFn) -> TokenStream {
        match self {
            Self::Companion => quote!(pub),
            Self::Inherent(_) => item.vis.to_token_stream(),
            Self::Implementation(_) | Self::Trait(_) => TokenStream::new(),
        }
    }

    /// A link to the primal, for documentation.
    pub fn link(self, name: &Ident) -> String {
        match self {
            Self::Companion => format!("[`{name}`](fn@{name})"),
            _ => format!("[`{name}`](Self::{name})"),
        }
    }
}
