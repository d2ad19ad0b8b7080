//! Derivatives along the sums of the columns of a colour, and the matrices that are read off them.

use core::marker::PhantomData;
use core::ops::Range;
use std::borrow::Cow;

use nalgebra::Scalar;
use nalgebra_sparse::CscMatrix;
use nalgebra_sparse::pattern::SparsityPattern;

use super::sums::Sums;
use super::{ColumnColoring, Error};
use crate::real::Real;

/// For each row its derivatives along the sum of the columns of each colour, and where they are checked along all
/// columns, each with a weight.
pub(super) struct Colored<'r, T, S: Clone> {
    /// What each run gave, row by row.
    pub runs: Vec<Cow<'r, [S]>>,
    /// In which run, and in which lane of it, each colour is.
    pub places: Vec<(usize, usize)>,
    /// Where columns are that are checked, in which run and lane.
    pub checks: Vec<(Range<usize>, (usize, usize))>,
    /// Columns that have a colour of their own: where they have no entry, there has to be zero.
    pub alone: Vec<Range<usize>>,
    pub float: PhantomData<T>,
}

impl<T: Real + Scalar, S: Sums<T>> Colored<'_, T, S> {
    /// Pushes a direction for each colour, and one more if they are to be checked.
    ///
    /// # Errors
    /// If the pattern has another shape.
    pub(super) fn push(
        pattern: &SparsityPattern,
        color_of: &[usize],
        colors: usize,
        checked: bool,
        mut push: impl FnMut(&mut dyn FnMut() -> S, &mut dyn FnMut(&S)),
    ) -> Result<Self, Error> {
        let count = colors + usize::from(checked);
        let rows = pattern.minor_dim();
        // once also without a colour, to see the shape
        let starts = (0..count.max(1)).step_by(S::LANES);
        let mut runs = Vec::with_capacity(starts.len());
        for first in starts {
            let lane_of_check = if checked { colors.checked_sub(first) } else { None };
            let mut column = 0;
            let mut seed = || {
                let color = color_of.get(column).and_then(|color| color.checked_sub(first));
                let mut seed = color.map_or(S::ZERO, S::unit);
                if let Some(lane) = lane_of_check.and_then(|lane| seed.lanes_mut().get_mut(lane)) {
                    *lane = T::constant(weight(column));
                }
                seed.mark(column);
                column += 1;
                seed
            };
            let mut sums = Vec::with_capacity(rows);
            push(&mut seed, &mut |row| sums.push(*row));
            let (shape, found) = ((rows, pattern.major_dim()), (sums.len(), column));
            if shape != found {
                return Err(Error::Shape { pattern: shape, found });
            }
            runs.push(Cow::Owned(sums));
        }
        let mut places: Vec<(usize, usize)> = (0..count).map(|color| (color / S::LANES, color % S::LANES)).collect();
        let check = if checked { places.pop() } else { None };
        let checks = check.map(|place| (0..pattern.major_dim(), place)).into_iter().collect();
        Ok(Self { runs, places, checks, alone: Vec::new(), float: PhantomData })
    }

    /// The derivative of a row along the columns of a colour.
    pub(super) fn at(&self, row: usize, color: usize) -> T {
        let (run, lane) = self.places[color];
        self.runs[run][row].lanes()[lane]
    }

    /// What a run gave in a lane, row by row.
    fn along(&self, (run, lane): (usize, usize)) -> impl Iterator<Item = T> + '_ {
        self.runs[run].iter().map(move |sums| sums.lanes()[lane])
    }

    /// The matrix whose columns these are.
    ///
    /// # Errors
    /// If the pattern lacks an entry, and that is checked.
    pub(super) fn matrix(&self, coloring: &ColumnColoring) -> Result<CscMatrix<T>, Error> {
        let pattern = coloring.pattern();
        let mut values = Vec::with_capacity(pattern.nnz());
        for (column, &color) in coloring.color_of().iter().enumerate() {
            let (run, lane) = self.places[color];
            // a lane that the compiler sees to be one
            let (sums, lane): (&[S], _) = (&self.runs[run], lane.min(S::LANES - 1));
            values.extend(pattern.lane(column).iter().map(|&row| sums[row].lanes()[lane]));
        }
        let matrix = with_values(pattern.clone(), values);
        self.check(&matrix)?;
        for columns in &self.alone {
            self.check_zeros(&matrix, columns.clone(), coloring.color_of())?;
        }
        Ok(matrix)
    }

    /// Compares the derivatives along all columns with what the entries give.
    ///
    /// # Errors
    /// If the pattern lacks an entry.
    pub(super) fn check(&self, matrix: &CscMatrix<T>) -> Result<(), Error> {
        let tolerance = T::REAL_EPSILON.to_f64_lossy().sqrt();
        let (offsets, rows, values) = matrix.csc_data();
        for (columns, place) in &self.checks {
            // the sum of a row, and that of its magnitudes
            let mut sums = vec![(0.0, 0.0); matrix.nrows()];
            for column in columns.clone() {
                let (weight, entries) = (weight(column), offsets[column]..offsets[column + 1]);
                for (&row, value) in rows[entries.clone()].iter().zip(&values[entries]) {
                    let term = value.to_f64_lossy() * weight;
                    let (sum, scale) = &mut sums[row];
                    (*sum, *scale) = (*sum + term, *scale + term.abs());
                }
            }
            for (row, ((sum, scale), found)) in sums.into_iter().zip(self.along(*place)).enumerate() {
                let found = found.to_f64_lossy();
                let differs = (found - sum).abs() > tolerance * (scale + found.abs());
                // next to an entry that is infinite or NaN nothing can be compared
                if sum.is_finite() && (differs || !found.is_finite()) {
                    return Err(Error::Pattern { row });
                }
            }
        }
        Ok(())
    }

    /// Of columns that have a lane each: where there is no entry, there has to be zero.
    fn check_zeros(&self, matrix: &CscMatrix<T>, columns: Range<usize>, color_of: &[usize]) -> Result<(), Error> {
        let (offsets, rows, values) = matrix.csc_data();
        let entries = |column: usize| offsets[column]..offsets[column + 1];
        if columns.clone().all(|column| entries(column).len() == matrix.nrows()) {
            return Ok(());
        }
        // next to an entry that is infinite or NaN nothing can be compared
        let mut finite = vec![true; matrix.nrows()];
        for column in columns.clone() {
            for (&row, value) in rows[entries(column)].iter().zip(&values[entries(column)]) {
                finite[row] &= value.to_f64_lossy().is_finite();
            }
        }
        for column in columns {
            let mut rows = rows[entries(column)].iter().copied().peekable();
            for (row, found) in self.along(self.places[color_of[column]]).enumerate() {
                if rows.next_if_eq(&row).is_none() && found != T::REAL_ZERO && finite[row] {
                    return Err(Error::Pattern { row });
                }
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
pub(super) fn weight(column: usize) -> f64 {
    // multiples of the golden ratio fill the interval evenly
    let turns = (column as f64 + 1.0) * 0.618_033_988_749_894_9;
    0.5 + turns - turns.floor()
}
