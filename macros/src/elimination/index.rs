//! Integers that are known while the macro runs: indices and the bounds of loops.

use crate::emit::marked_var;
use crate::ir::{Expr, VarMap};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The value of an integer expression of literals, known variables, `+`, `-`, `*` and parentheses.
pub fn integer(expr: &Expr, known: &VarMap<i64>) -> Option<i64> {
    match expr {
        Expr::Var(var) => known.get(var).copied(),
        Expr::Opaque(opaque) => integer_of(opaque.tokens.0.clone(), known),
        _ => None,
    }
}

/// The two values of `(i, j)`.
pub fn pair(expr: &Expr, known: &VarMap<i64>) -> Option<(i64, i64)> {
    let Expr::Opaque(opaque) = expr else { return None };
    let mut tokens = opaque.tokens.0.clone().into_iter();
    let (Some(TokenTree::Group(group)), None) = (tokens.next(), tokens.next()) else { return None };
    let (mut first, mut second, mut commas) = (TokenStream::new(), TokenStream::new(), 0);
    for token in group.stream() {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => commas += 1,
            _ if commas == 0 => first.extend([token]),
            _ => second.extend([token]),
        }
    }
    (commas == 1).then_some(())?;
    Some((integer_of(first, known)?, integer_of(second, known)?))
}

fn integer_of(tokens: TokenStream, known: &VarMap<i64>) -> Option<i64> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut reader = Reader { tokens: &tokens, at: 0, known };
    let value = reader.sum()?;
    (reader.at == tokens.len()).then_some(value)
}

struct Reader<'a> {
    tokens: &'a [TokenTree],
    at: usize,
    known: &'a VarMap<i64>,
}

impl Reader<'_> {
    fn sum(&mut self) -> Option<i64> {
        let mut value = self.product()?;
        loop {
            value = match self.operator("+-") {
                Some('+') => value.checked_add(self.product()?)?,
                Some(_) => value.checked_sub(self.product()?)?,
                None => return Some(value),
            };
        }
    }

    fn product(&mut self) -> Option<i64> {
        let mut value = self.atom()?;
        while self.operator("*").is_some() {
            value = value.checked_mul(self.atom()?)?;
        }
        Some(value)
    }

    fn operator(&mut self, among: &str) -> Option<char> {
        match self.tokens.get(self.at) {
            Some(TokenTree::Punct(punct)) if among.contains(punct.as_char()) => {
                self.at += 1;
                Some(punct.as_char())
            }
            _ => None,
        }
    }

    fn atom(&mut self) -> Option<i64> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        match token {
            TokenTree::Literal(literal) => {
                let text = literal.to_string().replace('_', "");
                text.strip_suffix("usize").unwrap_or(&text).parse().ok()
            }
            TokenTree::Ident(ident) => self.known.get(&marked_var(ident)?).copied(),
            TokenTree::Group(group) if matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None) => {
                integer_of(group.stream(), self.known)
            }
            _ => None,
        }
    }
}
