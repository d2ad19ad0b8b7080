//! Types that generated code writes beside a variable.

use super::Emitter;
use crate::ir::{Access, Expr, FloatTy, Role, Ty, Var};
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_> {
    /// The type of a variable that is `None` first: rustc may have to know it before the first value enters.
    pub fn type_of_none(&self, var: Var) -> Option<TokenStream> {
        let Ty::Option(item) = &self.vars[var].ty else { return self.annotation(var) };
        match type_with_floats(item) {
            Some(item) if self.vars[var].annotation.is_none() => Some(quote!(: ::core::option::Option<#item>)),
            _ => self.annotation(var),
        }
    }

    /// The type that the user wrote; without it, that of a float variable that starts from a literal.
    pub fn annotation(&self, var: Var) -> Option<TokenStream> {
        let info = &self.vars[var];
        if matches!(info.role, Role::Primal | Role::Temporary)
            && let Some(ty) = &info.annotation
        {
            return Some(quote!(: #ty));
        }
        match (&info.ty, info.role) {
            (Ty::Float(float @ (FloatTy::F64 | FloatTy::F32)), Role::Cotangent(_) | Role::Residual)
                if info.mutable && info.access == Access::Owned =>
            {
                let float = super::expr::float_type(float);
                Some(quote!(: #float))
            }
            _ => None,
        }
    }
}

/// `None`
pub fn is_none(value: &Expr) -> bool {
    matches!(value, Expr::Opaque(opaque) if opaque.tokens.0.to_string() == "None")
}

/// A type with `_` for what is not known, or none where no float is in it.
fn type_with_floats(ty: &Ty) -> Option<TokenStream> {
    match ty {
        Ty::Float(float @ (FloatTy::F64 | FloatTy::F32)) => Some(super::expr::float_type(float)),
        Ty::Tuple(parts) => {
            let parts: Vec<Option<TokenStream>> = parts.iter().map(type_with_floats).collect();
            parts.iter().any(Option::is_some).then(|| {
                let parts = parts.into_iter().map(|part| part.unwrap_or_else(|| quote!(_)));
                quote!((#(#parts),*))
            })
        }
        _ => None,
    }
}
