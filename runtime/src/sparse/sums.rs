//! Derivatives of a row along several sums of columns.

use crate::directions::{Columns, Direction, Lanes, Traced};
use crate::real::Real;

/// Several derivatives, side by side.
pub(super) trait Sums<T>: Direction<T> {
    /// How many.
    const LANES: usize;

    fn lanes(&self) -> &[T];

    fn lanes_mut(&mut self) -> &mut [T];

    /// Notes that they depend on a column. With more columns than can be told apart, some are taken for one.
    fn mark(&mut self, _column: usize) {}

    /// One in a lane, zero in the others; zero in all if there is no such lane.
    fn unit(lane: usize) -> Self
    where
        T: Real,
    {
        let mut unit = Self::ZERO;
        if let Some(one) = unit.lanes_mut().get_mut(lane) {
            *one = T::constant(1.0);
        }
        unit
    }
}

impl<T: Real, const N: usize> Sums<T> for Lanes<T, N> {
    const LANES: usize = N;

    #[inline(always)]
    fn lanes(&self) -> &[T] {
        &self.0
    }

    #[inline(always)]
    fn lanes_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T: Real, const N: usize, const W: usize> Sums<T> for Traced<Lanes<T, N>, W> {
    const LANES: usize = N;

    #[inline(always)]
    fn lanes(&self) -> &[T] {
        &self.tangent.0
    }

    #[inline(always)]
    fn lanes_mut(&mut self) -> &mut [T] {
        &mut self.tangent.0
    }

    fn mark(&mut self, column: usize) {
        // never none: what depends on no column is not calculated
        self.columns = Columns::one(column % Columns::<W>::COUNT);
    }
}
