//! What a caller that eliminates a graph asks of the Jacobian of its callee.

use nalgebra::SMatrix;

/// A Jacobian with so many columns.
#[diagnostic::on_unimplemented(
    message = "the Jacobian of this function has no column for some floats of the arguments",
    label = "`jacobian = cross_country` goes through this call",
    note = "a callee is differentiated by all of its parameters: leave `wrt(..)` and `#[no_diff]` out there, or write `jacobian = auto` here"
)]
pub trait ColumnForEach<const COLUMNS: usize> {}

impl<T, const ROWS: usize, const COLUMNS: usize> ColumnForEach<COLUMNS> for SMatrix<T, ROWS, COLUMNS> {}

/// Asks rustc for it.
#[inline(always)]
pub fn column_for_each<const COLUMNS: usize, J: ColumnForEach<COLUMNS>>(_: &J) {}
