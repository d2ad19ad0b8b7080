//! Arithmetic of lengths and positions, as copied source over integers.

use crate::ir::{Expr, Opaque, Pattern, Place, Role, Stmt, Tokens, Ty, Var};
use crate::lower::{Lowerer, marker};
use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};
use quote::ToTokens;

impl Lowerer<'_> {
    /// Source over variables that is cheap and carries no derivative.
    pub fn tokens_of(&self, reads: &[Var], tokens: TokenStream) -> Opaque {
        Opaque::inert(tokens, reads.to_vec())
    }

    /// Source in which `a`, `b`, `c` stand for these operands: `a - 1 - b`.
    pub fn integer(&self, source: &str, operands: &[&Expr]) -> Expr {
        let tokens = source.parse::<TokenStream>().unwrap_or_default();
        let mut reads = Vec::new();
        for operand in operands {
            operand.for_each_read(&mut |var| {
                if !reads.contains(&var) {
                    reads.push(var);
                }
            });
        }
        let cheap = operands.iter().all(|operand| !matches!(operand, Expr::Opaque(opaque) if !opaque.cheap));
        let tokens = substitute(tokens, operands);
        Expr::Opaque(Opaque { cheap, ..self.tokens_of(&reads, tokens) })
    }

    /// The same, bound to a variable, so that it can be evaluated again in the reverse sweep.
    pub fn bound_integer(&mut self, name: &str, source: &str, operands: &[&Expr]) -> Expr {
        let value = self.integer(source, operands);
        self.bind_integer(name, value)
    }

    /// An integer that can be evaluated again, bound to a variable if need be.
    pub fn bind_integer(&mut self, name: &str, value: Expr) -> Expr {
        match &value {
            Expr::Var(var) if !self.vars[*var].mutable => value,
            Expr::Opaque(opaque) if opaque.reads.is_empty() && self.is_repeatable(opaque) => value,
            _ => {
                let var = self.vars.temporary(name, Ty::Int, Span::call_site());
                // places of several items read it
                self.vars[var].role = Role::Primal;
                self.out.push(Stmt::Let(Pattern::Var(var), value));
                Expr::Var(var)
            }
        }
    }

    /// A count of type `usize`.
    pub fn bind_count(&mut self, count: Expr) -> Expr {
        match literal(&count) {
            Some(count) => Expr::constant(Literal::usize_suffixed(count).into()),
            None => self.bind_integer("n", count),
        }
    }

    /// A mutable integer or flag.
    pub fn counter(&mut self, name: &str, ty: Ty, start: Expr) -> Var {
        let var = self.vars.temporary(name, ty, Span::call_site());
        self.vars[var].mutable = true;
        self.out.push(Stmt::Let(Pattern::Var(var), start));
        var
    }

    /// `counter += 1;`
    pub fn count(&mut self, counter: Var) {
        let Expr::Opaque(opaque) = self.integer("a += 1", &[&Expr::Var(counter)]) else { return };
        self.out.push(Stmt::Do(Expr::Opaque(Opaque { writes: vec![counter], cheap: false, ..opaque })));
    }

    /// `place.len()`, and the same for its rows and columns.
    pub fn length_of(&mut self, place: &Place, method: &str) -> Expr {
        // a method is called on a reference as on what it refers to
        let mut tokens = match place.is_whole() {
            true => marker(place.root, Span::call_site()).into_token_stream(),
            false => crate::emit::marked_place(place, false, &self.vars),
        };
        tokens.extend(format!(".{method}()").parse::<TokenStream>());
        let mut reads = vec![place.root];
        place.for_each_index(&mut |index| index.for_each_read(&mut |var| reads.push(var)));
        Expr::Opaque(self.tokens_of(&reads, tokens))
    }

    /// A check that the primal makes too.
    pub fn check(&mut self, condition: &str, operands: &[&Expr], message: &str) {
        let source = format!("assert!({condition}, {message:?})");
        let Expr::Opaque(opaque) = self.integer(&source, operands) else { return };
        self.out.push(Stmt::Do(Expr::Opaque(Opaque { cheap: false, ..opaque })));
    }
}

/// Whether it is this literal.
pub fn is_literal(expr: &Expr, value: usize) -> bool {
    literal(expr) == Some(value)
}

/// The value of an integer literal.
pub fn literal(expr: &Expr) -> Option<usize> {
    let Expr::Opaque(Opaque { tokens: Tokens(tokens), .. }) = expr else { return None };
    syn::parse2::<syn::LitInt>(tokens.clone()).ok()?.base10_parse().ok()
}

/// The literal `0`, of the type that inference finds.
pub fn zero() -> Expr {
    Expr::integer(0)
}

fn substitute(tokens: TokenStream, operands: &[&Expr]) -> TokenStream {
    let mut result: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => match operand(&ident.to_string(), operands) {
                Some(operand) => {
                    let method = matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '.');
                    match literal(operand) {
                        // a literal has no methods before it has a type
                        Some(value) if method => result.push(Literal::usize_suffixed(value).into()),
                        _ => result.extend(grouped(operand)),
                    }
                }
                None => result.push(TokenTree::Ident(ident)),
            },
            TokenTree::Group(group) => {
                result.push(TokenTree::Group(Group::new(group.delimiter(), substitute(group.stream(), operands))));
            }
            other => result.push(other),
        }
    }
    result.into_iter().collect()
}

fn operand<'e>(name: &str, operands: &[&'e Expr]) -> Option<&'e Expr> {
    let position = ["a", "b", "c"].iter().position(|known| *known == name)?;
    operands.get(position).copied()
}

/// An operand, in parentheses where it is an operation itself.
fn grouped(operand: &Expr) -> TokenStream {
    let tokens = match operand {
        Expr::Var(var) => marker(*var, Span::call_site()).into_token_stream(),
        Expr::Opaque(opaque) => opaque.tokens.0.clone(),
        _ => TokenStream::new(),
    };
    let operation = tokens.clone().into_iter().enumerate().any(|(position, token)| match token {
        TokenTree::Punct(punct) => punct.as_char() != '.' && !(position == 0 && punct.as_char() == '&'),
        TokenTree::Ident(ident) => ident == "as" || ident == "if" || ident == "match",
        _ => false,
    });
    if operation { TokenTree::Group(Group::new(Delimiter::Parenthesis, tokens)).into() } else { tokens }
}
