//! Derivatives at kinks and on the edge of domains: the table of `docs/rules.md`, row by row.
//!
//! Each row is a function and a point. Its partial derivatives are printed as the document writes them, in reverse mode
//! and, seed by seed, in forward mode; and a zero seed must give zeros, whatever the partials are.

use chainrule::differentiable;

const DOCUMENT: &str = include_str!("../docs/rules.md");

/// A row as it is computed.
struct Row {
    function: String,
    at: String,
    /// The value of the function, and the one that reverse mode returns.
    values: [f64; 2],
    reverse: Vec<f64>,
    forward: Vec<f64>,
    of_zero_seeds: Vec<f64>,
}

macro_rules! singular {
    ($($name:ident($($x:ident = $at:expr),*) { $body:expr })*) => {
        $(
            #[differentiable]
            fn $name($($x: f64),*) -> f64 {
                $body
            }
        )*

        fn rows() -> Vec<Row> {
            vec![$(Row {
                function: stringify!($body).to_owned(),
                at: [$(format!("{} = {}", stringify!($x), shown($at))),*].join(", "),
                values: [$name($($at),*), singular!(@reverse $name($($x = $at),*) 1.0).0],
                reverse: singular!(@reverse $name($($x = $at),*) 1.0).1,
                forward: {
                    let operands = [$(stringify!($x)),*];
                    operands
                        .iter()
                        .map(|varied| $name::jvp($($at),*, ($(f64::from(stringify!($x) == *varied)),*)).1)
                        .collect()
                },
                of_zero_seeds: {
                    let mut zeros = singular!(@reverse $name($($x = $at),*) 0.0).1;
                    zeros.push($name::jvp($($at),*, ($(singular!(@zero $x)),*)).1);
                    zeros
                },
            }),*]
        }
    };
    (@reverse $name:ident($($x:ident = $at:expr),*) $seed:expr) => {{
        $(let mut $x = 0.0;)*
        let value = $name::vjp_into($($at),*, ($(&mut $x),*), $seed);
        (value, vec![$($x),*])
    }};
    (@zero $x:ident) => { 0.0 };
}

singular! {
    abs_at_0(x = 0.0) { x.abs() }
    relu_at_0(x = 0.0) { if x > 0.0 { x } else { 0.0 } }
    signum_at_0(x = 0.0) { x.signum() }
    copysign_at_0_and_minus_1(x = 0.0, y = -1.0) { x.copysign(y) }
    max_of_a_tie(x = 1.0, y = 1.0) { x.max(y) }
    min_of_a_tie(x = 1.0, y = 1.0) { x.min(y) }
    max_of_nan(x = f64::NAN, y = 1.0) { x.max(y) }
    clamp_on_its_bound(x = 0.0, y = 0.0, z = 1.0) { x.clamp(y, z) }
    sqrt_at_0(x = 0.0) { x.sqrt() }
    cbrt_at_0(x = 0.0) { x.cbrt() }
    hypot_at_the_origin(x = 0.0, y = 0.0) { x.hypot(y) }
    atan2_at_the_origin(x = 0.0, y = 0.0) { x.atan2(y) }
    powi_at_0(x = 0.0) { x.powi(0) }
    powi_minus_1_at_0(x = 0.0) { x.powi(-1) }
    powf_at_0_and_2(x = 0.0, y = 2.0) { x.powf(y) }
    powf_at_0_and_1(x = 0.0, y = 1.0) { x.powf(y) }
    powf_at_the_origin(x = 0.0, y = 0.0) { x.powf(y) }
    powf_at_0_and_minus_1(x = 0.0, y = -1.0) { x.powf(y) }
    powf_at_0_and_one_half(x = 0.0, y = 0.5) { x.powf(y) }
    powf_at_0_and_seven_halves(x = 0.0, y = 3.5) { x.powf(y) }
    ln_at_0(x = 0.0) { x.ln() }
    log2_at_0(x = 0.0) { x.log2() }
    log10_at_0(x = 0.0) { x.log10() }
    ln_1p_at_minus_1(x = -1.0) { x.ln_1p() }
    asin_at_1(x = 1.0) { x.asin() }
    acos_at_1(x = 1.0) { x.acos() }
    acosh_at_1(x = 1.0) { x.acosh() }
    atanh_at_1(x = 1.0) { x.atanh() }
    tanh_of_large(x = 400.0) { x.tanh() }
    hypot_of_large(x = 3e200, y = 4e200) { x.hypot(y) }
    floor_at_2(x = 2.0) { x.floor() }
    ceil_at_2(x = 2.0) { x.ceil() }
    round_at_one_half(x = 0.5) { x.round() }
    trunc_at_2(x = 2.0) { x.trunc() }
    fract_at_2(x = 2.0) { x.fract() }
    rem_of_a_multiple(x = 4.0, y = 2.0) { x % y }
    rem_euclid_of_a_multiple(x = 4.0, y = 2.0) { x.rem_euclid(y) }
}

/// A number as the document writes it: without a sign of zero, and short where it is large.
fn shown(x: f64) -> String {
    match x {
        0.0 => "0".into(),
        x if x.abs() >= 1e10 && x.is_finite() => format!("{x:e}"),
        x => format!("{x}"),
    }
}

fn list(partials: &[f64]) -> String {
    partials.iter().copied().map(shown).collect::<Vec<_>>().join(", ")
}

#[test]
fn both_modes_have_the_documented_values() {
    for row in rows() {
        for (mode, partials) in [("reverse", &row.reverse), ("forward", &row.forward)] {
            let expected = format!("| `{}` | {} | {} |", row.function, row.at, list(partials));
            let found = DOCUMENT.lines().any(|line| line.starts_with(&expected));
            assert!(found, "docs/rules.md has no such row ({mode} mode): {expected}");
        }
    }
}

#[test]
fn the_value_is_unchanged() {
    for Row { function, at, values, .. } in rows() {
        assert_eq!(values[0].to_bits(), values[1].to_bits(), "{function} at {at}");
    }
}

#[test]
fn a_zero_seed_wins() {
    for row in rows() {
        assert!(row.of_zero_seeds.iter().all(|x| *x == 0.0), "{} at {}: {:?}", row.function, row.at, row.of_zero_seeds);
    }
}

#[test]
fn every_documented_row_is_tested() {
    let section = DOCUMENT.split("## ").find(|section| section.starts_with("Singular points")).unwrap_or_default();
    let documented = section.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(documented, rows().len());
}
