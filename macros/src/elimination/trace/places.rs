//! What is in a place.

use super::{Obstacle, Operand, Trace, Value};
use crate::elimination::index::{integer, pair};
use crate::ir::{Expr, Place, Projection, Ty, Var};
use crate::refusal::Refusal;

impl Trace {
    /// What is in a place. What is no value here is inactive, and read where it is.
    pub(super) fn read(&mut self, place: &Place) -> Result<Value, Obstacle> {
        if !self.values.contains_key(&place.root) {
            if let (true, Some(value)) = (place.is_whole(), self.integers.get(&place.root)) {
                let value = i32::try_from(*value).map_err(|_| self.refusal("an integer of this size"))?;
                return Ok(Value::Scalar(Operand::Other(Expr::integer(value))));
            }
            let mut readable = self.readable.contains(&place.root);
            Expr::Load(place.clone()).for_each_read(&mut |var| readable &= self.readable.contains(&var));
            if !readable {
                return Err((self.vars[place.root].span, Refusal::CrossCountry("a variable that cannot be followed")));
            }
            let value = if place.is_whole() { Expr::Var(place.root) } else { Expr::Load(place.clone()) };
            return Ok(Value::Scalar(Operand::Other(value)));
        }
        Ok(self.place_mut(place)?.clone())
    }

    pub(super) fn scalar_at(&mut self, place: &Place) -> Result<Operand, Obstacle> {
        let value = self.read(place)?;
        self.scalar(value)
    }

    /// The operand that a value is, if it is no array.
    pub(super) fn scalar(&self, value: Value) -> Result<Operand, Obstacle> {
        match value {
            Value::Scalar(operand) => Ok(operand),
            Value::Parts(_) => Err(self.refusal("an operation on a whole array")),
        }
    }

    pub(super) fn place_mut(&mut self, place: &Place) -> Result<&mut Value, Obstacle> {
        let span = self.vars[place.root].span;
        let refused = |what| (span, Refusal::CrossCountry(what));
        if place.is_whole() {
            // what was declared without a value has one from here on
            return Ok(self.values.get_or_insert_with(place.root, || Value::Parts(Vec::new())));
        }
        let indices: Option<Vec<usize>> = place.path.iter().map(|step| self.step(step, &place.root)).collect();
        let indices = indices.ok_or_else(|| refused("an index that is no literal"))?;
        let value = self.values.get_mut(&place.root).ok_or_else(|| refused("a variable that cannot be followed"))?;
        let found = indices.into_iter().try_fold(value, |value, index| match value {
            Value::Parts(parts) => parts.get_mut(index),
            Value::Scalar(_) => None,
        });
        found.ok_or_else(|| refused("a part that does not exist"))
    }

    /// Which part a step leads to.
    fn step(&self, step: &Projection, root: &Var) -> Option<usize> {
        match step {
            Projection::Field(name) => match (name.as_str(), &self.vars[*root].ty) {
                ("x", Ty::Matrix(_)) => Some(0),
                ("y", Ty::Matrix(_)) => Some(1),
                ("z", Ty::Matrix(_)) => Some(2),
                ("w", Ty::Matrix(_)) => Some(3),
                (name, _) => name.parse().ok(),
            },
            Projection::Index(index) => match pair(index, &self.integers) {
                Some((at, 0)) | Some((0, at)) => usize::try_from(at).ok(),
                Some(_) => None,
                None => integer(index, &self.integers).and_then(|index| usize::try_from(index).ok()),
            },
            _ => None,
        }
    }
}
