//! Functions whose derivatives the user gives.

use chainrule::Accumulate;
use nalgebra::{DMatrix, DVector, Dyn, LU, Matrix2, Vector2};
use num_traits::Float;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the macro has no rule for: a fixed point, found by bisection.
pub fn root(a: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0 + a);
    while high - low > 1e-15 * high {
        let middle = 0.5 * (low + high);
        if middle + middle.sin() < a { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Rules of another module.
pub mod rules {
    use super::*;

    pub fn root_jvp(a: f64, a_dot: f64) -> (f64, f64) {
        let y = root(a);
        (y, a_dot / (1.0 + y.cos()))
    }

    pub fn root_vjp(a: f64) -> (f64, impl Fn(f64) -> f64) {
        let y = root(a);
        let slope = 1.0 / (1.0 + y.cos());
        (y, move |y_bar| y_bar * slope)
    }
}

fn hypotenuse_jvp(x: f64, y: f64, (x_dot, y_dot): (f64, f64)) -> (f64, f64) {
    let r = x.hypot(y);
    (r, (x * x_dot + y * y_dot) / r)
}

fn hypotenuse_vjp(x: f64, y: f64) -> (f64, impl Fn(f64) -> (f64, f64)) {
    let r = x.hypot(y);
    (r, move |r_bar| (r_bar * x / r, r_bar * y / r))
}

fn power_sum_jvp(xs: &[f64], n: i32, p: f64, (xs_dot, p_dot): (&[f64], f64)) -> (f64, f64) {
    let mut dot = p_dot * xs.iter().map(|x| x.powi(n)).sum::<f64>();
    for (x, x_dot) in xs.iter().zip(xs_dot) {
        dot += p * n as f64 * x.powi(n - 1) * x_dot;
    }
    (p * xs.iter().map(|x| x.powi(n)).sum::<f64>(), dot)
}

fn power_sum_vjp(xs: &[f64], n: i32, p: f64) -> (f64, impl Fn(f64) -> (Vec<f64>, f64) + use<>) {
    let sum = xs.iter().map(|x| x.powi(n)).sum::<f64>();
    let slopes: Vec<f64> = xs.iter().map(|x| p * n as f64 * x.powi(n - 1)).collect();
    (p * sum, move |y_bar| (slopes.iter().map(|slope| y_bar * slope).collect(), y_bar * sum))
}

/// A pullback that borrows from the arguments.
fn borrowing_vjp(xs: &[f64], w: Vec<f64>) -> (f64, impl Fn(f64) -> (Vec<f64>, Vec<f64>)) {
    let y = xs.iter().zip(&w).map(|(x, w)| x * w).sum();
    (y, move |y_bar| (w.iter().map(|w| w * y_bar).collect(), xs.iter().map(|x| x * y_bar).collect()))
}

fn softplus_jvp<T: Float>(x: T, x_dot: T) -> (T, T) {
    let e = (-x.abs()).exp();
    let sigmoid = if x > T::zero() { T::one() / (T::one() + e) } else { e / (T::one() + e) };
    (x.max(T::zero()) + e.ln_1p(), x_dot * sigmoid)
}

fn softplus_vjp<T: Float>(x: T) -> (T, impl Fn(T) -> T) {
    let (y, slope) = softplus_jvp(x, T::one());
    (y, move |y_bar| y_bar * slope)
}

/// `A⁻¹ b` with the decomposition as a residual: `x_bar -> (-λ xᵀ, λ)` with `Aᵀ λ = x_bar`.
fn solve_vjp(
    a: &DMatrix<f64>,
    b: &DVector<f64>,
) -> (DVector<f64>, impl Fn(DVector<f64>) -> (DMatrix<f64>, DVector<f64>) + use<>) {
    let lu: LU<f64, Dyn, Dyn> = a.clone().lu();
    let x = lu.solve(b).expect("a regular matrix");
    let transposed = a.transpose().lu();
    let kept = x.clone();
    (x, move |x_bar| {
        let lambda = transposed.solve(&x_bar).expect("a regular matrix");
        (-&lambda * kept.transpose(), lambda)
    })
}

fn solve_jvp(
    a: &DMatrix<f64>,
    b: &DVector<f64>,
    (a_dot, b_dot): (&DMatrix<f64>, &DVector<f64>),
) -> (DVector<f64>, DVector<f64>) {
    let lu = a.clone().lu();
    let x = lu.solve(b).expect("a regular matrix");
    let x_dot = lu.solve(&(b_dot - a_dot * &x)).expect("a regular matrix");
    (x, x_dot)
}

/// Where pullbacks count how often they are called.
static CALLS: AtomicUsize = AtomicUsize::new(0);

fn counted_vjp(x: f64) -> (f64, impl Fn(f64) -> f64) {
    (x * x * x, move |y_bar| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        3.0 * x * x * y_bar
    })
}

/// A rule with a state of its own, which leaves the result alone.
fn scratch_vjp(xs: &[f64]) -> (f64, impl Fn(f64) -> Vec<f64> + use<>) {
    let scratch = std::cell::RefCell::new(Vec::new());
    let xs = xs.to_vec();
    let norm = xs.iter().map(|x| x * x).sum::<f64>().sqrt();
    (norm, move |y_bar| {
        let mut scratch = scratch.borrow_mut();
        scratch.clear();
        scratch.extend(xs.iter().map(|x| y_bar * x / norm));
        scratch.clone()
    })
}

fn rotated_jvp(angle: f64, v: &Vector2<f64>, (angle_dot, v_dot): (f64, &Vector2<f64>)) -> (Vector2<f64>, Vector2<f64>) {
    let (sin, cos) = angle.sin_cos();
    let turn = Matrix2::new(cos, -sin, sin, cos);
    let turn_dot = Matrix2::new(-sin, -cos, cos, -sin) * angle_dot;
    (turn * v, turn_dot * v + turn * v_dot)
}

fn polynomial_jvp<const N: usize>(c: [f64; N], x: f64, (c_dot, x_dot): ([f64; N], f64)) -> (f64, f64) {
    let (mut y, mut y_dot) = (0.0, 0.0);
    for i in (0..N).rev() {
        y_dot = y_dot * x + y * x_dot + c_dot[i];
        y = y * x + c[i];
    }
    (y, y_dot)
}

fn only_x_jvp(x: f64, table: &[f64], x_dot: f64) -> (f64, f64) {
    (x * x * table[0], 2.0 * x * table[0] * x_dot)
}

zoo! {
    #[options(custom_jvp = rules::root_jvp, custom_vjp = rules::root_vjp)]
    pub fn both_rules(a: f64) -> f64 {
        root(a)
    }

    #[options(custom_jvp = super::rules::root_jvp)]
    pub fn forward_rule(a: f64) -> f64 {
        root(a)
    }

    #[options(custom_vjp = crate::custom_rules::rules::root_vjp)]
    pub fn reverse_rule(a: f64) -> f64 {
        root(a)
    }

    #[options(custom_jvp = hypotenuse_jvp)]
    pub fn hypotenuse(x: f64, y: f64) -> f64 {
        f64::from_bits(x.hypot(y).to_bits())
    }

    #[options(custom_vjp = hypotenuse_vjp)]
    pub fn hypotenuse_backward(x: f64, y: f64) -> f64 {
        x.hypot(y)
    }

    #[options(custom_jvp = power_sum_jvp, custom_vjp = power_sum_vjp)]
    pub fn power_sum(xs: &[f64], n: i32, p: f64) -> f64 {
        p * xs.iter().map(|x| x.powi(n)).sum::<f64>()
    }

    #[options(custom_vjp = power_sum_vjp)]
    pub fn power_sum_backward(xs: &[f64], n: i32, p: f64) -> f64 {
        p * xs.iter().map(|x| x.powi(n)).sum::<f64>()
    }

    #[options(custom_vjp = borrowing_vjp, checkpoint)]
    pub fn borrowing(xs: &[f64], w: Vec<f64>) -> f64 {
        xs.iter().zip(&w).map(|(x, w)| x * w).sum()
    }

    #[options(custom_jvp = softplus_jvp, custom_vjp = softplus_vjp)]
    pub fn softplus<T: Float>(x: T) -> T {
        x.max(T::zero()) + (-x.abs()).exp().ln_1p()
    }

    #[options(custom_jvp = softplus_jvp)]
    pub fn softplus_forward<T: Float>(x: T) -> T {
        x.max(T::zero()) + (-x.abs()).exp().ln_1p()
    }

    #[options(custom_vjp = softplus_vjp)]
    pub fn softplus_backward<T: Float>(x: T) -> T {
        x.max(T::zero()) + (-x.abs()).exp().ln_1p()
    }

    #[options(custom_jvp = solve_jvp, custom_vjp = solve_vjp)]
    pub fn solve(a: &DMatrix<f64>, b: &DVector<f64>) -> DVector<f64> {
        a.clone().lu().solve(b).expect("a regular matrix")
    }

    #[options(custom_vjp = counted_vjp)]
    pub fn counted(x: f64) -> f64 {
        x * x * x
    }

    #[options(custom_vjp = scratch_vjp)]
    pub fn length(xs: &[f64]) -> f64 {
        xs.iter().map(|x| x * x).sum::<f64>().sqrt()
    }

    #[options(custom_jvp = rotated_jvp)]
    pub fn rotated(angle: f64, v: &Vector2<f64>) -> Vector2<f64> {
        let (sin, cos) = angle.sin_cos();
        Matrix2::new(cos, -sin, sin, cos) * v
    }

    #[options(custom_jvp = polynomial_jvp)]
    pub fn polynomial<const N: usize>(c: [f64; N], x: f64) -> f64 {
        c.iter().rev().fold(0.0, |y, c| y * x + c)
    }

    #[options(custom_jvp = only_x_jvp, wrt(x))]
    pub fn only_x(x: f64, table: &[f64]) -> f64 {
        x * x * table[0]
    }

    #[options(custom_jvp = chainrule::nn::sigmoid::jvp, custom_vjp = chainrule::nn::sigmoid::vjp)]
    pub fn rules_of_another_crate(x: f64) -> f64 {
        chainrule::nn::sigmoid(x)
    }

    pub fn in_a_loop(xs: &[f64], a: f64) -> f64 {
        let mut s = a;
        for x in xs {
            s = hypotenuse(s, *x) + both_rules(s * x) * forward_rule(*x) + reverse_rule(s);
        }
        s
    }

    #[options(checkpoint)]
    pub fn checkpointed(xs: &[f64], a: f64) -> f64 {
        let mut s = a;
        for x in xs {
            s += both_rules(s * x) * hypotenuse_backward(s, *x);
        }
        s
    }

    pub fn checkpoint_in_a_loop(xs: &[f64], a: f64) -> f64 {
        let mut s = a;
        for i in 0..3 {
            s = checkpointed(xs, s) * 0.5 + borrowing(xs, vec![s; xs.len()]) * i as f64;
        }
        s
    }

    pub fn inactive_arguments(x: f64) -> f64 {
        hypotenuse(x, 3.0) * hypotenuse_backward(2.0, x) + hypotenuse(2.0, 3.0) * power_sum(&[1.0, 2.0], 2, x)
            + power_sum_backward(&[x, 2.0, x], 3, 0.5) + both_rules(2.0)
    }

    pub fn parts_of_a_slice(xs: &[f64]) -> f64 {
        let mut ys = xs.to_vec();
        ys[1] *= power_sum(&ys[..2], 3, ys[2]);
        ys[0] += length(&ys) * length(&xs[1..]);
        let c = [ys[0], xs[1], 0.5];
        polynomial(c, ys[1] * 0.1) + power_sum(&ys, 2, 0.7)
    }

    pub fn of_generic_rules<T: Float>(x: T, y: T) -> T {
        let a: T = softplus(x * y);
        let b: T = softplus_forward(x);
        let c: T = softplus(y);
        a * b + softplus_backward(c - x)
    }

    pub fn of_matrices(a: &DMatrix<f64>, b: &DVector<f64>, angle: f64) -> f64 {
        let x = solve(a, b);
        let y = solve(a, &x);
        let mut v = Vector2::<f64>::zeros();
        v[0] = x[0];
        v[1] = y[1];
        let w = rotated(angle, &v);
        let turned = rotated(x[1], &Vector2::repeat(2.0));
        w[0] * y[0] + w[1] + turned[0] * turned[1]
    }

    pub fn counts(x: f64) -> f64 {
        counted(x) * counted(counted(x) * 0.1)
    }
}

#[test]
fn rules_themselves() {
    laws!(both_rules(a: 1.3));
    laws!(forward_rule(a: 1.3));
    laws!(reverse_rule(a: 1.3));
    laws!(hypotenuse(x: 1.3, y: -0.4));
    laws!(hypotenuse_backward(x: 1.3, y: -0.4));
    laws!(power_sum(xs: &vec![0.5, 1.3, -0.7], _: 3, p: 0.8));
    laws!(power_sum_backward(xs: &vec![0.5, 1.3, -0.7], _: 3, p: 0.8));
    laws!(borrowing(xs: &vec![0.5, 1.3, -0.7], w: vec![0.2, 0.4, 1.1]));
    laws!(softplus(x: 0.3_f64));
    laws!(softplus_forward(x: -0.3_f64));
    laws!(softplus_backward(x: 0.3_f64));
    laws!(length(xs: &vec![0.5, 1.3, -0.7]));
    laws!(polynomial(c: [0.5, 1.3, -0.7, 0.2], x: 1.2));
    laws!(rules_of_another_crate(x: 0.9));
    laws!(only_x(x: 0.9, _: &[0.3]));
    let a = DMatrix::from_row_slice(2, 2, &[2.0, 0.3, -0.4, 1.5]);
    map_laws!(solve(a: &a, b: &DVector::from_vec(vec![0.4, -1.0])));
    map_laws!(rotated(angle: 0.4, v: &Vector2::new(0.3, 1.2)));
}

#[test]
fn called() {
    laws!(in_a_loop(xs: &vec![0.5, 1.3, 0.7], a: 0.6));
    laws!(checkpointed(xs: &vec![0.5, 1.3, 0.7], a: 0.6));
    laws!(checkpoint_in_a_loop(xs: &vec![0.5, 0.3, 0.7], a: 0.6));
    laws!(inactive_arguments(x: 0.7));
    laws!(parts_of_a_slice(xs: &vec![0.5, 1.3, 0.7]));
    laws!(of_generic_rules(x: 0.5_f64, y: 1.3_f64));
    let a = DMatrix::from_row_slice(2, 2, &[2.0, 0.3, -0.4, 1.5]);
    laws!(of_matrices(a: &a, b: &DVector::from_vec(vec![0.4, -1.0]), angle: 0.4));
}

/// Each call of a rule has a pullback of its own, which runs once for each cotangent.
#[test]
fn pullbacks_run_once_a_call() {
    laws!(counts(x: 1.1));
    let before = CALLS.load(Ordering::Relaxed);
    let gradient = simplified::counts::grad(1.1);
    assert_eq!(CALLS.load(Ordering::Relaxed) - before, 3);
    let (_, pullback) = simplified::counts::vjp(1.1);
    assert_eq!([pullback(1.0), pullback(2.0)], [gradient, 2.0 * gradient]);
    assert_eq!(CALLS.load(Ordering::Relaxed) - before, 9);
}

/// The rule is what counts, whatever the body does.
#[test]
fn rules_stand_for_the_body() {
    fn clipped_vjp(x: f64) -> (f64, impl Fn(f64) -> f64) {
        (x.exp(), move |y_bar| (x.exp() * y_bar).clamp(-1.0, 1.0))
    }
    #[chainrule::differentiable(custom_vjp = clipped_vjp)]
    fn clipped(x: f64) -> f64 {
        x.exp()
    }
    #[chainrule::differentiable]
    fn f(x: f64) -> f64 {
        2.0 * clipped(x)
    }
    assert_eq!([f::grad(0.3), f::grad(-3.0)], [1.0, 2.0 * (-3.0_f64).exp()]);
}

/// Residuals of another float type and Jacobians by the mode that there is.
#[test]
fn companions_are_complete() {
    assert_eq!(simplified::rotated::jacobian(0.0, &Vector2::new(1.0, 2.0)), {
        nalgebra::Matrix2x3::new(-2.0, 1.0, 0.0, 1.0, 0.0, 1.0)
    });
    assert_eq!(simplified::hypotenuse::jacobian(3.0, 4.0), nalgebra::Matrix1x2::new(0.6, 0.8));
    let mut into = [9.0; 2];
    let value = simplified::length::grad_into(&[3.0, 4.0], &mut into);
    assert_eq!((value, into), (5.0, [0.6, 0.8]));
    let value = simplified::length::vjp_into(&[3.0, 4.0], &mut into, 10.0);
    into.accumulate(&[1.0, 1.0]);
    assert_eq!((value, into), (5.0, [7.6, 9.8]));
    assert_eq!(simplified::softplus_backward::grad(0.0_f32), 0.5);
}
