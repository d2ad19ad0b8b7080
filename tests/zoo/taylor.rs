//! Higher derivatives along a curve: `derivative` and `taylor`, against known derivatives, and each coefficient against
//! differences of the one before it.

use approx::assert_relative_eq;
use chainrule::{Differentiable, differentiable};
use nalgebra::{DMatrix, DVector, Vector3};

/// With `c_k(t)` the coefficients at `x + t v`, `(k + 1) c_{k+1} = d c_k / dt`.
fn check<const N: usize>(name: &str, coefficients: impl Fn(f64) -> [f64; N], value: impl Fn(f64) -> f64) {
    let here = coefficients(0.0);
    assert_eq!(here[0], value(0.0), "{name}: the first coefficient is the value");
    let h = 2e-3;
    let [a, b, c, d] = [-2.0, -1.0, 1.0, 2.0].map(|at| coefficients(at * h));
    for k in 1..N {
        let difference = (a[k - 1] - 8.0 * b[k - 1] + 8.0 * c[k - 1] - d[k - 1]) / (12.0 * h * k as f64);
        let scale = here.iter().fold(1.0, |scale: f64, c| scale.max(c.abs()));
        assert!(
            (difference - here[k]).abs() <= 3e-8 * scale,
            "{name}: coefficient {k} is {}, by differences {difference}",
            here[k]
        );
    }
}

/// A function of a slice, along a direction that has no zeros.
macro_rules! of_slice {
    ($f:ident, $at:expr, $count:literal) => {{
        let at: Vec<f64> = $at.to_vec();
        let direction: Vec<f64> =
            (0..at.len()).map(|i| ((i as f64 + 1.0) * 0.618_033_988_749_895).fract() - 0.3).collect();
        let moved = |t: f64| -> Vec<f64> { at.iter().zip(&direction).map(|(x, v)| x + t * v).collect() };
        check::<$count>(stringify!($f), |t| $f::taylor(&moved(t), &direction), |t| $f(&moved(t)));
    }};
}

/// A function of one float.
macro_rules! of_one {
    ($f:ident, $at:expr, $count:literal) => {
        check::<$count>(stringify!($f), |t| $f::taylor($at + 0.8 * t, 0.8), |t| $f($at + 0.8 * t))
    };
}

#[differentiable(order = 5)]
fn wave(x: f64) -> f64 {
    x.sin()
}

#[differentiable(order = 6)]
fn cubic(x: f64) -> f64 {
    x * x * x - 2.0 * x
}

#[differentiable(order = 3)]
fn power(x: f64, p: f64) -> f64 {
    x.powf(p)
}

#[differentiable(order = 3, wrt(x))]
fn integer_power(x: f64, n: i32) -> f64 {
    x.powi(n)
}

#[test]
fn known_derivatives() {
    let x = 0.7_f64;
    assert_eq!(wave::derivative::<0>(x), x.sin());
    let found = [
        wave::derivative::<1>(x),
        wave::derivative::<2>(x),
        wave::derivative::<3>(x),
        wave::derivative::<4>(x),
        wave::derivative::<5>(x),
    ];
    for (found, expected) in found.iter().zip([x.cos(), -x.sin(), -x.cos(), x.sin(), x.cos()]) {
        assert_relative_eq!(*found, expected, max_relative = 1e-14);
    }
    assert_eq!(cubic::taylor(2.0, 1.0), [4.0, 10.0, 6.0, 1.0, 0.0, 0.0, 0.0]);
    assert_eq!(cubic::taylor::<2>(2.0, 3.0), [4.0, 30.0]);
    assert_eq!(cubic::taylor::<0>(2.0, 3.0), []);
    assert_relative_eq!(integer_power::derivative::<3>(1.5, 5), 60.0 * 1.5 * 1.5, max_relative = 1e-14);
}

/// Case 90: the third derivative of a power, also at zero.
#[test]
fn third_derivative_of_a_power() {
    assert_relative_eq!(
        power::taylor::<4>(2.0, 3.5, (1.0, 0.0))[3],
        3.5 * 2.5 * 1.5 / 6.0 * 2.0_f64.sqrt(),
        max_relative = 1e-13
    );
    assert_eq!(integer_power::taylor::<4>(0.0, 3, 1.0), [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(integer_power::taylor::<4>(0.0, 2, 1.0), [0.0, 0.0, 1.0, 0.0]);
    check::<4>("power", |t| power::taylor(1.4 + t, 2.2 - t, (1.0, -1.0)), |t| power(1.4 + t, 2.2 - t));
}

#[differentiable(order = 4)]
fn elementary(x: f64) -> f64 {
    let a = x.exp() * x.ln() + (x * x).tanh();
    let b = (1.0 + x).sqrt() / (x.cos() + 3.0) + x.atan() * (0.3 * x).asin();
    a * b - (0.5 * x).cosh().recip() + x.ln_1p() + (x / 4.0).tan() + x.cbrt()
}

#[differentiable(order = 4)]
fn angle(xs: &[f64]) -> f64 {
    xs[0].atan2(xs[1]) * xs[0].hypot(xs[1]) + xs[0].max(xs[1]) * xs[1].abs() + xs[1].mul_add(xs[0], 0.5).powi(3)
}

#[differentiable(order = 8)]
fn logarithm(x: f64) -> f64 {
    x.ln()
}

#[differentiable(order = 8)]
fn quotient(x: f64) -> f64 {
    x.exp() / (1.0 + x * x)
}

#[differentiable(order = 3)]
fn root(x: f64, y: f64) -> f64 {
    x.sqrt() + (x * y).sqrt() + y.powf(0.5)
}

/// Code grows with a power of the order and not exponentially, and is exact in the highest.
#[test]
fn eighth_order() {
    let coefficients: [f64; 9] = logarithm::taylor(2.0, 1.0);
    for (k, found) in coefficients.iter().enumerate().skip(1) {
        let expected = -(-0.5_f64).powi(k as i32) / k as f64;
        assert_relative_eq!(*found, expected, max_relative = 1e-13);
    }
    // e^x / (1 + x²) = q: q_k + q_{k-2} = 1 / k!
    let coefficients: [f64; 9] = quotient::taylor(0.0, 1.0);
    let (mut factorial, mut before) = (1.0, [0.0, 0.0]);
    for (k, found) in coefficients.into_iter().enumerate() {
        factorial *= k.max(1) as f64;
        assert_relative_eq!(found, 1.0 / factorial - before[0], epsilon = 1e-14, max_relative = 1e-12);
        before = [before[1], found];
    }
    check::<9>("quotient", |t| quotient::taylor(0.4 + t, 1.0), |t| quotient(0.4 + t));
}

/// Case 70 in every order: what does not move has no derivative, however steep it is.
#[test]
fn a_zero_seed_wins() {
    let moving: [f64; 4] = root::taylor(0.0, 4.0, (0.0, 1.0));
    assert_eq!(moving, [2.0, 0.25, -1.0 / 64.0, 1.0 / 512.0]);
    assert_eq!(root::taylor(0.0, 0.0, (0.0, 0.0)), [0.0; 4]);
}

#[test]
fn elementary_functions() {
    of_one!(elementary, 0.9, 5);
    of_slice!(angle, [0.7, -1.2], 5);
}

#[differentiable(order = 4)]
fn iterated(x: f64, n: usize) -> f64 {
    let mut y = x;
    let mut total = 0.0;
    for i in 0..n {
        y = (y + 0.1 * i as f64).sin() + x * y;
        if y > 0.5 {
            total += y * y;
        } else {
            total -= y / (1.0 + x);
        }
    }
    while total > 3.0 {
        total *= 0.5 * x;
    }
    total
}

#[differentiable(order = 4)]
fn scratch(xs: &[f64]) -> f64 {
    let mut a = [0.0; 3];
    let mut grown = Vec::new();
    for (i, x) in xs.iter().enumerate() {
        a[i % 3] += x * x;
        a.swap(0, i % 3);
        grown.push(a[0] * x);
    }
    let last = grown[grown.len() - 1];
    grown.pop();
    a.rotate_left(1);
    let mut total = last * a[1];
    for (left, right) in a.iter().zip(grown.iter().rev()) {
        total += (left * right).sin();
    }
    a[2] = total * a[2];
    a[0] = a[2] * a[1];
    a[0] + a[2]
}

#[test]
fn control_flow_and_mutation() {
    let along = |t: f64| (0.6 + t, 5);
    check::<5>("iterated", |t| iterated::taylor(along(t).0, along(t).1, 1.0), |t| iterated(along(t).0, along(t).1));
    check::<5>("no iteration", |t| iterated::taylor(0.6 + t, 0, 1.0), |t| iterated(0.6 + t, 0));
    of_slice!(scratch, [0.4, 0.9, -0.3, 1.1, 0.8], 5);
}

#[differentiable(order = 3)]
fn scale_all(ys: &mut [f64], by: f64, scratch: &mut [f64]) {
    for (y, s) in ys.iter_mut().zip(scratch.iter_mut()) {
        *s = *y * *y;
        *y = by * *s + y.exp();
    }
}

#[differentiable(order = 3)]
fn inner(xs: &[f64], w: f64) -> f64 {
    xs.iter().map(|x| (w * x).sin()).sum()
}

#[differentiable(order = 3)]
fn calls(xs: &[f64]) -> f64 {
    let mut ys = xs.to_vec();
    let mut scratch = [0.0; 8];
    scale_all(&mut ys, 0.5 * xs[0], &mut scratch);
    let constant = inner(&[1.0, 2.0], 0.3);
    inner(&ys, xs[1]) + inner(xs, 2.0) * constant + inner(&scratch, 0.1)
}

#[differentiable(order = 3)]
fn recursive(x: f64, n: u32) -> f64 {
    if n == 0 { 1.0 } else { x.sin() * recursive(x + 0.1, n - 1) + x }
}

#[test]
fn calls_and_recursion() {
    of_slice!(calls, [0.4, 0.9, -0.3], 4);
    check::<4>("recursive", |t| recursive::taylor(0.6 + t, 4, 1.0), |t| recursive(0.6 + t, 4));
    assert_relative_eq!(
        recursive::derivative::<2>(0.6, 3),
        2.0 * recursive::taylor::<3>(0.6, 3, 1.0)[2],
        max_relative = 1e-14
    );
}

#[derive(Clone, Differentiable)]
struct Spring {
    stiffness: f64,
    offset: [f64; 2],
    #[no_diff]
    name: String,
}

#[differentiable(order = 4)]
fn energy(spring: &Spring, x: f64) -> f64 {
    let Spring { stiffness, offset, .. } = spring.clone();
    let moved = Spring { stiffness: stiffness * x, ..spring.clone() };
    let stretch = (x - offset[0]) * moved.stiffness.exp();
    stretch * stretch + offset[1] * moved.offset[0].sin()
}

#[test]
fn structs() {
    let spring = |t: f64| Spring { stiffness: 0.4 + t, offset: [0.2 - t, 0.9 + 0.5 * t], name: "s".to_owned() };
    let direction = SpringTangent { stiffness: 1.0, offset: [-1.0, 0.5] };
    check::<5>(
        "energy",
        |t| energy::taylor(&spring(t), 0.8 + 2.0 * t, (&direction, 2.0)),
        |t| energy(&spring(t), 0.8 + 2.0 * t),
    );
    assert_eq!(spring(0.0).name, "s");
}

#[differentiable(order = 3)]
fn generic<T: num_traits::Float, const N: usize>(xs: [T; N]) -> T {
    let mut product = T::one();
    for x in xs {
        product = product * x.sin();
    }
    product
}

#[test]
fn generic_scalars() {
    let xs = |t: f64| [0.3 + t, 0.8 - t];
    check::<4>("generic", |t| generic::taylor(xs(t), [1.0, -1.0]), |t| generic(xs(t)));
    let single: [f32; 4] = generic::taylor([0.3_f32], [1.0]);
    assert_relative_eq!(single[3], -0.3_f32.cos() / 6.0, max_relative = 1e-6);
}

#[differentiable(order = 2)]
fn quadratic(a: &DMatrix<f64>, x: &DVector<f64>) -> f64 {
    let y = a * x;
    (x.dot(&y) / 2.0 + y.norm_squared()) * x[0].exp()
}

#[differentiable(order = 4)]
fn bilinear(u: Vector3<f64>, v: Vector3<f64>) -> f64 {
    let w = u.cross(&v) + u * v[0];
    w.dot(&v) * u.sum()
}

#[test]
fn matrices() {
    let a = |t: f64| DMatrix::from_fn(2, 2, |i, j| 0.3 + i as f64 - 0.5 * j as f64 + t * (1.0 + j as f64));
    let x = |t: f64| DVector::from_vec(vec![0.4 + t, -0.7 + 2.0 * t]);
    let (a_dot, x_dot) = (DMatrix::from_fn(2, 2, |_, j| 1.0 + j as f64), DVector::from_vec(vec![1.0, 2.0]));
    check::<3>("quadratic", |t| quadratic::taylor(&a(t), &x(t), (&a_dot, &x_dot)), |t| quadratic(&a(t), &x(t)));
    let (u, v) = (|t: f64| Vector3::new(0.3 + t, -0.2, 0.9 - t), |t: f64| Vector3::new(1.1, 0.4 + 0.5 * t, -0.6));
    check::<5>(
        "bilinear",
        |t| bilinear::taylor(u(t), v(t), (Vector3::new(1.0, 0.0, -1.0), Vector3::new(0.0, 0.5, 0.0))),
        |t| bilinear(u(t), v(t)),
    );
}

/// Case 94: the derivative of a derivative, one inside of the other, does not confuse the two directions.
#[differentiable(order = 3)]
fn product_of_waves(x: f64, y: f64) -> f64 {
    let inner = |u: f64| u * (x * u).sin();
    let outer = |u: f64| inner(u) + x * inner(u * u);
    outer(y) * x
}

#[test]
fn nested_closures() {
    check::<4>(
        "product_of_waves",
        |t| product_of_waves::taylor(0.7 + t, 0.4 - t, (1.0, -1.0)),
        |t| product_of_waves(0.7 + t, 0.4 - t),
    );
}
