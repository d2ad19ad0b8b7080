//! Schedules for the reverse sweep of a long loop: which states to keep, and which steps to run again.
//!
//! The reverse sweep needs the steps of a loop from the last to the first. It may keep what every step computed, which takes
//! memory in proportion to the number of steps; or keep a few states and run the steps from there again. A schedule says which,
//! as a sequence of [`Action`]s, and knows nothing of the state itself.
//!
//! | schedule | states kept | steps run again, for `n` steps |
//! |---|---|---|
//! | [`revolve()`]`(n, s)` | at most `s` | the fewest possible: [`forward_steps`] |
//! | [`blocks()`]`(n, k)` | `n / k`, and what `k` steps computed | `n - k` at most |
//!
//! # Reference
//! Griewank & Walther, Algorithm 799: Revolve, ACM Transactions on Mathematical Software 26(1), 2000; Evaluating Derivatives,
//! 2008, §12.3.
//!
//! # Example
//! The derivative of `x` after `n` logistic steps by the `x` of the start, with four states in memory:
//!
//! ```
//! use chainrule::checkpoint::{Action, revolve};
//!
//! let step = |x: f64| 3.7 * x * (1.0 - x);
//! let slope = |x: f64| 3.7 * (1.0 - 2.0 * x);
//! let (mut x, mut x_bar, mut kept) = (0.3, 1.0, Vec::new());
//! for action in revolve(100, 4) {
//!     match action {
//!         Action::Advance { from, to } => (from..to).for_each(|_| x = step(x)),
//!         Action::Store { step } => kept.push((step, x)),
//!         Action::Restore { step } => {
//!             kept.retain(|(kept, _)| *kept <= step);
//!             x = kept[kept.len() - 1].1;
//!         }
//!         Action::Reverse { .. } => x_bar *= slope(x),
//!     }
//!     assert!(kept.len() <= 4);
//! }
//!
//! let (mut x, mut x_dot) = (0.3, 1.0);
//! for _ in 0..100 {
//!     (x, x_dot) = (step(x), slope(x) * x_dot);
//! }
//! assert!((x_bar - x_dot).abs() <= 1e-9 * x_dot.abs());
//! ```

mod blocks;
mod revolve;
#[cfg(test)]
mod tests;

pub use blocks::{Blocks, blocks};
pub use revolve::{Revolve, forward_steps, revolve};

/// What to do next in the reverse sweep of a loop. Step `i` leads from state `i` to state `i + 1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Run the steps `from..to`, and keep nothing of them.
    Advance {
        /// The step of the present state.
        from: usize,
        /// The step to arrive at.
        to: usize,
    },
    /// Keep the present state, that of `step`. States that were kept stay, those of later steps than a [`Action::Restore`]
    /// excepted.
    Store {
        /// The step of the present state.
        step: usize,
    },
    /// Go back to the state that was kept for `step`. Those of later steps are not asked for again.
    Restore {
        /// The step of the state.
        step: usize,
    },
    /// Run this step from the present state, with what its reverse needs, and reverse it.
    Reverse {
        /// The step of the present state.
        step: usize,
    },
}
