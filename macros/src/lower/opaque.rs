//! Source that is copied through: its variables are found and numbered, and nothing else is understood.
//!
//! Takes a `syn::Expr` (or a macro call), returns [`Opaque`] tokens in which variable 7 is written `__v7` and an alias
//! as the place that it stands for. It also finds what flows into the value, what is written, and what a cast drops.

use super::Lowerer;
use super::scope::Binding;
use crate::ir::expr::Tokens;
use crate::ir::{Access, Opaque, Site, Var};
use crate::refusal::Refusal;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};

/// Methods that read only the shape of their receiver.
const SHAPE: &[&str] = &["len", "nrows", "ncols", "shape", "is_empty", "capacity"];
/// Methods that are as cheap as arithmetic and change nothing.
const CHEAP: &[&str] = &[
    "len",
    "nrows",
    "ncols",
    "is_empty",
    "min",
    "max",
    "abs",
    "abs_diff",
    "saturating_sub",
    "saturating_add",
    "wrapping_add",
    "wrapping_sub",
    "wrapping_mul",
    "rem_euclid",
    "div_euclid",
    "is_nan",
    "is_finite",
    "is_power_of_two",
    "signum",
    "clamp",
    "div_ceil",
    "floor",
    "ceil",
    "round",
    "trunc",
    "is_sign_negative",
    "is_sign_positive",
    "pow",
    "unwrap",
    "as_slice",
    "trailing_zeros",
    "get",
    "to_f64",
    "clone",
    "count_ones",
];
/// Methods that certainly do not change their receiver.
const READ_ONLY: &[&str] = &[
    "iter",
    "sqrt",
    "exp",
    "ln",
    "sin",
    "cos",
    "tan",
    "tanh",
    "powi",
    "powf",
    "contains",
    "to_vec",
    "first",
    "last",
    "sum",
    "dot",
    "norm",
    "shape",
    "capacity",
    "zip",
    "map",
    "filter",
    "all",
    "any",
    "count",
    "as_ref",
    "as_str",
    "to_string",
    "to_owned",
    "windows",
    "chunks",
    "enumerate",
    "rev",
    "copied",
    "cloned",
    "total_cmp",
    "partial_cmp",
    "cmp",
    "eq",
    "starts_with",
    "ends_with",
    "row",
    "column",
    "rows",
    "columns",
    "transpose",
    "step_by",
    "skip",
    "take",
    "position",
    "find",
    "hypot",
    "atan2",
    "mul_add",
    "recip",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "map_or",
    "map_or_else",
    "and_then",
];

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
        rewriter.visit_expr_mut(&mut expr);
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
        rewriter.visit_expr_mut(&mut expr.clone());
        rewriter.found.jump
    }
}

impl Rewriter<'_, '_> {
    fn finish(self, tokens: TokenStream, span: Span, refusal: Option<Refusal>) -> Opaque {
        let Findings { reads, flows, writes, drops, cheap, .. } = self.found;
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
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.tokens(group.stream()));
                    inner.set_span(group.span());
                    result.push(TokenTree::Group(inner));
                }
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

impl VisitMut for Rewriter<'_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        if let syn::Expr::Field(_) = expr
            && let Some(part) = self.resolve_part(expr)
        {
            *expr = part;
            return;
        }
        // an integer beside floats brings no derivative
        if let syn::Expr::Field(_) | syn::Expr::Index(_) = expr
            && self.inert == 0
            && !self.is_local(expr)
            && self.lowerer.source_type(expr).is_inert()
        {
            return self.inert(|this| this.visit_expr_mut(expr));
        }
        match expr {
            syn::Expr::Path(path) if path.qself.is_none() => {
                if let Some(ident) = path.path.get_ident()
                    && let Some(resolved) = self.resolve(ident)
                {
                    *expr = resolved;
                }
                return;
            }
            // `*alias` is the place itself
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), expr: inner, .. }) => {
                if let Some(place) = self.lowerer.alias_behind(inner) {
                    let marked = crate::emit::marked_place(&place, false, &self.lowerer.vars);
                    self.visit_expr_mut(inner);
                    *expr = syn::Expr::Verbatim(marked);
                    return;
                }
            }
            syn::Expr::Binary(binary) if is_comparison(&binary.op) => {
                self.inert(|this| visit_mut::visit_expr_binary_mut(this, binary));
                return;
            }
            syn::Expr::Binary(binary) if super::stmt::is_compound(&binary.op) => {
                self.write(&binary.left.clone());
            }
            syn::Expr::Assign(assign) => self.write(&assign.left.clone()),
            syn::Expr::Index(index) => {
                self.visit_expr_mut(&mut index.expr);
                self.inert(|this| this.visit_expr_mut(&mut index.index));
                return;
            }
            syn::Expr::Cast(cast) => {
                let drops = matches!(self.lowerer.generics.ty(&cast.ty), crate::ir::Ty::Int);
                self.dropping += usize::from(drops);
                self.visit_expr_mut(&mut cast.expr);
                self.dropping -= usize::from(drops);
                return;
            }
            syn::Expr::MethodCall(call) => {
                let unsure = self.checks && self.inert == 0 && self.lowerer.may_be_a_float(call);
                self.method_call(call);
                if unsure {
                    *expr = syn::Expr::Verbatim(crate::emit::count(call));
                }
                return;
            }
            syn::Expr::Call(call) => {
                self.found.cheap = false;
                call.args.iter().for_each(|arg| self.lend(arg));
            }
            syn::Expr::Reference(reference) if reference.mutability.is_some() => self.write(&reference.expr.clone()),
            syn::Expr::If(branch) => {
                self.inert(|this| this.visit_expr_mut(&mut branch.cond));
                self.found.cheap = false;
                let scope = self.local.len();
                self.visit_block_mut(&mut branch.then_branch);
                self.local.truncate(scope);
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    self.visit_expr_mut(otherwise);
                }
                return;
            }
            syn::Expr::Closure(closure) => {
                self.found.cheap = false;
                let (scope, jump) = (self.local.len(), self.found.jump);
                closure.inputs.iter_mut().for_each(|input| self.visit_pat_mut(input));
                self.visit_expr_mut(&mut closure.body);
                self.local.truncate(scope);
                // what leaves the closure stays in this expression
                self.found.jump = jump;
                return;
            }
            syn::Expr::Return(_) => self.found.jump = Some("return"),
            syn::Expr::Try(_) => self.found.jump = Some("?"),
            syn::Expr::Lit(_)
            | syn::Expr::Binary(_)
            | syn::Expr::Paren(_)
            | syn::Expr::Group(_)
            | syn::Expr::Field(_)
            | syn::Expr::Tuple(_)
            | syn::Expr::Range(_) => {}
            _ => self.found.cheap = false,
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        let scope = self.local.len();
        visit_mut::visit_block_mut(self, block);
        self.local.truncate(scope);
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        let scope = self.local.len();
        visit_mut::visit_arm_mut(self, arm);
        self.local.truncate(scope);
    }

    fn visit_expr_for_loop_mut(&mut self, node: &mut syn::ExprForLoop) {
        self.visit_expr_mut(&mut node.expr);
        let scope = self.local.len();
        self.visit_pat_mut(&mut node.pat);
        self.visit_block_mut(&mut node.body);
        self.local.truncate(scope);
    }

    fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
        // `S { x }` becomes `S { x: x_here }`
        if field.colon_token.is_none() {
            field.colon_token = Some(syn::token::Colon::default());
        }
        self.visit_pat_mut(&mut field.pat);
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        local.attrs.retain(|attr| !attr.path().is_ident("no_diff"));
        // the initialiser does not see the names that the pattern binds
        if let Some(init) = &mut local.init {
            self.visit_expr_mut(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                self.visit_expr_mut(diverge);
            }
        }
        self.visit_pat_mut(&mut local.pat);
    }

    fn visit_pat_ident_mut(&mut self, pat: &mut syn::PatIdent) {
        let name = pat.ident.to_string();
        let renamed = self.lowerer.vars.is_name(&name).then(|| Ident::new(&format!("{name}_here"), pat.ident.span()));
        if let Some(renamed) = &renamed {
            pat.ident = renamed.clone();
        }
        self.local.push(Local { name, renamed });
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        self.found.cheap = false;
        let parse = mac.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated);
        mac.tokens = match parse {
            Ok(mut args) => {
                let name = mac.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                let captures = super::format::captures(&name, args.iter());
                args.iter_mut().for_each(|arg| self.visit_argument(arg));
                args.extend(captures.iter().filter_map(|name| self.named_argument(name)));
                args.into_token_stream()
            }
            Err(_) => match super::constructor::rows_of(mac) {
                Some(mut rows) => {
                    rows.iter_mut().flatten().for_each(|entry| self.visit_expr_mut(entry));
                    rows.into_token_stream()
                }
                None => self.tokens(mac.tokens.clone()),
            },
        };
    }

    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        // `S { x }` becomes `S { x: __v3 }`
        if field.colon_token.is_none() {
            field.colon_token = Some(syn::token::Colon::default());
        }
        self.visit_expr_mut(&mut field.expr);
    }
}

impl Rewriter<'_, '_> {
    /// An argument of a macro; the name in `name = value` is no variable.
    fn visit_argument(&mut self, arg: &mut syn::Expr) {
        match arg {
            syn::Expr::Assign(assign) => self.visit_expr_mut(&mut assign.right),
            arg => self.visit_expr_mut(arg),
        }
    }

    /// `x = __v3`, for a variable that a format string captures.
    fn named_argument(&mut self, name: &str) -> Option<syn::Expr> {
        let name = Ident::new(name, Span::call_site());
        let value = self.resolve(&name)?.into_token_stream();
        Some(syn::Expr::Verbatim(quote::quote!(#name = #value)))
    }

    fn method_call(&mut self, call: &mut syn::ExprMethodCall) {
        let name = call.method.to_string();
        let known = |names: &[&str]| names.contains(&name.as_str());
        self.found.cheap &= known(CHEAP);
        if !known(CHEAP) && !known(READ_ONLY) && self.lowerer.may_change(&call.receiver) {
            self.write(&call.receiver.clone());
        }
        if known(SHAPE) {
            self.inert(|this| this.visit_expr_mut(&mut call.receiver));
        } else {
            self.visit_expr_mut(&mut call.receiver);
        }
        call.args.iter().for_each(|arg| self.lend(arg));
        call.args.iter_mut().for_each(|arg| self.visit_expr_mut(arg));
    }

    /// An argument that is a mutable reference by its name: the callee may write through it.
    fn lend(&mut self, arg: &syn::Expr) {
        let lent = match self.lowerer.scopes.find_named(arg) {
            Some(Binding::Var(var)) => self.lowerer.vars[*var].access == Access::Mutable,
            _ => self.lowerer.is_mutable_alias(arg),
        };
        if lent {
            self.write(arg);
        }
    }
}

fn is_comparison(op: &syn::BinOp) -> bool {
    use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    matches!(op, Eq(_) | Ge(_) | Gt(_) | Le(_) | Lt(_) | Ne(_) | And(_) | Or(_))
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
            Some(Binding::Parts(_) | Binding::Callable(_)) => return None,
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
