//! Arguments of closures and items of iterators, bound to patterns.
//!
//! What is borrowed becomes an alias of its place. A tuple that has no variable, such as an item of `xs.iter().zip(ys)`, is
//! known by its parts: `pair.0` is `xs[k]`.

use super::scope::Binding;
use super::{Lowerer, Value};
use crate::ir::{Access, Expr, Projection, Role, Ty, Var};
use crate::refusal::Refusal;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// Binds a pattern to an argument of a closure, or to an item of an iterator: what is borrowed becomes an alias.
    pub fn bind_argument(&mut self, pat: &syn::Pat, value: Value) {
        match (pat, value.expr) {
            (syn::Pat::Paren(paren), expr) => self.bind_argument(&paren.pat, Value::new(expr, value.ty)),
            (syn::Pat::Type(typed), expr) => self.bind_typed_argument(typed, Value::new(expr, value.ty)),
            (syn::Pat::Reference(reference), Expr::Borrow(place, _)) => {
                let value = self.load(place, value.ty);
                self.bind_argument(&reference.pat, value);
            }
            (syn::Pat::Reference(reference), expr) => {
                self.bind_argument(&reference.pat, Value::new(expr, value.ty));
            }
            (syn::Pat::Tuple(tuple), Expr::Tuple(parts)) if parts.len() == tuple.elems.len() => {
                let types = super::pattern::part_types(&value.ty, parts.len());
                for ((pat, part), ty) in tuple.elems.iter().zip(parts).zip(types) {
                    self.bind_argument(pat, Value::new(part, ty));
                }
            }
            // the parts of a tuple behind a reference are references
            (syn::Pat::Tuple(tuple), Expr::Borrow(place, mutable))
                if !tuple.elems.iter().any(|part| matches!(part, syn::Pat::Rest(_))) =>
            {
                for (index, pat) in tuple.elems.iter().enumerate() {
                    let part = place.clone().project(Projection::Field(index.to_string()));
                    let ty = self.place_type(&part);
                    self.bind_argument(pat, Value::new(Expr::Borrow(part, mutable), ty));
                }
            }
            (syn::Pat::Ident(ident), Expr::Borrow(place, mutable)) if is_plain(ident) => {
                self.name(place.root);
                let reference = !place.ends_in_view();
                let mutable = mutable || (reference && self.vars[place.root].access == Access::Mutable);
                self.scopes.bind(&ident.ident.to_string(), Binding::Alias { place, reference, mutable });
            }
            (syn::Pat::Ident(ident), Expr::Var(var))
                if (is_plain(ident) && !self.vars[var].mutable)
                    || (ident.subpat.is_none() && self.carried.contains(&var)) =>
            {
                self.name(var);
                self.scopes.bind(&ident.ident.to_string(), Binding::Var(var));
            }
            (syn::Pat::Ident(ident), Expr::Tuple(parts)) if is_plain(ident) => {
                self.bind_parts(&ident.ident, parts, &value.ty);
            }
            (syn::Pat::Ident(ident), Expr::Tuple(parts)) if ident.subpat.is_none() => {
                let owned = self.owned_parts(pat, parts, &value.ty);
                self.bind_pattern(pat, owned, None);
            }
            (pat, expr) => self.bind_pattern(pat, Value::new(expr, value.ty), None),
        }
    }

    /// A temporary that has a name in the source is read elsewhere too.
    fn name(&mut self, var: Var) {
        if self.vars[var].role == Role::Temporary {
            self.vars[var].role = Role::Primal;
        }
    }

    fn bind_typed_argument(&mut self, typed: &syn::PatType, value: Value) {
        let ty = value.ty.join(&self.generics.ty(&typed.ty));
        match (&*typed.pat, &value.expr) {
            (syn::Pat::Ident(_), Expr::Var(var)) if ty == self.vars[*var].ty => self.bind_argument(&typed.pat, value),
            (syn::Pat::Ident(_), Expr::Borrow(..)) | (syn::Pat::Tuple(_), _) | (syn::Pat::Reference(_), _) => {
                self.bind_argument(&typed.pat, Value::new(value.expr, ty));
            }
            _ => self.bind_pattern(&typed.pat, Value::new(value.expr, ty), Some(&typed.ty)),
        }
    }

    /// A name for a tuple that has references among its parts.
    pub fn bind_parts(&mut self, ident: &syn::Ident, parts: Vec<Expr>, ty: &Ty) {
        let types = super::pattern::part_types(ty, parts.len());
        let parts = parts.into_iter().zip(types).map(|(part, ty)| self.bind_part(Value::new(part, ty))).collect();
        self.scopes.bind(&ident.to_string(), Binding::Parts(parts));
    }

    /// What a part of a tuple of items stands for.
    fn bind_part(&mut self, value: Value) -> Binding {
        match value.expr {
            Expr::Borrow(place, mutable) => {
                self.name(place.root);
                let reference = !place.ends_in_view();
                Binding::Alias { place, reference, mutable }
            }
            Expr::Tuple(parts) => {
                let types = super::pattern::part_types(&value.ty, parts.len());
                Binding::Parts(
                    parts.into_iter().zip(types).map(|(part, ty)| self.bind_part(Value::new(part, ty))).collect(),
                )
            }
            Expr::Var(var) if !self.vars[var].mutable || self.carried.contains(&var) => {
                self.name(var);
                Binding::Var(var)
            }
            _ => {
                let var = self.bind_temporary(value);
                self.name(var);
                Binding::Var(var)
            }
        }
    }

    /// The tuple whose parts stand for these.
    pub fn parts_value(&self, parts: &[Binding]) -> Value {
        Value::tuple(parts.iter().map(|part| self.part_value(part)).collect())
    }

    fn part_value(&self, part: &Binding) -> Value {
        match part {
            Binding::Var(var) => Value::new(Expr::Var(*var), self.vars[*var].ty.clone()),
            Binding::Alias { place, mutable, .. } => {
                Value::new(Expr::Borrow(place.clone(), *mutable), self.place_type(place))
            }
            Binding::Parts(parts) => self.parts_value(parts),
            Binding::Callable(callable) => Value::new(Expr::Opaque(callable.source.clone()), Ty::Unknown),
            Binding::Chain(chain) => Value::new(Expr::Opaque(chain.source.clone()), Ty::Unknown),
        }
    }

    /// A tuple of items under one name that may change: scalars are copied out of what they refer to.
    fn owned_parts(&mut self, pat: &syn::Pat, parts: Vec<Expr>, ty: &Ty) -> Value {
        let types = super::pattern::part_types(ty, parts.len());
        let mut owned = Vec::new();
        for (part, ty) in parts.into_iter().zip(types) {
            owned.push(match part {
                Expr::Borrow(place, _) if ty.is_scalar() => {
                    let value = self.load(place, ty);
                    self.moved(value)
                }
                Expr::Borrow(..) => {
                    self.diagnostics.refuse(pat.span(), &Refusal::Pattern);
                    part
                }
                Expr::Tuple(parts) => self.owned_parts(pat, parts, &ty).expr,
                part => self.moved(Value::new(part, ty)),
            });
        }
        Value::new(Expr::Tuple(owned), ty.clone())
    }
}

fn is_plain(ident: &syn::PatIdent) -> bool {
    ident.subpat.is_none() && ident.by_ref.is_none() && ident.mutability.is_none()
}
