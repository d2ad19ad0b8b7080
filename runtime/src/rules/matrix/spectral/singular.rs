//! The thin singular value decomposition.

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, DimMin, DimMinimum, Matrix, OMatrix, OVector, SVD, Storage};

use super::super::Entry;
use super::super::dynamic::{dynamic, shaped};
use super::{Gaps, SvdTangent};

type TangentOf<T, R, C> =
    SvdTangent<OMatrix<T, R, DimMinimum<R, C>>, OVector<T, DimMinimum<R, C>>, OMatrix<T, DimMinimum<R, C>, C>>;

/// `A = U Σ Vᵀ` of m x n matrices, `U` with `k = min(m, n)` columns and `Vᵀ` with as many rows. With `P = Uᵀ A_dot V`:
/// `σ_dot = diag(P)`, `U_dot = U Ω + (I - U Uᵀ) A_dot V Σ⁻¹`, `V_dot = V Ψ + (I - V Vᵀ) A_dotᵀ U Σ⁻¹`, where for `i ≠ j`
/// `Ω_ij`, `Ψ_ij` are half the sum and half the difference of `(P_ij + P_ji) / (σ_j - σ_i)` and `(P_ij - P_ji) / (σ_j + σ_i)`. With
/// `E_±` the skew parts `K - Kᵀ` of `K = Uᵀ U_bar ± Vᵀ V_bar`: `A_bar = U N Vᵀ + (I - U Uᵀ) U_bar Σ⁻¹ Vᵀ + U Σ⁻¹ V_barᵀ (I - V Vᵀ)`,
/// `N_ii = σ_bar_i`, `N_ij = E₊_ij / 2(σ_j - σ_i) + E₋_ij / 2(σ_j + σ_i)` (Townsend, "Differentiating the singular value
/// decomposition", 2016, whose `1 / (σ_j² - σ_i²)` is split into its partial fractions).
///
/// A quotient by zero is 0 if its numerator is, and NaN otherwise. A singular value of zero has the derivative 0, the middle
/// of the subgradients.
pub mod svd {
    use super::*;

    /// The tangents of values and vectors.
    pub fn push_0<T, R, C, S>(
        _a: &Matrix<T, R, C, S>,
        _u: &bool,
        _v: &bool,
        z: &SVD<T, R, C>,
        a_dot: &OMatrix<T, R, C>,
    ) -> TangentOf<T, R, C>
    where
        T: Entry,
        R: DimMin<C>,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>
            + Allocator<DimMinimum<R, C>, C>
            + Allocator<R, DimMinimum<R, C>>
            + Allocator<DimMinimum<R, C>>,
    {
        let Vectors { u, v, sigma } = Vectors::of(z);
        let a_dot = dynamic(a_dot);
        let (a_v, a_u) = (&a_dot * &v, a_dot.transpose() * &u);
        let p = u.transpose() * &a_v;
        let gaps = Gaps::new(&sigma, &[&a_dot]);
        let half = |sign: f64| {
            DMatrix::from_fn(p.nrows(), p.ncols(), |i, j| {
                if i == j {
                    return T::constant(0.0);
                }
                let sum = gaps.over(p[(i, j)] + p[(j, i)], sigma[j] - sigma[i]);
                let difference = gaps.over(p[(i, j)] - p[(j, i)], sigma[j] + sigma[i]);
                (sum + difference * T::constant(sign)) * T::constant(0.5)
            })
        };
        let u_dot = &u * half(1.0) + outside(&u, &a_v, &sigma);
        let v_dot = &v * half(-1.0) + outside(&v, &a_u, &sigma);
        SvdTangent {
            u: z.u.as_ref().map(|u| shaped(u, &u_dot)),
            singular_values: z.singular_values.map_with_location(|i, _, sigma| match sigma == T::constant(0.0) {
                true => sigma,
                false => p[(i, i)],
            }),
            v_t: z.v_t.as_ref().map(|v_t| shaped(v_t, &v_dot.transpose())),
        }
    }

    /// The cotangent of `A`.
    pub fn pull_0<T, R, C, S>(
        a: &Matrix<T, R, C, S>,
        _u: &bool,
        _v: &bool,
        z: &SVD<T, R, C>,
        z_bar: &TangentOf<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: DimMin<C>,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>
            + Allocator<DimMinimum<R, C>, C>
            + Allocator<R, DimMinimum<R, C>>
            + Allocator<DimMinimum<R, C>>,
    {
        let Vectors { u, v, sigma } = Vectors::of(z);
        let (u_bar, v_bar) = match (&z_bar.u, &z_bar.v_t) {
            (Some(u_bar), Some(v_t_bar)) => (dynamic(u_bar), dynamic(v_t_bar).transpose()),
            _ => (u.map(|_| T::constant(f64::NAN)), v.map(|_| T::constant(f64::NAN))),
        };
        let (of_u, of_v) = (u.transpose() * &u_bar, v.transpose() * &v_bar);
        let gaps = Gaps::new(&sigma, &[&u_bar, &v_bar]);
        let (sum, difference) = (&of_u + &of_v, of_u - of_v);
        let n = DMatrix::from_fn(sigma.len(), sigma.len(), |i, j| {
            if i == j {
                let zero = T::constant(0.0);
                return if sigma[i] == zero { zero } else { z_bar.singular_values[i] };
            }
            let plus = gaps.over(sum[(i, j)] - sum[(j, i)], sigma[j] - sigma[i]);
            let minus = gaps.over(difference[(i, j)] - difference[(j, i)], sigma[j] + sigma[i]);
            (plus + minus) * T::constant(0.5)
        });
        let inside = &u * n * v.transpose();
        let left = outside(&u, &u_bar, &sigma) * v.transpose();
        let right = u * outside(&v, &v_bar, &sigma).transpose();
        shaped(a, &(inside + left + right))
    }

    /// `U`, `V` and the singular values, of dynamic size.
    struct Vectors<T> {
        u: DMatrix<T>,
        v: DMatrix<T>,
        sigma: Vec<T>,
    }

    impl<T: Entry> Vectors<T> {
        /// NaN for vectors that were not asked for.
        fn of<R, C>(z: &SVD<T, R, C>) -> Self
        where
            R: DimMin<C>,
            C: Dim,
            DefaultAllocator:
                Allocator<DimMinimum<R, C>, C> + Allocator<R, DimMinimum<R, C>> + Allocator<DimMinimum<R, C>>,
        {
            let sigma: Vec<T> = z.singular_values.iter().copied().collect();
            let unknown = || DMatrix::from_element(sigma.len(), sigma.len(), T::constant(f64::NAN));
            let u = z.u.as_ref().map_or_else(unknown, dynamic);
            let v = z.v_t.as_ref().map_or_else(unknown, |v_t| dynamic(v_t).transpose());
            Self { u, v, sigma }
        }
    }

    /// `(I - U Uᵀ) M Σ⁻¹`, which is zero for a square `U`.
    fn outside<T: Entry>(u: &DMatrix<T>, m: &DMatrix<T>, sigma: &[T]) -> DMatrix<T> {
        if u.is_square() {
            return m.map(|_| T::constant(0.0));
        }
        let gaps = Gaps::new(sigma, &[m]);
        let mut outside = m - u * u.tr_mul(m);
        for (mut column, sigma) in outside.column_iter_mut().zip(sigma) {
            column.apply(|x| *x = gaps.over(*x, *sigma));
        }
        outside
    }
}
