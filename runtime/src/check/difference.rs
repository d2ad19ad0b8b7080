//! Finite differences of a function along a line, with the uncertainty that they have.

use crate::real::Real;

/// A derivative and the bound on its error that the differences themselves show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    pub value: f64,
    pub uncertainty: f64,
    /// The steeper one-sided difference quotient, the scale of the rounding at a stationary point.
    pub steepness: f64,
}

/// The steps `2^-3, 2^-4, ..`, down to about `√ε`, below which rounding wins.
fn steps(epsilon: f64) -> impl Iterator<Item = f64> {
    let smallest = epsilon.real_sqrt();
    core::iter::successors(Some(0.125), |h| Some(h / 2.0)).take_while(move |h| *h >= smallest)
}

/// `φ'(0)` by central differences at several steps.
///
/// `D(h) = (φ(h) - φ(-h)) / 2h` has an error in even powers of `h`, so `(4 D(h/2) - D(h)) / 3` is of fourth order
/// (Richardson). Its distance from `D(h/2)`, plus the rounding of `φ`, bounds the error; the step with the least bound
/// is taken, as in Ridders, "Accurate computation of F'(x) and F'(x) F''(x)" (1982). Steps at which `φ` is not finite
/// are skipped, so that the point may lie near the end of a domain.
pub(super) fn central(phi: &impl Fn(f64) -> f64, epsilon: f64) -> Estimate {
    let mut best = Estimate { value: f64::NAN, uncertainty: f64::INFINITY, steepness: 0.0 };
    let origin = phi(0.0);
    let mut previous = None;
    for h in steps(epsilon) {
        let (plus, minus) = (phi(h), phi(-h));
        let coarse = previous.replace((plus - minus) / (2.0 * h));
        let (Some(coarse), Some(fine)) = (coarse, previous) else { continue };
        let value = fine + (fine - coarse) / 3.0;
        // The values of `φ` are rounded, and so is the point at which it is taken.
        let rounding = epsilon / h * (plus.real_abs().max(minus.real_abs()) + fine.real_abs());
        let uncertainty = (value - fine).real_abs() + rounding;
        if uncertainty < best.uncertainty {
            let steepness = (plus - origin).real_abs().max((minus - origin).real_abs()) / h;
            best = Estimate { value, uncertainty, steepness };
        }
    }
    best
}

/// The order in `h` of the Taylor remainder `|φ(h) - φ(0) - h slope|`: 2 for the right slope and 1 for a wrong one.
/// `None` where the remainder drowns in rounding, as for a linear function.
///
/// The largest order between successive steps counts, since it holds only in the limit but drowns before it.
pub(super) fn remainder_order(phi: &impl Fn(f64) -> f64, slope: f64, epsilon: f64) -> Option<f64> {
    let origin = phi(0.0);
    let mut order: Option<f64> = None;
    let mut previous: Option<f64> = None;
    for h in steps(epsilon) {
        let value = phi(h);
        let remainder = (value - origin - h * slope).real_abs();
        let rounding = epsilon * (value.real_abs() + origin.real_abs() + slope.real_abs());
        let clear = remainder.is_finite() && remainder > 64.0 * rounding;
        if let (Some(previous), true) = (previous, clear) {
            let observed = (previous / remainder).real_ln() / core::f64::consts::LN_2;
            order = Some(order.map_or(observed, |order| order.max(observed)));
        }
        previous = clear.then_some(remainder);
    }
    order
}
