//! Iterators: chains of adapters over slices.
//!
//! An iterator chain becomes a counted loop over positions: `for (i, (x, y)) in xs.iter().zip(ys).enumerate()` runs over
//! `0..min(len)`, with `x` an alias of `xs[i]`. The reverse of a counted loop needs no saved counter.

use super::scope::Binding;
use super::{Lowerer, Value, strip};
use crate::ir::expr::Tokens;
use crate::ir::{Access, Expr, Opaque, Place, Projection, Range, Site, Stmt, Ty, Var};
use crate::refusal::Refusal;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;

/// One source of a chain of iterators.
enum Source {
    /// The elements of a place, at a position.
    Elements { place: Place, index: Expr, by_value: bool, mutable: bool },
    /// The position itself.
    Position(Expr),
    /// The items of two sources.
    Pair(Box<Source>, Box<Source>),
}

/// How a source gives its elements.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lent {
    /// As the expression is: by value, or as the reference that it is.
    No,
    /// `iter()`, `&v`
    Shared,
    /// `iter_mut()`, `&mut v`
    Mutably,
}

/// A chain: its sources, and its length as source text over variables.
struct Chain {
    source: Source,
    lengths: Vec<Expr>,
}

impl Lowerer<'_> {
    /// `for pattern in chain { body }`
    pub fn chain_loop(&mut self, node: &syn::ExprForLoop) {
        let position = self.vars.temporary("k", Ty::Int, Span::call_site());
        let (expr, reversed) = match strip(&node.expr) {
            syn::Expr::MethodCall(call) if call.method == "rev" && call.args.is_empty() => (&*call.receiver, true),
            other => (other, false),
        };
        let Some(chain) = self.chain(expr, Expr::Var(position)) else {
            return self.copied_loop(node);
        };
        let high = self.length(chain.lengths);
        let low = Expr::Opaque(self.tokens_of(&[], zero()));
        let range = Range { low, high, inclusive: false, step: None, reversed, last: None };
        let body = self.loop_body(node.label.as_ref(), |this| {
            this.bind_source(&node.pat, chain.source);
            this.lower_stmts(&node.body.stmts, false);
        });
        self.out.push(Stmt::For { var: position, range, body });
    }

    /// A chain of iterators over slices, at a position.
    fn chain(&mut self, expr: &syn::Expr, at: Expr) -> Option<Chain> {
        match strip(expr) {
            syn::Expr::MethodCall(call) => match (call.method.to_string().as_str(), call.args.first()) {
                ("iter" | "into_iter", None) => self.elements(&call.receiver, at, Lent::Shared),
                ("iter_mut", None) => self.elements(&call.receiver, at, Lent::Mutably),
                ("copied" | "cloned", None) => {
                    let mut chain = self.chain(&call.receiver, at)?;
                    if let Source::Elements { by_value, .. } = &mut chain.source {
                        *by_value = true;
                    }
                    Some(chain)
                }
                ("enumerate", None) => {
                    let chain = self.chain(&call.receiver, at.clone())?;
                    let source = Source::Pair(Box::new(Source::Position(at)), Box::new(chain.source));
                    Some(Chain { source, ..chain })
                }
                ("zip", Some(other)) => {
                    let left = self.chain(&call.receiver, at.clone())?;
                    let right = self.chain(other, at)?;
                    let lengths = left.lengths.into_iter().chain(right.lengths).collect();
                    Some(Chain { source: Source::Pair(Box::new(left.source), Box::new(right.source)), lengths })
                }
                ("rev", None) => self.reversed(&call.receiver, at),
                _ => self.elements(expr, at, Lent::No),
            },
            syn::Expr::Reference(reference) => {
                let lent = if reference.mutability.is_some() { Lent::Mutably } else { Lent::Shared };
                self.elements(&reference.expr, at, lent)
            }
            _ => self.elements(expr, at, Lent::No),
        }
    }

    /// `.rev()` inside of a chain: the position counts from the other end.
    fn reversed(&mut self, inner: &syn::Expr, at: Expr) -> Option<Chain> {
        let probe = self.chain(inner, at.clone())?;
        let n = self.length(probe.lengths);
        let from_end = match (&n, &at) {
            (Expr::Var(n), Expr::Var(at)) => {
                let (n, at) = (*n, *at);
                let text = |var: Var| super::marker(var, Span::call_site()).to_string();
                let tokens = syn::parse_str::<TokenStream>(&format!("{} - 1 - {}", text(n), text(at))).ok()?;
                Expr::Opaque(self.tokens_of(&[n, at], tokens))
            }
            _ => return None,
        };
        let chain = self.chain(inner, from_end)?;
        Some(Chain { source: chain.source, lengths: vec![n] })
    }

    /// The elements of a slice, an array, a `Vec`.
    fn elements(&mut self, expr: &syn::Expr, index: Expr, lent: Lent) -> Option<Chain> {
        let (consumed, borrowed, mutable) = (lent == Lent::No, lent != Lent::No, lent == Lent::Mutably);
        let (place, ty) = self.lower_place(expr)?;
        if !matches!(ty, Ty::Array(_) | Ty::Slice(_) | Ty::Vec(_) | Ty::Unknown) {
            return None;
        }
        let reference = self.vars[place.root].access != Access::Owned;
        let length = self.length_of(&place);
        // `for x in array` and `for x in vec` give the elements themselves
        let by_value = consumed && !reference && !borrowed && place.is_whole();
        let mutable = mutable || (self.is_mutable_reference(&place) && consumed);
        Some(Chain { source: Source::Elements { place, index, by_value, mutable }, lengths: vec![length] })
    }

    /// `place.len()`
    fn length_of(&mut self, place: &Place) -> Expr {
        let mut tokens = crate::emit::marked_place(place, false, &self.vars);
        tokens.extend(syn::parse_str::<TokenStream>(".len()").unwrap_or_default());
        let mut reads = vec![place.root];
        place.for_each_index(&mut |index| index.for_each_read(&mut |var| reads.push(var)));
        Expr::Opaque(self.tokens_of(&reads, tokens))
    }

    /// The shortest of some lengths, bound to a variable.
    fn length(&mut self, lengths: Vec<Expr>) -> Expr {
        if let [only @ Expr::Var(_)] = lengths.as_slice() {
            return only.clone();
        }
        let mut reads = Vec::new();
        let mut tokens = TokenStream::new();
        for (position, length) in lengths.into_iter().enumerate() {
            let (part, more) = match length {
                Expr::Opaque(opaque) => (opaque.tokens.0, opaque.reads),
                Expr::Var(var) => (super::marker(var, Span::call_site()).into_token_stream(), vec![var]),
                _ => continue,
            };
            reads.extend(more);
            if position == 0 {
                tokens.extend(part);
            } else {
                tokens.extend(syn::parse_str::<TokenStream>(&format!(".min({part})")).unwrap_or_default());
            }
        }
        let opaque = self.tokens_of(&reads, tokens);
        let var = self.vars.temporary("n", Ty::Int, Span::call_site());
        self.out.push(Stmt::Let(crate::ir::Pattern::Var(var), Expr::Opaque(opaque)));
        Expr::Var(var)
    }

    /// Source over variables that is cheap and carries no derivative.
    pub fn tokens_of(&self, reads: &[Var], tokens: TokenStream) -> Opaque {
        Opaque {
            tokens: Tokens(tokens),
            reads: reads.to_vec(),
            flows: Vec::new(),
            writes: Vec::new(),
            drops: Vec::new(),
            cheap: true,
            refusal: None,
            site: Site(Span::call_site()),
        }
    }

    /// Binds the pattern of a loop to what its sources give.
    fn bind_source(&mut self, pat: &syn::Pat, source: Source) {
        match (pat, source) {
            (syn::Pat::Wild(_), _) => {}
            (syn::Pat::Paren(paren), source) => self.bind_source(&paren.pat, source),
            (syn::Pat::Tuple(tuple), Source::Pair(left, right)) if tuple.elems.len() == 2 => {
                self.bind_source(&tuple.elems[0], *left);
                self.bind_source(&tuple.elems[1], *right);
            }
            (pat, Source::Position(Expr::Var(var))) => match pat {
                syn::Pat::Ident(ident) => self.scopes.bind(&ident.ident.to_string(), Binding::Var(var)),
                _ => self.diagnostics.refuse(pat.span(), &Refusal::Pattern),
            },
            (pat, Source::Position(index)) => self.bind_pattern(pat, Value::new(index, Ty::Int), None),
            (pat, Source::Elements { place, index, by_value, mutable }) => {
                let element = place.project(Projection::Index(Box::new(index)));
                let ty = self.place_type(&element);
                match pat {
                    syn::Pat::Ident(ident) if !by_value && ident.mutability.is_none() => {
                        let binding = Binding::Alias { place: element, reference: true, mutable };
                        self.scopes.bind(&ident.ident.to_string(), binding);
                    }
                    syn::Pat::Reference(reference) => {
                        let value = self.load(element, ty);
                        self.bind_pattern(&reference.pat, value, None);
                    }
                    pat => {
                        let value = self.load(element, ty);
                        self.bind_pattern(pat, value, None);
                    }
                }
            }
            (pat, Source::Pair(..)) => self.diagnostics.refuse(pat.span(), &Refusal::Pattern),
        }
    }
}

fn zero() -> TokenStream {
    proc_macro2::TokenTree::Literal(proc_macro2::Literal::usize_unsuffixed(0)).into()
}
