//! `let v = xs.get(i);`, where a derivative passes what is in it: the name stands for the call wherever it is read.
//!
//! While the name is in use it lends the list, which therefore does not change. What the call is given is evaluated where it stands.

use super::references::Bound;
use super::{Lowerer, strip, syntax};
use crate::ir::Ty;
use crate::tokens::holds;
use crate::walk::{Change, Changing, Reading};
use proc_macro2::{Ident, TokenTree};
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

impl Lowerer<'_> {
    /// The statement and those after it, in which the name is gone.
    pub fn named_element(&mut self, stmt: &syn::Stmt, after: &[syn::Stmt]) -> Option<Vec<syn::Stmt>> {
        let syn::Stmt::Local(local) = stmt else { return None };
        let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
        let name = plain_name(&local.pat)?;
        let syn::Expr::MethodCall(call) = strip(&init.expr) else { return None };
        if matches!(call.method.to_string().as_str(), "copied" | "cloned") && call.args.is_empty() {
            let copied = self.copied_float(call)?;
            let init = syn::LocalInit { expr: Box::new(copied), ..init.clone() };
            let copied = syn::Stmt::Local(syn::Local { init: Some(init), ..local.clone() });
            return Some(std::iter::once(copied).chain(after.iter().cloned()).collect());
        }
        if !self.is_element(call) || self.carries_nothing(&init.expr) {
            return None;
        }
        let list = self.reserved(&format!("{name}_of"));
        let at = self.reserved(&format!("{name}_at"));
        let given = call.args.first().map(|_| syntax::path(&at));
        let by = syn::Expr::MethodCall(syntax::method_call(syntax::path(&list), call.method.clone(), given));
        let mut replace = Replace { name, by, root: root_of(&call.receiver)?, failed: false };
        let mut stmts = vec![syntax::local(&list, syntax::referenced((*call.receiver).clone()))];
        stmts.extend(call.args.first().map(|index| syntax::local(&at, index.clone())));
        let mut after = after.to_vec();
        replace.statements(&mut after);
        stmts.extend(after);
        (!replace.failed).then_some(stmts)
    }

    /// `xs.get(i).copied()` of floats
    pub fn copied_float(&mut self, call: &syn::ExprMethodCall) -> Option<syn::Expr> {
        let syn::Expr::MethodCall(element) = strip(&call.receiver) else { return None };
        let item = self.option_item(&call.receiver).filter(Ty::is_float)?;
        self.is_element(element).then(|| self.copied_element(&call.receiver, &item))
    }

    /// `xs.get(i)`, `xs.first()`, `xs.last()`
    fn is_element(&mut self, call: &syn::ExprMethodCall) -> bool {
        let arguments = match call.method.to_string().as_str() {
            "first" | "last" => 0,
            "get" => 1,
            _ => return false,
        };
        let indexed = call.args.iter().all(|arg| !matches!(strip(arg), syn::Expr::Reference(_) | syn::Expr::Range(_)));
        call.args.len() == arguments && indexed && self.lends_elements(&call.receiver)
    }

    /// Whether the elements of an expression are lent by position, as far as the tokens tell.
    fn lends_elements(&mut self, list: &syn::Expr) -> bool {
        let place = matches!(strip(list), syn::Expr::Path(_) | syn::Expr::Field(_) | syn::Expr::Index(_));
        let keyed = self.root_of(list).is_some_and(|root| self.keyed.contains(&root));
        place && !keyed && matches!(self.source_type(list), Ty::Vec(_) | Ty::Slice(_) | Ty::Array(_) | Ty::Unknown)
    }
}

fn plain_name(pat: &syn::Pat) -> Option<Ident> {
    match pat {
        syn::Pat::Type(typed) => plain_name(&typed.pat),
        syn::Pat::Ident(ident) => {
            let plain = ident.by_ref.is_none() && ident.mutability.is_none() && ident.subpat.is_none();
            plain.then(|| ident.ident.clone())
        }
        _ => None,
    }
}

fn root_of(expr: &syn::Expr) -> Option<Ident> {
    match strip(expr) {
        syn::Expr::Path(path) => path.path.get_ident().cloned(),
        syn::Expr::Field(field) => root_of(&field.base),
        syn::Expr::Index(index) => root_of(&index.expr),
        _ => None,
    }
}

/// Writes the call for the name.
struct Replace {
    name: Ident,
    by: syn::Expr,
    /// Where the list is found: what is assigned to it later is another list.
    root: Ident,
    /// Whether the name is bound again, or read where a call cannot stand.
    failed: bool,
}

impl Replace {
    /// Statements of a block, up to one that binds the name again.
    fn statements(&mut self, stmts: &mut [syn::Stmt]) {
        for stmt in stmts {
            match stmt {
                syn::Stmt::Local(local) if self.is_bound(&local.pat) => {
                    if let Some(init) = &mut local.init {
                        Changing(self).visit_expr_mut(&mut init.expr);
                        if let Some((_, otherwise)) = &mut init.diverge {
                            Changing(self).visit_expr_mut(otherwise);
                        }
                    }
                    return;
                }
                stmt => Changing(self).visit_stmt_mut(stmt),
            }
        }
    }

    fn is_bound(&self, pat: &syn::Pat) -> bool {
        let mut names = Bound::default();
        Reading(&mut names).visit_pat(pat);
        names.0.contains(&self.name.to_string())
    }
}

impl Change for Replace {
    fn expr(&mut self, expr: &mut syn::Expr) -> bool {
        match expr {
            syn::Expr::Path(path) if path.path.is_ident(&self.name) => {
                *expr = self.by.clone();
                return false;
            }
            syn::Expr::Assign(assign) => {
                self.failed |= matches!(strip(&assign.left), syn::Expr::Path(path) if path.path.is_ident(&self.root));
            }
            // in the body the name is another one
            syn::Expr::If(node) => {
                if let syn::Expr::Let(cond) = &mut *node.cond
                    && self.is_bound(&cond.pat)
                {
                    Changing(self).visit_expr_mut(&mut cond.expr);
                    if let Some((_, otherwise)) = &mut node.else_branch {
                        Changing(self).visit_expr_mut(otherwise);
                    }
                    return false;
                }
            }
            syn::Expr::Match(node) => {
                Changing(self).visit_expr_mut(&mut node.expr);
                for arm in &mut node.arms {
                    if !self.is_bound(&arm.pat) {
                        Changing(self).visit_arm_mut(arm);
                    }
                }
                return false;
            }
            syn::Expr::Closure(closure) => return !closure.inputs.iter().any(|input| self.is_bound(input)),
            syn::Expr::ForLoop(node) if self.is_bound(&node.pat) => {
                Changing(self).visit_expr_mut(&mut node.expr);
                return false;
            }
            _ => {}
        }
        true
    }

    fn block(&mut self, block: &mut syn::Block) -> bool {
        self.statements(&mut block.stmts);
        false
    }

    fn field_value(&mut self, field: &mut syn::FieldValue) -> bool {
        let shorthand = field.colon_token.is_none();
        self.failed |= shorthand && matches!(&field.member, syn::Member::Named(name) if *name == self.name);
        true
    }

    fn pat_ident(&mut self, pat: &mut syn::PatIdent) -> bool {
        self.failed |= pat.ident == self.name;
        true
    }

    fn mac(&mut self, mac: &mut syn::Macro) -> bool {
        self.failed |= holds(mac.tokens.clone(), &|token| reads(token, &self.name));
        false
    }
}

/// Whether a token is a name, or a text that reads it: `"{v:?}"`.
fn reads(token: &TokenTree, name: &Ident) -> bool {
    match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Literal(text) => text.to_string().contains(&format!("{{{name}")),
        _ => false,
    }
}
