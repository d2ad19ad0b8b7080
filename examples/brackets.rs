//! Which way through a network is the cheapest: forward, reverse, or a mixture?
//!
//! `cargo run --release --example brackets` prints the multiplications and the memory that the Jacobian of a network
//! costs in each order, for three shapes of networks, and carries all orders out. `.. -- 784 512 256 10` does so for widths
//! of your own. The figures for the three are known, and one that is off is an error.

use chainrule::chain::{Chain, Order};
use nalgebra::DMatrix;
use std::error::Error;
use std::process::ExitCode;

/// Widths, and the multiplications of forward, reverse and the best order.
const KNOWN: [(&[usize], [u128; 3]); 3] = [
    (&[784, 512, 256, 10], [104_767_488, 5_324_800, 5_324_800]),
    (&[10, 50, 2, 50, 10], [7000, 7000, 2200]),
    (&[1, 64, 64, 64, 64], [12_288, 528_384, 12_288]),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = if words.is_empty() { known() } else { of_your_own(&words) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("brackets: {error}");
            ExitCode::FAILURE
        }
    }
}

fn known() -> Result<(), Box<dyn Error>> {
    for (widths, expected) in KNOWN {
        let costs = report(&Chain::new(widths)?)?;
        if costs != expected {
            return Err(format!("{widths:?} costs {costs:?}, expected {expected:?}").into());
        }
    }
    Ok(())
}

fn of_your_own(words: &[String]) -> Result<(), Box<dyn Error>> {
    let width = |word: &String| word.parse().map_err(|_| format!("`{word}` is no width"));
    let widths: Vec<usize> = words.iter().map(width).collect::<Result<_, _>>()?;
    report(&Chain::new(widths)?)?;
    Ok(())
}

/// Prints the three orders, carries them out, and returns their multiplications.
fn report(chain: &Chain) -> Result<[u128; 3], Box<dyn Error>> {
    let orders = [("forward", chain.forward()), ("reverse", chain.reverse()), ("best", chain.optimal())];
    println!("widths {:?}", chain.widths());
    println!("  {:<8} {:>15} {:>15}  order", "", "multiplications", "numbers held");
    for (name, order) in &orders {
        println!("  {name:<8} {:>15} {:>15}  {order}", order.multiplications(), order.memory());
    }
    let jacobians = jacobians(chain);
    let [forward, reverse, best] = orders.each_ref().map(|(_, order)| order.product(&jacobians));
    let (forward, reverse, best) = (forward?, reverse?, best?);
    let off = (&forward - &reverse).amax().max((&forward - &best).amax()) / forward.amax();
    println!("  the three products differ by {off:.1e} of their largest entry\n");
    if off > 1e-10 {
        return Err("the orders do not have the same product".into());
    }
    Ok(orders.map(|(_, order): (_, Order)| order.multiplications()))
}

/// Matrices of the right shapes, with entries of both signs.
fn jacobians(chain: &Chain) -> Vec<DMatrix<f64>> {
    let entry = |i: usize, j: usize| 0.25 + ((3 * i + 7 * j) as f64).sin();
    chain.widths().windows(2).map(|pair| DMatrix::from_fn(pair[1], pair[0], entry)).collect()
}
