//! The benchmark problems: each a function as a Rust user would write it, a gradient by hand, and inputs.
//!
//! `benches/gradients.rs` and `benches/ratios.rs` time the [`cases`], and `tests/problems/` tests that all gradients
//! agree. A new problem is a file here and a line in [`cases`].

mod case;

pub mod black_scholes;
pub mod bundle;
pub mod density;
pub mod gmm;
pub mod hand;
pub mod heat;
pub mod jacobians;
pub mod kalman;
pub mod markov;
pub mod mlp;
pub mod n_body;
pub mod network;
pub mod process;
pub mod rosenbrock;
pub mod sorting;

pub use case::{Case, repeat};

/// Every problem in every size that is timed.
pub fn cases() -> Vec<Case> {
    [
        rosenbrock::cases(),
        black_scholes::cases(),
        mlp::cases(),
        network::cases(),
        kalman::cases(),
        markov::cases(),
        process::cases(),
        bundle::cases(),
        density::cases(),
        hand::cases(),
        heat::cases(),
        n_body::cases(),
        sorting::cases(),
        gmm::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Reproducible inputs, evenly spread over (-1/2, 1/2): the fractional parts of multiples of the golden ratio.
pub fn spread(len: usize, offset: usize) -> Vec<f64> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    (offset..offset + len).map(|i| ((i + 1) as f64 * GOLDEN).fract() - 0.5).collect()
}
