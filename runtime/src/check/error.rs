//! What a failed check says.

use core::error::Error;
use core::fmt::{Display, Formatter, Result};

/// How a derivative disagrees. `direction` counts the random directions from 0.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CheckError {
    /// One component of the gradient is not what central differences say.
    Component {
        /// The position of the component, counted through all parts of the gradient in order.
        component: usize,
        /// The central difference.
        expected: f64,
        /// The component of the gradient.
        got: f64,
        /// The largest accepted distance.
        tolerance: f64,
    },
    /// The derivative along a direction is not what central differences say.
    Direction {
        /// The direction in which they differ.
        direction: usize,
        /// The central difference.
        expected: f64,
        /// The derivative, applied to the direction.
        got: f64,
        /// The largest accepted distance.
        tolerance: f64,
    },
    /// `|f(x + h v) - f(x) - h J v|` does not fall like `h²`.
    Remainder {
        /// The direction `v`.
        direction: usize,
        /// The order that was observed at best.
        order: f64,
    },
    /// `⟨y_bar, J x_dot⟩` and `⟨Jᵀ y_bar, x_dot⟩` differ.
    Transpose {
        /// The pair of random directions in which they differ.
        direction: usize,
        /// `⟨y_bar, J x_dot⟩`.
        forward: f64,
        /// `⟨Jᵀ y_bar, x_dot⟩`.
        reverse: f64,
        /// The largest accepted distance.
        tolerance: f64,
    },
    /// The central differences do not converge, so they say nothing.
    NotSmooth {
        /// The direction of the differences.
        direction: usize,
        /// The difference at the best step.
        estimate: f64,
        /// By how much it is uncertain.
        uncertainty: f64,
    },
}

impl Display for CheckError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Component { component, expected, got, tolerance } => write!(
                f,
                "component {component} of the gradient is {expected:?} by central differences, but {got:?} was given \
                 (tolerance {tolerance:.1e})"
            ),
            Self::Direction { direction, expected, got, tolerance } => write!(
                f,
                "the derivative along random direction {direction} is {expected:?} by central differences, but {got:?} \
                 was given (tolerance {tolerance:.1e})"
            ),
            Self::Remainder { direction, order } => write!(
                f,
                "the Taylor remainder along random direction {direction} is of order {order:.2}, not 2: \
                 the derivative is wrong or the function has a kink"
            ),
            Self::Transpose { direction, forward, reverse, tolerance } => write!(
                f,
                "the reverse mode is not the transpose of the forward mode: in random directions {direction}, \
                 <y_bar, J x_dot> = {forward:?}, but <J^T y_bar, x_dot> = {reverse:?} (tolerance {tolerance:.1e})"
            ),
            Self::NotSmooth { direction, estimate, uncertainty } => write!(
                f,
                "central differences along random direction {direction} do not converge: {estimate:?}, uncertain by \
                 {uncertainty:.1e}; the function may have a kink or be undefined near this point"
            ),
        }
    }
}

impl Error for CheckError {}
