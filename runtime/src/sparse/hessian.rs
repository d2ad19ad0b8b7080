//! Sparse Hessians.

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;

use super::pattern::symmetric_pattern;
use super::values::{Colored, with_values};
use super::{ColumnSet, Error, FEW, Few, Many, StarColoring};
use crate::directions::Lanes;
use crate::real::Real;

/// The Hessian with the pattern that it has at this point.
pub fn hessian<T: Real + Scalar>(
    push_sets: impl FnMut(&mut dyn FnMut() -> ColumnSet, &mut dyn FnMut(&ColumnSet)),
    push_few: impl FnMut(&mut dyn FnMut() -> Few<T>, &mut dyn FnMut(&Few<T>)),
    push_many: impl FnMut(&mut dyn FnMut() -> Many<T>, &mut dyn FnMut(&Many<T>)),
) -> CscMatrix<T> {
    let coloring = StarColoring::of(symmetric_pattern(push_sets));
    match colored(&coloring, false, push_few, push_many) {
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
    push_few: impl FnMut(&mut dyn FnMut() -> Few<T>, &mut dyn FnMut(&Few<T>)),
    push_many: impl FnMut(&mut dyn FnMut() -> Many<T>, &mut dyn FnMut(&Many<T>)),
) -> Result<CscMatrix<T>, Error> {
    colored(coloring, true, push_few, push_many)
}

fn colored<T: Real + Scalar>(
    coloring: &StarColoring,
    checked: bool,
    push_few: impl FnMut(&mut dyn FnMut() -> Few<T>, &mut dyn FnMut(&Few<T>)),
    push_many: impl FnMut(&mut dyn FnMut() -> Many<T>, &mut dyn FnMut(&Many<T>)),
) -> Result<CscMatrix<T>, Error> {
    match coloring.colors() + usize::from(checked) <= FEW {
        true => by_lanes(coloring, checked, push_few),
        false => by_lanes(coloring, checked, push_many),
    }
}

fn by_lanes<T: Real + Scalar, const N: usize>(
    coloring: &StarColoring,
    checked: bool,
    push: impl FnMut(&mut dyn FnMut() -> Lanes<T, N>, &mut dyn FnMut(&Lanes<T, N>)),
) -> Result<CscMatrix<T>, Error> {
    let (pattern, color_of) = (coloring.pattern(), coloring.color_of());
    let sums = Colored::push(pattern, color_of, coloring.colors(), checked, push)?;
    let mut values = Vec::with_capacity(pattern.nnz());
    for column in 0..pattern.major_dim() {
        values.extend(pattern.lane(column).iter().map(|&row| {
            // one of the two sums has no other term, and both entries are read off the same one
            let (low, high) = (row.min(column), row.max(column));
            match coloring.is_alone(low, high) {
                true => sums.at(low, color_of[high]),
                false => sums.at(high, color_of[low]),
            }
        }));
    }
    let hessian = with_values(pattern.clone(), values);
    if checked {
        sums.check(&hessian)?;
    }
    Ok(hessian)
}
