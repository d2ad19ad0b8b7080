//! Sparse Jacobians.

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;

use super::pattern::pattern;
use super::values::{Colored, with_values};
use super::{ColumnColoring, ColumnSet, Error, Pushed, Several};
use crate::directions::Along;
use crate::real::Real;

/// The Jacobian with the pattern that it has at this point.
pub fn jacobian<T: Real + Scalar, V: Along<ColumnSet> + Along<Several<T>>>(
    push_sets: impl FnMut(&mut dyn FnMut() -> ColumnSet) -> Pushed<ColumnSet, V>,
    push: impl FnMut(&mut dyn FnMut() -> Several<T>) -> Pushed<Several<T>, V>,
) -> CscMatrix<T> {
    match colored(&ColumnColoring::of(pattern(push_sets)), false, push) {
        Ok(jacobian) => jacobian,
        Err(error) => panic!("a value has changed its shape: {error}"),
    }
}

/// The Jacobian with a pattern that was taken elsewhere.
///
/// # Errors
/// If the pattern has another shape, or lacks an entry.
pub fn jacobian_colored<T: Real + Scalar, V: Along<Several<T>>>(
    coloring: &ColumnColoring,
    push: impl FnMut(&mut dyn FnMut() -> Several<T>) -> Pushed<Several<T>, V>,
) -> Result<CscMatrix<T>, Error> {
    colored(coloring, true, push)
}

fn colored<T: Real + Scalar, V: Along<Several<T>>>(
    coloring: &ColumnColoring,
    checked: bool,
    mut push: impl FnMut(&mut dyn FnMut() -> Several<T>) -> Pushed<Several<T>, V>,
) -> Result<CscMatrix<T>, Error> {
    let (pattern, color_of) = (coloring.pattern(), coloring.color_of());
    let push = |seed: &mut dyn FnMut() -> Several<T>, each: &mut dyn FnMut(&Several<T>)| {
        V::components(&push(seed).1, each);
    };
    let sums = Colored::push(pattern, color_of, coloring.colors(), checked, push)?;
    let columns = color_of.iter().enumerate();
    let values = columns.flat_map(|(column, &color)| {
        let sums = &sums;
        pattern.lane(column).iter().map(move |&row| sums.at(row, color))
    });
    let jacobian = with_values(pattern.clone(), values.collect());
    if checked {
        sums.check(&jacobian)?;
    }
    Ok(jacobian)
}
