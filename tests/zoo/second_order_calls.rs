//! Second order through calls, recursion and checkpoints.

use crate::second_order::{of_slice, rosenbrock};
use chainrule::differentiable;

#[differentiable(order = 2)]
fn energy(x: &[f64], k: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += k * x[i] * x[i] * x[i].sin();
    }
    s
}

#[differentiable(order = 2)]
fn scale_in_place(x: &mut [f64], by: f64) {
    for i in 0..x.len() {
        x[i] *= by * by;
    }
}

#[differentiable(order = 2)]
fn through_calls(x: &[f64]) -> f64 {
    let mut t = x.to_vec();
    scale_in_place(&mut t, x[0]);
    let mut total = energy(x, x[1] * x[1]);
    for i in 0..3 {
        scale_in_place(&mut t, x[i] + 1.0);
        total += energy(&t, total) * rosenbrock(x[0], t[i]);
    }
    total + energy(&t[1..], 2.0)
}

#[differentiable(order = 2)]
fn factorial_like(x: f64, n: u32) -> f64 {
    if n == 0 {
        return 1.0;
    }
    (x + f64::from(n)).sin() * factorial_like(x * x, n - 1) + x
}

#[differentiable(order = 2)]
fn recursive(x: &[f64]) -> f64 {
    factorial_like(x[0] * x[1], 4)
}

#[differentiable(order = 2)]
fn passed_on(x: &[f64], k: f64) -> f64 {
    energy(x, k) * energy(x, 2.0)
}

#[differentiable(order = 2)]
fn passed_on_twice(x: &[f64]) -> f64 {
    let constant = [0.5, 0.25];
    passed_on(x, x[0]) + passed_on(&constant, x[1]) * passed_on(&x[1..], 3.0)
}

#[test]
fn across_calls() {
    let at = [0.4, -0.7, 0.9, 0.35];
    of_slice!(through_calls, at);
    of_slice!(recursive, at[..2]);
    of_slice!(passed_on_twice, at);
}

// 93, 95: checkpointing
#[differentiable(order = 2, checkpoint)]
fn checkpointed_step(t: f64, x: &[f64]) -> f64 {
    let mut s = t;
    for i in 0..x.len() {
        s = (s * x[i]).sin() + s * s;
    }
    s
}

#[differentiable(order = 2)]
fn checkpointed_loop(x: &[f64]) -> f64 {
    let mut t = x[0];
    for _ in 0..4 {
        t = 0.5 * checkpointed_step(t, x);
    }
    t
}

#[test]
fn under_checkpointing() {
    of_slice!(checkpointed_loop, [0.4, -0.7, 0.9, 0.35]);
}

#[differentiable(order = 2)]
fn second_order_of_checkpoints(xs: &[f64]) -> f64 {
    let mut state = xs.to_vec();
    #[checkpoint(binomial = 2)]
    for i in 0..5 {
        let q = state[0];
        state[0] += 0.3 * state[1];
        state[1] = (state[1] - 0.2 * q.sin()) * xs[1] + 0.1 * i as f64;
    }
    let mut total = state[0] * state[1];
    #[checkpoint(every = 2)]
    for i in 0..xs.len() {
        total = (total * xs[i]).sin();
    }
    total
}

/// Case 93.
#[test]
fn checkpoints() {
    of_slice!(second_order_of_checkpoints, [0.4, 0.7]);
}
