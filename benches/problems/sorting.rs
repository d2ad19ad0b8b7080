//! A weighted sum of order statistics by a recursive merge sort: the derivative follows each number to its place.

// copies element by element, as numerical code does
#![allow(clippy::manual_memcpy)]

use super::{Case, repeat};
use chainrule::differentiable;
use std::hint::black_box;

/// Sorts, with scratch space of the same length.
#[differentiable]
pub fn merge_sort(x: &mut [f64], scratch: &mut [f64]) {
    let n = x.len();
    if n > 1 {
        let half = n / 2;
        merge_sort(&mut x[..half], &mut scratch[..half]);
        merge_sort(&mut x[half..], &mut scratch[half..]);
        let mut left = 0;
        let mut right = half;
        for to in 0..n {
            if right == n || (left < half && x[left] <= x[right]) {
                scratch[to] = x[left];
                left += 1;
            } else {
                scratch[to] = x[right];
                right += 1;
            }
        }
        for i in 0..n {
            x[i] = scratch[i];
        }
    }
}

/// Σ wᵢ x₍ᵢ₎², with the x sorted.
#[differentiable(wrt(x))]
pub fn weighted_order(x: &[f64], weights: &[f64]) -> f64 {
    let n = x.len();
    let mut sorted = vec![0.0; n];
    let mut scratch = vec![0.0; n];
    for i in 0..n {
        sorted[i] = x[i];
    }
    merge_sort(&mut sorted, &mut scratch);
    let mut sum = 0.0;
    for i in 0..n {
        sum += weights[i] * sorted[i] * sorted[i];
    }
    sum
}

/// The gradient by hand: the permutation is sorted, and is all that is kept.
pub fn by_hand(x: &[f64], weights: &[f64], x_bar: &mut [f64]) -> f64 {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
    let mut sum = 0.0;
    for (&at, weight) in order.iter().zip(weights) {
        sum += weight * x[at] * x[at];
        x_bar[at] = 2.0 * weight * x[at];
    }
    sum
}

/// Numbers in disorder, and weights.
pub fn input(n: usize) -> [Vec<f64>; 2] {
    [super::spread(n, 0), super::spread(n, 3000)]
}

/// A thousand numbers.
pub fn cases() -> Vec<Case> {
    let n = 1000;
    let [[x, u], [y, v], [z, w]] = [input(n), input(n), input(n)];
    let (mut y_bar, mut z_bar) = (vec![0.0; n], vec![0.0; n]);
    vec![Case {
        name: "sorting-1000".into(),
        primal: repeat(move || weighted_order(black_box(&x), &u)),
        generated: repeat(move || weighted_order::grad_into(black_box(&y), &v, black_box(&mut y_bar))),
        by_hand: repeat(move || by_hand(black_box(&z), &w, black_box(&mut z_bar))),
        product: None,
    }]
}
