//! The best order for a chain of Jacobians.
//!
//! A network f = f_L ∘ .. ∘ f₁ of layers with the widths d₀, .., d_L has the Jacobian J = J_L .. J₁, where J_l is a
//! d_l × d_{l-1} matrix. The product can be bracketed in many ways, and each costs another number of multiplications:
//!
//! | order | multiplications |
//! |---|---|
//! | forward accumulation, J_L (.. (J₂ J₁)) | d₀ Σ_{l=2..L} d_l d_{l-1} |
//! | reverse accumulation, ((J_L J_{L-1}) ..) J₁ | d_L Σ_{l=0..L-2} d_l d_{l+1} |
//! | the best | by dynamic programming, in O(L³) time and O(L²) memory |
//!
//! For one output, d_L = 1, reverse accumulation is the best if no other width is 1: it uses every entry of J₁, .., J_{L-1}
//! once. Another order uses each at least once too, and where it multiplies two of them with each other, the cost a b c
//! is no less than a b + b c, as a, c ≥ 2. (A hidden width of 1 is a bottleneck: \[2, 7, 1, 1\] costs 21 in reverse
//! and 16 forward.) For one input the same holds of forward accumulation.
//!
//! ```
//! use chainrule::chain::Chain;
//!
//! let chain = Chain::new([10, 50, 2, 50, 10])?;
//! assert_eq!(chain.forward().multiplications(), 7000);
//! assert_eq!(chain.reverse().multiplications(), 7000);
//! // through the bottleneck: both halves first
//! assert_eq!(chain.optimal().multiplications(), 2200);
//! assert_eq!(chain.optimal().to_string(), "(J4 J3) (J2 J1)");
//! # Ok::<(), chainrule::chain::ChainError>(())
//! ```
//!
#![cfg_attr(
    feature = "nalgebra",
    doc = "[`Order::product`] carries an order out and [`product`] finds the best one itself.\n"
)]
//! Invariant: an order multiplies every neighbouring pair of factors once, and nothing before its factors are there.
//! Sources: Griewank & Walther, "Evaluating Derivatives" (2008), section 10.1; Godbole, "On efficient computation of
//! matrix chain products" (1973).

mod error;
#[cfg(feature = "nalgebra")]
mod execute;
mod optimal;
mod order;

use alloc::vec::Vec;

pub use error::ChainError;
#[cfg(feature = "nalgebra")]
pub use execute::product;
pub use order::{Order, Step};

/// The largest width, so that no count of multiplications overflows.
pub const WIDEST: usize = 1 << 31;

/// The widths d₀, .., d_L of a chain of L ≥ 1 layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    widths: Vec<usize>,
}

impl Chain {
    /// A chain of layers between these widths: at least two, none of them zero or above [`WIDEST`].
    pub fn new(widths: impl Into<Vec<usize>>) -> Result<Self, ChainError> {
        let widths = widths.into();
        if widths.len() < 2 {
            return Err(ChainError::NoLayer { widths: widths.len() });
        }
        match widths.iter().position(|&width| width == 0 || width > WIDEST) {
            Some(position) => Err(ChainError::Width { position, width: widths[position] }),
            None => Ok(Self { widths }),
        }
    }

    /// The widths d₀, .., d_L.
    pub fn widths(&self) -> &[usize] {
        &self.widths
    }

    /// The number L of layers.
    pub fn layers(&self) -> usize {
        self.widths.len() - 1
    }

    /// Forward accumulation, from the inputs on: J_L (.. (J₂ J₁)).
    pub fn forward(&self) -> Order {
        let steps = (2..=self.layers()).map(|layer| Step { first: 1, split: layer - 1, last: layer });
        Order::new(self.clone(), steps.collect())
    }

    /// Reverse accumulation, from the outputs back: ((J_L J_{L-1}) ..) J₁.
    pub fn reverse(&self) -> Order {
        let layers = self.layers();
        let steps = (1..layers).rev().map(|layer| Step { first: layer, split: layer, last: layers });
        Order::new(self.clone(), steps.collect())
    }

    /// An order with the fewest multiplications. Among equals the one whose outermost product splits latest.
    pub fn optimal(&self) -> Order {
        Order::new(self.clone(), optimal::steps(&self.widths))
    }
}
