//! Second order of what is put together, moved, or may not be there.

use crate::second_order::{SecondOrder, of_slice};
use chainrule::{Differentiable, differentiable};

#[differentiable(order = 2)]
fn halve(x: &mut f64) -> f64 {
    let before = *x;
    *x *= 0.5 * before.cos();
    before
}

/// Options, elements that may not be there, and conditions that change something.
#[differentiable(order = 2)]
fn options_and_conditions(xs: &[f64]) -> f64 {
    let some = if xs[0] > 0.0 { Some(xs[0] * xs[1]) } else { None };
    let mut s = some.map(|x| x.sin()).unwrap_or(xs[1]) * some.map_or(1.0, |x| x * xs[2]);
    if let Some(x) = xs.last() {
        s *= x * x;
    }
    s += xs.first().copied().unwrap_or_default() * xs.get(9).copied().unwrap_or(s * xs[2]);
    let mut y = xs[1] * 3.0;
    while halve(&mut y) > 0.4 && {
        s *= y;
        s < 50.0
    } {
        s += y * y * xs[0];
    }
    s * y
}

#[derive(Differentiable, Clone)]
struct Corner {
    at: (f64, f64),
    weight: Option<f64>,
}

/// What is put together as the value of a branch, in a branch, in something else.
#[differentiable(order = 4)]
fn put_together(xs: &[f64]) -> f64 {
    let some = if xs[0] > 0.0 { Some(xs[0] * xs[1]) } else { None };
    let corner = match some {
        Some(x) => Corner { at: (x * x, xs[2].sin()), weight: Some(x * xs[2]) },
        None => Corner { at: (xs[1] * xs[2], xs[0]), weight: None },
    };
    let mut last = Corner { at: (xs[0], 1.0), weight: None };
    for x in xs {
        last = Corner { weight: Some(x * corner.at.0), at: (last.at.1 * x, last.at.0 * corner.at.1) };
    }
    let weight = match last.weight {
        Some(w) => w * w,
        None => xs[1],
    };
    corner.at.0 * corner.at.1 * last.at.0 * last.at.1 + weight * corner.weight.unwrap_or(xs[1])
}

#[differentiable(order = 2)]
fn of_corner(corner: Corner, scale: Option<f64>) -> f64 {
    corner.at.0 * corner.at.1.sin() * scale.unwrap_or(2.0) + corner.weight.unwrap_or(1.0)
}

/// What is put together as an argument, as an element, as a part.
#[differentiable(order = 2)]
fn put_into_others(xs: &[f64]) -> f64 {
    let y = of_corner(Corner { at: (xs[0] * xs[1], xs[2]), weight: Some(xs[0] * xs[2]) }, Some(xs[1] * xs[2]));
    let many = vec![Some(xs[0] * xs[1]); 3];
    let (pair, corner) = (Some(xs[1] * xs[2]), Corner { at: (xs[0], xs[1]), weight: Some(xs[2] * xs[2]) });
    let mut s = y * pair.unwrap_or(1.0) * corner.weight.unwrap_or(1.0) * corner.at.0;
    for (i, one) in many.iter().enumerate() {
        if let Some(one) = one {
            s += one * one * xs[i];
        }
    }
    let mut options = Vec::new();
    options.push(Some(xs[0] * xs[2]));
    options.push(None);
    for option in options {
        s *= option.map_or(xs[1], |x| x * xs[1]);
    }
    s
}

#[derive(Differentiable, Clone)]
enum Load {
    Point(f64),
    Spread { at: f64, width: f64 },
    Repeated(usize, f64),
}

/// Parts of variants, with guards, and of what the arms change.
#[differentiable(order = 2)]
fn parts_of_variants(xs: &[f64]) -> f64 {
    let loads = vec![Load::Point(xs[0]), Load::Spread { at: xs[1], width: xs[2] }, Load::Repeated(2, xs[2] * xs[0])];
    let mut s: f64 = 1.0;
    let mut best: Option<f64> = None;
    for (load, x) in loads.iter().zip(xs) {
        s += match load {
            Load::Point(p) if *p > 0.5 => p * s.sin(),
            Load::Point(p) => p.exp() * s,
            Load::Spread { at, width } => at * width * s,
            Load::Repeated(n, w) => w.powi(*n as i32) * s,
        };
        match best {
            Some(b) if x * 1.5 > b => best = Some(x * b),
            Some(b) => best = Some(b + x.sin() * x),
            None => best = Some(*x * x),
        }
    }
    best.unwrap_or(0.0) * s
}

#[test]
fn of_parts_of_variants() {
    of_slice!(parts_of_variants, [0.6, 0.9, 1.3]);
    of_slice!(parts_of_variants, [0.4, -0.9, 1.3]);
}

#[differentiable(order = 2)]
fn first_above(xs: &[f64], t: f64) -> Result<f64, String> {
    for (i, x) in xs.iter().enumerate() {
        if x * x > t {
            return Ok(x * t * i as f64 + x);
        }
    }
    Err("none".to_owned())
}

/// Failures of a type that nothing tells but the result.
#[differentiable(order = 2)]
fn through_failures(xs: &[f64]) -> f64 {
    match (first_above(xs, 0.2 * xs[0]), first_above(&xs[1..], xs[2])) {
        (Ok(a), Ok(b)) => a * b * xs[2],
        (Ok(a), Err(_)) => a * a,
        _ => xs[0] * xs[1],
    }
}

#[test]
fn of_failures() {
    of_slice!(through_failures, [0.6, 0.9, 0.3]);
    of_slice!(through_failures, [0.6, 0.9, 1.3]);
    assert!(
        first_above::hvp(&[0.6], 0.1, (&[1.0], 1.0)).is_ok() && first_above::hvp(&[0.1], 0.1, (&[1.0], 1.0)).is_err()
    );
}

#[test]
fn of_what_is_put_into_others() {
    of_slice!(put_into_others, [0.6, 0.9, 1.3]);
}

#[test]
fn of_what_is_put_together() {
    of_slice!(put_together, [0.6, 0.9, 1.3]);
    of_slice!(put_together, [-0.6, 0.9, 1.3]);
    let along = put_together::taylor::<4>(&[0.6, 0.9, 1.3], &[0.3, -0.2, 0.5]);
    let at = |t: f64| put_together(&[0.6 + 0.3 * t, 0.9 - 0.2 * t, 1.3 + 0.5 * t]);
    let h = 0.02;
    let second = (-at(2.0 * h) + 16.0 * at(h) - 30.0 * at(0.0) + 16.0 * at(-h) - at(-2.0 * h)) / (24.0 * h * h);
    let third = (at(2.0 * h) - 2.0 * at(h) + 2.0 * at(-h) - at(-2.0 * h)) / (12.0 * h * h * h);
    assert!((along[2] - second).abs() < 1e-6 * second.abs().max(1.0), "{along:?}, {second}");
    assert!((along[3] - third).abs() < 2e-2 * third.abs().max(1.0), "{along:?}, {third}");
}

#[test]
fn through_options_and_conditions() {
    of_slice!(options_and_conditions, [0.6, 0.9, 1.3]);
    of_slice!(options_and_conditions, [-0.6, 0.9, 1.3]);
}

/// Elements that come in, go out, and change places.
#[differentiable(order = 2)]
fn moved_elements(xs: &[f64]) -> f64 {
    let mut v = Vec::new();
    for x in xs {
        v.push(x * xs[0]);
    }
    let mut s = v.pop().unwrap() * xs[1];
    v.insert(1, s * xs[2]);
    v.extend_from_slice(&xs[1..]);
    v.swap(0, 3);
    v.rotate_left(2);
    let removed = v.remove(1);
    v.reverse();
    v.sort_by(|a, b| b.total_cmp(a));
    let tail = v.split_off(3);
    v[..2].copy_from_slice(&tail[..2]);
    v.truncate(3);
    v.resize(5, removed * xs[2]);
    v[3..].fill(s * xs[1]);
    let last = v.swap_remove(1);
    for (i, x) in v.iter().enumerate() {
        s = s * x * 0.5 + last * x * (i as f64 + 1.0) + removed;
    }
    s * tail[0] + tail[1] * tail[1]
}

/// What a function of second order changes in place.
#[differentiable(order = 2)]
fn shuffle(v: &mut [f64], x: f64) {
    v.swap(0, 2);
    v[1] *= x;
    v.rotate_right(1);
    let [a, b] = [v[0], v[1]];
    (v[0], v[1]) = (a * b, a - b);
}

#[differentiable(order = 2)]
fn shuffled(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    for _ in 0..2 {
        shuffle(&mut v, xs[0] * xs[1]);
    }
    v[0] * v[1] + v[2] * v[2] * v[0]
}

/// The reverse sweep reads a sum of the forward sweep, and its tangent, as it was left.
#[differentiable(order = 2)]
fn sum_kept(xs: &[f64], n: usize) -> (f64, f64) {
    #[allow(unused_mut)]
    let mut t = xs.iter().map(|x| x * xs[n % 2]).sum::<f64>();
    if n > 7 {
    } else {
        return (0.1, t);
    }
    (0.3, t * xs[n - 7])
}

#[differentiable(order = 2)]
fn of_sum_kept(xs: &[f64]) -> f64 {
    let (a, b) = sum_kept(xs, 8);
    let (c, d) = sum_kept(xs, 1);
    a * b * b + c * d
}

#[differentiable(order = 2)]
fn never(_x: f64, _y: f64) -> Option<f64> {
    None
}

#[test]
fn of_nothing() {
    assert_eq!((never(0.6, 0.9), never::hvp(0.6, 0.9, (1.0, 0.0)), never::hessian(0.6, 0.9)), (None, None, None));
}

/// A float that each round starts anew, changes and keeps: the reverse sweep brings it back from its end.
#[differentiable(order = 2)]
fn deflated(p: &[f64]) -> f64 {
    let n = 2;
    let mut a = p.to_vec();
    let mut found = Vec::new();
    for _ in 0..2 {
        let mut v = vec![1.0; n];
        let mut length = 0.0;
        for _ in 0..3 {
            let mut w = vec![0.0; n];
            for i in 0..n {
                for j in 0..n {
                    w[i] += (a[i * n + j] + a[j * n + i]) * v[j];
                }
            }
            length = w.iter().map(|x| x * x).sum::<f64>().sqrt();
            for i in 0..n {
                v[i] = w[i] / length;
            }
        }
        for i in 0..n {
            for j in 0..n {
                a[i * n + j] -= 0.5 * length * v[i] * v[j];
            }
        }
        found.push(length);
    }
    found[0] * found[1] + a[0]
}

#[test]
fn of_rounds() {
    of_slice!(deflated, [2.0, 0.2, 0.4, 1.3]);
}

#[test]
fn of_what_moves() {
    of_slice!(of_sum_kept, [0.6, 0.9, 1.3]);
    of_slice!(moved_elements, [0.6, 0.9, 1.3, 0.4]);
    of_slice!(shuffled, [0.6, 0.9, 1.3]);
}

// structs, tuples, arrays
#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
    ends: [f64; 2],
}

#[differentiable(order = 2)]
fn spring_energy(spring: &Spring, x: f64) -> f64 {
    let length = (spring.ends[1] - spring.ends[0]) * x;
    let moved = Spring { stiffness: spring.stiffness * x, ends: [length.sin(), x] };
    0.5 * moved.stiffness * moved.ends[0] * length
}

#[differentiable(order = 2)]
fn in_pairs(x: [f64; 3]) -> f64 {
    let (a, b) = (x[0] * x[1], x[2]);
    let both = [a * b, a + b];
    both[0] * both[1].sin()
}

#[test]
fn of_structs_and_arrays() {
    SecondOrder {
        name: "spring_energy",
        value: &|x| spring_energy(&Spring { stiffness: x[0], ends: [x[1], x[2]] }, x[3]),
        gradient: &|x| {
            let (g, x) = spring_energy::grad(&Spring { stiffness: x[0], ends: [x[1], x[2]] }, x[3]);
            vec![g.stiffness, g.ends[0], g.ends[1], x]
        },
        hvp: &|x, v| {
            let v = (SpringTangent { stiffness: v[0], ends: [v[1], v[2]] }, v[3]);
            let (g, x) = spring_energy::hvp(&Spring { stiffness: x[0], ends: [x[1], x[2]] }, x[3], v);
            vec![g.stiffness, g.ends[0], g.ends[1], x]
        },
        at: vec![1.5, 0.3, 0.8, 1.1],
    }
    .check();
    let hessian: nalgebra::SMatrix<f64, 3, 3> = in_pairs::hessian([0.3, 0.7, 1.1]);
    assert_eq!(hessian, hessian.transpose());
    SecondOrder {
        name: "in_pairs",
        value: &|x| in_pairs([x[0], x[1], x[2]]),
        gradient: &|x| in_pairs::grad([x[0], x[1], x[2]]).to_vec(),
        hvp: &|x, v| in_pairs::hvp([x[0], x[1], x[2]], [v[0], v[1], v[2]]).to_vec(),
        at: vec![0.3, 0.7, 1.1],
    }
    .check();
}
