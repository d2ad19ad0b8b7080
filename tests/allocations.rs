//! What `grad_into` allocates, counted.

use chainrule::differentiable;

fn allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

#[differentiable]
fn straight(x: f64, y: f64) -> f64 {
    let z = (x * y).exp();
    z.sin() * z + x
}

#[differentiable]
fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        sum += 100.0 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1.0 - x[i]) * (1.0 - x[i]);
    }
    sum
}

#[differentiable]
fn branches(xs: &[f64], limit: f64) -> f64 {
    let mut sum = 0.0;
    for &x in xs {
        if x > limit {
            sum += (x - limit) * x;
        } else {
            sum -= x;
        }
    }
    sum
}

#[differentiable]
fn square(x: f64) -> f64 {
    x * x
}

#[differentiable]
fn calls(xs: &[f64]) -> f64 {
    let first = square(xs[0]);
    first * square(xs[1] + first)
}

#[differentiable]
fn scratch(xs: &[f64]) -> f64 {
    let mut ys = [0.0; 4];
    for i in 0..4 {
        ys[i] = xs[i] * xs[3 - i];
    }
    ys[0] * ys[1] + ys[2]
}

#[differentiable]
fn recurrence(x: f64, n: usize) -> f64 {
    let mut y = x;
    for _ in 0..n {
        y = y.sin() * x;
    }
    y
}

#[test]
fn straight_line_code_and_linear_loops_allocate_nothing() {
    let xs = [0.3, 0.8, -0.4, 1.2];
    let (mut x_bar, mut y_bar, mut bars) = (0.0, 0.0, [0.0; 4]);
    assert_eq!(allocations(|| assert!(straight::grad_into(0.3, 0.4, (&mut x_bar, &mut y_bar)) > 0.0)), 0);
    assert_eq!(allocations(|| assert!(rosenbrock::grad_into(&xs, &mut bars) > 0.0)), 0);
    assert_eq!(allocations(|| assert!(branches::grad_into(&xs, 0.5, (&mut bars, &mut y_bar)) != 0.0)), 0);
    assert_eq!(allocations(|| assert!(calls::grad_into(&xs, &mut bars) > 0.0)), 0);
    assert_eq!(allocations(|| assert!(scratch::grad_into(&xs, &mut bars) != 0.0)), 0);
}

#[test]
fn a_gradient_by_value_allocates_its_result() {
    let xs = [0.3, 0.8, -0.4, 1.2];
    assert_eq!(allocations(|| assert_eq!(rosenbrock::grad(&xs).len(), 4)), 1);
}

/// What is overwritten and used non-linearly has to be kept: its stack has room for the whole loop, or keeps its memory.
#[test]
fn a_recurrence_allocates_at_most_its_stacks() {
    let mut x_bar = 0.0;
    let count = allocations(|| assert!(recurrence::grad_into(0.8, 1000, &mut x_bar) > 0.0));
    assert!(count <= 2, "{count} allocations for 1000 steps");
}
