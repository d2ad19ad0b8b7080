//! Which entries there are.

use nalgebra_sparse::pattern::SparsityPattern;

use super::{ColumnSet, Pushed};
use crate::directions::Along;

/// The pattern of a Jacobian, column by column, from pushforwards of sets of columns.
///
/// # Panics
/// If the function has another number of inputs or outputs in the next run.
pub fn pattern<V: Along<ColumnSet>>(
    mut push: impl FnMut(&mut dyn FnMut() -> ColumnSet) -> Pushed<ColumnSet, V>,
) -> SparsityPattern {
    let (rows, rows_of) = rows_of_columns(|seed, each| V::components(&push(seed).1, each));
    of_columns(rows, &rows_of)
}

/// The pattern of a Hessian. It is symmetric: where a row depends on a column, so does the column on the row.
///
/// # Panics
/// If the function has another number of inputs in the next run.
pub fn symmetric_pattern(
    push: impl FnMut(&mut dyn FnMut() -> ColumnSet, &mut dyn FnMut(&ColumnSet)),
) -> SparsityPattern {
    let (rows, mut rows_of) = rows_of_columns(push);
    for column in 0..rows_of.len() {
        for at in 0..rows_of[column].len() {
            let row = rows_of[column][at];
            rows_of[row].push(column);
        }
    }
    for rows in &mut rows_of {
        rows.sort_unstable();
        rows.dedup();
    }
    of_columns(rows, &rows_of)
}

/// The number of rows, and for each column the rows that depend on it, in ascending order.
fn rows_of_columns(
    mut push: impl FnMut(&mut dyn FnMut() -> ColumnSet, &mut dyn FnMut(&ColumnSet)),
) -> (usize, Vec<Vec<usize>>) {
    let (mut rows_of, mut first) = (Vec::new(), 0);
    loop {
        let (mut columns, mut rows) = (0_usize, Vec::new());
        let mut seed = || {
            let set = columns.checked_sub(first).map_or(ColumnSet::NONE, ColumnSet::one);
            columns += 1;
            set
        };
        push(&mut seed, &mut |set| rows.push(*set));
        rows_of.resize(columns, Vec::new());
        for (row, set) in rows.iter().enumerate() {
            set.for_each(|column| rows_of[first + column].push(row));
        }
        first += ColumnSet::COUNT;
        if first >= columns {
            return (rows.len(), rows_of);
        }
    }
}

/// The pattern with these rows in each column.
///
/// # Panics
/// If the rows of a column do not ascend, or one of them is not below `rows`.
pub fn of_columns(rows: usize, rows_of: &[impl AsRef<[usize]>]) -> SparsityPattern {
    let (mut offsets, mut entries) = (vec![0], Vec::new());
    for rows in rows_of {
        entries.extend_from_slice(rows.as_ref());
        offsets.push(entries.len());
    }
    match SparsityPattern::try_from_offsets_and_indices(rows_of.len(), rows, offsets, entries) {
        Ok(pattern) => pattern,
        Err(error) => panic!("a value has changed its shape: {error}"),
    }
}
