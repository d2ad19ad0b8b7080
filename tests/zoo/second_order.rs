//! Second order: Hessian-vector products and Hessians, against differences of gradients and of values.

use chainrule::differentiable;
use nalgebra::{DMatrix, DVector, Matrix2};

/// `H v` is the derivative of the gradient along `v`, the Hessian is made of it and symmetric, and the value has a Taylor
/// remainder of order 3. `f` is given its arguments as one list.
pub struct SecondOrder<'f> {
    pub name: &'static str,
    pub value: &'f dyn Fn(&[f64]) -> f64,
    pub gradient: &'f dyn Fn(&[f64]) -> Vec<f64>,
    pub hvp: &'f dyn Fn(&[f64], &[f64]) -> Vec<f64>,
    pub at: Vec<f64>,
}

impl SecondOrder<'_> {
    pub fn check(&self) {
        let (name, n) = (self.name, self.at.len());
        let direction: Vec<f64> = (0..n).map(|i| ((i as f64 + 1.0) * 0.618_033_988_749_895).fract() - 0.3).collect();
        let moved =
            |step: f64, along: &[f64]| -> Vec<f64> { self.at.iter().zip(along).map(|(x, v)| x + step * v).collect() };
        let product = (self.hvp)(&self.at, &direction);
        assert_eq!(product.len(), n, "{name}");
        let scale = product.iter().fold(1.0, |scale: f64, value| scale.max(value.abs()));
        // fourth-order differences of gradients
        let h = 1e-3;
        let gradients = [-2.0, -1.0, 1.0, 2.0].map(|at| (self.gradient)(&moved(at * h, &direction)));
        for i in 0..n {
            let [a, b, c, d] = [0, 1, 2, 3].map(|at| gradients[at][i]);
            let difference = (a - 8.0 * b + 8.0 * c - d) / (12.0 * h);
            assert!(
                (difference - product[i]).abs() < 1e-7 * scale,
                "{name}: component {i}: hvp {} and differences of gradients {difference}",
                product[i]
            );
        }
        // f(x + s v) - f(x) - s <g, v> - s²/2 <v, H v> = O(s³)
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let (first, second) = (dot(&(self.gradient)(&self.at), &direction), dot(&direction, &product));
        let start = (self.value)(&self.at);
        let remainder = |s: f64| ((self.value)(&moved(s, &direction)) - start - s * first - 0.5 * s * s * second).abs();
        let (large, small) = (remainder(2e-2), remainder(1e-2));
        let noise = 1e-13 * (start.abs() + first.abs() + second.abs());
        assert!(small <= large / 6.0 + noise || small <= noise, "{name}: Taylor remainders {large:e}, {small:e}");
        // column by column
        let hessian: Vec<Vec<f64>> = (0..n)
            .map(|j| (self.hvp)(&self.at, &(0..n).map(|i| f64::from(u8::from(i == j))).collect::<Vec<f64>>()))
            .collect();
        for i in 0..n {
            for j in 0..i {
                let (a, b) = (hessian[i][j], hessian[j][i]);
                assert!((a - b).abs() <= 1e-11 * scale.max(a.abs()), "{name}: H[{i},{j}] = {a}, H[{j},{i}] = {b}");
            }
            let along: f64 = (0..n).map(|j| hessian[j][i] * direction[j]).sum();
            assert!((along - product[i]).abs() <= 1e-11 * scale, "{name}: row {i} of the Hessian");
        }
    }
}

/// A function of a slice.
macro_rules! of_slice {
    ($f:ident, $at:expr) => {
        $crate::second_order::SecondOrder {
            name: stringify!($f),
            value: &|x| $f(x),
            gradient: &|x| $f::grad(x),
            hvp: &|x, v| $f::hvp(x, v),
            at: $at.to_vec(),
        }
        .check()
    };
}
pub(crate) use of_slice;

/// A function of two floats.
macro_rules! of_two {
    ($f:ident, $x:expr, $y:expr) => {
        SecondOrder {
            name: stringify!($f),
            value: &|x| $f(x[0], x[1]),
            gradient: &|x| {
                let (a, b) = $f::grad(x[0], x[1]);
                vec![a, b]
            },
            hvp: &|x, v| {
                let (a, b) = $f::hvp(x[0], x[1], (v[0], v[1]));
                vec![a, b]
            },
            at: vec![$x, $y],
        }
        .check()
    };
}

#[differentiable(order = 2)]
pub fn rosenbrock(x: f64, y: f64) -> f64 {
    let a = 1.0 - x;
    let b = y - x * x;
    a * a + 100.0 * b * b
}

#[test]
fn rosenbrock_is_known() {
    let h = rosenbrock::hessian(0.5, 2.0);
    assert_eq!(h, Matrix2::new(2.0 - 400.0 * (2.0 - 0.75), -200.0, -200.0, 200.0));
    assert_eq!(rosenbrock::hvp(0.5, 2.0, (1.0, 0.0)), (h[(0, 0)], h[(1, 0)]));
    of_two!(rosenbrock, 0.5, 2.0);
}

#[differentiable(order = 2)]
fn all_smooth(x: f64, y: f64) -> f64 {
    let a = x.sin() * y.cos() + (x * y).tan() + x.sinh() * y.cosh() + (x / y).tanh();
    let b = x.exp() + y.exp2() + x.exp_m1() + y.ln() + x.log2() + y.log10() + x.ln_1p() + x.log(y + 2.0);
    let c =
        (0.3 * x).asin() + (0.3 * y).acos() + x.atan() + y.atan2(x) + x.asinh() + (y + 1.0).acosh() + (0.2 * x).atanh();
    let d = x.sqrt() * y.cbrt()
        + x.hypot(y)
        + x.recip()
        + x.mul_add(y, a)
        + x.powi(5)
        + y.powi(-2)
        + x.powf(1.5)
        + x.powf(y);
    a * b + c * d
}

#[test]
fn of_the_rule_table() {
    of_two!(all_smooth, 0.7, 1.3);
    of_two!(all_smooth, 1.4, 0.6);
}

#[differentiable(order = 2)]
fn with_kinks(x: f64, y: f64) -> f64 {
    let larger = (x * x).max(y.sin());
    let smaller = (x * y).min(x + y);
    larger * smaller + (x * y).abs() * x.clamp(-2.0, 2.0) * y.signum() + (3.0 * x) % y + x.copysign(y) * y * y
}

#[test]
fn beside_kinks() {
    of_two!(with_kinks, 0.7, 1.3);
    of_two!(with_kinks, -1.45, 0.6);
}

#[differentiable(order = 2)]
fn power(x: f64, p: f64) -> f64 {
    x.powf(p) + x.powi(3) + x.powi(1)
}

/// What is singular keeps the conventions of first order.
#[test]
fn at_singular_points() {
    assert_eq!(power::hvp(0.0, 2.0, (1.0, 0.0)).0, 2.0);
    assert_eq!(power::hvp(0.0, 3.0, (1.0, 0.0)).0, 0.0);
    assert_eq!(root_beside_square::hvp(0.0, 3.0, (0.0, 1.0)), (0.0, 2.0));
    assert_eq!(root_beside_square::hvp(4.0, 3.0, (1.0, 0.0)), (-1.0 / 32.0, 0.0));
    assert_eq!(length::hvp(0.0, 0.0, (1.0, 1.0)), (0.0, 0.0));
    assert_eq!(distance::hvp(0.0, 1.0), 0.0);
}

#[differentiable(order = 2)]
fn root_beside_square(x: f64, y: f64) -> f64 {
    x.sqrt() + y * y
}

#[differentiable(order = 2)]
fn length(x: f64, y: f64) -> f64 {
    x.hypot(y)
}

#[differentiable(order = 2)]
fn distance(x: f64) -> f64 {
    x.abs()
}

// 88: loops and mutation
#[differentiable(order = 2)]
fn recurrence(x: &[f64]) -> f64 {
    let mut state = x[0];
    let mut sum = 0.0;
    for i in 1..x.len() {
        state = (state * x[i]).sin() + 0.5 * state * state;
        if state > 0.2 {
            sum += state * x[i];
        } else {
            sum -= state.exp() * x[i - 1];
        }
    }
    sum * state
}

#[differentiable(order = 2)]
fn overwritten(x: &[f64]) -> f64 {
    let mut t = x.to_vec();
    for round in 0..3 {
        for i in 0..t.len() - 1 {
            t[i] *= t[i + 1];
            t[i + 1] = t[i] + t[i + 1].cos() * x[round];
        }
    }
    let mut product = 1.0;
    for i in 0..t.len() {
        product *= 1.0 + t[i] * t[i];
    }
    product.ln()
}

#[differentiable(order = 2)]
fn until_large(x: &[f64]) -> f64 {
    let mut t = x[0] * x[0] + 0.3;
    let mut count = 0;
    while t < 4.0 {
        t = t * (1.2 + x[1] * x[1]) + x[2];
        count += 1;
        if count > 20 {
            break;
        }
    }
    t * t
}

// 91: indexing
#[differentiable(order = 2)]
fn gathered(x: &[f64]) -> f64 {
    let order = [2, 0, 1, 2];
    let mut s = 0.0;
    for i in order {
        s += x[i] * x[i] * x[(i + 1) % 3];
    }
    s
}

// 92: the root of a sum
#[differentiable(order = 2)]
fn root_of_sum(x: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += x[i].exp() + x[i] * x[i];
    }
    s.sqrt()
}

// 79: the largest value leaves the exponentials small
#[differentiable(order = 2)]
fn log_sum_exp(x: &[f64]) -> f64 {
    let mut largest = x[0];
    for i in 1..x.len() {
        largest = largest.max(x[i]);
    }
    let mut s = 0.0;
    for i in 0..x.len() {
        s += (x[i] - largest).exp();
    }
    largest + s.ln()
}

#[test]
fn through_loops_and_mutation() {
    let at = [0.4, -0.7, 0.9, 0.35, -0.2];
    of_slice!(recurrence, at);
    of_slice!(overwritten, at);
    of_slice!(until_large, at[..3]);
    of_slice!(gathered, at[..3]);
    of_slice!(root_of_sum, at);
    of_slice!(log_sum_exp, at);
}

/// `H = diag(p) - p pᵀ`, where `p` is the softmax.
#[test]
fn log_sum_exp_is_known() {
    let x: [f64; 3] = [1000.0, 1001.0, 999.5];
    let sum: f64 = x.iter().map(|x| (x - 1001.0).exp()).sum();
    let p = DVector::from_iterator(3, x.iter().map(|x| (x - 1001.0).exp() / sum));
    let known = DMatrix::from_diagonal(&p) - &p * p.transpose();
    let hessian: DMatrix<f64> = log_sum_exp::hessian(&x);
    assert!((hessian - known).norm() < 1e-14);
}

// generic floats, failures, mutable parameters
#[differentiable(order = 2)]
fn generic<T: num_traits::Float>(x: T, y: T) -> T {
    let two = T::one() + T::one();
    (x * y).sin() / two + x * x * y.sqrt()
}

#[differentiable(order = 2)]
fn partial(x: f64, y: f64) -> Option<f64> {
    if y == 0.0 {
        return None;
    }
    Some(x * x / y)
}

#[differentiable(order = 2)]
fn spoiled(x: &mut [f64], y: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        x[i] = x[i] * y;
        s += x[i] * x[i];
    }
    s
}

#[test]
fn of_other_kinds() {
    of_two!(generic, 0.7, 1.3);
    let [a, b] = [generic::hvp(0.7_f32, 1.3_f32, (1.0, 0.5)).0, generic::hvp(0.7_f64, 1.3, (1.0, 0.5)).0 as f32];
    assert!((a - b).abs() < 1e-5);
    assert_eq!(partial::hvp(3.0, 2.0, (1.0, 0.0)), Some((1.0, -1.5)));
    assert_eq!(partial::hvp(3.0, 0.0, (1.0, 0.0)), None);
    assert_eq!(partial::hessian(3.0, 2.0), Some(Matrix2::new(1.0, -1.5, -1.5, 2.25)));
    // s = y² Σ x²
    let (product, y) = spoiled::hvp(&mut [1.0, 2.0], 3.0, ([1.0, 0.0], 1.0));
    assert_eq!((product, y), (vec![18.0 + 12.0, 24.0], 12.0 + 10.0));
}

// 94: no confusion of the perturbations of nested functions
#[differentiable(order = 2)]
fn nested(x: f64, y: f64) -> f64 {
    x * shifted(x, y, x * y)
}

#[differentiable(order = 2)]
fn nested_closures(x: f64, y: f64) -> f64 {
    let scaled = |t: f64| t * x;
    let shifted = |t: f64| scaled(t) * t + y * t;
    x * shifted(x * y)
}

#[differentiable(order = 2)]
fn shifted(x: f64, y: f64, t: f64) -> f64 {
    generic(t, x) + y * t
}

#[test]
fn of_nested_functions() {
    of_two!(nested, 0.7, 1.3);
    of_two!(nested_closures, 0.7, 1.3);
}

/// Gamma and vega of a European call.
#[differentiable(order = 2)]
fn erf(x: f64) -> f64 {
    let mut term = x;
    let mut sum = x;
    for n in 1..60 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * std::f64::consts::FRAC_2_SQRT_PI
}

#[differentiable(order = 2)]
fn phi(d: f64) -> f64 {
    0.5 * (1.0 + erf(d * std::f64::consts::FRAC_1_SQRT_2))
}

#[differentiable(order = 2)]
fn call_price(spot: f64, volatility: f64) -> f64 {
    let (strike, rate, years): (f64, f64, f64) = (100.0, 0.03, 0.75);
    let deviation = volatility * years.sqrt();
    let d1 = ((spot / strike).ln() + rate * years) / deviation + 0.5 * deviation;
    let d2 = d1 - deviation;
    spot * phi(d1) - strike * (-rate * years).exp() * phi(d2)
}

#[test]
fn black_scholes_is_known() {
    let (spot, volatility) = (105.0_f64, 0.3_f64);
    let deviation = volatility * 0.75_f64.sqrt();
    let d1 = ((spot / 100.0).ln() + 0.03 * 0.75) / deviation + 0.5 * deviation;
    let d2 = d1 - deviation;
    let density = (-0.5 * d1 * d1).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let vega = spot * density * 0.75_f64.sqrt();
    let gamma = density / (spot * deviation);
    let (vanna, volga) = (-density * d2 / volatility, vega * d1 * d2 / volatility);
    let (_, g) = call_price::grad(spot, volatility);
    assert!((g - vega).abs() < 1e-10 * vega);
    let hessian: Matrix2<f64> = call_price::hessian(spot, volatility);
    let known = Matrix2::new(gamma, vanna, vanna, volga);
    assert!((hessian - known).norm() < 1e-10 * known.norm(), "{hessian} {known}");
}
