//! Decompositions with vectors: `S = V Λ Vᵀ` and `A = U Σ Vᵀ`.
//!
//! The vectors are determined up to a sign where the values differ, and the derivative is that of the vectors as they are
//! returned. Vectors of equal values are any basis: their derivative exists for functions that do not depend on which. A
//! pull sees that by the cotangents, whose block there is symmetric, and gives 0 for it; otherwise it gives NaN. A push sees
//! only whether the tangent mixes the vectors: 0 if it does not, NaN if it does.

mod eigen;
mod singular;
mod tangents;

pub use eigen::symmetric_eigen;
pub use singular::svd;
pub use tangents::{SvdTangent, SymmetricEigenTangent};

use super::Entry;
use nalgebra::DMatrix;

/// Quotients by differences of values, which may vanish.
struct Gaps<T> {
    /// A divisor below is zero.
    divisor: T,
    /// A numerator below is zero where its divisor is.
    numerator: T,
}

impl<T: Entry> Gaps<T> {
    /// What is rounding, for divisors and for numerators of the size of these.
    fn new(values: &[T], numerators: &[&DMatrix<T>]) -> Self {
        let largest = |entries: &mut dyn Iterator<Item = T>| {
            entries.fold(T::constant(0.0), |max, x| if x.abs() > max { x.abs() } else { max })
        };
        let rounding = T::default_epsilon() * T::constant(16.0 * values.len() as f64);
        Self {
            divisor: rounding * largest(&mut values.iter().copied()),
            numerator: rounding * largest(&mut numerators.iter().flat_map(|m| m.iter().copied())),
        }
    }

    /// `a / b`; where `b` is zero, 0 if `a` is too and NaN otherwise.
    fn over(&self, a: T, b: T) -> T {
        if b.abs() > self.divisor {
            a / b
        } else if a.abs() <= self.numerator {
            T::constant(0.0)
        } else {
            T::constant(f64::NAN)
        }
    }
}
