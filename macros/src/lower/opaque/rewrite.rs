//! The walk over copied source.

use super::methods::{CHEAP, LENT_OR_COPIED, READ_ONLY, SHAPE};
use super::{Local, Rewriter};
use crate::ir::Access;
use crate::lower::scope::Binding;
use crate::lower::syntax;
use crate::rules::matrix::VIEWS;
use crate::walk::{Change, Changing};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};

impl Change for Rewriter<'_, '_> {
    fn expr(&mut self, expr: &mut syn::Expr) -> bool {
        if let syn::Expr::Field(_) = expr
            && let Some(part) = self.resolve_part(expr)
        {
            *expr = part;
            return false;
        }
        // an integer beside floats brings no derivative
        if let syn::Expr::Field(_) | syn::Expr::Index(_) = expr
            && self.inert == 0
            && !self.is_local(expr)
            && self.lowerer.source_type(expr).is_inert()
        {
            self.inert(|this| Changing(this).visit_expr_mut(expr));
            return false;
        }
        match expr {
            syn::Expr::Path(path) if path.qself.is_none() => {
                if let Some(ident) = path.path.get_ident()
                    && let Some(resolved) = self.resolve(ident)
                {
                    *expr = resolved;
                }
                return false;
            }
            // `*alias` is the place itself
            syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Deref(_), expr: inner, .. }) => {
                if let Some(place) = self.lowerer.alias_behind(inner) {
                    let marked = crate::emit::marked_place(&place, false, &self.lowerer.vars);
                    Changing(self).visit_expr_mut(inner);
                    *expr = syn::Expr::Verbatim(marked);
                    return false;
                }
            }
            syn::Expr::Binary(binary) if is_comparison(&binary.op) => {
                self.inert(|this| visit_mut::visit_expr_binary_mut(&mut Changing(this), binary));
                return false;
            }
            syn::Expr::Binary(binary) if crate::lower::assign::is_compound(&binary.op) => {
                self.write(&binary.left.clone());
            }
            syn::Expr::Assign(assign) => self.write(&assign.left.clone()),
            syn::Expr::Index(index) => {
                Changing(self).visit_expr_mut(&mut index.expr);
                self.inert(|this| Changing(this).visit_expr_mut(&mut index.index));
                return false;
            }
            syn::Expr::Cast(cast) => {
                let drops = matches!(self.lowerer.generics.ty(&cast.ty), crate::ir::Ty::Int);
                self.dropping += usize::from(drops);
                Changing(self).visit_expr_mut(&mut cast.expr);
                self.dropping -= usize::from(drops);
                return false;
            }
            syn::Expr::MethodCall(call) => {
                let unsure = self.checks && self.inert == 0 && self.lowerer.may_be_a_float(call);
                self.method_call(call);
                if unsure {
                    *expr = syn::Expr::Verbatim(crate::emit::count(call));
                }
                return false;
            }
            syn::Expr::Call(call) => {
                self.found.cheap = false;
                call.args.iter().for_each(|arg| self.lend(arg));
            }
            syn::Expr::Reference(reference) if reference.mutability.is_some() => self.write(&reference.expr.clone()),
            syn::Expr::If(branch) => {
                self.found.cheap = false;
                // the names in its patterns are not those behind `else`
                self.scoped(|this| {
                    this.inert(|this| Changing(this).visit_expr_mut(&mut branch.cond));
                    Changing(this).visit_block_mut(&mut branch.then_branch);
                });
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    Changing(self).visit_expr_mut(otherwise);
                }
                return false;
            }
            // what is matched does not see the names that the pattern binds
            syn::Expr::Let(node) => {
                self.found.cheap = false;
                Changing(self).visit_expr_mut(&mut node.expr);
                Changing(self).visit_pat_mut(&mut node.pat);
                return false;
            }
            syn::Expr::ForLoop(node) => {
                self.found.cheap = false;
                Changing(self).visit_expr_mut(&mut node.expr);
                self.scoped(|this| {
                    Changing(this).visit_pat_mut(&mut node.pat);
                    Changing(this).visit_block_mut(&mut node.body);
                });
                return false;
            }
            syn::Expr::While(node) => {
                self.found.cheap = false;
                self.scoped(|this| visit_mut::visit_expr_while_mut(&mut Changing(this), node));
                return false;
            }
            syn::Expr::Closure(closure) => {
                self.found.cheap = false;
                let jump = self.found.jump;
                self.scoped(|this| {
                    closure.inputs.iter_mut().for_each(|input| Changing(this).visit_pat_mut(input));
                    Changing(this).visit_expr_mut(&mut closure.body);
                });
                // what leaves the closure stays in this expression
                self.found.jump = jump;
                return false;
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
        true
    }

    fn block(&mut self, block: &mut syn::Block) -> bool {
        self.scoped(|this| visit_mut::visit_block_mut(&mut Changing(this), block));
        false
    }

    fn arm(&mut self, arm: &mut syn::Arm) -> bool {
        self.scoped(|this| visit_mut::visit_arm_mut(&mut Changing(this), arm));
        false
    }

    fn field_pat(&mut self, field: &mut syn::FieldPat) -> bool {
        // `S { x }` becomes `S { x: x_here }`
        if field.colon_token.is_none() {
            field.colon_token = Some(syn::token::Colon::default());
        }
        Changing(self).visit_pat_mut(&mut field.pat);
        false
    }

    fn local(&mut self, local: &mut syn::Local) -> bool {
        local.attrs.retain(|attr| !attr.path().is_ident("no_diff"));
        // the initialiser does not see the names that the pattern binds
        if let Some(init) = &mut local.init {
            Changing(self).visit_expr_mut(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                Changing(self).visit_expr_mut(diverge);
            }
        }
        Changing(self).visit_pat_mut(&mut local.pat);
        false
    }

    fn pat_ident(&mut self, pat: &mut syn::PatIdent) -> bool {
        let name = pat.ident.to_string();
        let renamed = self.lowerer.vars.is_name(&name).then(|| Ident::new(&format!("{name}_here"), pat.ident.span()));
        if let Some(renamed) = &renamed {
            pat.ident = renamed.clone();
        }
        self.local.push(Local { name, renamed });
        false
    }

    fn mac(&mut self, mac: &mut syn::Macro) -> bool {
        self.found.cheap = false;
        let parse = mac.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated);
        mac.tokens = match parse {
            Ok(mut args) => {
                let name = syntax::last_segment(&mac.path).unwrap_or_default();
                let captures = crate::lower::format::captures(&name, args.iter());
                args.iter_mut().for_each(|arg| self.visit_argument(arg));
                args.extend(captures.iter().filter_map(|name| self.named_argument(name)));
                args.into_token_stream()
            }
            Err(_) => match crate::lower::constructor::rows_of(mac) {
                Some(mut rows) => {
                    rows.iter_mut().flatten().for_each(|entry| Changing(self).visit_expr_mut(entry));
                    rows.into_token_stream()
                }
                None => self.tokens(mac.tokens.clone()),
            },
        };
        false
    }

    fn field_value(&mut self, field: &mut syn::FieldValue) -> bool {
        // `S { x }` becomes `S { x: __v3 }`
        if field.colon_token.is_none() {
            field.colon_token = Some(syn::token::Colon::default());
        }
        Changing(self).visit_expr_mut(&mut field.expr);
        false
    }
}

impl Rewriter<'_, '_> {
    /// An argument of a macro; the name in `name = value` is no variable.
    fn visit_argument(&mut self, arg: &mut syn::Expr) {
        match arg {
            syn::Expr::Assign(assign) => Changing(self).visit_expr_mut(&mut assign.right),
            arg => Changing(self).visit_expr_mut(arg),
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
        let reads = known(CHEAP)
            || known(SHAPE)
            || known(READ_ONLY)
            || VIEWS.iter().any(|view| view.0 == name)
            || is_lent_or_copied(&call.receiver)
            || self.lowerer.only_reads(call);
        if !reads && self.lowerer.may_change(&call.receiver) {
            self.write(&call.receiver.clone());
        }
        if known(SHAPE) {
            self.inert(|this| Changing(this).visit_expr_mut(&mut call.receiver));
        } else {
            Changing(self).visit_expr_mut(&mut call.receiver);
        }
        call.args.iter().for_each(|arg| self.lend(arg));
        call.args.iter_mut().for_each(|arg| Changing(self).visit_expr_mut(arg));
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

/// Whether an expression is a shared reference into its variable, or a copy, through which nothing is changed: `xs.iter().map(f)`.
fn is_lent_or_copied(expr: &syn::Expr) -> bool {
    match crate::lower::strip(expr) {
        syn::Expr::MethodCall(call) => {
            LENT_OR_COPIED.iter().any(|name| call.method == name) || is_lent_or_copied(&call.receiver)
        }
        _ => false,
    }
}

fn is_comparison(op: &syn::BinOp) -> bool {
    use syn::BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    matches!(op, Eq(_) | Ge(_) | Gt(_) | Le(_) | Lt(_) | Ne(_) | And(_) | Or(_))
}
