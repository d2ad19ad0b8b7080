//! The order with the fewest multiplications, by dynamic programming over the stretches of the chain.
//!
//! cost(i, k) = min_j cost(i, j) + cost(j + 1, k) + d_{i-1} d_j d_k, where a stretch i..k stands for J_k .. J_i.
//! Source: Godbole (1973); Cormen et al., "Introduction to Algorithms", section 15.2.

use super::Step;
use alloc::vec;
use alloc::vec::Vec;

/// The products in an order in which they can be carried out.
pub fn steps(widths: &[usize]) -> Vec<Step> {
    let layers = widths.len() - 1;
    let splits = splits(widths);
    // outer products before inner ones, and then turned round
    let mut steps = Vec::with_capacity(layers - 1);
    let mut open = vec![(1, layers)];
    while let Some((first, last)) = open.pop() {
        if first < last {
            let split = splits[first][last];
            steps.push(Step { first, split, last });
            open.push((first, split));
            open.push((split + 1, last));
        }
    }
    steps.reverse();
    steps
}

/// For every stretch the last layer of its right factor, in the best order.
fn splits(widths: &[usize]) -> Vec<Vec<usize>> {
    let layers = widths.len() - 1;
    let width = |i: usize| widths[i] as u128;
    let mut cost = vec![vec![0_u128; layers + 1]; layers + 1];
    let mut splits = vec![vec![0; layers + 1]; layers + 1];
    for length in 2..=layers {
        for first in 1..=layers + 1 - length {
            let last = first + length - 1;
            let of = |j: usize| cost[first][j] + cost[j + 1][last] + width(first - 1) * width(j) * width(last);
            let mut best = (of(first), first);
            for j in first + 1..last {
                let candidate = of(j);
                if candidate <= best.0 {
                    best = (candidate, j);
                }
            }
            (cost[first][last], splits[first][last]) = best;
        }
    }
    splits
}
