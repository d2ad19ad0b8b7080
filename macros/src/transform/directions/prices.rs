//! What a Jacobian costs in either mode, several directions at once.
//!
//! The unit is that of [`crate::analysis::work`]. A set of directions costs what they share, and as much as all its lanes,
//! needed or not.

use super::{Cotangents, Directions};
use crate::analysis::work::{Work, work_of};

/// The largest price that generated code calculates with.
const LARGEST: usize = 1000;

/// How many directions go at once, for so many columns or rows. A pushforward of eight costs about twice one of one; lanes
/// that nobody needs cost as much as the others, and two alone do not make up for what a set costs.
pub fn width_for(components: Option<usize>) -> usize {
    match components {
        Some(0..=2) => 1,
        Some(3..=4) => 4,
        _ => 8,
    }
}

/// The operations of both modes.
#[derive(Clone, Copy, Debug)]
pub struct Prices {
    columns: Work,
    forward_sweep: usize,
    rows: Work,
}

impl Prices {
    /// Counts them.
    pub fn of(directions: &Directions, cotangents: &Cotangents) -> Self {
        let sweeps = &cotangents.sweeps;
        Self {
            columns: directions.work,
            forward_sweep: work_of(&sweeps.vars, &sweeps.forward, sweeps.result.as_ref()).shared,
            rows: work_of(&sweeps.vars, &sweeps.reverse, None),
        }
    }

    /// One set of columns and one set of rows, of these widths, in proportion: small enough to be multiplied by any number of
    /// sets. The forward sweep has run by then.
    pub fn in_proportion(self, column_width: usize, row_width: usize) -> (usize, usize) {
        let (columns, rows) = (self.columns.of_set(column_width), self.rows.of_set(row_width));
        let scale = columns.max(rows).div_ceil(LARGEST).max(1);
        (columns.div_ceil(scale), rows.div_ceil(scale))
    }

    /// All columns, by forward mode.
    pub fn by_columns(self, columns: usize) -> usize {
        let width = width_for(Some(columns));
        self.columns.of_set(width).saturating_mul(columns.div_ceil(width))
    }

    /// All rows, by reverse mode, its forward sweep included.
    pub fn by_rows(self, rows: usize) -> usize {
        let width = width_for(Some(rows));
        self.rows.of_set(width).saturating_mul(rows.div_ceil(width)).saturating_add(self.forward_sweep)
    }
}
