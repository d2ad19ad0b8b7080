//! The binomial schedule, which runs the fewest steps again for a given number of states in memory.

use super::Action;
use alloc::vec::Vec;

/// The schedule for `steps` steps with at most `snapshots` states in memory, that of the start included.
///
/// It advances [`forward_steps`] times, which no other schedule undercuts, and reverses every step once.
///
/// # Panics
/// If there are steps and `snapshots` is zero.
///
/// # Reference
/// Griewank & Walther, Algorithm 799, 2000.
#[inline]
pub fn revolve(steps: usize, snapshots: usize) -> Revolve {
    assert!(snapshots > 0 || steps == 0, "to go back takes at least one snapshot, that of the start");
    Revolve { snapshots, kept: Vec::new(), present: 0, left: steps }
}

/// The number of steps that [`revolve()`] runs only to arrive at another state,
/// `r l - C(s + r, r - 1)` for `l` steps and `s` snapshots, where `C(s + r - 1, s) < l <= C(s + r, s)`.
///
/// The run of each step that is reversed directly afterwards is not counted: there are always `l` of them.
/// 100 steps with 5 snapshots take 316.
///
/// # Panics
/// As [`revolve()`].
///
/// # Reference
/// Griewank & Walther, Algorithm 799, 2000, proposition 1.
pub fn forward_steps(steps: usize, snapshots: usize) -> usize {
    assert!(snapshots > 0 || steps == 0, "to go back takes at least one snapshot, that of the start");
    if steps < 2 {
        return 0;
    }
    let repeats = repetitions(steps, snapshots);
    let (steps, snapshots) = (steps as u128, snapshots as u128);
    let spared = binomial(snapshots + repeats, repeats - 1);
    usize::try_from(repeats.saturating_mul(steps).saturating_sub(spared)).unwrap_or(usize::MAX)
}

/// The actions of [`revolve()`].
#[derive(Clone, Debug)]
pub struct Revolve {
    snapshots: usize,
    /// The steps whose states are kept, in ascending order.
    kept: Vec<usize>,
    /// The step of the present state.
    present: usize,
    /// The steps that are not reversed yet are the first ones, `0..left`.
    left: usize,
}

impl Iterator for Revolve {
    type Item = Action;

    fn next(&mut self) -> Option<Action> {
        let last = self.left.checked_sub(1)?;
        if self.present > last {
            // the present state lies behind the steps that are left
            while self.kept.last().is_some_and(|kept| *kept > last) {
                self.kept.pop();
            }
            self.present = self.kept.last().copied().unwrap_or(0);
            return Some(Action::Restore { step: self.present });
        }
        let step = self.present;
        if step == last {
            self.left = last;
            // the state of a step that has been reversed is never asked for
            self.present = last + 1;
            return Some(Action::Reverse { step });
        }
        let is_kept = self.kept.last() == Some(&step);
        let free = self.snapshots - self.kept.len();
        if !is_kept && free > 0 {
            self.kept.push(step);
            return Some(Action::Store { step });
        }
        // the snapshot here serves the steps from here
        self.present += if is_kept { advance(self.left - step, free + 1) } else { last - step };
        Some(Action::Advance { from: step, to: self.present })
    }
}

/// How far to run from a state that is kept to where the next one is kept, for `steps` steps from here with `snapshots`
/// states, the one here included.
fn advance(steps: usize, snapshots: usize) -> usize {
    if snapshots == 1 {
        return steps - 1;
    }
    let repeats = repetitions(steps, snapshots);
    // the first part may be as long as one repetition less can serve, the second as one snapshot less can
    let states = snapshots as u128;
    let first = binomial(states + repeats - 1, states);
    let second = (steps as u128).saturating_sub(binomial(states + repeats - 2, states - 1));
    usize::try_from(first.min(second)).unwrap_or(usize::MAX).clamp(1, steps - 1)
}

/// The smallest number of repetitions `r` such that `C(s + r, s)` steps or more can be reversed where no step is run more often
/// than that.
fn repetitions(steps: usize, snapshots: usize) -> u128 {
    let mut repeats = 1;
    while binomial(snapshots as u128 + repeats, repeats) < steps as u128 {
        repeats += 1;
    }
    repeats
}

/// `C(n, k)`, or the largest number.
fn binomial(n: u128, k: u128) -> u128 {
    let k = k.min(n - k);
    let mut product: u128 = 1;
    for i in 1..=k {
        match product.checked_mul(n - k + i) {
            Some(next) => product = next / i,
            None => return u128::MAX,
        }
    }
    product
}
