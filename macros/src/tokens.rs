//! Walks over tokens.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;

/// A group with other tokens between its delimiters, at the same place in the source.
pub fn with_tokens(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut kept = Group::new(group.delimiter(), tokens);
    kept.set_span(group.span());
    TokenTree::Group(kept)
}

/// Syntax as text: two pieces with the same text are the same syntax.
pub fn text_of(syntax: &impl ToTokens) -> String {
    syntax.to_token_stream().to_string()
}
