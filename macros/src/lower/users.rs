//! Values that are certainly of a type of the user's, whose methods may have names of nalgebra's: `frame.inverse()`, `a.cross(b)`.
//!
//! A type that is put together by a literal, `Frame { x, y }`, is a struct, as is that of a block without a trait; any other name may
//! stand for one of nalgebra's types. Takes a function as parsed; a name counts only if everything that it is bound to is such a value.

use super::{strip, syntax};
use crate::walk::{Read, Reading};
use std::collections::BTreeSet;
use syn::visit::Visit;

/// Functions that give a value of the type that they belong to.
const CONSTRUCTORS: &[&str] = &["new", "default", "identity", "zero", "one", "unit", "origin"];

/// Methods that hardly give a value of another type than their receiver's.
const SAME_TYPE: &[&str] = &["clone", "to_owned", "inverse", "normalize", "normalized", "conjugate"];

/// What is known of a function.
#[derive(Default)]
pub struct Users {
    types: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Users {
    /// Reads a function, whose block is of this type if it has no trait.
    pub fn of(item: &syn::ItemFn, block: Option<&syn::Type>) -> Self {
        let mut users = Self::default();
        if let Some(name) = block.and_then(type_name) {
            users.types.extend([name, "Self".to_owned()]);
        }
        let mut literals = Literals(&mut users.types);
        Reading(&mut literals).visit_block(&item.block);
        if users.types.is_empty() {
            return users;
        }
        let mut bound = Bound { users, others: BTreeSet::new() };
        for input in &item.sig.inputs {
            match input {
                syn::FnArg::Receiver(_) => bound.note("self", block.is_some()),
                syn::FnArg::Typed(typed) => bound.pattern(&typed.pat, Some(&typed.ty), None),
            }
        }
        Reading(&mut bound).visit_block(&item.block);
        let Bound { mut users, others } = bound;
        users.names.retain(|name| !others.contains(name));
        users
    }

    /// Whether an expression is of a type of the user's.
    pub fn is_theirs(&self, expr: &syn::Expr) -> bool {
        match strip(expr) {
            syn::Expr::Reference(reference) => self.is_theirs(&reference.expr),
            syn::Expr::Unary(unary) => !matches!(unary.op, syn::UnOp::Not(_)) && self.is_theirs(&unary.expr),
            syn::Expr::Struct(literal) => self.is_type(&literal.path),
            syn::Expr::Path(path) => match path.path.get_ident() {
                Some(name) => self.names.contains(&name.to_string()),
                None => self.is_constant(&path.path),
            },
            syn::Expr::Call(call) => matches!(strip(&call.func), syn::Expr::Path(path) if self.constructs(&path.path)),
            syn::Expr::MethodCall(call) => {
                SAME_TYPE.iter().any(|name| call.method == name) && self.is_theirs(&call.receiver)
            }
            syn::Expr::Binary(binary) => match binary.op {
                syn::BinOp::Add(_) | syn::BinOp::Sub(_) => {
                    self.is_theirs(&binary.left) && self.is_theirs(&binary.right)
                }
                syn::BinOp::Mul(_) | syn::BinOp::Div(_) => {
                    self.is_theirs(&binary.left) || self.is_theirs(&binary.right)
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn is_type(&self, path: &syn::Path) -> bool {
        path.get_ident().is_some_and(|name| self.types.contains(&name.to_string()))
    }

    /// `Frame::IDENTITY`
    fn is_constant(&self, path: &syn::Path) -> bool {
        self.member(path).is_some_and(|name| name.chars().all(|c| c.is_uppercase() || c == '_' || c.is_numeric()))
    }

    /// `Frame::new`, `Frame::from_angle`
    fn constructs(&self, path: &syn::Path) -> bool {
        self.member(path).is_some_and(|name| CONSTRUCTORS.contains(&name.as_str()) || name.starts_with("from_"))
    }

    fn member(&self, path: &syn::Path) -> Option<String> {
        let mut segments = path.segments.iter().map(|segment| segment.ident.to_string());
        match (segments.next(), segments.next(), segments.next()) {
            (Some(ty), Some(name), None) if self.types.contains(&ty) => Some(name),
            _ => None,
        }
    }
}

/// The types of literals.
struct Literals<'t>(&'t mut BTreeSet<String>);

impl<'ast> Read<'ast> for Literals<'_> {
    fn expr(&mut self, expr: &'ast syn::Expr) -> bool {
        if let syn::Expr::Struct(literal) = expr
            && let Some(name) = literal.path.get_ident()
        {
            self.0.insert(name.to_string());
        }
        true
    }
}

/// What names are bound to.
struct Bound {
    users: Users,
    others: BTreeSet<String>,
}

impl Bound {
    fn note(&mut self, name: &str, theirs: bool) {
        let names = if theirs { &mut self.users.names } else { &mut self.others };
        names.insert(name.to_owned());
    }

    fn pattern(&mut self, pat: &syn::Pat, ty: Option<&syn::Type>, value: Option<&syn::Expr>) {
        match pat {
            syn::Pat::Type(typed) => self.pattern(&typed.pat, Some(&typed.ty), value),
            syn::Pat::Ident(ident) if ident.subpat.is_none() => {
                let theirs = match ty.and_then(type_name) {
                    Some(name) => self.users.types.contains(&name),
                    None => ty.is_none() && value.is_some_and(|value| self.users.is_theirs(value)),
                };
                self.note(&ident.ident.to_string(), theirs);
            }
            pat => Reading(self).visit_pat(pat),
        }
    }
}

impl<'ast> Read<'ast> for Bound {
    fn local(&mut self, local: &'ast syn::Local) -> bool {
        let init = local.init.as_ref();
        init.iter().for_each(|init| Reading(self).visit_expr(&init.expr));
        init.iter().filter_map(|init| init.diverge.as_ref()).for_each(|(_, other)| Reading(self).visit_expr(other));
        self.pattern(&local.pat, None, init.map(|init| &*init.expr));
        false
    }

    fn pat_ident(&mut self, pat: &'ast syn::PatIdent) -> bool {
        self.note(&pat.ident.to_string(), false);
        true
    }

    fn item(&mut self, _: &'ast syn::Item) -> bool {
        false
    }
}

/// The name of a type without a path before it, behind references.
fn type_name(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Reference(reference) => type_name(&reference.elem),
        syn::Type::Paren(paren) => type_name(&paren.elem),
        syn::Type::Group(group) => type_name(&group.elem),
        syn::Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1 => {
            syntax::last_segment(&path.path)
        }
        _ => None,
    }
}
