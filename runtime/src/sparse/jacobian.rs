//! Sparse Jacobians.

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;

use super::coloring::fewer_colors_of_rows;
use super::pattern::pattern;
use super::sums::Sums;
use super::values::{Colored, with_values};
use super::{ColumnColoring, ColumnSet, Error, FEW, Few, Many, Pushed};
use crate::directions::{Along, Lanes, Pull};
use crate::real::Real;

/// The Jacobian with the pattern that it has at this point.
pub fn jacobian<T: Real + Scalar, V: Along<ColumnSet> + Along<Few<T>> + Along<Many<T>>>(
    push_sets: impl FnMut(&mut dyn FnMut() -> ColumnSet) -> Pushed<ColumnSet, V>,
    push_few: impl FnMut(&mut dyn FnMut() -> Few<T>) -> Pushed<Few<T>, V>,
    push_many: impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
) -> CscMatrix<T> {
    let coloring = ColumnColoring::of(pattern(push_sets));
    match colored(&coloring, false, push_few, push_many) {
        Ok(jacobian) => jacobian,
        Err(error) => panic!("a value has changed its shape: {error}"),
    }
}

/// The same, by reverse mode where the rows need fewer colours than the columns.
pub fn jacobian_by_fewer<T: Real + Scalar, V: Along<ColumnSet> + Along<Few<T>> + Along<Many<T>>>(
    push_sets: impl FnMut(&mut dyn FnMut() -> ColumnSet) -> Pushed<ColumnSet, V>,
    push_few: impl FnMut(&mut dyn FnMut() -> Few<T>) -> Pushed<Few<T>, V>,
    push_many: impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
    pull_few: impl FnOnce(&mut dyn FnMut(usize, Pull<'_, Few<T>>)) -> V,
    pull_many: impl FnOnce(&mut dyn FnMut(usize, Pull<'_, Many<T>>)) -> V,
) -> CscMatrix<T> {
    let columns = ColumnColoring::of(pattern(push_sets));
    let by_either = match fewer_colors_of_rows(&columns) {
        Some(rows) if rows.colors() <= FEW => by_rows(&columns, &rows, pull_few),
        Some(rows) => by_rows(&columns, &rows, pull_many),
        None => colored(&columns, false, push_few, push_many),
    };
    match by_either {
        Ok(jacobian) => jacobian,
        Err(error) => panic!("a value has changed its shape: {error}"),
    }
}

/// From sums of rows: an entry stands alone in its column.
fn by_rows<T: Real + Scalar, V, const N: usize>(
    columns: &ColumnColoring,
    rows: &ColumnColoring,
    run: impl FnOnce(&mut dyn FnMut(usize, Pull<'_, Lanes<T, N>>)) -> V,
) -> Result<CscMatrix<T>, Error> {
    let (pattern, color_of) = (columns.pattern(), rows.color_of());
    let mut sums = None;
    run(&mut |_, pull| {
        sums = Some(Colored::push(rows.pattern(), color_of, rows.colors(), false, |seed, each| pull(seed, each)));
    });
    let shape = (pattern.minor_dim(), pattern.major_dim());
    let sums = sums.unwrap_or(Err(Error::Shape { pattern: shape, found: (0, 0) }))?;
    let mut values = Vec::with_capacity(pattern.nnz());
    for column in 0..pattern.major_dim() {
        values.extend(pattern.lane(column).iter().map(|&row| sums.at(column, color_of[row])));
    }
    Ok(with_values(pattern.clone(), values))
}

/// The Jacobian with a pattern that was taken elsewhere.
///
/// # Errors
/// If the pattern has another shape, or lacks an entry.
pub fn jacobian_colored<T: Real + Scalar, V: Along<Few<T>> + Along<Many<T>>>(
    coloring: &ColumnColoring,
    push_few: impl FnMut(&mut dyn FnMut() -> Few<T>) -> Pushed<Few<T>, V>,
    push_many: impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
) -> Result<CscMatrix<T>, Error> {
    colored(coloring, true, push_few, push_many)
}

fn colored<T: Real + Scalar, V: Along<Few<T>> + Along<Many<T>>>(
    coloring: &ColumnColoring,
    checked: bool,
    push_few: impl FnMut(&mut dyn FnMut() -> Few<T>) -> Pushed<Few<T>, V>,
    push_many: impl FnMut(&mut dyn FnMut() -> Many<T>) -> Pushed<Many<T>, V>,
) -> Result<CscMatrix<T>, Error> {
    match coloring.colors() + usize::from(checked) <= FEW {
        true => by_lanes(coloring, checked, push_few),
        false => by_lanes(coloring, checked, push_many),
    }
}

pub(super) fn by_lanes<T: Real + Scalar, V: Along<S>, S: Sums<T>>(
    coloring: &ColumnColoring,
    checked: bool,
    mut push: impl FnMut(&mut dyn FnMut() -> S) -> Pushed<S, V>,
) -> Result<CscMatrix<T>, Error> {
    let (pattern, color_of) = (coloring.pattern(), coloring.color_of());
    let push = |seed: &mut dyn FnMut() -> S, each: &mut dyn FnMut(&S)| {
        V::components(&push(seed).1, each);
    };
    Colored::push(pattern, color_of, coloring.colors(), checked, push)?.matrix(coloring)
}
