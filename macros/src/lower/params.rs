//! Parameters: how they are passed, and which of them are differentiated.

use super::Lowerer;
use super::scope::Binding;
use crate::ir::{Access, Param, Passing, Role, Ty, VarInfo, Wrt};
use crate::options::{Options, has_no_diff};
use crate::refusal::Refusal;
use crate::tokens::text_of;
use syn::spanned::Spanned;

impl Lowerer<'_> {
    /// Lowers the parameters of a signature.
    pub fn lower_params(&mut self, sig: &syn::Signature, options: &Options) -> Vec<Param> {
        let mut params = Vec::new();
        for input in &sig.inputs {
            match input {
                syn::FnArg::Receiver(receiver) => params.extend(self.lower_receiver(receiver, options)),
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
        let (passing, declared) = passing(&typed.ty);
        let ty = self.generics.ty(declared);
        let excluded = has_no_diff(&typed.attrs) || !options.names(&name);
        let wrt = wrt(&ty, excluded);
        if wrt == Wrt::Active {
            if let Some(span) = super::types::complex_part(&typed.ty) {
                self.diagnostics.refuse(span, &Refusal::Complex);
            }
            match declared {
                syn::Type::ImplTrait(_) => self.diagnostics.refuse(typed.ty.span(), &Refusal::ImplTrait(name.clone())),
                syn::Type::TraitObject(_) => self.diagnostics.refuse(typed.ty.span(), &Refusal::DynTrait(name.clone())),
                _ => {}
            }
        }
        Some(self.add_param(pat.ident.clone(), pat.mutability.is_some(), passing, declared.clone(), wrt))
    }

    /// `self`, `&self`, `&mut self`
    fn lower_receiver(&mut self, receiver: &syn::Receiver, options: &Options) -> Option<Param> {
        let own_type = || self.around.self_ty.cloned().or_else(|| syn::parse_str("Self").ok());
        let (passing, declared) = match &receiver.kind {
            syn::ReceiverKind::Value => (Passing::Value, own_type()?),
            syn::ReceiverKind::Reference(_, _, None) => (Passing::Shared, own_type()?),
            syn::ReceiverKind::Reference(_, _, Some(_)) => (Passing::Mutable, own_type()?),
            kind => {
                let typed = match kind {
                    syn::ReceiverKind::Typed(_, ty) => Some(passing(ty)),
                    _ => None,
                };
                let plain =
                    typed.filter(|(_, ty)| own_type().is_some_and(|own| text_of(&own) == text_of(ty) || is_self(ty)));
                let Some((passing, _)) = plain else {
                    self.diagnostics.refuse(receiver.span(), &Refusal::Receiver);
                    return None;
                };
                (passing, own_type()?)
            }
        };
        let ty = self.generics.ty(&declared);
        let excluded = has_no_diff(&receiver.attrs) || !options.names("self");
        let wrt = wrt(&ty, excluded);
        let name = syn::Ident::new("self", receiver.self_token.span);
        Some(self.add_param(name, receiver.mutability.is_some(), passing, declared, wrt))
    }

    fn add_param(
        &mut self,
        ident: syn::Ident,
        mutable: bool,
        passing: Passing,
        declared: syn::Type,
        wrt: Wrt,
    ) -> Param {
        let name = ident.to_string();
        self.scopes.claim(&name);
        let var = self.vars.add_exactly(VarInfo {
            name: name.clone(),
            span: ident.span(),
            ty: self.generics.ty(&declared),
            role: Role::Primal,
            access: match passing {
                Passing::Value => Access::Owned,
                Passing::Shared => Access::Shared,
                Passing::Mutable => Access::Mutable,
            },
            mutable: mutable || passing == Passing::Mutable,
            annotation: None,
        });
        self.scopes.bind(&name, Binding::Var(var));
        if wrt != Wrt::Active && passing != Passing::Mutable && !mutable {
            self.constant.insert(var);
        }
        if super::types::is_keyed(&declared) {
            self.keyed.insert(var);
        }
        let generic = matches!(&declared, syn::Type::Path(path)
            if path.path.get_ident().is_some_and(|ident| self.generics.unbounded.contains(&ident.to_string())));
        if generic && wrt == Wrt::Active {
            self.generic.insert(var);
        }
        Param { var, passing, declared, wrt }
    }
}

/// How an argument of a type is passed, and the type behind the reference.
fn passing(ty: &syn::Type) -> (Passing, &syn::Type) {
    match ty {
        syn::Type::Reference(reference) if reference.mutability.is_some() => (Passing::Mutable, &reference.elem),
        syn::Type::Reference(reference) => (Passing::Shared, &reference.elem),
        other => (Passing::Value, other),
    }
}

fn is_self(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident("Self"))
}

/// Whether a parameter of a type is differentiated.
fn wrt(ty: &Ty, excluded: bool) -> Wrt {
    match () {
        () if ty.is_inert() => Wrt::Inert,
        () if excluded => Wrt::Excluded,
        () => Wrt::Active,
    }
}
