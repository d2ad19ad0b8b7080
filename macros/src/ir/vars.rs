//! The table of variables.

use super::{Expr, FloatTy, Place, Projection, Ty};
use proc_macro2::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A variable's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Var(pub usize);

/// What a variable stands for. Primal, tangent and cotangent are never mixed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A value of the user's function.
    Primal,
    /// A value that has no name in the user's function: a subexpression.
    Temporary,
    /// The tangent of a primal.
    Tangent(Var),
    /// The cotangent of a primal.
    Cotangent(Var),
    /// Saved for the reverse sweep: stacks, copies, counters.
    Residual,
    /// Scratch space of the reverse sweep that holds again what this variable held. One block touches it, and fills all of it
    /// before it reads any.
    Again(Var),
    /// The closure that reverses a call.
    Pullback,
}

/// How a variable gives access to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It owns the value.
    Owned,
    /// It is a shared reference to the value.
    Shared,
    /// It is a mutable reference to the value.
    Mutable,
}

/// What is known of a variable.
#[derive(Clone)]
pub struct VarInfo {
    /// For the reader; unique in the function.
    pub name: String,
    /// The user's token, or the token that gave rise to the variable.
    pub span: Span,
    /// The type of the value.
    pub ty: Ty,
    /// Its role.
    pub role: Role,
    /// How the value is reached.
    pub access: Access,
    /// Whether the value may change after its definition.
    pub mutable: bool,
    /// The type that the user wrote, if any.
    pub annotation: Option<Box<syn::Type>>,
}

impl VarInfo {
    /// Whether it is a scalar of its own that never changes.
    pub fn is_fixed_scalar(&self) -> bool {
        !self.mutable && self.access == Access::Owned && self.ty.is_scalar()
    }
}

/// The variables of one function.
#[derive(Clone, Default)]
pub struct Vars {
    infos: Vec<VarInfo>,
    taken: BTreeSet<String>,
    /// Whether there are type parameters: a float whose type inference determines may be of one of them, and then has no more than the
    /// bounds that the user wrote.
    pub generic: bool,
    /// Where a field is first named: an error about its tangent, which it may not have, belongs there.
    fields: BTreeMap<String, Span>,
}

impl Vars {
    /// Keeps a name from being given to a new variable.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Notes where the source names a field.
    pub fn note_field(&mut self, name: &str, span: Span) {
        self.fields.entry(name.to_owned()).or_insert(span);
    }

    /// Where the source names a field, for what is generated about it.
    pub fn span_of_field(&self, name: &str) -> Span {
        let here = Span::call_site();
        self.fields.get(name).map_or(here, |span| here.located_at(*span))
    }

    /// Whether a name is kept, or taken.
    pub fn is_reserved(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Whether a variable bears a name.
    pub fn is_name(&self, name: &str) -> bool {
        self.infos.iter().any(|info| info.name == name)
    }

    /// Adds a variable under its wished name, or that name with a number.
    pub fn add(&mut self, mut info: VarInfo) -> Var {
        info.name = self.fresh_name(&info.name);
        self.add_exactly(info)
    }

    /// Adds a variable that keeps its name, because it is the first to bear it.
    pub fn add_exactly(&mut self, info: VarInfo) -> Var {
        self.taken.insert(info.name.clone());
        self.infos.push(info);
        Var(self.infos.len() - 1)
    }

    /// A variable for a subexpression.
    pub fn temporary(&mut self, name: &str, ty: Ty, span: Span) -> Var {
        self.add(VarInfo {
            name: name.to_owned(),
            span,
            ty,
            role: Role::Temporary,
            access: Access::Owned,
            mutable: false,
            annotation: None,
        })
    }

    /// Whether a variable is a tangent or a cotangent.
    pub fn is_derivative(&self, var: Var) -> bool {
        matches!(self[var].role, Role::Tangent(_) | Role::Cotangent(_))
    }

    /// A variable that belongs to `of`, named after it.
    pub fn derived(&mut self, of: Var, suffix: &str, role: Role, mutable: bool) -> Var {
        let info = &self.infos[of.0];
        // a word of the language is a name where something stands behind it
        let raw = info.name.strip_prefix("r#").filter(|_| !suffix.is_empty());
        let base = raw.unwrap_or(&info.name);
        let derived = VarInfo {
            name: format!("{}{suffix}", base.trim_start_matches('_')),
            span: info.span,
            ty: info.ty.clone(),
            role,
            access: Access::Owned,
            mutable,
            annotation: None,
        };
        self.add(derived)
    }

    /// Another variable of the same name and kind, for a copy of the code that defines it.
    pub fn copy(&mut self, var: Var) -> Var {
        let info = self.infos[var.0].clone();
        self.infos.push(info);
        Var(self.infos.len() - 1)
    }

    /// A name that nothing bears.
    pub fn unused_name(&self, wish: &str) -> String {
        self.fresh_name(wish)
    }

    /// The same, which nothing else gets then.
    pub fn claim_name(&mut self, wish: &str) -> String {
        let name = self.fresh_name(wish);
        self.reserve(&name);
        name
    }

    fn fresh_name(&self, wish: &str) -> String {
        if !self.taken.contains(wish) {
            return wish.to_owned();
        }
        (1..).map(|n| format!("{wish}_{n}")).find(|name| !self.taken.contains(name)).unwrap_or_else(|| wish.to_owned())
    }

    /// Whether a place holds a list, of which a stack copies the elements into the memory of what it held before.
    pub fn holds_list(&self, place: &Place) -> bool {
        matches!(self.place_type(place), Ty::Array(_) | Ty::Vec(_))
    }

    /// What is known of the type of what is in a place.
    pub fn place_type(&self, place: &Place) -> Ty {
        place.path.iter().fold(self[place.root].ty.clone(), |ty, step| match step {
            Projection::Index(_) => ty.element().unwrap_or(Ty::Unknown),
            Projection::Range(_) => ty.element().map_or(Ty::Unknown, |element| Ty::Slice(Box::new(element))),
            Projection::View(..) => ty,
            Projection::Payload(payload) => match (ty, payload.variant.as_str()) {
                (Ty::Option(item), "Some" | "unwrap") => *item,
                (Ty::Inert, _) => Ty::Inert,
                _ => Ty::Unknown,
            },
            Projection::Field(name) => match (&ty, name.parse::<usize>()) {
                (Ty::Tuple(parts), Ok(index)) => parts.get(index).cloned().unwrap_or(Ty::Unknown),
                _ => Ty::Unknown,
            },
        })
    }

    /// What is known of the type of a value.
    pub fn type_of(&self, expr: &Expr) -> Ty {
        match expr {
            Expr::Var(var) => self[*var].ty.clone(),
            Expr::Load(place) | Expr::Borrow(place, _) | Expr::Snapshot(place) => self.place_type(place),
            Expr::Prim(_, args) => args.first().map_or(Ty::Unknown, |arg| self.type_of(arg)),
            Expr::Cast(_, to) => Ty::Float(to.clone()),
            Expr::Float(..) => Ty::Float(FloatTy::Inferred),
            _ => Ty::Unknown,
        }
    }

    /// All variables.
    pub fn all(&self) -> impl Iterator<Item = Var> + use<> {
        (0..self.infos.len()).map(Var)
    }
}

impl std::ops::Index<Var> for Vars {
    type Output = VarInfo;
    fn index(&self, var: Var) -> &VarInfo {
        &self.infos[var.0]
    }
}

impl std::ops::IndexMut<Var> for Vars {
    fn index_mut(&mut self, var: Var) -> &mut VarInfo {
        &mut self.infos[var.0]
    }
}
