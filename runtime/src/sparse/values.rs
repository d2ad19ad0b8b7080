//! Derivatives along the sums of the columns of a colour, and the matrices that are read off them.

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::pattern::SparsityPattern;

use super::{Error, LANES, Several};
use crate::directions::Direction;
use crate::real::Real;

/// For each row its derivatives along the sum of the columns of each colour, and where they are checked along all
/// columns, each with a weight.
pub(super) struct Colored<T> {
    rows: Vec<Vec<Several<T>>>,
    colors: usize,
}

impl<T: Real + Scalar> Colored<T> {
    /// Pushes a direction for each colour, and one more if they are to be checked.
    ///
    /// # Errors
    /// If the pattern has another shape.
    pub(super) fn push(
        pattern: &SparsityPattern,
        color_of: &[usize],
        colors: usize,
        checked: bool,
        mut push: impl FnMut(&mut dyn FnMut() -> Several<T>, &mut dyn FnMut(&Several<T>)),
    ) -> Result<Self, Error> {
        let count = colors + usize::from(checked);
        let mut rows: Vec<Vec<Several<T>>> = vec![Vec::with_capacity(count.div_ceil(LANES)); pattern.minor_dim()];
        // once also without a colour, to see the shape
        for first in (0..count.max(1)).step_by(LANES) {
            let lane_of_check = if checked { colors.checked_sub(first) } else { None };
            let (mut column, mut row) = (0, 0);
            let mut seed = || {
                let color = color_of.get(column).and_then(|color| color.checked_sub(first));
                let mut seed = color.map_or(Several::ZERO, Several::unit);
                if let Some(lane) = lane_of_check.and_then(|lane| seed.0.get_mut(lane)) {
                    *lane = T::constant(weight(column));
                }
                column += 1;
                seed
            };
            push(&mut seed, &mut |lanes| {
                if let Some(values) = rows.get_mut(row) {
                    values.push(*lanes);
                }
                row += 1;
            });
            let (shape, found) = ((pattern.minor_dim(), pattern.major_dim()), (row, column));
            if shape != found {
                return Err(Error::Shape { pattern: shape, found });
            }
        }
        Ok(Self { rows, colors })
    }

    /// The derivative of a row along the columns of a colour.
    pub(super) fn at(&self, row: usize, color: usize) -> T {
        self.rows[row][color / LANES].0[color % LANES]
    }

    /// Compares the derivatives along all columns with what the entries give.
    ///
    /// # Errors
    /// If the pattern lacks an entry.
    pub(super) fn check(&self, matrix: &CscMatrix<T>) -> Result<(), Error> {
        let (mut sums, mut scales) = (vec![0.0; self.rows.len()], vec![0.0; self.rows.len()]);
        for (row, column, value) in matrix.triplet_iter() {
            let term = value.to_f64_lossy() * weight(column);
            sums[row] += term;
            scales[row] += term.abs();
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
