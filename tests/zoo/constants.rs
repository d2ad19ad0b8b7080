//! `#[no_diff]` on a `let`: a value without a derivative.

use std::collections::HashMap;

/// No derivative, and no code that the macro understands.
fn scale_of(xs: &[f64]) -> f64 {
    let seen: HashMap<u64, usize> = xs.iter().map(|x| (x.to_bits() % 7, 1)).collect();
    seen.len() as f64 + xs[0].abs()
}

#[chainrule::differentiable]
fn scaled(xs: &[f64], a: f64) -> f64 {
    #[no_diff]
    let scale = scale_of(xs);
    #[no_diff]
    let (rounded, sign): (f64, f64) = ((a * 8.0) as i64 as f64 / 8.0, if xs[0] > a { 1.0 } else { -1.0 });
    xs[0] * xs[1] / scale + a * rounded * sign
}

#[chainrule::differentiable]
fn in_a_loop(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    for x in xs {
        #[no_diff]
        let pivot = unsafe_free_max(&[s, *x]);
        s = s * *x / pivot + *x;
    }
    s
}

fn unsafe_free_max(xs: &[f64]) -> f64 {
    xs.iter().copied().fold(f64::MIN, f64::max)
}

struct Held(f64);

#[chainrule::differentiable]
impl Held {
    fn product(#[no_diff] &self, x: f64) -> f64 {
        #[no_diff]
        let x_held = x.mul_add(self.0, 0.5).next_up();
        x * x_held
    }
}

#[test]
fn carry_no_derivative() {
    let (xs, a) = ([0.7, 1.3], 0.3);
    let (scale, rounded) = (scale_of(&xs), 0.25);
    assert_eq!(scaled(&xs, a), xs[0] * xs[1] / scale + a * rounded);
    assert_eq!(scaled::grad(&xs, a), (vec![xs[1] / scale, xs[0] / scale], rounded));
    assert_eq!(scaled::jvp(&xs, a, (&[1.0, 0.0], 1.0)).1, xs[1] / scale + rounded);
    let (mut s, mut s_dot) = (1.0, [0.0; 2]);
    for i in 0..2 {
        let pivot = unsafe_free_max(&[s, xs[i]]);
        s_dot = s_dot.map(|dot| dot * xs[i] / pivot);
        s_dot[i] += s / pivot + 1.0;
        s = s * xs[i] / pivot + xs[i];
    }
    let (value, gradient) = in_a_loop::value_and_grad(&xs);
    assert!((value - s).abs() < 1e-15 && gradient.iter().zip(s_dot).all(|(a, b)| (a - b).abs() < 1e-15));
    let held = Held(2.0);
    assert_eq!(held.product(1.5), 1.5 * 3.5_f64.next_up());
    assert_eq!(held.product_grad(1.5), 3.5_f64.next_up());
}
