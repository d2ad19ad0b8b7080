//! How many kinks can a network have? Depth doubles them, width only adds.
//!
//! `cargo run --release --example sawtooth` counts the kinks of f_l = 2|f_{l-1}| - 2 on [-2, 2] from the generated
//! derivative: 2^L - 1 in a network of L layers, with all slopes ±2^L. One hidden ReLU layer of W units has W at most.
//! The drawings are `target/sawtooth/networks.svg` and `target/sawtooth/kinks.svg`. A count that is off is an error.
//!
//! Source: Telgarsky, "Benefits of depth in neural networks" (2016).

mod kinks;
mod networks;
mod plot;
#[path = "../common/whole.rs"]
mod whole;

use kinks::census;
use networks::{Shallow, relu_sawtooth, sawtooth};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

const DEEPEST: usize = 10;
/// Cells per piece of the deepest network, as a power of two.
const FINENESS: i32 = 13;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sawtooth: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    println!("layers  units  kinks  slopes   one layer of as many units   units in one layer for as many kinks");
    let (mut deep, mut shallow) = (Vec::new(), Vec::new());
    for depth in 0..=DEEPEST {
        let units = 2 * depth;
        let kinks = count_deep(depth)?;
        let wide = count_shallow(units)?;
        println!("{depth:>6} {units:>6} {kinks:>6}  ±{:<6} {wide:>27} {:>38}", 1 << depth, one_layer_for(depth)?);
        deep.push((units, kinks));
        shallow.push((units, wide));
    }
    let directory = Path::new("target/sawtooth");
    plot::networks(&directory.join("networks.svg"))?;
    plot::growth(&directory.join("kinks.svg"), &deep, &shallow)?;
    println!("drawn: {0}/networks.svg, {0}/kinks.svg", directory.display());
    Ok(())
}

/// The kinks of the network of that depth in both its forms, counted in both modes.
fn count_deep(depth: usize) -> Result<usize, Box<dyn Error>> {
    let slope = (1_u32 << depth).into();
    let expected = (1 << depth) - 1;
    let forms = [
        ("2|f| - 2", "reverse mode", census(|x| sawtooth(x, depth), |x| sawtooth::grad(x, depth), FINENESS)?),
        ("2|f| - 2", "forward mode", census(|x| sawtooth(x, depth), |x| sawtooth::jvp(x, depth, 1.0).1, FINENESS)?),
        ("ReLU", "reverse mode", census(|x| relu_sawtooth(x, depth), |x| relu_sawtooth::grad(x, depth), FINENESS)?),
        (
            "ReLU",
            "forward mode",
            census(|x| relu_sawtooth(x, depth), |x| relu_sawtooth::jvp(x, depth, 1.0).1, FINENESS)?,
        ),
    ];
    for (form, mode, census) in forms {
        let (kinks, slopes) = (census.kinks.len(), census.slopes);
        if kinks != expected || slopes != [slope] {
            let found = format!("{kinks} kinks and slopes ±{slopes:?}");
            return Err(format!("{depth} layers, {form}, {mode}: {found}, expected {expected} and ±{slope}").into());
        }
    }
    Ok(expected)
}

/// The kinks of one hidden layer, the best that its width allows: one less than it has units.
fn count_shallow(width: usize) -> Result<usize, Box<dyn Error>> {
    let layer = Shallow::zigzag(width);
    let expected = width.saturating_sub(1);
    for slope in [Shallow::slope, Shallow::forward_slope] {
        let kinks = census(|x| layer.value(x), |x| slope(&layer, x), FINENESS)?.kinks.len();
        if kinks != expected {
            return Err(format!("one layer of {width} units has {kinks} kinks, expected {expected}").into());
        }
    }
    Ok(expected)
}

/// The width with which one hidden layer is the sawtooth of that depth: 2^depth, the same function everywhere.
fn one_layer_for(depth: usize) -> Result<usize, Box<dyn Error>> {
    let width = 1 << depth;
    // the identity, without a layer, rises where all others fall first
    let layer = if depth == 0 { return Ok(1) } else { Shallow::zigzag(width) };
    let points = (0..=4 * width).map(|i| -2.0 + i as f64 / width as f64);
    for x in points {
        let (one, many) = (layer.value(x), sawtooth(x, depth));
        if one != many {
            return Err(format!("one layer of {width} units is {one} at {x}, and {depth} layers are {many}").into());
        }
    }
    Ok(width)
}
