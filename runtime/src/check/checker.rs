//! The checks, with what can be chosen about them.

use crate::check::difference::{self, Estimate};
use crate::check::direction::{self, SplitMix64};
use crate::check::error::CheckError;
use crate::differentiable::{Differentiable, Retract, Tangent};
use crate::real::Real;

/// The least order of a Taylor remainder that counts as 2.
const ACCEPTED_ORDER: f64 = 1.7;

/// The relative uncertainty of a central difference above which it is no evidence.
const NO_EVIDENCE: f64 = 0.02;

/// Settings of a check: `Checker::new().directions(10).grad(f, &gradient, &x)`.
#[derive(Clone, Debug)]
pub struct Checker {
    directions: usize,
    seed: u64,
    tolerance: Option<f64>,
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

impl Checker {
    /// Three directions, a fixed seed, and the tolerance of the float type.
    #[must_use]
    pub const fn new() -> Self {
        Self { directions: 3, seed: 0x5eed, tolerance: None }
    }

    /// In how many random directions to compare.
    #[must_use]
    pub const fn directions(self, directions: usize) -> Self {
        Self { directions, ..self }
    }

    /// From which seed to draw the directions.
    #[must_use]
    pub const fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The accepted relative distance. By default it is `10 √ε` against differences (1.5e-7 for `f64`, 3.5e-3 for
    /// `f32`) and `1000 ε` between the modes, with the coarsest `ε` among the components.
    #[must_use]
    pub const fn tolerance(self, tolerance: f64) -> Self {
        Self { tolerance: Some(tolerance), ..self }
    }

    /// See [`check::grad`](crate::check::grad).
    ///
    /// # Errors
    /// If the gradient is wrong, or if `f` is not smooth at `x`.
    pub fn grad<P, Y>(&self, f: impl Fn(&P) -> Y, gradient: &P::Tangent, x: &P) -> Result<(), CheckError>
    where
        P: Retract + Clone,
        Y: Real,
    {
        let outcome = self.jvp(&f, |_, x_dot| Y::constant(gradient.inner(x_dot)), x);
        // A direction tells that something is wrong; only a component tells what.
        match outcome {
            Err(CheckError::Direction { .. }) => self.components(f, gradient, x).and(outcome),
            _ => outcome,
        }
    }

    /// See [`check::jvp`](crate::check::jvp).
    ///
    /// # Errors
    /// If the directional derivative is wrong, or if `f` is not smooth at `x`.
    pub fn jvp<P, Y>(&self, f: impl Fn(&P) -> Y, jvp: impl Fn(&P, &P::Tangent) -> Y, x: &P) -> Result<(), CheckError>
    where
        P: Retract + Clone,
        Y: Tangent,
    {
        let (like_x, like_y) = (x.zero_tangent(), f(x));
        let epsilon = direction::epsilon(&like_x).max(direction::epsilon(&like_y));
        let mut random = SplitMix64::new(self.seed);
        for direction in 0..self.directions {
            let x_dot = direction::random(&like_x, &mut random);
            let y_bar = direction::random(&like_y, &mut random);
            let along = |h: f64| f(&moved(x, &x_dot, h)).inner(&y_bar);
            let got = jvp(x, &x_dot).inner(&y_bar);

            let Estimate { value: expected, uncertainty, steepness } = difference::central(&along, epsilon);
            let scale = expected.real_abs().max(got.real_abs()).max(steepness);
            let floor = 1e3 * epsilon * (1.0 + along(0.0).real_abs());
            if !(uncertainty <= NO_EVIDENCE * scale + floor) {
                return Err(CheckError::NotSmooth { direction, estimate: expected, uncertainty });
            }
            let tolerance = self.relative(epsilon) * scale + 4.0 * uncertainty;
            if !((expected - got).real_abs() <= tolerance) {
                return Err(CheckError::Direction { direction, expected, got, tolerance });
            }
            match difference::remainder_order(&along, got, epsilon) {
                Some(order) if order < ACCEPTED_ORDER => return Err(CheckError::Remainder { direction, order }),
                _ => {}
            }
        }
        Ok(())
    }

    /// See [`check::transpose`](crate::check::transpose).
    ///
    /// # Errors
    /// If the two modes are not each other's transpose.
    pub fn transpose<P, Y>(
        &self,
        jvp: impl Fn(&P, &P::Tangent) -> Y,
        vjp: impl Fn(&P, &Y) -> P::Tangent,
        x: &P,
    ) -> Result<(), CheckError>
    where
        P: Differentiable,
        Y: Tangent,
    {
        let like_x = x.zero_tangent();
        let mut random = SplitMix64::new(self.seed);
        for direction in 0..self.directions {
            let x_dot = direction::random(&like_x, &mut random);
            let y_dot = jvp(x, &x_dot);
            let y_bar = direction::random(&y_dot, &mut random);
            let x_bar = vjp(x, &y_bar);

            let (forward, reverse) = (y_bar.inner(&y_dot), x_bar.inner(&x_dot));
            let epsilon = direction::epsilon(&x_dot).max(direction::epsilon(&y_dot));
            let scale = direction::inner_abs(&y_bar, &y_dot).max(direction::inner_abs(&x_bar, &x_dot));
            let tolerance = self.tolerance.unwrap_or(1e3 * epsilon) * scale;
            if !((forward - reverse).real_abs() <= tolerance) {
                return Err(CheckError::Transpose { direction, forward, reverse, tolerance });
            }
        }
        Ok(())
    }

    /// The first component of the gradient that central differences contradict.
    fn components<P, Y>(&self, f: impl Fn(&P) -> Y, gradient: &P::Tangent, x: &P) -> Result<(), CheckError>
    where
        P: Retract + Clone,
        Y: Real,
    {
        let epsilon = direction::epsilon(gradient).max(Y::REAL_EPSILON.to_f64_lossy());
        let units = (0..).map_while(|component| direction::unit(gradient, component));
        for (component, unit) in units.enumerate() {
            let got = gradient.inner(&unit);
            let along = |h: f64| f(&moved(x, &unit, h)).to_f64_lossy();
            let Estimate { value: expected, uncertainty, steepness } = difference::central(&along, epsilon);
            let scale = expected.real_abs().max(got.real_abs()).max(steepness);
            let tolerance = self.relative(epsilon) * scale + 4.0 * uncertainty;
            if !((expected - got).real_abs() <= tolerance) {
                return Err(CheckError::Component { component, expected, got, tolerance });
            }
        }
        Ok(())
    }

    fn relative(&self, epsilon: f64) -> f64 {
        self.tolerance.unwrap_or_else(|| 10.0 * epsilon.real_sqrt())
    }
}

/// `x + h x_dot`.
fn moved<P: Retract + Clone>(x: &P, x_dot: &P::Tangent, h: f64) -> P {
    let mut delta = x_dot.clone();
    delta.scale(h);
    let mut moved = x.clone();
    moved.add_tangent(&delta);
    moved
}
