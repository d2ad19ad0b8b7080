//! Derivatives along the sums of the columns of a colour, and the matrices that are read off them.

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::pattern::SparsityPattern;

use super::Error;
use crate::directions::{Direction, Lanes};
use crate::real::Real;

/// For each row its derivatives along the sum of the columns of each colour, and where they are checked along all
/// columns, each with a weight.
pub(super) struct Colored<T, const N: usize> {
    /// One after the other what a run gave, row by row.
    runs: Vec<Lanes<T, N>>,
    rows: usize,
    colors: usize,
}

impl<T: Real + Scalar, const N: usize> Colored<T, N> {
    /// Pushes a direction for each colour, and one more if they are to be checked.
    ///
    /// # Errors
    /// If the pattern has another shape.
    pub(super) fn push(
        pattern: &SparsityPattern,
        color_of: &[usize],
        colors: usize,
        checked: bool,
        mut push: impl FnMut(&mut dyn FnMut() -> Lanes<T, N>, &mut dyn FnMut(&Lanes<T, N>)),
    ) -> Result<Self, Error> {
        let count = colors + usize::from(checked);
        let rows = pattern.minor_dim();
        // once also without a colour, to see the shape
        let starts = (0..count.max(1)).step_by(N);
        let mut runs = Vec::with_capacity(starts.len() * rows);
        for first in starts {
            let lane_of_check = if checked { colors.checked_sub(first) } else { None };
            let (mut column, mut row) = (0, 0);
            let mut seed = || {
                let color = color_of.get(column).and_then(|color| color.checked_sub(first));
                let mut seed = color.map_or(Lanes::ZERO, Lanes::unit);
                if let Some(lane) = lane_of_check.and_then(|lane| seed.0.get_mut(lane)) {
                    *lane = T::constant(weight(column));
                }
                column += 1;
                seed
            };
            push(&mut seed, &mut |lanes| {
                runs.push(*lanes);
                row += 1;
            });
            let (shape, found) = ((rows, pattern.major_dim()), (row, column));
            if shape != found {
                return Err(Error::Shape { pattern: shape, found });
            }
        }
        Ok(Self { runs, rows, colors })
    }

    /// The derivative of a row along the columns of a colour.
    pub(super) fn at(&self, row: usize, color: usize) -> T {
        self.runs[color / N * self.rows + row].0[color % N]
    }

    /// Compares the derivatives along all columns with what the entries give.
    ///
    /// # Errors
    /// If the pattern lacks an entry.
    pub(super) fn check(&self, matrix: &CscMatrix<T>) -> Result<(), Error> {
        let (mut sums, mut scales) = (vec![0.0; self.rows], vec![0.0; self.rows]);
        for (column, entries) in matrix.col_iter().enumerate() {
            let weight = weight(column);
            for (&row, value) in entries.row_indices().iter().zip(entries.values()) {
                let term = value.to_f64_lossy() * weight;
                sums[row] += term;
                scales[row] += term.abs();
            }
        }
        let tolerance = T::REAL_EPSILON.to_f64_lossy().sqrt();
        for (row, (sum, scale)) in sums.into_iter().zip(scales).enumerate() {
            let expected = self.at(row, self.colors).to_f64_lossy();
            let differs = (expected - sum).abs() > tolerance * (scale + expected.abs());
            // next to an entry that is infinite or NaN nothing can be compared
            if sum.is_finite() && (differs || !expected.is_finite()) {
                return Err(Error::Pattern { row });
            }
        }
        Ok(())
    }
}

/// The matrix with this pattern and these values, column by column.
///
/// # Panics
/// If there are not as many values as entries.
pub fn with_values<T: Scalar>(pattern: SparsityPattern, values: Vec<T>) -> CscMatrix<T> {
    match CscMatrix::try_from_pattern_and_values(pattern, values) {
        Ok(matrix) => matrix,
        Err(error) => panic!("one value for each entry: {error}"),
    }
}

/// A number between 0.5 and 1.5, another for each column.
fn weight(column: usize) -> f64 {
    // multiples of the golden ratio fill the interval evenly
    let turns = (column as f64 + 1.0) * 0.618_033_988_749_894_9;
    0.5 + turns - turns.floor()
}
