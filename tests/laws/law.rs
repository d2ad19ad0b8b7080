//! The laws of generated derivatives, one function a law.

use super::program::Program;
use chainrule::check::Checker;
use chainrule::{Differentiable, Real, Retract, Tangent};

/// Every law of one function.
#[track_caller]
pub fn assert_laws(program: &Program<'_>) {
    value_is_unchanged(program);
    if program.layout.epsilon > f64::EPSILON {
        against_differences::<f32>(program);
    } else {
        against_differences::<f64>(program);
    }
    forward_is_reverse(program);
    cotangents_are_incremented(program);
    pullback_is_repeatable(program);
    gradients_are_the_pullback_of_one(program);
}

/// `grad`, `jvp`, `vjp` and their kin return what the primal returns, and leave in `&mut` parameters what it leaves
/// there, bit for bit.
fn value_is_unchanged(program: &Program<'_>) {
    let layout = program.layout;
    let y = (program.primal)(&vec![0.0; layout.inputs]);
    let x_dot = direction(layout.inputs, 0);
    let y_bar = direction(layout.outputs(), 1);
    let (result, bars) = layout.split(&y_bar, &x_dot);
    assert_same_bits(program, "jvp", &(program.jvp)(&x_dot).0, &y);
    assert_same_bits(program, "vjp_into", &(program.vjp_into)(&bars, &result).0, &y);
    assert_same_bits(program, "vjp", &(program.vjp)(&[&result]).0, &y);
    for (value, _) in program.gradients.iter().flat_map(|gradients| gradients()) {
        if let Some(value) = value {
            assert_same_bits(program, "grad", &value, &y);
        }
    }
}

/// `J x_dot` is what differences say, with a Taylor remainder of order 2, and `⟨y_bar, J x_dot⟩ = ⟨Jᵀ y_bar, x_dot⟩`.
fn against_differences<T>(program: &Program<'_>)
where
    T: Real,
    Vec<T>: Tangent<Tangent = Vec<T>> + Retract,
{
    let wide = |values: &Vec<T>| values.iter().map(|value| value.to_f64_lossy()).collect::<Vec<f64>>();
    let narrow = |values: Vec<f64>| values.into_iter().map(T::constant).collect::<Vec<T>>();
    let origin: Vec<T> = vec![T::constant(0.0); program.layout.inputs];
    let jvp = |_: &Vec<T>, x_dot: &<Vec<T> as Differentiable>::Tangent| narrow((program.jvp)(&wide(x_dot)).1);
    let checker = Checker::new();
    // First, as it needs no differences.
    if let Err(error) = checker.transpose(jvp, |_, y_bar| narrow(program.transposed(&wide(y_bar))), &origin) {
        panic!("{}: {error}", program.name);
    }
    if let Err(error) = checker.jvp(|delta| narrow((program.primal)(&wide(delta))), jvp, &origin) {
        panic!("{}: {error}", program.name);
    }
}

/// Column by column, the Jacobian of the forward mode is row by row that of the reverse mode.
fn forward_is_reverse(program: &Program<'_>) {
    let layout = program.layout;
    let columns: Vec<Vec<f64>> =
        (0..layout.inputs).map(|column| (program.jvp)(&unit(layout.inputs, column)).1).collect();
    for row in 0..layout.outputs() {
        let x_bar = program.transposed(&unit(layout.outputs(), row));
        let forward: Vec<f64> = columns.iter().map(|column| column[row]).collect();
        assert_near(program, &format!("row {row} of the Jacobian, forward and reverse"), &forward, &x_bar);
    }
}

/// `vjp_into` adds to buffers that do not start at zero.
fn cotangents_are_incremented(program: &Program<'_>) {
    let layout = program.layout;
    let y_bar = direction(layout.outputs(), 2);
    let start = direction(layout.inputs, 3);
    let (result, bars) = layout.split(&y_bar, &start);
    let got = (program.vjp_into)(&bars, &result).1;
    let mut expected = program.transposed(&y_bar);
    for (component, value) in expected.iter_mut().enumerate().filter(|(component, _)| !layout.is_mutable(*component)) {
        *value += start[component];
    }
    assert_near(program, "buffers that start non-zero", &expected, &got);
}

/// The pullback agrees with `vjp_into`, and calls in between do not disturb it.
fn pullback_is_repeatable(program: &Program<'_>) {
    let layout = program.layout;
    let (first, second) = (direction(layout.result, 4), direction(layout.result, 5));
    let (_, x_bars) = (program.vjp)(&[&first, &second, &first]);
    assert_same_bits(program, "the pullback, called again", &x_bars[0], &x_bars[2]);
    let zeros = vec![0.0; layout.inputs];
    for (y_bar, x_bar) in [(&first, &x_bars[0]), (&second, &x_bars[1])] {
        assert_near(program, "pullback and vjp_into", &(program.vjp_into)(&zeros, y_bar).1, x_bar);
    }
}

/// `grad`, `value_and_grad`, and `grad_into` over buffers with other contents.
fn gradients_are_the_pullback_of_one(program: &Program<'_>) {
    let expected = (program.vjp)(&[&vec![1.0; program.layout.result]]).1.swap_remove(0);
    for (_, gradient) in program.gradients.iter().flat_map(|gradients| gradients()) {
        assert_near(program, "gradient and pullback", &expected, &gradient);
    }
}

/// `#[differentiable(simplify = false)]` computes the same.
#[cfg(debug_assertions)]
#[track_caller]
pub fn simplification_changes_nothing(simplified: &Program<'_>, unsimplified: &Program<'_>) {
    let layout = simplified.layout;
    let x_dot = direction(layout.inputs, 6);
    let y_bar = direction(layout.outputs(), 7);
    let (before, after) = (unsimplified.jvp)(&x_dot);
    let (value, tangent) = (simplified.jvp)(&x_dot);
    assert_same_bits(simplified, "the simplified value", &value, &before);
    assert_near(simplified, "the simplified tangent", &after, &tangent);
    let expected = unsimplified.transposed(&y_bar);
    assert_near(simplified, "the simplified cotangent", &expected, &simplified.transposed(&y_bar));
}

fn assert_same_bits(program: &Program<'_>, what: &str, a: &[f64], b: &[f64]) {
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<u64>>();
    assert!(bits(a) == bits(b), "{}: {what}: {a:?} is not {b:?}", program.name);
}

/// Equal up to rounding, relative to the largest component.
fn assert_near(program: &Program<'_>, what: &str, a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len(), "{}: {what}", program.name);
    let scale = a.iter().chain(b).fold(0.0, |scale: f64, value| scale.max(value.abs()));
    let tolerance = 1e3 * program.layout.epsilon * scale;
    let near = a.iter().zip(b).all(|(a, b)| (a - b).abs() <= tolerance);
    assert!(near, "{}: {what}: {a:?} is not {b:?}", program.name);
}

/// The same in every run, without two components alike (a Weyl sequence).
fn direction(len: usize, seed: u32) -> Vec<f64> {
    (0..len).map(|i| ((i as f64 + 1.0) * 0.618_033_988_749_895 + f64::from(seed) * 0.377).fract() * 1.5 - 0.6).collect()
}

fn unit(len: usize, component: usize) -> Vec<f64> {
    (0..len).map(|i| if i == component { 1.0 } else { 0.0 }).collect()
}
