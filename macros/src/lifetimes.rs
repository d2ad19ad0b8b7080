//! Names for lifetimes that are left out inside of the types of parameters: `rows: Vec<&[f64]>`, `view: View<'_>`.
//!
//! Takes a signature; returns the same where every such lifetime is a parameter of the function. Generated functions name the type of
//! an argument in their results, and a pullback owns what is passed by value: both have to say which lifetime is meant. The outermost
//! reference of a parameter keeps its own.

use crate::walk::{Change, Changing, Read, Reading};
use proc_macro2::Span;
use std::collections::BTreeSet;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;

/// Names what is left out.
pub fn name_lifetimes(sig: &mut syn::Signature, outer: Option<&syn::Generics>) {
    let mut taken = Taken::default();
    Reading(&mut taken).visit_signature(sig);
    outer.into_iter().for_each(|generics| Reading(&mut taken).visit_generics(generics));
    let mut naming = Naming { taken: taken.0, new: Vec::new() };
    for input in &mut sig.inputs {
        let syn::FnArg::Typed(typed) = input else { continue };
        let inside = match &mut *typed.ty {
            syn::Type::Reference(reference) => &mut reference.elem,
            _ => &mut typed.ty,
        };
        Changing(&mut naming).visit_type_mut(inside);
    }
    naming.declare(&mut sig.generics);
}

/// Names what is left out in the header of a block: `impl View<'_>`.
pub fn name_lifetimes_of_block(block: &mut syn::ItemImpl) {
    let mut taken = Taken::default();
    Reading(&mut taken).visit_item_impl(block);
    let mut naming = Naming { taken: taken.0, new: Vec::new() };
    Changing(&mut naming).visit_type_mut(&mut block.self_ty);
    if let Some((path, _)) = &mut block.trait_ {
        Changing(&mut naming).visit_path_mut(path);
    }
    naming.declare(&mut block.generics);
}

/// The names of lifetimes that are there.
#[derive(Default)]
struct Taken(BTreeSet<String>);

impl<'ast> Read<'ast> for Taken {
    fn lifetime(&mut self, lifetime: &'ast syn::Lifetime) {
        self.0.insert(lifetime.ident.to_string());
    }
}

struct Naming {
    taken: BTreeSet<String>,
    new: Vec<syn::Lifetime>,
}

impl Naming {
    fn fresh(&mut self, span: Span) -> syn::Lifetime {
        let mut number = self.new.len();
        while self.taken.contains(&format!("inside{number}")) {
            number += 1;
        }
        let name = format!("inside{number}");
        self.taken.insert(name.clone());
        let lifetime = syn::Lifetime::new(&format!("'{name}"), span);
        self.new.push(lifetime.clone());
        lifetime
    }

    /// Makes the new names parameters, before those that are there.
    fn declare(self, generics: &mut syn::Generics) {
        for (at, lifetime) in self.new.into_iter().enumerate() {
            generics.params.insert(at, syn::GenericParam::Lifetime(syn::LifetimeParam::new(lifetime)));
        }
    }
}

impl Change for Naming {
    fn ty(&mut self, ty: &mut syn::Type) -> bool {
        match ty {
            syn::Type::Reference(reference) if reference.lifetime.is_none() => {
                reference.lifetime = Some(self.fresh(reference.and_token.span));
            }
            // what is left out here belongs to the call of a function, or is a rule of its own
            syn::Type::FnPtr(_) | syn::Type::ImplTrait(_) | syn::Type::TraitObject(_) => return false,
            _ => {}
        }
        true
    }

    fn lifetime(&mut self, lifetime: &mut syn::Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.fresh(lifetime.span());
        }
    }
}
