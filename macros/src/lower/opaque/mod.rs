//! Source that is copied through: its variables are found and numbered, and nothing else is understood.
//!
//! Takes a `syn::Expr` (or a macro call), returns [`Opaque`] tokens in which variable 7 is written `__v7` and an alias
//! as the place that it stands for. It also finds what flows into the value, what is written, and what a cast drops.

mod methods;
mod rewrite;

use super::Lowerer;
use super::scope::Binding;
use crate::ir::{Access, Opaque, Site, Tokens, Var};
use crate::refusal::Refusal;
use crate::tokens::with_tokens;
use crate::walk::Changing;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;

/// What a rewrite found.
#[derive(Default)]
struct Findings {
    reads: Vec<Var>,
    flows: Vec<Var>,
    writes: Vec<Var>,
    drops: Vec<Var>,
    cheap: bool,
    jump: Option<&'static str>,
}

/// A name that copied source binds itself, and another name for it where a variable of generated code bears the same: an
/// alias in its scope may stand for that variable.
struct Local {
    name: String,
    renamed: Option<Ident>,
}

struct Rewriter<'a, 'l> {
    lowerer: &'a Lowerer<'l>,
    found: Findings,
    /// Inside of something through which no derivative can flow: a comparison, an index, a shape.
    inert: usize,
    /// Inside of a cast to an integer.
    dropping: usize,
    /// Names that the code binds itself.
    local: Vec<Local>,
    /// Whether rustc is told of what carries no float.
    checks: bool,
}

impl Lowerer<'_> {
    /// Copies an expression through.
    pub fn opaque(&self, expr: &syn::Expr, refusal: Option<Refusal>) -> Opaque {
        self.copied_source(expr, refusal, true)
    }

    /// Copies an index or a bound through, which rustc wants to be an integer.
    pub fn opaque_index(&self, expr: &syn::Expr) -> Opaque {
        self.copied_source(expr, None, false)
    }

    fn copied_source(&self, expr: &syn::Expr, refusal: Option<Refusal>, checks: bool) -> Opaque {
        let mut expr = expr.clone();
        let span = expr.span();
        let mut rewriter = Rewriter {
            lowerer: self,
            found: Findings { cheap: true, ..Findings::default() },
            inert: 0,
            dropping: 0,
            local: Vec::new(),
            checks,
        };
        Changing(&mut rewriter).visit_expr_mut(&mut expr);
        rewriter.finish(expr.into_token_stream(), span, refusal)
    }

    /// Copies a macro call through.
    pub fn opaque_macro(&self, mac: &syn::Macro, refusal: Option<Refusal>) -> Opaque {
        let expr = syn::Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac: mac.clone() });
        self.opaque(&expr, refusal)
    }

    /// Whether an expression leaves its place: `return`, `break`, `?`.
    pub fn jump_in(&self, expr: &syn::Expr) -> Option<&'static str> {
        let mut rewriter = Rewriter {
            lowerer: self,
            found: Findings::default(),
            inert: 0,
            dropping: 0,
            local: Vec::new(),
            checks: false,
        };
        Changing(&mut rewriter).visit_expr_mut(&mut expr.clone());
        rewriter.found.jump
    }
}

impl Rewriter<'_, '_> {
    fn finish(self, tokens: TokenStream, span: Span, refusal: Option<Refusal>) -> Opaque {
        let Findings { mut reads, flows, writes, drops, cheap, .. } = self.found;
        // the failure that `?` passes on is asked for by the variable itself
        crate::emit::marked_vars(&tokens).into_iter().for_each(|var| note(&mut reads, var));
        Opaque { tokens: Tokens(tokens), reads, flows, writes, drops, cheap, counts: false, refusal, site: Site(span) }
    }

    fn read(&mut self, var: Var) {
        note(&mut self.found.reads, var);
        if self.inert == 0 {
            note(&mut self.found.flows, var);
        }
        if self.dropping > 0 && self.inert == 0 {
            note(&mut self.found.drops, var);
        }
    }

    fn write(&mut self, target: &syn::Expr) {
        if !self.is_local(target)
            && let Some(var) = self.lowerer.root_of(target)
            && !self.found.writes.contains(&var)
        {
            self.found.writes.push(var);
        }
        self.found.cheap = false;
    }

    /// The expression that a name stands for; `None` if it is not a variable of the function.
    fn resolve(&mut self, ident: &Ident) -> Option<syn::Expr> {
        let name = ident.to_string();
        if let Some(local) = self.local.iter().rfind(|local| local.name == name) {
            return local.renamed.clone().map(|renamed| syn::Expr::Verbatim(renamed.into_token_stream()));
        }
        let binding = self.lowerer.scopes.find(&name)?.clone();
        Some(syn::Expr::Verbatim(self.bound(&binding, ident.span())))
    }

    /// Whether an expression starts with a name that the code binds itself.
    fn is_local(&self, expr: &syn::Expr) -> bool {
        let mut base = expr;
        while let syn::Expr::Field(syn::ExprField { base: inner, .. })
        | syn::Expr::Index(syn::ExprIndex { expr: inner, .. })
        | syn::Expr::Unary(syn::ExprUnary { expr: inner, .. })
        | syn::Expr::Paren(syn::ExprParen { expr: inner, .. }) = base
        {
            base = inner;
        }
        match base {
            syn::Expr::Path(path) => {
                path.path.get_ident().is_some_and(|name| self.local.iter().any(|local| name == local.name.as_str()))
            }
            _ => false,
        }
    }

    /// A part of a tuple that has no variable of its own.
    fn resolve_part(&mut self, expr: &syn::Expr) -> Option<syn::Expr> {
        if self.is_local(expr) {
            return None;
        }
        let binding = self.lowerer.scopes.find_named(expr)?.clone();
        Some(syn::Expr::Verbatim(self.bound(&binding, expr.span())))
    }

    /// The source that a name stands for.
    fn bound(&mut self, binding: &Binding, span: Span) -> TokenStream {
        match binding {
            Binding::Var(var) => {
                self.read(*var);
                marker(*var, span).into_token_stream()
            }
            Binding::Alias { place, reference, .. } => {
                let is_inert = self.lowerer.place_type(place).is_inert();
                self.inert += usize::from(is_inert);
                self.read(place.root);
                self.inert += 1;
                place.for_each_index(&mut |index| index.for_each_read(&mut |var| self.read(var)));
                self.inert -= 1 + usize::from(is_inert);
                crate::emit::marked_place(place, *reference, &self.lowerer.vars)
            }
            Binding::Parts(parts) => {
                let parts: Punctuated<TokenStream, syn::Token![,]> =
                    parts.iter().map(|part| self.bound(part, span)).collect();
                TokenTree::Group(Group::new(proc_macro2::Delimiter::Parenthesis, parts.into_token_stream())).into()
            }
            Binding::Callable(callable) => self.use_callable(&callable.source),
            Binding::Chain(chain) => self.use_callable(&chain.source),
        }
    }

    /// A closure stands where its name stood.
    fn use_callable(&mut self, source: &Opaque) -> TokenStream {
        source
            .reads
            .iter()
            .filter(|var| !source.flows.contains(var))
            .for_each(|var| self.inert(|this| this.read(*var)));
        source.flows.iter().for_each(|var| self.read(*var));
        source.drops.iter().for_each(|var| note(&mut self.found.drops, *var));
        source.writes.iter().for_each(|var| note(&mut self.found.writes, *var));
        self.found.cheap = false;
        TokenTree::Group(Group::new(proc_macro2::Delimiter::Parenthesis, source.tokens.0.clone())).into()
    }

    fn inert(&mut self, visit: impl FnOnce(&mut Self)) {
        self.inert += 1;
        visit(self);
        self.inert -= 1;
    }

    /// What binds names that are known in it only.
    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        let known = self.local.len();
        visit(self);
        self.local.truncate(known);
    }

    /// Replaces variables in tokens that are no expressions: an identifier that is not after a dot.
    fn tokens(&mut self, tokens: TokenStream) -> TokenStream {
        let mut after_dot = false;
        let mut result = Vec::new();
        for token in tokens {
            let dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
            match token {
                TokenTree::Ident(ident) if !after_dot => match self.resolve(&ident) {
                    Some(expr) => result.extend(expr.into_token_stream()),
                    None => result.push(TokenTree::Ident(ident)),
                },
                TokenTree::Group(group) => result.push(with_tokens(&group, self.tokens(group.stream()))),
                other => result.push(other),
            }
            after_dot = dot;
        }
        result.into_iter().collect()
    }
}

fn note(vars: &mut Vec<Var>, var: Var) {
    if !vars.contains(&var) {
        vars.push(var);
    }
}

/// The name under which opaque tokens refer to a variable.
pub fn marker(var: Var, span: Span) -> Ident {
    Ident::new(&format!("__v{}", var.0), span)
}

impl Lowerer<'_> {
    /// The place that `*expr` denotes, if `expr` is an alias.
    fn alias_behind(&self, expr: &syn::Expr) -> Option<crate::ir::Place> {
        match super::strip(expr) {
            syn::Expr::Path(_) | syn::Expr::Field(_) => match self.scopes.find_named(expr)? {
                Binding::Alias { place, reference: true, .. } => Some(place.clone()),
                _ => None,
            },
            // what an iterator lends to a closure is a reference to a reference
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), expr, .. }) => self.alias_behind(expr),
            _ => None,
        }
    }

    /// Whether a method could change the variable in which an expression stands.
    fn may_change(&self, expr: &syn::Expr) -> bool {
        self.root_of(expr).is_some_and(|var| {
            let info = &self.vars[var];
            info.access == Access::Mutable || (info.access == Access::Owned && info.mutable)
        })
    }

    /// The variable in which a place expression starts.
    pub fn root_of(&self, expr: &syn::Expr) -> Option<Var> {
        match self.scopes.find_named(expr) {
            Some(Binding::Var(var)) => return Some(*var),
            Some(Binding::Alias { place, .. }) => return Some(place.root),
            Some(Binding::Parts(_) | Binding::Callable(_) | Binding::Chain(_)) => return None,
            None => {}
        }
        match super::strip(expr) {
            syn::Expr::Field(field) => self.root_of(&field.base),
            syn::Expr::Index(index) => self.root_of(&index.expr),
            syn::Expr::Unary(unary) => self.root_of(&unary.expr),
            syn::Expr::Reference(reference) => self.root_of(&reference.expr),
            syn::Expr::MethodCall(call) => self.root_of(&call.receiver),
            _ => None,
        }
    }
}
