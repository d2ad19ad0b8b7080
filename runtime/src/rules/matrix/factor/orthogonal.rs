//! The factors of `A = Q R`, where `A` has at least as many rows as columns and full rank.
//!
//! With `M = Qᵀ A_dot R⁻¹` and the skew `Ω = tril(M) - tril(M)ᵀ` of its strict lower triangle,
//! `R_dot = (M - Ω) R` and `Q_dot = A_dot R⁻¹ - Q (M - Ω)`. With `M = R R_barᵀ - Q_barᵀ Q` and `copyltu` the symmetric matrix
//! of a lower triangle, `A_bar = (Q_bar + Q copyltu(M)) R⁻ᵀ` (Walter & Lehmann, "Algorithmic differentiation of linear
//! algebra functions with application in optimum experimental design", 2012; Seeger et al., "Auto-differentiating linear
//! algebra", 2017). `R` has a positive diagonal. A matrix without full rank has no derivative: NaN.

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, DimMin, DimMinimum, OMatrix, QR};

use super::super::Entry;
use super::super::dynamic::{dynamic, shaped};
use super::super::symmetric::from_lower;

/// The factors as matrices of dynamic size, on which the formulas are written.
fn factors<T, R, C>(f: &QR<T, R, C>) -> (DMatrix<T>, DMatrix<T>)
where
    T: Entry,
    R: DimMin<C>,
    C: Dim,
    DefaultAllocator: Allocator<R, C>
        + Allocator<R>
        + Allocator<DimMinimum<R, C>>
        + Allocator<R, DimMinimum<R, C>>
        + Allocator<DimMinimum<R, C>, C>,
{
    let (q, r) = (dynamic(&f.q()), dynamic(&f.r()));
    assert!(q.nrows() >= r.ncols(), "the QR factors of a matrix with more columns than rows have no derivative rule");
    (q, r)
}

/// `M R⁻ᵀ`, which is `(R⁻¹ Mᵀ)ᵀ`; NaN where `R` is singular.
fn over_r_transposed<T: Entry>(m: &DMatrix<T>, r: &DMatrix<T>) -> DMatrix<T> {
    let solved = r.solve_upper_triangular(&m.transpose());
    solved.map_or_else(|| m.map(|_| T::constant(f64::NAN)), |solved| solved.transpose())
}

/// `M R⁻¹`, which is `(R⁻ᵀ Mᵀ)ᵀ`; NaN where `R` is singular.
fn over_r<T: Entry>(m: &DMatrix<T>, r: &DMatrix<T>) -> DMatrix<T> {
    let solved = r.tr_solve_upper_triangular(&m.transpose());
    solved.map_or_else(|| m.map(|_| T::constant(f64::NAN)), |solved| solved.transpose())
}

/// `A_dot R⁻¹` and the upper triangle `M - Ω`, with `M = Qᵀ A_dot R⁻¹`.
fn pushed<T: Entry>(q: &DMatrix<T>, r: &DMatrix<T>, a_dot: &DMatrix<T>) -> (DMatrix<T>, DMatrix<T>) {
    let quotient = over_r(a_dot, r);
    let m = q.tr_mul(&quotient);
    let mut lower = m.clone();
    lower.fill_upper_triangle(T::constant(0.0), 0);
    let upper = m - &lower + lower.transpose();
    (quotient, upper)
}

macro_rules! factor_rule {
    (
        $(#[$doc:meta])* $name:ident: $z:ty,
        push($pq:ident, $pr:ident, $a_dot:ident) $push:expr,
        pull($q:ident, $r:ident, $z_bar:ident) $pull:expr
    ) => {
        $(#[$doc])*
        pub mod $name {
            use super::*;

            /// From the tangent of `A`.
            pub fn push_0<T, R, C>(f: &QR<T, R, C>, z: &$z, a_dot: &OMatrix<T, R, C>) -> $z
            where
                T: Entry,
                R: DimMin<C>,
                C: Dim,
                DefaultAllocator: Allocator<R, C>
                    + Allocator<R>
                    + Allocator<DimMinimum<R, C>>
                    + Allocator<R, DimMinimum<R, C>>
                    + Allocator<DimMinimum<R, C>, C>,
            {
                let ($pq, $pr) = factors(f);
                let $a_dot = dynamic(a_dot);
                shaped(z, &$push)
            }

            /// To the cotangent of `A`.
            pub fn pull_0<T, R, C>(f: &QR<T, R, C>, _z: &$z, z_bar: &$z) -> OMatrix<T, R, C>
            where
                T: Entry,
                R: DimMin<C>,
                C: Dim,
                DefaultAllocator: Allocator<R, C>
                    + Allocator<R>
                    + Allocator<DimMinimum<R, C>>
                    + Allocator<R, DimMinimum<R, C>>
                    + Allocator<DimMinimum<R, C>, C>,
            {
                let ($q, $r) = factors(f);
                let $z_bar = dynamic(z_bar);
                shaped(f.qr_internal(), &$pull)
            }
        }
    };
}

factor_rule!(
    /// `Q`: `Q_dot = A_dot R⁻¹ - Q (M - Ω)`, `A_bar = (Q_bar + Q copyltu(-Q_barᵀ Q)) R⁻ᵀ`.
    q: OMatrix<T, R, DimMinimum<R, C>>,
    push(q, r, a_dot) {
        let (quotient, upper) = pushed(&q, &r, &a_dot);
        quotient - &q * upper
    },
    pull(q, r, q_bar) {
        let middle = from_lower(&-q_bar.tr_mul(&q));
        over_r_transposed(&(q_bar + &q * middle), &r)
    }
);

factor_rule!(
    /// `R`: `R_dot = (M - Ω) R`, `A_bar = Q copyltu(R R_barᵀ) R⁻ᵀ`.
    r: OMatrix<T, DimMinimum<R, C>, C>,
    push(q, r, a_dot) {
        let (_, upper) = pushed(&q, &r, &a_dot);
        upper * &r
    },
    pull(q, r, r_bar) {
        let middle = from_lower(&(&r * r_bar.transpose()));
        over_r_transposed(&(&q * middle), &r)
    }
);
