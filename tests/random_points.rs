//! The laws at random points, away from kinks.

use chainrule::check::Checker;
use chainrule::differentiable;
use proptest::prelude::*;

#[differentiable]
fn scalar(x: f64, y: f64) -> f64 {
    (x * y).sin() + (x * x + y * y + 1.0).ln() * x.exp() - y.powi(3) / (2.0 + x.cos())
}

#[differentiable]
fn powers(x: f64, p: f64) -> f64 {
    x.powf(p) + x.sqrt() * p.tanh() - x.cbrt()
}

#[differentiable]
fn chain(xs: &[f64]) -> f64 {
    let mut s: f64 = 1.0;
    for x in xs {
        s = s * x.sin() + x * s.cos();
    }
    s
}

#[differentiable]
fn leaves_early(xs: &[f64]) -> f64 {
    let mut s = 0.5;
    for i in 0..xs.len() {
        s += xs[i] * xs[i] * s;
        if i == 3 {
            return s * xs[0];
        }
    }
    s
}

fn checked<P, R>(f: impl Fn(&P) -> R, jvp: impl Fn(&P, &P::Tangent) -> R, x: &P) -> Result<(), TestCaseError>
where
    P: chainrule::Retract + Clone,
    R: chainrule::Tangent,
{
    Checker::new().jvp(f, jvp, x).map_err(|error| TestCaseError::fail(error.to_string()))
}

/// `⟨y_bar, J x_dot⟩ = ⟨Jᵀ y_bar, x_dot⟩` for a scalar function of a vector.
fn transposed(slope: f64, gradient: &[f64], direction: &[f64]) -> Result<(), TestCaseError> {
    let product: f64 = gradient.iter().zip(direction).map(|(a, b)| a * b).sum();
    let scale = gradient.iter().zip(direction).fold(1.0, |scale: f64, (a, b)| scale.max((a * b).abs()));
    prop_assert!((product - slope).abs() <= 1e-11 * scale, "{product} is not {slope}");
    Ok(())
}

proptest! {
    #[test]
    fn of_scalars(x in -2.0..2.0, y in -2.0..2.0, dx in -1.0..1.0, dy in -1.0..1.0) {
        checked(|(x, y)| scalar(*x, *y), |(x, y), dot| scalar::jvp(*x, *y, *dot).1, &(x, y))?;
        let gradient: [f64; 2] = scalar::grad(x, y).into();
        transposed(scalar::jvp(x, y, (dx, dy)).1, &gradient, &[dx, dy])?;
    }

    #[test]
    fn of_powers(x in 0.1..3.0, p in -2.0..3.0, dx in -1.0..1.0, dp in -1.0..1.0) {
        checked(|(x, p)| powers(*x, *p), |(x, p), dot| powers::jvp(*x, *p, *dot).1, &(x, p))?;
        let gradient: [f64; 2] = powers::grad(x, p).into();
        transposed(powers::jvp(x, p, (dx, dp)).1, &gradient, &[dx, dp])?;
    }

    #[test]
    fn of_slices(xs in prop::collection::vec(-1.5..1.5_f64, 1..9), seed in -1.0..1.0_f64) {
        let direction: Vec<f64> = xs.iter().map(|x: &f64| (x * 7.0 + seed).sin()).collect();
        for (grad, jvp) in [
            (chain::grad(&xs), chain::jvp(&xs, &direction).1),
            (leaves_early::grad(&xs), leaves_early::jvp(&xs, &direction).1),
        ] {
            transposed(jvp, &grad, &direction)?;
        }
        checked(|xs| chain(xs), |xs, dot| chain::jvp(xs, dot).1, &xs)?;
    }
}
