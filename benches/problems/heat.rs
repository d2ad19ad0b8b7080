//! The heat equation on a rod, explicit in time: which initial temperatures lead to what was measured after a
//! thousand steps.

// copies element by element, as numerical code does
#![allow(clippy::manual_memcpy)]

use super::{Case, repeat};
use chainrule::differentiable;
use std::hint::black_box;

/// Half the squared distance between the final and the measured temperatures; the ends of the rod stay as they are.
#[differentiable(wrt(start), order = 2)]
pub fn misfit(start: &[f64], rate: f64, measured: &[f64], steps: usize) -> f64 {
    let n = start.len();
    let mut u = vec![0.0; n];
    for i in 0..n {
        u[i] = start[i];
    }
    let mut curvature = vec![0.0; n];
    for _ in 0..steps {
        for i in 1..n - 1 {
            curvature[i] = u[i - 1] - 2.0 * u[i] + u[i + 1];
        }
        for i in 1..n - 1 {
            u[i] += rate * curvature[i];
        }
    }
    let mut sum = 0.0;
    for i in 0..n {
        let error = u[i] - measured[i];
        sum += 0.5 * error * error;
    }
    sum
}

/// The gradient by hand: the steps are linear, so that nothing is kept; the transposed stencil reads each neighbour once.
pub fn by_hand(start: &[f64], rate: f64, measured: &[f64], steps: usize, u_bar: &mut [f64]) -> f64 {
    let n = start.len();
    let mut u = start.to_vec();
    let mut curvature = vec![0.0; n];
    for _ in 0..steps {
        for (c, u) in curvature[1..n - 1].iter_mut().zip(u.windows(3)) {
            *c = u[0] - 2.0 * u[1] + u[2];
        }
        u[1..n - 1].iter_mut().zip(&curvature[1..n - 1]).for_each(|(u, c)| *u += rate * c);
    }
    let mut sum = 0.0;
    for i in 0..n {
        let error = u[i] - measured[i];
        sum += 0.5 * error * error;
        u_bar[i] = error;
    }
    let mut scaled = vec![0.0; n];
    for _ in 0..steps {
        scaled[1..n - 1].iter_mut().zip(&u_bar[1..n - 1]).for_each(|(scaled, bar)| *scaled = rate * bar);
        u_bar[0] += scaled[1];
        u_bar[n - 1] += scaled[n - 2];
        u_bar[1..n - 1].iter_mut().zip(scaled.windows(3)).for_each(|(bar, s)| *bar += s[0] - 2.0 * s[1] + s[2]);
    }
    sum
}

/// Temperatures before and after, and a stable rate.
pub fn input(n: usize) -> (Vec<f64>, f64, Vec<f64>) {
    (super::spread(n, 0), 0.2, super::spread(n, 300).iter().map(|u| 0.1 * u).collect())
}

/// A thousand steps on a hundred points.
pub fn cases() -> Vec<Case> {
    let (n, steps) = (100, 1000);
    let [(x, rate, measured), (y, _, more), (z, _, most), (w, _, last)] = [(); 4].map(|()| input(n));
    let direction = super::spread(n, 600);
    let (mut y_bar, mut z_bar) = (vec![0.0; n], vec![0.0; n]);
    vec![Case {
        name: "heat-100-1000".into(),
        primal: repeat(move || misfit(black_box(&x), rate, &measured, steps)),
        generated: repeat(move || misfit::grad_into(black_box(&y), rate, &more, steps, black_box(&mut y_bar))),
        by_hand: repeat(move || by_hand(black_box(&z), rate, &most, steps, black_box(&mut z_bar))),
        product: Some(repeat(move || misfit::hvp(black_box(&w), rate, &last, steps, &direction)[0])),
    }]
}
