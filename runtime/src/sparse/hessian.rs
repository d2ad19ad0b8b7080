//! Sparse Hessians.

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;

use super::pattern::symmetric_pattern;
use super::values::{Colored, with_values};
use super::{ColumnSet, Error, Several, StarColoring};
use crate::real::Real;

/// The Hessian with the pattern that it has at this point.
pub fn hessian<T: Real + Scalar>(
    push_sets: impl FnMut(&mut dyn FnMut() -> ColumnSet, &mut dyn FnMut(&ColumnSet)),
    push: impl FnMut(&mut dyn FnMut() -> Several<T>, &mut dyn FnMut(&Several<T>)),
) -> CscMatrix<T> {
    match colored(&StarColoring::of(symmetric_pattern(push_sets)), false, push) {
        Ok(hessian) => hessian,
        Err(error) => panic!("a value has changed its shape: {error}"),
    }
}

/// The Hessian with a pattern that was taken elsewhere.
///
/// # Errors
/// If the pattern has another shape, or lacks an entry.
pub fn hessian_colored<T: Real + Scalar>(
    coloring: &StarColoring,
    push: impl FnMut(&mut dyn FnMut() -> Several<T>, &mut dyn FnMut(&Several<T>)),
) -> Result<CscMatrix<T>, Error> {
    colored(coloring, true, push)
}

fn colored<T: Real + Scalar>(
    coloring: &StarColoring,
    checked: bool,
    push: impl FnMut(&mut dyn FnMut() -> Several<T>, &mut dyn FnMut(&Several<T>)),
) -> Result<CscMatrix<T>, Error> {
    let (pattern, color_of) = (coloring.pattern(), coloring.color_of());
    let sums = Colored::push(pattern, color_of, coloring.colors(), checked, push)?;
    let columns = 0..pattern.major_dim();
    let values = columns.flat_map(|column| {
        let sums = &sums;
        pattern.lane(column).iter().map(move |&row| {
            // one of the two sums has no other term, and both entries are read off the same one
            let (low, high) = (row.min(column), row.max(column));
            match coloring.is_alone(low, high) {
                true => sums.at(low, color_of[high]),
                false => sums.at(high, color_of[low]),
            }
        })
    });
    let hessian = with_values(pattern.clone(), values.collect());
    if checked {
        sums.check(&hessian)?;
    }
    Ok(hessian)
}
