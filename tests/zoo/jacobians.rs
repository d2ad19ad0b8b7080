//! Jacobians by vertex elimination, against forward and reverse mode of the same function.
// what cancels, and a loop that never runs, are tested on purpose
#![allow(clippy::eq_op, clippy::reversed_empty_ranges)]

use chainrule::{Cost, differentiable};
use nalgebra::{SMatrix, Vector2, Vector3};
use std::hint::black_box;

/// Declares a function with each way to its Jacobian, and checks that they agree wherever it is asked.
macro_rules! jacobians {
    ($name:ident($($params:tt)*) -> $ret:tt $body:block at $($point:tt),+) => {
        mod $name {
            use super::*;

            #[differentiable(jacobian = forward)]
            pub fn by_columns($($params)*) -> $ret $body

            #[differentiable(jacobian = reverse)]
            pub fn by_rows($($params)*) -> $ret $body

            #[differentiable(jacobian = cross_country)]
            pub fn eliminated($($params)*) -> $ret $body

            #[differentiable(jacobian = cross_country, simplify = false)]
            pub fn unsimplified($($params)*) -> $ret $body

            #[differentiable]
            pub fn automatic($($params)*) -> $ret $body
        }

        #[test]
        fn $name() {
            $(
                let (columns, rows) = ($name::by_columns::jacobian $point, $name::by_rows::jacobian $point);
                assert_agree(&$name::eliminated::jacobian $point, &columns);
                assert_agree(&$name::eliminated::jacobian $point, &rows);
                assert_agree(&$name::eliminated::value_and_jacobian $point.1, &columns);
                assert_agree(&$name::unsimplified::jacobian $point, &columns);
                assert_agree(&$name::automatic::jacobian $point, &columns);
                let value = $name::by_columns $point;
                assert_eq!($name::by_columns::value_and_jacobian $point, (value, columns));
                assert_eq!($name::by_rows::value_and_jacobian $point, (value, rows));
                assert_eq!($name::eliminated::value_and_jacobian $point.0, value);
                assert_eq!($name::automatic::value_and_jacobian $point.0, value);
            )+
            let Cost { forward, reverse, markowitz, chosen } = $name::eliminated::COST;
            assert!(chosen <= forward.min(reverse).min(markowitz));
            let written = $name::eliminated::COST_PUBLISHED;
            assert!(written.chosen <= written.forward.min(written.reverse).min(written.markowitz));
            assert!(chosen <= written.chosen, "sharing and free factors cost nothing");
        }
    };
}

/// Equal up to rounding; an infinity or a NaN must be the same.
pub fn assert_agree<const R: usize, const C: usize>(found: &SMatrix<f64, R, C>, expected: &SMatrix<f64, R, C>) {
    for (a, b) in found.iter().zip(expected) {
        let same = a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-13 * (1.0 + b.abs());
        assert!(same, "{found} is not {expected}");
    }
}

jacobians!(one_output(x: f64, y: f64) -> f64 {
    (x * y).sin() * x + y
} at (0.3, -1.2), (0.0, 0.0));

jacobians!(many_outputs(x: f64, y: f64) -> (f64, f64, f64) {
    let r = (x * x + y * y).sqrt();
    (x / r, y / r, r.ln())
} at (0.3, -1.2), (2.0, 1e-3));

jacobians!(computed_index(x: [f64; 5]) -> [f64; 2] {
    let mut a = [0.0; 2];
    for i in 0..2 {
        let k = i + 1;
        let twice = 2 * k;
        a[i] = x[k] * x[twice] + x[i];
    }
    a
} at ([0.3, -1.2, 0.7, 2.0, 0.4]));

jacobians!(unused_input(x: f64, y: f64, z: f64) -> (f64, f64) {
    let _ = y;
    (x * z, x.exp())
} at (0.5, 2.0, 3.0));

jacobians!(output_is_input(x: f64, y: f64) -> (f64, f64, f64) {
    (x, x * y, y)
} at (0.5, 2.0));

jacobians!(constant_output(x: f64, y: f64) -> (f64, f64) {
    (2.5, x / y)
} at (0.5, 2.0));

jacobians!(output_is_used_and_repeated(x: f64, y: f64) -> [f64; 4] {
    let a = x * y;
    let b = a.sin();
    [a, b, a, b * x]
} at (0.5, 2.0), (-1.0, 0.0));

jacobians!(output_stands_only_twice(x: f64, y: f64) -> (f64, f64, f64) {
    let a = x * y;
    let b = a.sin();
    (b, b, x)
} at (0.5, 2.0), (-1.0, 0.0));

jacobians!(all_outputs_are_one(x: f64, y: f64) -> [f64; 3] {
    [x / y; 3]
} at (0.5, 2.0));

jacobians!(shared_subexpressions(x: f64, y: f64) -> (f64, f64) {
    ((x * y).exp() + x * y, (x * y).exp() * y)
} at (0.5, -0.2));

jacobians!(squares_and_cancelled(x: f64, y: f64) -> (f64, f64, f64) {
    (x * x, x - x + y, y / y + x + x)
} at (0.5, -0.2));

jacobians!(kinks(x: f64, y: f64) -> (f64, f64, f64, f64) {
    ((x - y).abs() * y, x.max(y) * x, x.min(y) + (2.0 * x).clamp(-1.0, 1.0), x.abs().sqrt() * y)
} at (0.5, -0.2), (0.3, 0.3), (-3.0, 2.0), (0.5, 0.7), (1.0, 0.5));

jacobians!(roots_at_zero(x: f64, y: f64) -> (f64, f64) {
    (y.sqrt() + x, (x * y).sqrt() * 2.0)
} at (0.5, 0.2));

jacobians!(arrays(x: [f64; 3], s: f64) -> [f64; 2] {
    let n = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    [n * s, x[1] * s.cos() / n]
} at ([0.5, -0.2, 1.0], 0.7));

jacobians!(tuples(p: (f64, [f64; 2]), q: (f64, f64)) -> ((f64, f64), [f64; 1]) {
    let (a, v) = p;
    let t = a * q.1;
    ((t * v[0], q.0), [t.tanh() * v[1]])
} at ((0.5, [-0.2, 1.0]), (0.7, 0.9)));

jacobians!(excluded(x: f64, #[no_diff] n: i32, #[no_diff] k: f64) -> (f64, f64) {
    let scale = k.exp() * 2.0;
    (x.powi(n) * scale, (x * k).sin() + f64::from(n) * x)
// an exponent that the optimiser knows may give another last digit in one place than in another
} at (0.7, black_box(3), 0.4), (-0.7, black_box(-2), 0.0));

jacobians!(mutated(x: f64, y: f64) -> (f64, f64) {
    let mut a = [x, y, 1.0];
    a[2] += a[0] * a[1];
    a[0] -= a[2];
    let mut s = a[0];
    s *= s;
    s = s.sin() + a[2];
    (s, a[0] * y)
} at (0.7, 0.4));

jacobians!(unrolled(x: [f64; 4]) -> [f64; 4] {
    let mut y = [0.0; 4];
    let mut p = 1.0;
    for i in 0..4 {
        let t = x[i] * p;
        p = t + x[0];
        for j in (0..=i).rev() {
            y[3 - j] += t * x[j];
        }
    }
    y
} at ([0.7, 0.4, -0.3, 1.1]));

jacobians!(unrolled_to_nothing(x: f64) -> (f64, f64) {
    let mut p = x;
    for _ in 3..2 {
        p = p * x;
    }
    (p, 2.0 * p)
} at (0.7));

jacobians!(references(x: &f64, v: &[f64; 2]) -> (f64, f64) {
    (*x * v[0], x.sin() + v[1])
} at (&0.7, &[0.4, 0.1]));

jacobians!(vectors(v: Vector3<f64>, w: &Vector2<f64>) -> (f64, f64) {
    (v.x * w[1] - v[2], v[(1, 0)] * w.x * w.x)
} at (Vector3::new(0.7, 0.4, 0.1), &Vector2::new(2.0, -1.0)));

jacobians!(stopped(x: f64, y: f64) -> (f64, f64) {
    let scale: f64 = chainrule::stop_gradient(x * 2.0);
    (y * scale, x * y)
} at (0.7, 0.4));

jacobians!(names_of_generated_code(jacobian: f64, dx_dy: f64, x: f64, y: f64) -> (f64, f64) {
    let t = x * y;
    (t * jacobian + dx_dy, (t + dx_dy).exp() * t)
} at (0.7, 0.4, 0.1, 2.0));

jacobians!(bottleneck(x: [f64; 4]) -> [f64; 4] {
    let s = (x[0] * x[1] + x[2] * x[3]).sin();
    let t = (s * s + 1.0).ln();
    [t * s, t.exp(), t.cos() * s, t / s]
} at ([0.7, 0.4, -0.3, 1.1]));

jacobians!(one_of_two(x: f64, y: f64) -> (f64, f64) {
    if x > y { (x.sin(), x * y) } else { (y, y * y * x) }
} at (0.7, 0.4), (0.4, 0.7));

jacobians!(before_and_behind_a_branch(x: f64, y: f64) -> (f64, f64) {
    let t = x * y;
    let s = if t > 0.5 {
        let u = t * t;
        u.exp() * x
    } else if t > 0.0 {
        3.0 * t
    } else {
        2.5
    };
    (s * t, s.cos())
} at (0.7, 0.9), (0.7, 0.4), (0.7, -0.4));

jacobians!(assigned_in_branches(x: [f64; 3], scale: f64) -> [f64; 3] {
    let mut y = x;
    let mut sum = 0.0;
    let last;
    if scale > 1.0 {
        y[0] = x[1] * scale;
        sum += y[0] * y[2];
        last = sum;
    } else {
        y[1] *= x[2];
        last = scale;
    }
    if scale > 2.0 {
        y[2] = 0.5;
    }
    [y[0] * sum, y[1] + y[2], last * y[2]]
} at ([0.7, 0.4, -0.3], 1.1), ([0.7, 0.4, -0.3], 0.9), ([0.7, 0.4, -0.3], 2.2));

jacobians!(left_early(x: f64, y: f64) -> (f64, f64) {
    if x < 0.0 {
        return (y, x * x);
    }
    let r = (x * y).sqrt();
    (r, r * x)
} at (0.7, 0.4), (-0.7, 0.4));

jacobians!(matched(x: f64, y: f64, #[no_diff] kind: u8) -> (f64, f64) {
    let f = match kind {
        0 => x * y,
        1 => x.sin(),
        _ => y / x,
    };
    (f * f, f + y)
} at (0.7, 0.4, 0), (0.7, 0.4, 1), (0.7, 0.4, 2));

jacobians!(branches_in_a_loop(x: [f64; 3], y: f64) -> (f64, f64) {
    let mut sum = y;
    for i in 0..3 {
        let t = x[i] * y;
        sum = if y > 0.5 { sum * t } else { sum + t.sin() };
    }
    (sum, sum * x[0])
} at ([0.7, 0.4, -0.3], 1.1), ([0.7, 0.4, -0.3], 0.1));

jacobians!(conditions_on_what_changes(x: f64, y: f64) -> (f64, f64) {
    let mut larger = x;
    if larger < y {
        larger = y * x;
    }
    let mut zero = 0.0;
    for i in 0..3 {
        let t = larger * y + zero;
        if t > 0.2 && i > 0 {
            larger *= t;
        }
        if zero == 0.0 {
            zero = t - larger;
        }
    }
    (larger, zero * y)
} at (0.7, 0.4), (0.4, 0.7), (-0.4, 1.7));

jacobians!(infinite_in_a_branch(x: f64, y: f64) -> (f64, f64) {
    let root = if y > 0.0 { x.sqrt() } else { x };
    (root * 2.0, y)
} at (0.0, 1.0), (0.0, -1.0), (0.7, 1.0));

/// What the callers below call: with a branch, with a loop, of several results, with a rule of the user's.
#[differentiable]
fn turned(angle: f64, v: &[f64; 2]) -> [f64; 2] {
    if angle == 0.0 {
        return *v;
    }
    let (sine, cosine) = (angle.sin(), angle.cos());
    [cosine * v[0] - sine * v[1], sine * v[0] + cosine * v[1]]
}

#[differentiable]
fn power(x: f64, n: usize) -> f64 {
    let mut p = 1.0;
    for _ in 0..n {
        p *= x;
    }
    p
}

#[differentiable]
fn polar(p: (f64, f64), scale: f64) -> (f64, [f64; 1]) {
    (p.0.hypot(p.1) * scale, [p.1.atan2(p.0)])
}

fn doubled_rule(x: f64, x_dot: f64) -> (f64, f64) {
    (2.0 * x, 2.0 * x_dot)
}

#[differentiable(custom_jvp = doubled_rule)]
fn doubled(x: f64) -> f64 {
    x + x
}

jacobians!(calls(x: [f64; 2], angle: f64, weight: f64) -> [f64; 3] {
    let moved = [x[0] * weight, x[1] - weight];
    let seen: [f64; 2] = turned(angle, &moved);
    let cubed: f64 = power(seen[0] * seen[1], 3);
    [cubed * seen[0], seen[1], weight * cubed]
} at ([0.7, 0.4], 0.3, 1.1), ([0.7, 0.4], 0.0, 1.1));

jacobians!(calls_with_odd_arguments(x: f64, y: f64, #[no_diff] k: f64) -> (f64, f64) {
    let p: (f64, [f64; 1]) = polar((x, x), k);
    let q: (f64, [f64; 1]) = polar((2.0, y), 1.5);
    let d: f64 = doubled(p.0);
    (d * q.0, p.1[0] + q.1[0] * y)
} at (0.7, 0.4, 2.0));

jacobians!(a_parameter_passed_on(v: &[f64; 2], angle: f64) -> [f64; 2] {
    let once: [f64; 2] = turned(angle, v);
    if angle > 1.0 {
        let twice: [f64; 2] = turned(angle, &once);
        twice
    } else {
        once
    }
} at (&[0.7, 0.4], 0.3), (&[0.7, 0.4], 1.3));

/// All paths lead through one vertex: neither all columns nor all rows are to be carried through it.
#[test]
fn a_bottleneck_is_cheaper_across() {
    let Cost { forward, reverse, chosen, .. } = bottleneck::eliminated::COST;
    assert!(chosen < forward && chosen < reverse);
}

#[differentiable(jacobian = cross_country)]
fn generic<T: num_traits::Float + chainrule::Real + nalgebra::Scalar>(x: T, y: T) -> (T, T) {
    let t = x * y;
    (t.sin() * x, (t * t).sqrt() + y.powi(3))
}

#[differentiable(jacobian = cross_country)]
fn single(x: f32, y: f32) -> (f32, f32) {
    ((x * y).exp(), 0.5 * x)
}

#[test]
fn floats_of_other_types() {
    let double = generic::jacobian(0.5_f64, 2.0);
    let float = generic::jacobian(0.5_f32, 2.0);
    assert!((double - float.map(f64::from)).amax() < 1e-5);
    assert!((double[(1, 1)] - (0.5 + 12.0)).abs() < 1e-14);
    let single: SMatrix<f32, 2, 2> = single::jacobian(0.0, 2.0);
    assert_eq!(single, SMatrix::<f32, 2, 2>::new(2.0, 0.0, 0.5, 0.0));
}

/// A zero before or behind a singular point wins.
#[test]
fn strong_zeros() {
    #[differentiable(jacobian = cross_country)]
    fn root_of_square(x: f64, y: f64) -> (f64, f64) {
        ((x * y).sqrt() * 2.0, x)
    }
    let jacobian = root_of_square::jacobian(0.0, 4.0);
    assert_eq!(jacobian[(0, 0)], f64::INFINITY);
    assert_eq!(jacobian[(0, 1)], 0.0);
}
