//! Loops with a stride, run backwards by the reverse sweep.

use core::iter::{Rev, Skip, StepBy};

/// The iterations of `range.step_by(step)`, the last first: `step_by(step).rev()`, also for ranges of `i64`, `u64` and
/// for `a..=b`, of which the standard library cannot tell in advance how many steps they have.
///
/// # Panics
/// If `step` is zero.
#[inline]
pub fn backwards<R: DoubleEndedIterator + Clone>(range: R, step: usize) -> StepBy<Rev<R>> {
    let last = range.clone().count().saturating_sub(1);
    let mut backwards = range.rev();
    // What lies behind the last step is no iteration.
    if let Some(position) = (last % step).checked_sub(1) {
        backwards.nth(position);
    }
    backwards.step_by(step)
}

/// The last `count` iterations of a loop that, run backwards, is `all`: those that a loop has made which was left early.
///
/// # Panics
/// If there are fewer iterations than `count`, which generated code never asks for.
#[inline]
pub fn last<I: Iterator + Clone>(all: I, count: usize) -> Skip<I> {
    let skipped = all.clone().count() - count;
    all.skip(skipped)
}

#[cfg(test)]
mod tests {
    use super::backwards;
    use alloc::vec::Vec;

    #[test]
    fn it_is_the_reverse_of_step_by() {
        for end in 0..12u64 {
            for step in 1..6 {
                let forwards: Vec<u64> = (2..end).step_by(step).collect();
                let reversed: Vec<u64> = backwards(2..end, step).collect();
                assert!(forwards.iter().rev().eq(&reversed), "2..{end} by {step}: {reversed:?}");
                let forwards: Vec<u64> = (2..=end).step_by(step).collect();
                let reversed: Vec<u64> = backwards(2..=end, step).collect();
                assert!(forwards.iter().rev().eq(&reversed), "2..={end} by {step}: {reversed:?}");
            }
        }
    }
}
