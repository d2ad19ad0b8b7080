//! The checks accept what is right and say what is wrong.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;

fn rosenbrock((x, y): &(f64, f64)) -> f64 {
    (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
}

fn rosenbrock_grad((x, y): &(f64, f64)) -> (f64, f64) {
    let slope = 200.0 * (y - x * x);
    (-2.0 * (1.0 - x) - 2.0 * x * slope, slope)
}

#[test]
fn right_gradients_pass() {
    for x in [(0.3, -1.2), (1.0, 1.0), (-2.0, 7.0), (0.0, 0.0)] {
        assert_grad(rosenbrock, &rosenbrock_grad(&x), &x);
    }
    assert_grad(|x: &f64| x.ln(), &20.0, &0.05);
    assert_grad(|x: &f64| 1e6 + 3.0 * x, &3.0, &2.0);
    assert_grad(|_: &f64| 4.0, &0.0, &2.0);
    assert_grad(|x: &Vec<f64>| x.iter().sum::<f64>(), &vec![1.0; 100], &vec![0.5; 100]);
    assert_grad(|(): &()| 1.0, &(), &());
}

#[test]
fn single_precision_has_its_own_tolerance() {
    assert_grad(|x: &[f32; 2]| x[0] * x[1].sin(), &[1f32.sin(), 2.0 * 1f32.cos()], &[2.0, 1.0]);
    assert!(grad(|x: &[f32; 2]| x[0] * x[1].sin(), &[1f32.sin(), 2.05 * 1f32.cos()], &[2.0, 1.0]).is_err());
}

#[test]
fn a_wrong_component_is_named() {
    let x = (0.3, -1.2);
    let (dx, dy) = rosenbrock_grad(&x);
    match grad(rosenbrock, &(dx, dy + 1e-3), &x) {
        Err(CheckError::Component { component: 1, expected, got, .. }) => {
            assert!((expected - dy).abs() < 1e-6 && got == dy + 1e-3);
        }
        other => panic!("{other:?}"),
    }
    assert!(grad(rosenbrock, &(f64::NAN, dy), &x).is_err());
    assert!(matches!(grad(rosenbrock, &(0.0, 0.0), &x), Err(CheckError::Component { component: 0, .. })));
}

#[test]
fn undefined_points_are_no_evidence() {
    assert!(matches!(grad(|x: &f64| x.sqrt(), &0.0, &-1.0), Err(CheckError::NotSmooth { .. })));
    assert!(matches!(grad(|x: &f64| if *x < 0.0 { 0.0 } else { 1.0 }, &0.0, &0.0), Err(CheckError::NotSmooth { .. })));
}

#[test]
fn a_kink_shows_in_the_remainder() {
    // The mean of the one-sided slopes satisfies central differences, but no Taylor expansion.
    assert!(matches!(grad(|x: &f64| x.abs(), &0.0, &0.0), Err(CheckError::Remainder { .. })));
}

#[test]
fn modes_are_compared() {
    let f = |x: &[f64; 2]| (x[0] * x[1], vec![x[0].exp()]);
    let push = |x: &[f64; 2], d: &[f64; 2]| (d[0] * x[1] + x[0] * d[1], vec![x[0].exp() * d[0]]);
    let pull = |x: &[f64; 2], y: &(f64, Vec<f64>)| [y.0 * x[1] + x[0].exp() * y.1[0], y.0 * x[0]];
    let x = [0.4, -1.5];
    assert_vjp_jvp(f, push, pull, &x);
    assert!(matches!(vjp_jvp(f, push, |_, y| [y.0, y.1[0]], &x), Err(CheckError::Transpose { direction: 0, .. })));
    let error = jvp(f, |_, d| (d[0], vec![d[1]]), &x).unwrap_err();
    assert!(error.to_string().starts_with("the derivative along random direction 0 is "), "{error}");
}
