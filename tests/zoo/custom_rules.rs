//! Functions whose derivatives the user gives.

use chainrule::{Accumulate, Differentiable};
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

/// Type, tangent and rules of a user's own.
#[derive(Differentiable, Clone, Debug, PartialEq)]
pub struct Gauss {
    mean: f64,
    deviation: f64,
}

fn density_vjp(g: &Gauss, x: f64) -> (f64, impl Fn(f64) -> (GaussTangent, f64) + use<>) {
    let (z, deviation) = ((x - g.mean) / g.deviation, g.deviation);
    let y = (-0.5 * z * z).exp() / deviation;
    (y, move |y_bar: f64| {
        let x_bar = -y_bar * y * z / deviation;
        (GaussTangent { mean: -x_bar, deviation: y_bar * y * (z * z - 1.0) / deviation }, x_bar)
    })
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

    #[options(custom_vjp = density_vjp)]
    pub fn density(g: &Gauss, x: f64) -> f64 {
        let z = (x - g.mean) / g.deviation;
        (-0.5 * z * z).exp() / g.deviation
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

    pub fn of_densities(gs: &[Gauss], x: f64) -> f64 {
        let mut s = x;
        for g in gs {
            s += density(g, s) * density(&gs[0], x) + only_x(s, &[0.3]);
        }
        s
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
    laws!(density(g: &Gauss { mean: 0.3, deviation: 0.8 }, x: 0.9));
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
    laws!(of_densities(gs: &vec![Gauss { mean: 0.3, deviation: 0.8 }, Gauss { mean: -0.3, deviation: 1.8 }], x: 0.9));
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

/// Functions of another crate.
mod stand_ins {
    use super::*;
    use chainrule::derivative_of;
    use std::f64::consts::FRAC_2_SQRT_PI;

    fn erf_jvp(x: f64, x_dot: f64) -> (f64, f64) {
        (libm::erf(x), FRAC_2_SQRT_PI * (-x * x).exp() * x_dot)
    }

    fn gamma_vjp(x: f64) -> ((f64, i32), impl Fn((f64, ())) -> f64) {
        let slope = digamma(x);
        (libm::lgamma_r(x), move |(bar, ())| bar * slope)
    }

    fn gamma_jvp(x: f64, x_dot: f64) -> ((f64, i32), (f64, ())) {
        (libm::lgamma_r(x), (digamma(x) * x_dot, ()))
    }

    /// By its recurrence and the asymptotic series.
    fn digamma(x: f64) -> f64 {
        let (mut x, mut shifted) = (x, 0.0);
        while x < 20.0 {
            shifted -= 1.0 / x;
            x += 1.0;
        }
        let square = 1.0 / (x * x);
        shifted + x.ln() - 0.5 / x - square * (1.0 / 12.0 - square * (1.0 / 120.0 - square / 252.0))
    }

    fn power_jvp<T: Float>(x: T, y: T, (x_dot, y_dot): (T, T)) -> (T, T) {
        let z = x.powf(y);
        (z, z * (y / x * x_dot + x.ln() * y_dot))
    }

    #[derivative_of(libm::erf, custom_jvp = erf_jvp)]
    fn erf(x: f64) -> f64;

    #[derivative_of(libm::lgamma_r, custom_vjp = gamma_vjp, custom_jvp = gamma_jvp)]
    pub(crate) fn ln_gamma_and_sign(x: f64) -> (f64, i32);

    #[derivative_of(<T as Float>::powf, custom_jvp = power_jvp, wrt(x, y))]
    pub fn power<T: Float>(x: T, y: T) -> T;

    #[derivative_of(f64::powi, custom_jvp = cubed_jvp, checkpoint, wrt(x))]
    fn integer_power(x: f64, n: i32) -> f64;

    fn cubed_jvp(x: f64, n: i32, x_dot: f64) -> (f64, f64) {
        (x.powi(n), f64::from(n) * x.powi(n - 1) * x_dot)
    }

    zoo! {
        pub fn likelihood(x: f64, shape: f64) -> f64 {
            let (ln_gamma, _) = ln_gamma_and_sign(shape);
            power(x, shape) * erf(x * shape) - ln_gamma + integer_power(x, 3)
        }

        pub fn erf_in_a_loop(xs: &[f64]) -> f64 {
            let mut s = 0.1;
            for &x in xs {
                s += erf(s * x) * integer_power(s, 2);
            }
            s
        }
    }

    #[test]
    fn called() {
        laws!(likelihood(x: 0.7, shape: 1.4));
        laws!(erf_in_a_loop(xs: &vec![0.7, 1.4, -0.3]));
        assert_eq!(erf(0.7), libm::erf(0.7));
        assert_eq!(power::grad(2.0_f32, 1.0), (1.0, 2.0 * 2.0_f32.ln()));
    }
}

/// Methods of a trait for a type of another crate, and of a type of one's own.
mod methods {
    use super::*;
    use std::f64::consts::FRAC_2_SQRT_PI;

    #[chainrule::differentiable]
    pub trait Special: Differentiable {
        fn error_integral(self) -> Self;
        fn weighted(&self, ws: &[f64]) -> f64;
    }

    #[chainrule::differentiable]
    impl Special for f64 {
        #[differentiable(custom_jvp = erf_jvp)]
        fn error_integral(self) -> f64 {
            libm::erf(self)
        }

        #[differentiable(custom_jvp = weighted_jvp, custom_vjp = weighted_vjp)]
        fn weighted(&self, ws: &[f64]) -> f64 {
            ws.iter().map(|w| w * self).sum()
        }
    }

    #[chainrule::differentiable]
    impl Special for f32 {
        #[differentiable(custom_vjp = erff_vjp)]
        fn error_integral(self) -> f32 {
            libm::erff(self)
        }

        fn weighted(&self, ws: &[f64]) -> f64 {
            let mut s = 0.0;
            for w in ws {
                s += w * *self as f64;
            }
            s
        }
    }

    fn erf_jvp(x: f64, x_dot: f64) -> (f64, f64) {
        (libm::erf(x), FRAC_2_SQRT_PI * (-x * x).exp() * x_dot)
    }

    fn erff_vjp(x: f32) -> (f32, impl Fn(f32) -> f32) {
        (libm::erff(x), move |bar| FRAC_2_SQRT_PI as f32 * (-x * x).exp() * bar)
    }

    fn weighted_jvp(x: &f64, ws: &[f64], (x_dot, ws_dot): (&f64, &[f64])) -> (f64, f64) {
        let sum: f64 = ws.iter().sum();
        (x * sum, x_dot * sum + x * ws_dot.iter().sum::<f64>())
    }

    fn weighted_vjp(x: &f64, ws: &[f64]) -> (f64, impl Fn(f64) -> (f64, Vec<f64>) + use<>) {
        let (x, n, sum) = (*x, ws.len(), ws.iter().sum::<f64>());
        (x * sum, move |bar| (bar * sum, vec![bar * x; n]))
    }

    #[chainrule::differentiable]
    impl Gauss {
        #[differentiable(custom_vjp = density_vjp)]
        pub fn density(&self, x: f64) -> f64 {
            let z = (x - self.mean) / self.deviation;
            (-0.5 * z * z).exp() / self.deviation
        }

        /// A rule of the block itself, and a method that calls the other one.
        #[differentiable(custom_jvp = Self::forward_of_moved, custom_vjp = Self::reverse_of_moved)]
        pub fn moved(self, by: f64) -> Gauss {
            Gauss { mean: self.mean + by, ..self }
        }

        pub fn ratio(&self, x: f64, by: f64) -> f64 {
            self.density(x) / self.clone().moved(by).density(x)
        }

        #[no_diff]
        fn forward_of_moved(self, by: f64, (dot, by_dot): (GaussTangent, f64)) -> (Gauss, GaussTangent) {
            (self.moved(by), GaussTangent { mean: dot.mean + by_dot, ..dot })
        }

        #[no_diff]
        fn reverse_of_moved(self, by: f64) -> (Gauss, impl Fn(GaussTangent) -> (GaussTangent, f64)) {
            (self.moved(by), |bar| {
                let by_bar = bar.mean;
                (bar, by_bar)
            })
        }
    }

    zoo! {
        pub fn of_a_foreign_type(x: f64, ws: &[f64]) -> f64 {
            (x * ws[0]).error_integral() * x.weighted(&ws[1..]) + ws[1].error_integral() * 2.0_f64.error_integral() + ws[0].weighted(&[x, 1.0])
        }

        pub fn in_single_precision(x: f32) -> f32 {
            x.error_integral() * x
        }

        pub fn through_a_bound<S: Special + Clone>(x: S, ws: &[f64]) -> f64 {
            x.clone().error_integral().weighted(ws) * x.weighted(&ws[..1])
        }

        pub fn of_ones_own(g: &Gauss, x: f64, by: f64) -> f64 {
            let moved = g.clone().moved(by * by);
            g.ratio(x, by) * moved.density(by) + moved.mean
        }
    }

    #[test]
    fn called() {
        laws!(of_a_foreign_type(x: 0.4, ws: &vec![0.7, 1.2, -0.5]));
        laws!(through_a_bound(x: 0.4_f64, ws: &vec![0.7, 1.2, -0.5]));
        laws!(of_ones_own(g: &Gauss { mean: 0.3, deviation: 0.8 }, x: 0.9, by: 0.2));
        let (x, slope) = (0.4_f32, simplified::in_single_precision::grad(0.4));
        assert!((slope - (libm::erff(x) + x * FRAC_2_SQRT_PI as f32 * (-x * x).exp())).abs() < 1e-6);
        assert_eq!(0.0_f32.error_integral_jvp(2.0), (0.0, 2.0 * FRAC_2_SQRT_PI as f32));
        assert_eq!(0.0_f64.error_integral_vjp().1(2.0), 2.0 * FRAC_2_SQRT_PI);
    }
}

/// `#[no_diff]` on a `let`.
mod constants {
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
}
