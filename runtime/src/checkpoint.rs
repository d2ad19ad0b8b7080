//! Snapshots of the state of a loop, for `#[checkpoint(every = k)]` and `#[checkpoint(binomial = s)]`.
//!
//! The reverse sweep of a loop of `l` steps wants the values of every step, the last first. Instead of keeping them all it may
//! keep a few copies of the state and run steps again. With at most `s` copies at a time, that of the start included,
//! the least number of steps that are run forward is
//!
//! `t(l, s) = r l - C(s + r, r - 1)`, where `r` is the least number with `C(s + r, s) ≥ l`,
//!
//! beside the one run of each step whose residuals the reverse sweep uses (A. Griewank, A. Walther, Algorithm 799: revolve, ACM
//! TOMS 26, 2000). `t(100, 5) = 316`. So `s ≈ log₂ l` copies cost about `log₂ l` runs: memory and time grow with the
//! logarithm only.

use alloc::vec::Vec;

/// Which steps a snapshot is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// Of every `k`-th one; the reverse sweep records the `k` steps behind it at once.
    Every(usize),
    /// Of at most so many at a time, where they save most; the reverse sweep records one step at a time.
    Binomial(usize),
}

/// What to do next in a loop with checkpoints.
///
/// The forward sweep asks [`stores`](Self::stores) once a step. The reverse sweep goes from block to block: it restores the
/// newest snapshot, runs [`advance`](Self::advance) steps, asking `stores` again, records and reverses
/// [`length`](Self::length) steps, and [`releases`](Self::releases) the snapshot if it was that of the block's start.
#[derive(Clone, Debug)]
pub struct Schedule {
    plan: Plan,
    /// How many steps are not reversed yet.
    left: usize,
    steps: usize,
    /// The steps of which there is a snapshot.
    kept: Vec<usize>,
    /// The step that comes next.
    position: usize,
    /// The next one to take a snapshot of.
    next: Option<usize>,
    /// The block that is being reversed.
    start: usize,
    end: usize,
}

impl Schedule {
    /// A snapshot of every `distance`-th step.
    ///
    /// # Panics
    /// If `distance` is zero.
    pub fn every(loop_steps: impl Iterator, distance: usize) -> Self {
        assert!(distance > 0, "`#[checkpoint(every = k)]` needs a `k` of at least 1");
        Self::new(Plan::Every(distance), loop_steps)
    }

    /// At most `snapshots` snapshots at a time, that of the start included.
    ///
    /// # Panics
    /// If `snapshots` is zero.
    pub fn binomial(loop_steps: impl Iterator, snapshots: usize) -> Self {
        assert!(snapshots > 0, "`#[checkpoint(binomial = s)]` needs an `s` of at least 1");
        Self::new(Plan::Binomial(snapshots), loop_steps)
    }

    fn new(plan: Plan, loop_steps: impl Iterator) -> Self {
        let steps = loop_steps.count();
        Self { plan, left: steps, steps, kept: Vec::new(), position: 0, next: Some(0), start: steps, end: steps }
    }

    /// Notes that a step is about to run forward; whether a snapshot is taken of the state before it. Of the last step of
    /// all the forward sweep has one more, which the reverse sweep starts from.
    #[inline]
    pub fn stores(&mut self) -> bool {
        let at = self.position;
        self.position += 1;
        if self.next == Some(at) {
            self.kept.push(at);
            self.next = self.behind(at);
            return true;
        }
        let last = matches!(self.plan, Plan::Binomial(_)) && at + 1 == self.left && self.left == self.steps;
        if last {
            self.kept.push(at);
        }
        last
    }

    /// Where the snapshot behind that of a step is taken.
    fn behind(&self, at: usize) -> Option<usize> {
        match self.plan {
            Plan::Every(distance) => Some(at + distance),
            Plan::Binomial(snapshots) => {
                let free = snapshots.saturating_sub(self.kept.len());
                let length = self.left.saturating_sub(at);
                (free > 0 && length > 1).then(|| at + split(length, free + 1))
            }
        }
    }

    /// Goes to the next block of steps to reverse; `false` if there is none.
    pub fn next_block(&mut self) -> bool {
        let Some(newest) = self.kept.last().copied().filter(|_| self.left > 0) else { return false };
        self.end = self.left;
        self.start = match self.plan {
            Plan::Every(_) => newest,
            Plan::Binomial(_) => self.left - 1,
        };
        self.position = newest;
        self.next = self.behind(newest);
        true
    }

    /// The step of the newest snapshot.
    #[inline]
    pub fn restored(&self) -> usize {
        self.kept.last().copied().unwrap_or_default()
    }

    /// How many steps run forward from there to the block.
    #[inline]
    pub fn advance(&self) -> usize {
        self.start - self.restored()
    }

    /// The first step of the block.
    #[inline]
    pub fn start(&self) -> usize {
        self.start
    }

    /// How many steps the block has.
    #[inline]
    pub fn length(&self) -> usize {
        self.end - self.start
    }

    /// How many steps are behind the block, which the reverse sweep has done.
    #[inline]
    pub fn done(&self) -> usize {
        self.steps - self.end
    }

    /// Notes that the block is reversed; whether the newest snapshot is not needed any more.
    pub fn releases(&mut self) -> bool {
        self.left = self.start;
        let releases = self.kept.last() == Some(&self.start);
        if releases {
            self.kept.pop();
        }
        releases
    }
}

/// `C(s + r, s)`, the number of steps that can be reversed with `s` snapshots if none runs more than `r` times forward.
fn reach(snapshots: usize, repetitions: usize) -> usize {
    (1..=repetitions).fold(1_usize, |reach, r| reach.saturating_mul(snapshots + r) / r)
}

/// After how many of `length` steps the second of `snapshots` snapshots is best taken.
fn split(length: usize, snapshots: usize) -> usize {
    let repetitions = (0..).find(|r| reach(snapshots, *r) >= length).unwrap_or_default();
    // what is in front of it may run `repetitions - 1` times again with all snapshots, what is behind it with one less
    let behind = reach(snapshots - 1, repetitions);
    let in_front = if repetitions > 1 { reach(snapshots, repetitions - 2) } else { 1 };
    length.saturating_sub(behind).max(in_front).clamp(1, length - 1)
}

/// The least number of steps that are run forward to reverse `length` steps with at most `snapshots` snapshots, the last
/// run of each step not counted: `r l - C(s + r, r - 1)`.
///
/// # Panics
/// If there is no snapshot.
///
/// ```
/// assert_eq!(chainrule::checkpoint::forward_steps(100, 5), 316);
/// ```
#[must_use]
pub fn forward_steps(length: usize, snapshots: usize) -> usize {
    assert!(snapshots > 0, "a loop cannot be reversed without a snapshot of its start");
    let repetitions = (0..).find(|r| reach(snapshots, *r) >= length).unwrap_or_default();
    match repetitions {
        0 => 0,
        r => r * length - reach(snapshots + 1, r - 1),
    }
}

/// Snapshots of one variable.
#[derive(Clone, Debug)]
pub struct Snapshots<T> {
    items: Vec<T>,
}

impl<T> Default for Snapshots<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Snapshots<T> {
    /// None yet.
    #[inline]
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// Keeps a copy.
    #[inline]
    pub fn push(&mut self, state: T) {
        self.items.push(state);
    }

    /// Forgets the newest.
    #[inline]
    pub fn discard(&mut self) {
        self.items.pop();
    }
}

impl<T: Clone> Snapshots<T> {
    /// Keeps a copy of what is lent.
    #[inline]
    pub fn push_copy(&mut self, state: &T) {
        self.items.push(state.clone());
    }

    /// A copy of the newest.
    ///
    /// # Panics
    /// If there is none, which generated code never asks for.
    #[inline]
    #[must_use]
    pub fn latest(&self) -> T {
        match self.items.last() {
            Some(state) => state.clone(),
            None => unreachable!("a block of steps begins behind a snapshot"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Schedule, forward_steps};
    use alloc::vec;
    use alloc::vec::Vec;

    /// Runs a schedule as generated code does; returns the steps that ran forward and the most snapshots at a time.
    fn run(mut schedule: Schedule, steps: usize) -> (usize, usize) {
        let mut snapshots: Vec<usize> = Vec::new();
        for state in 0..steps {
            if schedule.stores() {
                snapshots.push(state);
            }
        }
        // the last step is recorded by the reverse sweep, which has its state
        let (mut forward, mut most) =
            (steps.saturating_sub(1), snapshots.len().min(snapshots.len().saturating_sub(1).max(1)));
        let mut reversed = steps;
        while schedule.next_block() {
            let mut state = *snapshots.last().unwrap();
            assert_eq!(state, schedule.restored());
            for _ in 0..schedule.advance() {
                if schedule.stores() {
                    snapshots.push(state);
                }
                state += 1;
                forward += 1;
            }
            most = most.max(snapshots.len() - usize::from(reversed == steps));
            assert_eq!(state, schedule.start());
            assert_eq!(schedule.done(), steps - reversed);
            assert_eq!(state + schedule.length(), reversed);
            reversed = state;
            if schedule.releases() {
                assert_eq!(snapshots.pop(), Some(state));
            }
        }
        assert_eq!(reversed, 0);
        assert!(snapshots.is_empty());
        (forward, most)
    }

    /// `t(l, s) = min_m m + t(l - m, s - 1) + t(m, s)`
    fn optimum(length: usize, snapshots: usize) -> Vec<Vec<usize>> {
        let mut best = vec![vec![0; length + 1]; snapshots + 1];
        for s in 1..=snapshots {
            for l in 2..=length {
                best[s][l] = if s == 1 {
                    l * (l - 1) / 2
                } else {
                    (1..l).map(|m| m + best[s - 1][l - m] + best[s][m]).min().unwrap()
                };
            }
        }
        best
    }

    #[test]
    fn binomial_schedules_are_optimal() {
        let best = optimum(80, 7);
        for snapshots in 1..=7 {
            for steps in 1..=80 {
                let (forward, most) = run(Schedule::binomial(0..steps, snapshots), steps);
                assert_eq!(forward, best[snapshots][steps], "{steps} steps with {snapshots} snapshots");
                assert_eq!(forward, forward_steps(steps, snapshots), "the formula");
                assert!(most <= snapshots, "{most} snapshots of {snapshots} for {steps} steps");
            }
        }
        assert_eq!(run(Schedule::binomial(0..100, 5), 100), (316, 5));
    }

    #[test]
    fn blocks_run_once_more() {
        for (steps, distance) in [(0, 3), (1, 3), (10, 3), (12, 4), (5, 9), (7, 1)] {
            let (forward, _) = run(Schedule::every(0..steps, distance), steps);
            assert_eq!(forward, usize::saturating_sub(steps, 1));
        }
        assert_eq!(run(Schedule::binomial(0..0, 3), 0), (0, 0));
    }
}
