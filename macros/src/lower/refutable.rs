//! What the form of a pattern tells: whether it may not match, whether it binds names, and its test without them.

use super::syntax::last_segment;
use crate::ir::{Payload, Projection};
use crate::walk::{Change, Changing, Read, Reading};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

/// Whether a path names a variant of a type: `Shape::Circle`.
pub fn is_variant(path: &syn::Path) -> bool {
    let upper = |segment: &syn::PathSegment| segment.ident.to_string().starts_with(char::is_uppercase);
    path.segments.len() > 1 && path.segments.iter().rev().take(2).all(upper)
}

/// Whether a name in a pattern is a constant or a variant without payload, and no binding.
pub fn is_constant(ident: &syn::Ident) -> bool {
    ident.to_string().starts_with(char::is_uppercase)
}

/// Whether such a name may as well be that of a variable, as in formulas: `S`, `K1`, `T_max`. If it is a constant, a pattern with it
/// still asks for its value, and what matches has that value.
pub fn is_letter(ident: &syn::Ident) -> bool {
    let name = ident.to_string();
    let mut chars = name.chars();
    let upper = chars.next().is_some_and(char::is_uppercase);
    let rest = chars.as_str();
    upper
        && (rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit() || c == '_'))
        && !rest.contains(char::is_uppercase)
}

/// Whether a pattern may not match, as far as its form tells.
pub fn is_refutable(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Wild(_) | syn::Pat::Rest(_) => false,
        syn::Pat::Ident(ident) => match &ident.subpat {
            Some((_, inner)) => is_refutable(inner),
            None => is_constant(&ident.ident),
        },
        syn::Pat::Paren(paren) => is_refutable(&paren.pat),
        syn::Pat::Reference(reference) => is_refutable(&reference.pat),
        syn::Pat::Type(typed) => is_refutable(&typed.pat),
        syn::Pat::Tuple(tuple) => tuple.elems.iter().any(is_refutable),
        _ => true,
    }
}

/// Whether a pattern binds a name.
pub fn names_something(pat: &syn::Pat) -> bool {
    struct Names(bool);
    impl<'ast> Read<'ast> for Names {
        fn pat_ident(&mut self, pat: &'ast syn::PatIdent) -> bool {
            self.0 |= !is_constant(&pat.ident) || is_letter(&pat.ident);
            true
        }
    }
    let mut names = Names(false);
    Reading(&mut names).visit_pat(pat);
    names.0
}

/// Whether a pattern is a text, or one of several.
pub fn is_text(pat: &syn::Pat) -> bool {
    match pat {
        syn::Pat::Lit(lit) => matches!(lit.lit, syn::Lit::Str(_) | syn::Lit::ByteStr(_)),
        syn::Pat::Or(or) => or.cases.iter().all(is_text),
        syn::Pat::Paren(paren) => is_text(&paren.pat),
        _ => false,
    }
}

/// Names what a pattern passes over with `_`, at the end of a path from what is matched; `false` if it asks for something there.
pub fn name_part(pat: &mut syn::Pat, path: &[Projection], name: &syn::PatIdent) -> bool {
    let position = |elems: &mut Punctuated<syn::Pat, syn::Token![,]>, field: &str, rest: &[Projection]| {
        let index: Option<usize> = field.parse().ok();
        index.and_then(|index| elems.iter_mut().nth(index)).is_some_and(|part| name_part(part, rest, name))
    };
    match (pat, path) {
        (syn::Pat::Paren(paren), path) => name_part(&mut paren.pat, path, name),
        (pat @ syn::Pat::Wild(_), []) => {
            *pat = syn::Pat::Ident(name.clone());
            true
        }
        (syn::Pat::Tuple(tuple), [Projection::Field(field), rest @ ..]) => position(&mut tuple.elems, field, rest),
        (syn::Pat::TupleStruct(tuple), [Projection::Payload(payload), rest @ ..])
            if is_of_variant(&tuple.path, payload) =>
        {
            position(&mut tuple.elems, &payload.field, rest)
        }
        (syn::Pat::Struct(node), [Projection::Payload(payload), rest @ ..]) if is_of_variant(&node.path, payload) => {
            let field = node.fields.iter_mut().find(|field| match &field.member {
                syn::Member::Named(name) => *name == payload.field,
                syn::Member::Unnamed(index) => index.index.to_string() == payload.field,
            });
            field.is_some_and(|field| {
                let found = name_part(&mut field.pat, rest, name);
                let is_short =
                    rest.is_empty() && matches!(&field.member, syn::Member::Named(member) if *member == name.ident);
                if found && is_short {
                    field.colon_token = None;
                }
                found
            })
        }
        _ => false,
    }
}

/// Whether a pattern is that of the variant which carries a payload. What `unwrap` takes out is that of either success.
fn is_of_variant(path: &syn::Path, payload: &Payload) -> bool {
    match last_segment(path).unwrap_or_default().as_str() {
        "Some" | "Ok" if payload.variant == "unwrap" => true,
        variant => variant == payload.variant,
    }
}

/// The pattern with `_` for every name, and for whatever always matches.
pub fn without_names(pat: &syn::Pat) -> TokenStream {
    struct Forget;
    impl Change for Forget {
        fn pat(&mut self, pat: &mut syn::Pat) -> bool {
            if matches!(pat, syn::Pat::Reference(_) | syn::Pat::Tuple(_)) && !is_refutable(pat) {
                let underscore_token = syn::token::Underscore::default();
                *pat = syn::Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token });
            }
            if let syn::Pat::Ident(ident) = pat {
                match ident.subpat.take() {
                    Some((_, inner)) => *pat = *inner,
                    None if is_constant(&ident.ident) => {}
                    None => {
                        let underscore_token = syn::token::Underscore::default();
                        *pat = syn::Pat::Wild(syn::PatWild { attrs: Vec::new(), underscore_token });
                    }
                }
            }
            true
        }

        fn field_pat(&mut self, field: &mut syn::FieldPat) -> bool {
            // `Point { x }` becomes `Point { x: _ }`
            if field.colon_token.is_none() {
                field.colon_token = Some(syn::token::Colon::default());
            }
            true
        }
    }
    let mut pat = pat.clone();
    Changing(&mut Forget).visit_pat_mut(&mut pat);
    pat.into_token_stream()
}
