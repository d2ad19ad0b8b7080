//! Walks over tokens.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;

/// A group with other tokens between its delimiters, at the same place in the source.
pub fn with_tokens(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut kept = Group::new(group.delimiter(), tokens);
    kept.set_span(group.span());
    TokenTree::Group(kept)
}

/// Whether a token of a kind stands in tokens, be it in a group.
pub fn holds(tokens: TokenStream, is_it: &dyn Fn(&TokenTree) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => holds(group.stream(), is_it),
        other => is_it(&other),
    })
}

/// Whether one of these names stands in tokens.
pub fn mentions<N: AsRef<str>>(tokens: &TokenStream, names: &[N]) -> bool {
    let is_name = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if names.iter().any(|name| word == name));
    holds(tokens.clone(), &is_name)
}

/// Every identifier in tokens.
pub fn collect_words(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                words.insert(word.to_string());
            }
            TokenTree::Group(group) => collect_words(group.stream(), words),
            _ => {}
        }
    }
}

/// Syntax as text: two pieces with the same text are the same syntax.
pub fn text_of(syntax: &impl ToTokens) -> String {
    syntax.to_token_stream().to_string()
}
