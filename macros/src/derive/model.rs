//! What the derive knows of a type.

use crate::diagnostics::Diagnostics;
use crate::ir::Ty;
use crate::lower::types::{Generics, type_arguments};
use crate::options::has_no_diff;
use crate::refusal::Refusal;
use proc_macro2::Span;
use syn::spanned::Spanned;

/// A struct, as one variant, or an enum.
pub struct Model {
    /// The type's name.
    pub name: syn::Ident,
    /// Its visibility, which its tangent shares.
    pub vis: syn::Visibility,
    /// Its generic parameters.
    pub generics: syn::Generics,
    /// Which of them are floats.
    pub floats: Generics,
    /// Whether it is an enum.
    pub is_enum: bool,
    /// The variants, in order.
    pub variants: Vec<Variant>,
}

/// How the fields of a variant are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `{ name: T }`
    Named,
    /// `(T, U)`
    Tuple,
    /// Nothing.
    Unit,
}

/// A variant of an enum, or the struct.
pub struct Variant {
    /// Its name.
    pub name: syn::Ident,
    /// How its fields are written.
    pub style: Style,
    /// All fields, in order.
    pub fields: Vec<Field>,
}

/// A field.
pub struct Field {
    /// Its name or position.
    pub member: syn::Member,
    /// Its visibility.
    pub vis: syn::Visibility,
    /// Its type, as written.
    pub ty: syn::Type,
    /// Whether it has a tangent other than `()`.
    pub active: bool,
    /// Whether it is marked `#[no_diff]`.
    pub excluded: bool,
}

impl Model {
    /// Reads an item; what cannot be derived for goes to the diagnostics.
    pub fn of(input: &syn::DeriveInput, diagnostics: &mut Diagnostics) -> Option<Self> {
        let floats = Generics::within(None, &input.generics);
        let variants = match &input.data {
            syn::Data::Struct(data) => vec![Variant::of(&input.ident, &data.fields, &floats)],
            syn::Data::Enum(data) => {
                data.variants.iter().map(|variant| Variant::of(&variant.ident, &variant.fields, &floats)).collect()
            }
            syn::Data::Union(data) => {
                diagnostics.refuse(data.union_token.span, &Refusal::Union);
                return None;
            }
        };
        for field in variants.iter().flat_map(Variant::active) {
            if let Some(span) = itself(&field.ty, &input.ident) {
                diagnostics.refuse(span, &Refusal::ContainsItself(input.ident.to_string()));
                return None;
            }
        }
        Some(Self {
            name: input.ident.clone(),
            vis: input.vis.clone(),
            generics: input.generics.clone(),
            floats,
            is_enum: matches!(input.data, syn::Data::Enum(_)),
            variants,
        })
    }

    /// The fields that have a tangent.
    pub fn active(&self) -> impl Iterator<Item = &Field> {
        self.variants.iter().flat_map(Variant::active)
    }
}

/// Whether a field has a tangent other than `()`. A list of integers has one with a `()` for each, so that generated code may
/// read and change it as the list.
fn has_tangent(ty: &Ty) -> bool {
    !ty.is_inert() || ty.element().is_some()
}

impl Variant {
    fn of(name: &syn::Ident, fields: &syn::Fields, floats: &Generics) -> Self {
        let style = match fields {
            syn::Fields::Named(_) => Style::Named,
            syn::Fields::Unnamed(_) => Style::Tuple,
            syn::Fields::Unit => Style::Unit,
        };
        let fields = fields.iter().zip(fields.members()).map(|(field, member)| Field {
            member,
            vis: field.vis.clone(),
            ty: field.ty.clone(),
            active: !has_no_diff(&field.attrs) && has_tangent(&floats.ty(&field.ty)),
            excluded: has_no_diff(&field.attrs),
        });
        Self { name: name.clone(), style, fields: fields.collect() }
    }

    /// The fields that have a tangent.
    pub fn active(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.active)
    }

    /// The fields of the tangent, `()` where there is nothing to differentiate. Positions of a tuple are kept, names of
    /// excluded fields are left out.
    pub fn kept(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.excluded || self.style == Style::Tuple)
    }
}

/// Where a field holds a value of the type that has the field, though behind a pointer. A `Vec` may, as it may be empty.
fn itself(ty: &syn::Type, name: &syn::Ident) -> Option<Span> {
    match ty {
        syn::Type::Path(path) => {
            let last = path.path.segments.last()?;
            if path.path.is_ident(name) || path.path.is_ident("Self") {
                return Some(path.span());
            }
            if !["Box", "Option", "Rc", "Arc"].iter().any(|pointer| last.ident == pointer) {
                return None;
            }
            type_arguments(last).find_map(|ty| itself(ty, name))
        }
        syn::Type::Tuple(tuple) => tuple.elems.iter().find_map(|part| itself(part, name)),
        syn::Type::Array(array) => itself(&array.elem, name),
        syn::Type::Paren(paren) => itself(&paren.elem, name),
        _ => None,
    }
}
