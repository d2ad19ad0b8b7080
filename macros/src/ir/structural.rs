//! Statements that move the elements of places, or change how many there are.

use super::{Expr, Place, Site, Var};
use crate::rules::structural::StructuralOp;

/// `[let result =] op(places; positions; value)`
#[derive(Clone, Debug, PartialEq)]
pub struct Structural {
    /// The operation, whose row says how both modes derive from it.
    pub op: StructuralOp,
    /// What is changed: one place, or the two that exchange their values.
    pub places: Vec<Place>,
    /// Indices, counts, ranges, a permutation: no derivative flows through them.
    pub positions: Vec<Expr>,
    /// The value that enters.
    pub value: Option<Expr>,
    /// The variable for what leaves.
    pub result: Option<Var>,
    /// Where it stands.
    pub site: Site,
}

impl Structural {
    /// Calls `f` with every expression of the statement.
    pub fn for_each_expr<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        self.places.iter().for_each(|place| place.for_each_index(f));
        self.positions.iter().chain(&self.value).for_each(f);
    }

    /// As [`Structural::for_each_expr`], to change them.
    pub fn for_each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        self.places.iter_mut().for_each(|place| place.for_each_index_mut(f));
        self.positions.iter_mut().chain(&mut self.value).for_each(f);
    }

    /// The variables in which the changed places start.
    pub fn roots(&self) -> impl Iterator<Item = Var> + '_ {
        self.places.iter().map(|place| place.root)
    }
}
