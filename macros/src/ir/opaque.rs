//! Source that is copied through.

use super::{Site, Var};
use crate::refusal::Refusal;
use proc_macro2::{Span, TokenStream, TokenTree};

/// Source that is copied through. Variables in it are written as `__v0`, and named at emission.
#[derive(Clone, Debug)]
pub struct Opaque {
    /// The source.
    pub tokens: Tokens,
    /// The variables that it reads.
    pub reads: Vec<Var>,
    /// Those whose value, not only their shape or their order, enters into the result.
    pub flows: Vec<Var>,
    /// The variables that it changes.
    pub writes: Vec<Var>,
    /// Those that pass through a cast to an integer.
    pub drops: Vec<Var>,
    /// Whether it may be evaluated again at no noticeable cost.
    pub cheap: bool,
    /// Whether what it changes carries no float, which rustc makes sure of.
    pub counts: bool,
    /// Why no derivative can flow through it, if one ought to.
    pub refusal: Option<Refusal>,
    /// Where it stands.
    pub site: Site,
}

impl PartialEq for Opaque {
    fn eq(&self, other: &Self) -> bool {
        self.tokens == other.tokens
    }
}

/// Tokens that compare by their text.
#[derive(Clone, Debug)]
pub struct Tokens(pub TokenStream);

impl PartialEq for Tokens {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

impl Opaque {
    /// Source that is cheap, changes nothing and carries no derivative.
    pub fn inert(tokens: TokenStream, reads: Vec<Var>) -> Self {
        Self {
            tokens: Tokens(tokens),
            reads,
            flows: Vec::new(),
            writes: Vec::new(),
            drops: Vec::new(),
            cheap: true,
            counts: false,
            refusal: None,
            site: Site(Span::call_site()),
        }
    }

    /// The variable that it is nothing but.
    pub fn as_variable(&self) -> Option<Var> {
        let mut tokens = self.tokens.0.clone().into_iter();
        match (tokens.next(), tokens.next(), self.reads.as_slice()) {
            (Some(TokenTree::Ident(_)), None, [var]) => Some(*var),
            _ => None,
        }
    }

    /// Whether it is `v.len()`.
    pub fn is_length(&self) -> bool {
        let tokens: Vec<TokenTree> = self.tokens.0.clone().into_iter().collect();
        match tokens.as_slice() {
            [TokenTree::Ident(var), TokenTree::Punct(dot), TokenTree::Ident(method), TokenTree::Group(none)] => {
                crate::emit::marked_vars(&TokenTree::Ident(var.clone()).into()).len() == 1
                    && dot.as_char() == '.'
                    && method == "len"
                    && none.stream().is_empty()
            }
            _ => false,
        }
    }

    /// The test of one pattern that it is, `matches!(scrutinee, pattern)`, and what is asked besides, `&& (guard)`.
    pub fn as_match(&self) -> Option<[TokenStream; 3]> {
        let mut tokens = self.tokens.0.clone().into_iter();
        let is = |token: Option<TokenTree>, text: &str| token.is_some_and(|token| token.to_string() == text);
        if !is(tokens.next(), "matches") || !is(tokens.next(), "!") {
            return None;
        }
        let Some(TokenTree::Group(asked)) = tokens.next() else { return None };
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let scrutinee: TokenStream = asked.stream().into_iter().take_while(|token| !is_comma(token)).collect();
        let pattern = asked.stream().into_iter().skip_while(|token| !is_comma(token)).skip(1).collect();
        let guard = match tokens.next() {
            None => TokenStream::new(),
            Some(_) => match (tokens.next(), tokens.next(), tokens.next()) {
                (Some(_), Some(TokenTree::Group(guard)), None) => guard.stream(),
                _ => return None,
            },
        };
        Some([scrutinee, pattern, guard])
    }

    /// Whether a word with a capital stands in it, which may be a variant.
    pub fn names_variant(&self) -> bool {
        let capital = |token: TokenTree| matches!(token, TokenTree::Ident(word) if word.to_string().starts_with(char::is_uppercase));
        self.tokens.0.clone().into_iter().any(capital)
    }

    /// Whether it is a value without components, whose zero tangent is written in the same way: `None`, `Vec::new()`.
    pub fn is_empty_value(&self) -> bool {
        let source = self.tokens.0.to_string().replace(' ', "");
        let starts = |start: &str| source.starts_with(start);
        matches!(source.as_str(), "None" | "vec![]" | "Vec::new()" | "VecDeque::new()")
            || starts("Vec::with_capacity(")
            || starts("VecDeque::with_capacity(")
    }

    /// Such a value once more. What its capacity counts has been counted.
    pub fn empty_again(&self) -> Self {
        if self.writes.is_empty() {
            return self.clone();
        }
        let of_queue = self.tokens.0.to_string().starts_with("VecDeque");
        let source = if of_queue { "VecDeque::new()" } else { "Vec::new()" };
        Self::inert(source.parse().unwrap_or_default(), Vec::new())
    }

    /// Replaces a variable by another.
    pub fn rename(&mut self, from: Var, to: Var) {
        self.tokens = Tokens(crate::emit::rename_marked(self.tokens.0.clone(), from, to));
        for vars in [&mut self.reads, &mut self.flows, &mut self.writes, &mut self.drops] {
            vars.iter_mut().filter(|var| **var == from).for_each(|var| *var = to);
        }
    }
}
