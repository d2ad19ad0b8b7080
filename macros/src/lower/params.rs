//! Parameters: how they are passed, and which of them are differentiated.

use super::Lowerer;
use super::scope::Binding;
use crate::ir::{Access, Param, Passing, Role, VarInfo, Wrt};
use crate::options::{Options, has_no_diff};
use crate::refusal::Refusal;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// Lowers the parameters of a signature.
    pub fn lower_params(&mut self, sig: &syn::Signature, options: &Options) -> Vec<Param> {
        let mut params = Vec::new();
        for input in &sig.inputs {
            match input {
                syn::FnArg::Receiver(receiver) => self.diagnostics.refuse(receiver.span(), &Refusal::Method),
                syn::FnArg::Typed(typed) => params.extend(self.lower_param(typed, options)),
            }
        }
        options.check_wrt(&params, &self.vars, self.diagnostics);
        params
    }

    fn lower_param(&mut self, typed: &syn::PatType, options: &Options) -> Option<Param> {
        let syn::Pat::Ident(pat) = &*typed.pat else {
            self.diagnostics.refuse(typed.pat.span(), &Refusal::ParameterPattern);
            return None;
        };
        let name = pat.ident.to_string();
        let (passing, declared) = match &*typed.ty {
            syn::Type::Reference(reference) if reference.mutability.is_some() => (Passing::Mutable, &*reference.elem),
            syn::Type::Reference(reference) => (Passing::Shared, &*reference.elem),
            other => (Passing::Value, other),
        };
        let ty = self.generics.ty(declared);
        let excluded = has_no_diff(&typed.attrs) || !options.names(&name);
        let wrt = match () {
            () if ty.is_inert() => Wrt::Inert,
            () if excluded => Wrt::Excluded,
            () => Wrt::Active,
        };
        if wrt == Wrt::Active {
            match declared {
                syn::Type::ImplTrait(_) => self.diagnostics.refuse(typed.ty.span(), &Refusal::ImplTrait(name.clone())),
                syn::Type::TraitObject(_) => self.diagnostics.refuse(typed.ty.span(), &Refusal::DynTrait(name.clone())),
                _ => {}
            }
        }
        self.scopes.claim(&name);
        let var = self.vars.add_exactly(VarInfo {
            name: name.clone(),
            span: pat.ident.span(),
            ty,
            role: Role::Primal,
            access: match passing {
                Passing::Value => Access::Owned,
                Passing::Shared => Access::Shared,
                Passing::Mutable => Access::Mutable,
            },
            mutable: pat.mutability.is_some() || passing == Passing::Mutable,
            annotation: None,
        });
        self.scopes.bind(&name, Binding::Var(var));
        Some(Param { var, passing, declared: declared.clone(), wrt })
    }
}
