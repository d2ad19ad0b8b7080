//! A tangent times one factor, so that the directions share all but one multiplication.

use crate::ir::Expr;

/// A tangent, multiplied by a factor or divided by something.
pub struct Scaled {
    pub seed: Expr,
    pub factor: Option<Expr>,
    pub divisor: Option<Expr>,
}

impl Scaled {
    pub fn times(self, by: Expr) -> Self {
        let factor = match (self.factor, self.divisor) {
            (Some(factor), _) => factor * by,
            (None, Some(divisor)) => by / divisor,
            (None, None) => by,
        };
        Self { seed: self.seed, factor: Some(factor), divisor: None }
    }

    pub fn over(self, by: Expr) -> Self {
        match (self.factor, self.divisor) {
            (Some(factor), _) => Self { seed: self.seed, factor: Some(factor / by), divisor: None },
            (None, None) => Self { seed: self.seed, factor: None, divisor: Some(by) },
            (None, Some(divisor)) => Self { seed: self.seed / divisor, factor: None, divisor: Some(by) },
        }
    }

    pub fn expr(self) -> Expr {
        match (self.factor, self.divisor) {
            (Some(factor), _) => self.seed * factor,
            (None, Some(divisor)) => self.seed / divisor,
            (None, None) => self.seed,
        }
    }
}
