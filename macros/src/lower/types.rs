//! What the tokens of a type say.

use crate::ir::{FloatTy, Ty};
use crate::walk::{Read, Reading};
use proc_macro2::{Ident, Span};
use std::collections::BTreeSet;
use syn::spanned::Spanned;
use syn::visit::Visit;

const INTEGERS: &[&str] = &["usize", "isize", "u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128"];
const INERT: &[&str] = &["char", "str", "String", "Range", "RangeInclusive", "Ordering", "Duration", "Instant"];
const FLOAT_BOUNDS: &[&str] = &["Float", "RealField", "Real", "FloatCore", "FloatConst"];

/// The types among generic arguments.
pub fn types_in(args: &syn::AngleBracketedGenericArguments) -> impl Iterator<Item = &syn::Type> {
    args.args.iter().filter_map(|arg| match arg {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Those of a path segment: `T` and `E` of `Result<T, E>`.
pub fn type_arguments(segment: &syn::PathSegment) -> impl Iterator<Item = &syn::Type> {
    let args = match &segment.arguments {
        syn::PathArguments::AngleBracketed(args) => Some(args),
        _ => None,
    };
    args.into_iter().flat_map(types_in)
}

/// The first type argument of a type: `T` of `Vec<T>`.
pub fn first_argument(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    type_arguments(path.path.segments.last()?).next()
}

/// The generic parameters of a function, as far as they matter to types.
#[derive(Clone, Debug, Default)]
pub struct Generics {
    /// Type parameters that stand for a float.
    pub floats: BTreeSet<String>,
    /// Type parameters of which no bound says what their operators are.
    pub unbounded: BTreeSet<String>,
    /// Const parameters.
    pub consts: BTreeSet<String>,
    /// In a generated function that is generic over its directions, the type that stands for the tangent of a float.
    pub direction: Option<Ident>,
}

impl Generics {
    /// Those of a function, and of the block in which it stands.
    pub fn within(outer: Option<&syn::Generics>, own: &syn::Generics) -> Self {
        let mut found = Self::default();
        outer.into_iter().chain([own]).for_each(|generics| found.read(generics));
        found
    }

    /// Reads the bounds, inline and in the where-clause.
    fn read(&mut self, generics: &syn::Generics) {
        for param in &generics.params {
            match param {
                syn::GenericParam::Type(param) if has_float_bound(&param.bounds) => {
                    self.floats.insert(param.ident.to_string());
                }
                syn::GenericParam::Type(param) if !has_telling_bound(&param.bounds) => {
                    self.unbounded.insert(param.ident.to_string());
                }
                syn::GenericParam::Const(param) => {
                    self.consts.insert(param.ident.to_string());
                }
                _ => {}
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(predicate) = predicate
                && let syn::Type::Path(path) = &predicate.bounded_ty
                && let Some(ident) = path.path.get_ident()
            {
                let name = ident.to_string();
                if has_telling_bound(&predicate.bounds) {
                    self.unbounded.remove(&name);
                }
                if has_float_bound(&predicate.bounds) {
                    self.floats.insert(name);
                }
            }
        }
    }

    /// The type that the tokens denote.
    pub fn ty(&self, ty: &syn::Type) -> Ty {
        match ty {
            syn::Type::Path(path) if path.qself.is_none() => self.path_ty(&path.path),
            syn::Type::Array(array) => Ty::Array(Box::new(self.ty(&array.elem))),
            syn::Type::Slice(slice) => Ty::Slice(Box::new(self.ty(&slice.elem))),
            syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Ty::Inert,
            syn::Type::Tuple(tuple) => Ty::Tuple(tuple.elems.iter().map(|part| self.ty(part)).collect()),
            syn::Type::Paren(paren) => self.ty(&paren.elem),
            syn::Type::Group(group) => self.ty(&group.elem),
            syn::Type::Reference(reference) => self.ty(&reference.elem),
            _ => Ty::Unknown,
        }
    }

    fn path_ty(&self, path: &syn::Path) -> Ty {
        let Some(last) = path.segments.last() else { return Ty::Unknown };
        let name = last.ident.to_string();
        if path.segments.len() == 1 && self.floats.contains(&name) {
            return Ty::Float(FloatTy::Param(name));
        }
        match name.as_str() {
            "f64" => Ty::Float(FloatTy::F64),
            "f32" => Ty::Float(FloatTy::F32),
            "bool" => Ty::Bool,
            name if INTEGERS.contains(&name) => Ty::Int,
            name if INERT.contains(&name) => Ty::Inert,
            "Option" => Ty::Option(Box::new(self.argument(last).unwrap_or(Ty::Unknown))),
            "Vec" => Ty::Vec(Box::new(self.argument(last).unwrap_or(Ty::Unknown))),
            "Box" | "Rc" | "Arc" => match self.argument(last) {
                Some(inert) if inert.is_inert() => Ty::Inert,
                Some(Ty::Slice(item)) if name == "Box" => Ty::Vec(item),
                _ => Ty::Unknown,
            },
            "Rotation" | "Rotation2" | "Rotation3" => match self.argument(last) {
                Some(Ty::Float(scalar)) => Ty::Rotation(scalar),
                _ => Ty::Unknown,
            },
            name if is_matrix(name) => match self.argument(last) {
                Some(Ty::Float(scalar)) => Ty::Matrix(scalar),
                Some(inert) if inert.is_inert() => Ty::Inert,
                _ => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }

    /// The first type argument of a path segment.
    fn argument(&self, segment: &syn::PathSegment) -> Option<Ty> {
        type_arguments(segment).next().map(|ty| self.ty(ty))
    }
}

/// Whether a name is that of one of nalgebra's matrix types.
pub fn is_matrix(name: &str) -> bool {
    let base = name.trim_end_matches("Mut").trim_end_matches("View");
    let base = base.split(|c: char| c.is_ascii_digit()).next().unwrap_or(base);
    matches!(
        base,
        "DMatrix"
            | "DVector"
            | "RowDVector"
            | "SMatrix"
            | "SVector"
            | "RowSVector"
            | "OMatrix"
            | "OVector"
            | "RowOVector"
            | "Matrix"
            | "Vector"
            | "RowVector"
    )
}

/// Whether a name is that of one of nalgebra's points.
pub fn is_point(name: &str) -> bool {
    name.strip_prefix("Point").is_some_and(|size| matches!(size, "1" | "2" | "3" | "4" | "5" | "6"))
}

/// `Box::new`, `Rc::new`, `Arc::new`
pub fn is_box(path: &syn::Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    let (name, ty) = (names.next(), names.next());
    name.is_some_and(|name| name == "new") && ty.is_some_and(|ty| ["Box", "Rc", "Arc"].iter().any(|known| ty == known))
}

/// `Rotation3::new`, `UnitQuaternion::from_axis_angle`
pub fn is_rotation_constructor(path: &syn::Path) -> bool {
    let ty = path.segments.iter().rev().nth(1);
    ty.is_some_and(|ty| {
        ["Rotation2", "Rotation3", "UnitComplex", "UnitQuaternion"].iter().any(|known| ty.ident == known)
    })
}

/// Whether a path is that of a complex number: `Complex<f64>`, `Complex64`, `num_complex::Complex`. A type of the user's may be called
/// `Complex` too, without a parameter.
pub fn is_complex(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| {
        let bare = path.segments.len() == 1 && last.arguments.is_empty();
        last.ident == "Complex32" || last.ident == "Complex64" || (last.ident == "Complex" && !bare)
    })
}

/// `Complex::new`, `Complex64::from_polar`
pub fn is_complex_constructor(path: &syn::Path) -> bool {
    let mut ty = path.clone();
    ty.segments.pop();
    ty.segments.pop_punct();
    is_complex(&ty) || ty.is_ident("Complex")
}

/// Where a type has complex numbers in it.
pub fn complex_part(ty: &syn::Type) -> Option<Span> {
    struct Complex(Option<Span>);
    impl<'ast> Read<'ast> for Complex {
        fn path(&mut self, path: &'ast syn::Path) -> bool {
            if is_complex(path) {
                self.0.get_or_insert(path.span());
            }
            true
        }
    }
    let mut complex = Complex(None);
    Reading(&mut complex).visit_type(ty);
    complex.0
}

/// Whether a name is that of a map or a set of the standard library.
pub fn is_keyed_name(name: &str) -> bool {
    matches!(name, "HashMap" | "BTreeMap" | "HashSet" | "BTreeSet")
}

/// Whether a type is that of a map or a set of the standard library.
pub fn is_keyed(ty: &syn::Type) -> bool {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| is_keyed_name(&last.ident.to_string())),
        _ => false,
    }
}

/// Traits of the standard library that do not tell what the operators of a type do.
const PLAIN_BOUNDS: &[&str] = &[
    "Add",
    "AddAssign",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Div",
    "DivAssign",
    "From",
    "Into",
    "Mul",
    "MulAssign",
    "Neg",
    "PartialEq",
    "PartialOrd",
    "Send",
    "Sized",
    "Sub",
    "SubAssign",
    "Sum",
    "Sync",
];

/// Whether a bound may say what the operators do: `T: Scalar`, `T: MulRule<f64>`.
fn has_telling_bound<'a>(bounds: impl IntoIterator<Item = &'a syn::TypeParamBound>) -> bool {
    bounds.into_iter().any(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => {
            !bound.path.segments.last().is_some_and(|last| PLAIN_BOUNDS.contains(&last.ident.to_string().as_str()))
        }
        _ => false,
    })
}

fn has_float_bound<'a>(bounds: impl IntoIterator<Item = &'a syn::TypeParamBound>) -> bool {
    bounds.into_iter().any(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| FLOAT_BOUNDS.contains(&last.ident.to_string().as_str()))
        }
        _ => false,
    })
}
