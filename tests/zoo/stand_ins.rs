//! Rules for functions of another crate.

use chainrule::derivative_of;
use num_traits::Float;
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
