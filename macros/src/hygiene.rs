//! Variables of the same name that `macro_rules!` keeps apart: `y` of the macro, and the `y` that was passed as `$x:ident`.
//!
//! Takes a function; returns it with another name for every binding but the first of the same name. Lowering knows a
//! variable by its name alone. The context of a name is what its span prints before its position.

use crate::tokens::{collect_words, text_of, with_tokens};
use crate::walk::{Change, Changing, Read, Reading};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use std::collections::{BTreeMap, BTreeSet, HashMap};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};

/// Gives variables of different contexts different names.
pub fn separate_names(item: &mut syn::ItemFn) {
    let mut bound = Bound::default();
    Reading(&mut bound).visit_item_fn(item);
    if bound.contexts.values().all(|contexts| contexts.len() < 2) {
        return;
    }
    let mut taken = BTreeSet::new();
    collect_words(quote::ToTokens::to_token_stream(item), &mut taken);
    let mut names = Names::default();
    for (name, contexts) in bound.contexts {
        for (at, context) in contexts.into_iter().enumerate().skip(1) {
            let other = (at + 1..).map(|at| format!("{name}_{at}")).find(|other| !taken.contains(other));
            let other = other.unwrap_or_default();
            taken.insert(other.clone());
            names.0.insert((name.clone(), context), other);
        }
    }
    Changing(&mut names).visit_item_fn_mut(item);
}

/// What tells names apart besides their letters: `#5` of `#5 bytes(10..12)`.
fn context(span: Span) -> String {
    format!("{span:?}").split_whitespace().next().filter(|word| word.starts_with('#')).unwrap_or_default().to_owned()
}

/// The contexts in which each name is bound, the first one first.
#[derive(Default)]
struct Bound {
    contexts: BTreeMap<String, Vec<String>>,
}

impl<'ast> Read<'ast> for Bound {
    fn pat_ident(&mut self, pat: &'ast syn::PatIdent) -> bool {
        let contexts = self.contexts.entry(pat.ident.to_string()).or_default();
        let context = context(pat.ident.span());
        if !contexts.contains(&context) {
            contexts.push(context);
        }
        true
    }
}

/// The new name for a name in a context.
#[derive(Default)]
struct Names(HashMap<(String, String), String>);

impl Names {
    fn rename(&self, ident: &mut Ident) -> bool {
        let other = self.0.get(&(ident.to_string(), context(ident.span())));
        if let Some(other) = other {
            *ident = Ident::new(other, ident.span());
        }
        other.is_some()
    }

    fn tokens(&self, tokens: TokenStream) -> TokenStream {
        let mut after_dot = false;
        let mut result = Vec::new();
        for token in tokens {
            let dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
            result.push(match token {
                TokenTree::Ident(mut ident) if !after_dot => {
                    self.rename(&mut ident);
                    TokenTree::Ident(ident)
                }
                TokenTree::Group(group) => with_tokens(&group, self.tokens(group.stream())),
                other => other,
            });
            after_dot = dot;
        }
        result.into_iter().collect()
    }
}

impl Change for Names {
    fn pat_ident(&mut self, pat: &mut syn::PatIdent) -> bool {
        self.rename(&mut pat.ident);
        true
    }

    fn field_pat(&mut self, field: &mut syn::FieldPat) -> bool {
        let name = match (&mut field.colon_token, &mut *field.pat) {
            (colon @ None, syn::Pat::Ident(pat)) => Some((colon, pat)),
            _ => None,
        };
        if let Some((colon, pat)) = name
            && self.rename(&mut pat.ident)
        {
            *colon = Some(syn::token::Colon::default());
        }
        true
    }

    fn field_value(&mut self, field: &mut syn::FieldValue) -> bool {
        let before = field.colon_token.is_none().then(|| text_of(&field.expr));
        visit_mut::visit_field_value_mut(&mut Changing(self), field);
        if before.is_some_and(|before| before != text_of(&field.expr)) {
            field.colon_token = Some(syn::token::Colon::default());
        }
        false
    }

    fn expr_path(&mut self, path: &mut syn::ExprPath) -> bool {
        if path.qself.is_none() && path.path.get_ident().is_some() {
            path.path.segments.iter_mut().for_each(|segment| {
                self.rename(&mut segment.ident);
            });
        }
        true
    }

    fn mac(&mut self, mac: &mut syn::Macro) -> bool {
        mac.tokens = self.tokens(std::mem::take(&mut mac.tokens));
        false
    }
}
