//! What `macro_rules!` puts around a fragment such as `$t:ty` or `$e:expr`: a group without delimiters.
//!
//! Takes an item as parsed; returns it without such groups. A type is what is in its group, and an expression gets
//! parentheses: rustc forgets these groups in what a macro returns, and `2.0 * $e` would be `2.0 * x + 1.0`. `<T>::name`
//! is `T::name`, which cannot be written with a `$t:ty`.

use crate::options::has_no_diff;
use crate::tokens::{collect_words, with_tokens};
use crate::walk::{Change, Changing};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::visit_mut;

/// Takes the groups around statements out of tokens, because `syn` takes what is in a group for an expression.
pub fn without_grouped_statements(tokens: TokenStream) -> TokenStream {
    if !tokens.clone().into_iter().any(|token| has_grouped_statement(&token)) {
        return tokens;
    }
    let mut result = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_statement(&group) => {
                result.extend(without_grouped_statements(group.stream()));
            }
            TokenTree::Group(group) => result.extend([with_tokens(&group, without_grouped_statements(group.stream()))]),
            token => result.extend([token]),
        }
    }
    result
}

fn has_grouped_statement(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    is_statement(group) || group.stream().into_iter().any(|token| has_grouped_statement(&token))
}

/// `let ..`, as a `$s:stmt`.
fn is_statement(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::None && matches!(first, Some(TokenTree::Ident(word)) if word == "let")
}

/// Takes the groups out of an item.
pub struct WithoutGroups;

impl Change for WithoutGroups {
    fn ty(&mut self, ty: &mut syn::Type) -> bool {
        visit_mut::visit_type_mut(&mut Changing(self), ty);
        while let syn::Type::Group(group) = ty {
            *ty = match &*group.elem {
                several @ (syn::Type::TraitObject(_) | syn::Type::ImplTrait(_)) => syn::Type::Paren(syn::TypeParen {
                    attrs: Vec::new(),
                    paren_token: syn::token::Paren(group.group_token.span),
                    elem: Box::new(several.clone()),
                }),
                inner => inner.clone(),
            };
        }
        false
    }

    fn expr(&mut self, expr: &mut syn::Expr) -> bool {
        visit_mut::visit_expr_mut(&mut Changing(self), expr);
        if let syn::Expr::Group(group) = expr {
            *expr = if is_whole(&group.expr) {
                (*group.expr).clone()
            } else {
                syn::Expr::Paren(syn::ExprParen {
                    attrs: Vec::new(),
                    paren_token: syn::token::Paren(group.group_token.span),
                    expr: group.expr.clone(),
                })
            };
        }
        false
    }

    fn expr_path(&mut self, path: &mut syn::ExprPath) -> bool {
        visit_mut::visit_expr_path_mut(&mut Changing(self), path);
        let Some(syn::QSelf { ty, position: 0, .. }) = &path.qself else { return false };
        let syn::Type::Path(syn::TypePath { qself: None, path: ty, .. }) = &**ty else { return false };
        let mut whole = ty.clone();
        whole.segments.extend(path.path.segments.iter().cloned());
        path.path = whole;
        path.qself = None;
        false
    }

    fn mac(&mut self, mac: &mut syn::Macro) -> bool {
        visit_mut::visit_macro_mut(&mut Changing(self), mac);
        mac.tokens = in_parentheses(std::mem::take(&mut mac.tokens));
        false
    }
}

/// Whether an expression stays together whatever stands beside it.
fn is_whole(expr: &syn::Expr) -> bool {
    matches!(
        expr,
        syn::Expr::Path(_)
            | syn::Expr::Lit(_)
            | syn::Expr::Paren(_)
            | syn::Expr::Tuple(_)
            | syn::Expr::Array(_)
            | syn::Expr::Call(_)
            | syn::Expr::MethodCall(_)
            | syn::Expr::Field(_)
            | syn::Expr::Index(_)
            | syn::Expr::Macro(_)
    )
}

/// Tokens with parentheses for groups of several tokens. One alone, such as the text of `assert!`, stays as it is.
fn in_parentheses(tokens: TokenStream) -> TokenStream {
    let mut result = TokenStream::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            result.extend([token]);
            continue;
        };
        let inner = in_parentheses(group.stream());
        let single = inner.clone().into_iter().nth(1).is_none();
        match group.delimiter() {
            Delimiter::None if single => result.extend(inner),
            Delimiter::None => result.extend([with_tokens(&Group::new(Delimiter::Parenthesis, inner.clone()), inner)]),
            _ => result.extend([with_tokens(&group, inner)]),
        }
    }
    result
}

/// `#[no_diff] f: impl Fn(f64) -> f64` as `f: F`, with a name for what has none: generated functions have to name it.
pub fn name_types_of_constants(sig: &mut syn::Signature) {
    let mut words = BTreeSet::new();
    collect_words(sig.to_token_stream(), &mut words);
    let mut params = Vec::new();
    for input in &mut sig.inputs {
        let syn::FnArg::Typed(typed) = input else { continue };
        if !has_no_diff(&typed.attrs) {
            continue;
        }
        let mut ty = &mut *typed.ty;
        while let syn::Type::Reference(reference) = ty {
            ty = &mut reference.elem;
        }
        let syn::Type::ImplTrait(anonymous) = ty else { continue };
        let Some(name) = (0..).map(|at| format!("Constant{at}")).find(|name| !words.contains(name)) else { continue };
        let name = syn::Ident::new(&name, proc_macro2::Span::mixed_site());
        words.insert(name.to_string());
        let mut param = syn::TypeParam::from(name.clone());
        param.colon_token = Some(syn::token::Colon::default());
        param.bounds = anonymous.bounds.clone();
        params.push(syn::GenericParam::Type(param));
        *ty = syn::Type::Path(syn::TypePath { attrs: Vec::new(), qself: None, path: name.into() });
    }
    sig.generics.params.extend(params);
}
