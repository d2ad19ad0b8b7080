//! The schedules against the laws of reversal and the optimum by dynamic programming.

use super::{Action, blocks, forward_steps, revolve};
use alloc::vec;
use alloc::vec::Vec;

/// Follows a schedule; returns how many steps it advances and how many states it holds at most. Fails where it asks for what
/// is not there.
fn follow(steps: usize, snapshots: usize) -> (usize, usize) {
    let (mut present, mut kept, mut advanced, mut most) = (0, Vec::new(), 0, 0);
    let mut reversed = Vec::new();
    for action in revolve(steps, snapshots) {
        match action {
            Action::Advance { from, to } => {
                assert_eq!(from, present, "an advance starts at the present state");
                assert!(from < to && to <= steps - 1 - reversed.len());
                advanced += to - from;
                present = to;
            }
            Action::Store { step } => {
                assert_eq!(step, present);
                assert!(kept.last().is_none_or(|last| *last < step));
                kept.push(step);
                most = most.max(kept.len());
            }
            Action::Restore { step } => {
                kept.retain(|kept| *kept <= step);
                assert_eq!(kept.last(), Some(&step), "what is restored was kept");
                present = step;
            }
            Action::Reverse { step } => {
                assert_eq!(step, present);
                reversed.push(step);
                present += 1;
            }
        }
    }
    let expected: Vec<usize> = (0..steps).rev().collect();
    assert_eq!(reversed, expected, "every step once, from the last to the first");
    (advanced, most)
}

/// The fewest steps, by the recursion over where the second state is kept.
fn optimum(steps: usize, snapshots: usize) -> Vec<Vec<usize>> {
    let mut best = vec![vec![0; snapshots + 1]; steps + 1];
    for l in 2..=steps {
        best[l][1] = l * (l - 1) / 2;
        for s in 2..=snapshots {
            let split = |k: usize| k + best[k][s] + best[l - k][s - 1];
            best[l][s] = (1..l).map(split).min().unwrap_or(0);
        }
    }
    best
}

#[test]
fn hundred_steps_with_five_snapshots() {
    assert_eq!(forward_steps(100, 5), 316);
    assert_eq!(follow(100, 5), (316, 5));
}

#[test]
fn no_schedule_takes_fewer_steps() {
    let (steps, snapshots) = (130, 9);
    let best = optimum(steps, snapshots);
    for (l, best) in best.iter().enumerate() {
        for (s, best) in best.iter().enumerate().skip(1) {
            let (advanced, most) = follow(l, s);
            assert_eq!(advanced, *best, "{l} steps, {s} snapshots");
            assert_eq!(forward_steps(l, s), *best, "{l} steps, {s} snapshots");
            assert!(most <= s);
        }
    }
}

#[test]
fn a_snapshot_for_every_step_repeats_none() {
    for steps in 0..20 {
        assert_eq!(follow(steps, steps.max(1)).0, steps.saturating_sub(1));
    }
}

#[test]
fn logarithmic_snapshots_repeat_logarithmically() {
    for power in 4..14 {
        let steps = 1 << power;
        let (advanced, most) = follow(steps, power);
        assert!(most <= power);
        assert!(advanced <= power * steps, "{steps} steps took {advanced}");
    }
}

#[test]
fn large_numbers_do_not_overflow() {
    assert_eq!(forward_steps(usize::MAX, usize::MAX), usize::MAX - 1);
    assert!(matches!(revolve(usize::MAX, 64).nth(1), Some(Action::Advance { from: 0, .. })));
}

#[test]
#[should_panic(expected = "at least one snapshot")]
fn no_snapshot() {
    let _ = revolve(3, 0);
}

#[test]
fn blocks_cover_the_steps() {
    for steps in 0..40 {
        for every in 1..45 {
            let all: Vec<usize> = blocks(steps, every).flatten().collect();
            assert_eq!(all, (0..steps).collect::<Vec<_>>());
            assert_eq!(blocks(steps, every).len(), steps.div_ceil(every));
            assert!(blocks(steps, every).all(|block| !block.is_empty() && block.len() <= every));
            let mut back: Vec<_> = blocks(steps, every).rev().collect();
            back.reverse();
            assert_eq!(back, blocks(steps, every).collect::<Vec<_>>());
        }
    }
}
