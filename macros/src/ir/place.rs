//! Places: what can be read, borrowed and assigned.
//!
//! The cotangent of a place has the same path: that of `cam.r[i + 1]` is `cam_bar.r[i + 1]`.

use super::{Expr, Tokens, Var};
use std::rc::Rc;

/// A variable and a path into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where the path starts. A reference stands for what it refers to.
    pub root: Var,
    /// From the root inwards.
    pub path: Vec<Projection>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Projection {
    /// `.name` or `.0`
    Field(String),
    /// `[index]`; for matrices the index may be a pair.
    Index(Box<Expr>),
    /// `[low..high]`, with its bounds as one inert expression.
    Range(Box<Expr>),
    /// A view: `.row(i)`, `.column(j)`, `.rows(i, n)`, `.fixed_view::<3, 3>(i, j)`, with the sizes that stand in its turbofish. Written, it
    /// is the same name with `_mut`.
    View(&'static str, Option<Tokens>, Vec<Expr>),
    /// What a variant carries: a reference to it exists only where the value has that variant.
    Payload(Rc<Payload>),
}

/// One part of what a variant, or a tuple struct, carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The variant's path, as written.
    pub path: Tokens,
    /// Its last segment.
    pub variant: String,
    /// The part's name or number.
    pub field: String,
    /// Whether the parts have names.
    pub named: bool,
    /// What the source calls it.
    pub wish: Wish,
}

/// A name for the reader, which makes no difference.
#[derive(Clone, Debug, Default)]
pub struct Wish(pub Option<String>);

impl PartialEq for Wish {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Projection {
    /// The payload of a variant that the standard prelude names.
    pub fn payload(variant: &str, field: &str) -> Self {
        let path = Tokens(variant.parse().unwrap_or_default());
        let (variant, field) = (variant.to_owned(), field.to_owned());
        Self::Payload(Rc::new(Payload { path, variant, field, named: false, wish: Wish::default() }))
    }
}

impl Place {
    /// A whole variable.
    pub fn of(root: Var) -> Self {
        Self { root, path: Vec::new() }
    }

    /// The place one step further in.
    pub fn project(mut self, step: Projection) -> Self {
        self.path.push(step);
        self
    }

    /// Whether it is a whole variable.
    pub fn is_whole(&self) -> bool {
        self.path.is_empty()
    }

    /// The first field on the path, where only indices stand before it: `v` of `bodies[i].v[k]`.
    pub fn field(&self) -> Option<&str> {
        let is_index = |step: &&Projection| matches!(step, Projection::Index(_) | Projection::Range(_));
        match self.path.iter().find(|step| !is_index(step))? {
            Projection::Field(name) => Some(name),
            _ => None,
        }
    }

    /// Whether a change of another place may change this one, unless both are in fields of different names.
    pub fn shares_field(&self, other: &Place) -> bool {
        self.root == other.root && may_be_one(self.field(), other.field())
    }

    /// The same path into another variable.
    pub fn rooted(&self, root: Var) -> Self {
        Self { root, path: self.path.clone() }
    }

    /// Whether it is part of what a variant carries.
    pub fn is_in_payload(&self) -> bool {
        self.path.iter().any(|step| matches!(step, Projection::Payload(_)))
    }

    /// Whether it is an element of a list, or a part of one.
    pub fn is_element(&self) -> bool {
        self.path.iter().any(|step| matches!(step, Projection::Index(_)))
    }

    /// Whether it is the element of a list at a variable.
    pub fn is_element_at(&self, index: Var) -> bool {
        matches!(self.path.as_slice(), [Projection::Index(at)] if at.is_var(index))
    }

    /// Whether it is that element, or in it.
    pub fn is_in_element_at(&self, index: Var) -> bool {
        matches!(self.path.first(), Some(Projection::Index(at)) if at.is_var(index))
    }

    /// Whether the place is a view, which is a value of its own and not a reference into the root.
    pub fn ends_in_view(&self) -> bool {
        matches!(self.path.last(), Some(Projection::View(..)))
    }
}

/// Whether two fields of a variable may be one: none stands for all of them.
pub fn may_be_one(one: Option<&str>, other: Option<&str>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}
