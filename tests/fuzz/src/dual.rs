//! Dual numbers with a derivative for each input.

use crate::ast::{Binary, Unary};

/// The number of inputs: `x`, `y`, `xs`, `ys`.
pub const INPUTS: usize = 2 + 2 * crate::ast::LENGTH;

/// A value and its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual {
    /// The value.
    pub value: f64,
    /// The derivatives with respect to the inputs.
    pub gradient: [f64; INPUTS],
}

/// So close to a kink that rounding decides.
pub struct Kink;

impl Dual {
    /// A constant.
    pub fn constant(value: f64) -> Self {
        Self { value, gradient: [0.0; INPUTS] }
    }

    /// An input.
    pub fn input(value: f64, index: usize) -> Self {
        let mut gradient = [0.0; INPUTS];
        gradient[index] = 1.0;
        Self { value, gradient }
    }

    /// `value`, with the slope `slope` along `self`.
    fn chain(self, value: f64, slope: f64) -> Self {
        Self { value, gradient: self.gradient.map(|x| slope * x) }
    }

    fn chain2(self, other: Self, value: f64, slopes: [f64; 2]) -> Self {
        let mut sum = self.chain(value, slopes[0]);
        for (sum, x) in sum.gradient.iter_mut().zip(other.gradient) {
            *sum += slopes[1] * x;
        }
        sum
    }

    /// `x.sin() + 1.5`, which is positive.
    fn guarded(self) -> Self {
        self.chain(self.value.sin() + 1.5, self.value.cos())
    }

    /// # Errors
    /// At a kink.
    pub fn unary(self, op: Unary) -> Result<Self, Kink> {
        let x = self.value;
        Ok(match op {
            Unary::Neg => self.chain(-x, -1.0),
            Unary::Sin => self.chain(x.sin(), x.cos()),
            Unary::Cos => self.chain(x.cos(), -x.sin()),
            Unary::Tanh => self.chain(x.tanh(), x.cosh().powi(2).recip()),
            Unary::Exp => {
                let inner = self.unary(Unary::Tanh)?;
                inner.chain(inner.value.exp(), inner.value.exp())
            }
            Unary::Ln => {
                let inner = self.guarded();
                inner.chain(inner.value.ln(), inner.value.recip())
            }
            Unary::Sqrt => {
                let inner = self.guarded();
                inner.chain(inner.value.sqrt(), 0.5 / inner.value.sqrt())
            }
            Unary::Recip => {
                let inner = self.guarded();
                inner.chain(inner.value.recip(), -inner.value.recip().powi(2))
            }
            Unary::Abs if x.abs() < 1e-7 => return Err(Kink),
            Unary::Abs => self.chain(x.abs(), x.signum()),
            Unary::Square => self.chain(x * x, 2.0 * x),
            Unary::Cube => self.chain(x * x * x, 3.0 * x * x),
        })
    }

    /// # Errors
    /// At a kink.
    pub fn binary(self, op: Binary, other: Self) -> Result<Self, Kink> {
        let (x, y) = (self.value, other.value);
        Ok(match op {
            Binary::Add => self.chain2(other, x + y, [1.0, 1.0]),
            Binary::Sub => self.chain2(other, x - y, [1.0, -1.0]),
            Binary::Mul => self.chain2(other, x * y, [y, x]),
            Binary::Div => {
                let below = other.guarded();
                self.chain2(below, x / below.value, [below.value.recip(), -x / (below.value * below.value)])
            }
            Binary::Max | Binary::Min if (x - y).abs() < 1e-7 => return Err(Kink),
            Binary::Max => {
                if x > y {
                    self
                } else {
                    other
                }
            }
            Binary::Min => {
                if x < y {
                    self
                } else {
                    other
                }
            }
            Binary::Powf => {
                let (base, exponent) = (self.guarded(), other.unary(Unary::Tanh)?);
                let (b, p) = (base.value, exponent.value);
                base.chain2(exponent, b.powf(p), [p * b.powf(p - 1.0), b.ln() * b.powf(p)])
            }
        })
    }
}
