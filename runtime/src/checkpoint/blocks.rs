//! The schedule with a state at every `k`-th step.

use core::iter::FusedIterator;
use core::ops::Range;

/// The blocks of `every` steps of which a loop of `steps` steps consists, the last of which may be shorter.
///
/// The forward sweep keeps the state at the start of each; the reverse sweep takes the blocks from the last to the first, runs
/// each again from there and reverses it. With `every` near the square root of `steps` both the states and what one block
/// computes take memory in proportion to that root.
///
/// # Panics
/// If `every` is zero.
///
/// ```
/// let blocks: Vec<_> = chainrule::checkpoint::blocks(7, 3).rev().collect();
/// assert_eq!(blocks, [6..7, 3..6, 0..3]);
/// ```
#[inline]
pub fn blocks(steps: usize, every: usize) -> Blocks {
    assert!(every > 0, "a block has at least one step");
    Blocks { steps, every, left: 0..steps.div_ceil(every) }
}

/// The blocks of [`blocks()`].
#[derive(Clone, Debug)]
pub struct Blocks {
    steps: usize,
    every: usize,
    left: Range<usize>,
}

impl Blocks {
    fn block(&self, index: usize) -> Range<usize> {
        let start = index * self.every;
        start..self.steps.min(start.saturating_add(self.every))
    }
}

impl Iterator for Blocks {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        self.left.next().map(|index| self.block(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl DoubleEndedIterator for Blocks {
    #[inline]
    fn next_back(&mut self) -> Option<Range<usize>> {
        self.left.next_back().map(|index| self.block(index))
    }
}

impl ExactSizeIterator for Blocks {}

impl FusedIterator for Blocks {}
