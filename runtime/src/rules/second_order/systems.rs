//! Linear systems, inverses and determinants, by any factorisation.
//!
//! The tangent of a factorisation is that of the matrix `A`, and no rule factors anything again.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use crate::differentiable::Differentiable;
use crate::rules::matrix::{Cofactors, Entry, Factor, Solution};

/// `X = A⁻¹ B`, along which `X_dot = A⁻¹ (B_dot - A_dot X)`.
pub mod solve {
    use super::*;

    macro_rules! rule {
        ($(#[$doc:meta])* $name:ident($f:ident, $b:ident, $z:ident, $seed:ident: $seed_ty:ty, $dot:ident: $dot_ty:ty) -> $ret:ty $body:block) => {
            $(#[$doc])*
            pub fn $name<F, T, D, C, S, Z>(
                $f: &F,
                $b: &Matrix<T, D, C, S>,
                $z: &Z,
                $seed: &$seed_ty,
                $dot: &$dot_ty,
            ) -> $ret
            where
                F: Factor<T, D> + Differentiable<Tangent = OMatrix<T, D, D>>,
                T: Entry,
                D: Dim,
                C: Dim,
                S: Storage<T, D, C>,
                Z: Solution<OMatrix<T, D, C>>,
                DefaultAllocator: Allocator<D, D> + Allocator<D, C> + Allocator<C, D>,
            $body
        };
    }

    rule! {
        /// `A⁻¹ (A_dot A⁻¹ S X + S A⁻¹ A_dot X)`, where `S` is the seed.
        push_0_by_0(f, _b, z, seed: OMatrix<T, D, D>, a_dot: OMatrix<T, D, D>) -> Z {
            Z::tangent(z.matrix().and_then(|x| {
                let (by_seed, by_dot) = (f.solved(&(seed * x))?, f.solved(&(a_dot * x))?);
                f.solved(&(a_dot * by_seed + seed * by_dot))
            }))
        }
    }

    rule! {
        /// `-A⁻¹ S A⁻¹ B_dot`.
        push_0_by_1(f, _b, z, seed: OMatrix<T, D, D>, b_dot: OMatrix<T, D, C>) -> Z {
            Z::tangent(z.matrix().and_then(|_| f.solved(&-(seed * f.solved(b_dot)?))))
        }
    }

    rule! {
        /// `-A⁻¹ A_dot A⁻¹ S`.
        push_1_by_0(f, _b, z, seed: OMatrix<T, D, C>, a_dot: OMatrix<T, D, D>) -> Z {
            Z::tangent(z.matrix().and_then(|_| f.solved(&-(a_dot * f.solved(seed)?))))
        }
    }

    rule! {
        /// 0: `X` is linear in `B`.
        push_1_by_1(_f, b, z, _seed: OMatrix<T, D, C>, _dot: OMatrix<T, D, C>) -> Z {
            Z::tangent(z.matrix().map(|_| b.zero_tangent()))
        }
    }

    rule! {
        /// `-(W_dot Xᵀ + W X_dotᵀ)` with `W = A⁻ᵀ X_bar`, `W_dot = -A⁻ᵀ A_dotᵀ W`.
        pull_0_by_0(f, _b, z, z_bar: Z, a_dot: OMatrix<T, D, D>) -> OMatrix<T, D, D> {
            let moved = || {
                let (x, w) = (z.matrix()?, f.solved_transposed(z_bar.matrix()?)?);
                let w_moved = f.solved_transposed(&a_dot.tr_mul(&w))?;
                let x_moved = f.solved(&(a_dot * x))?;
                Some(w_moved * x.transpose() + w * x_moved.transpose())
            };
            moved().unwrap_or_else(|| f.zero_tangent())
        }
    }

    rule! {
        /// `-W (A⁻¹ B_dot)ᵀ`.
        pull_0_by_1(f, _b, z, z_bar: Z, b_dot: OMatrix<T, D, C>) -> OMatrix<T, D, D> {
            let moved = || {
                let (_, w) = (z.matrix()?, f.solved_transposed(z_bar.matrix()?)?);
                Some(-(w * f.solved(b_dot)?.transpose()))
            };
            moved().unwrap_or_else(|| f.zero_tangent())
        }
    }

    rule! {
        /// `-A⁻ᵀ A_dotᵀ W`.
        pull_1_by_0(f, b, _z, z_bar: Z, a_dot: OMatrix<T, D, D>) -> OMatrix<T, D, C> {
            let moved = || {
                let w = f.solved_transposed(z_bar.matrix()?)?;
                f.solved_transposed(&-a_dot.tr_mul(&w))
            };
            moved().unwrap_or_else(|| b.zero_tangent())
        }
    }

    rule! {
        /// 0: `B_bar` does not depend on `B`.
        pull_1_by_1(_f, b, _z, _z_bar: Z, _dot: OMatrix<T, D, C>) -> OMatrix<T, D, C> {
            b.zero_tangent()
        }
    }
}

/// `Y = A⁻¹`, along which `Y_dot = -Y A_dot Y`.
pub mod try_inverse {
    use super::*;

    /// `Y A_dot Y S Y + Y S Y A_dot Y`, where `S` is the seed.
    pub fn push_0_by_0<A, T, D, Z>(_a: &A, z: &Z, seed: &OMatrix<T, D, D>, a_dot: &OMatrix<T, D, D>) -> Z
    where
        T: Entry,
        D: Dim,
        Z: Solution<OMatrix<T, D, D>>,
        DefaultAllocator: Allocator<D, D>,
    {
        Z::tangent(z.matrix().map(|y| {
            let (by_dot, by_seed) = (y * a_dot * y, y * seed * y);
            by_dot * seed * y + by_seed * a_dot * y
        }))
    }

    /// `Yᵀ A_dotᵀ Yᵀ Y_bar Yᵀ + Yᵀ Y_bar Yᵀ A_dotᵀ Yᵀ`.
    pub fn pull_0_by_0<A, T, D, Z>(a: &A, z: &Z, z_bar: &Z, a_dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
    where
        A: Differentiable<Tangent = OMatrix<T, D, D>>,
        T: Entry,
        D: Dim,
        Z: Solution<OMatrix<T, D, D>>,
        DefaultAllocator: Allocator<D, D>,
    {
        match (z.matrix(), z_bar.matrix()) {
            (Some(y), Some(y_bar)) => {
                let (y, a_dot) = (y.transpose(), a_dot.transpose());
                let (by_dot, by_bar) = (&y * &a_dot * &y, &y * y_bar * &y);
                by_dot * y_bar * &y + by_bar * a_dot * y
            }
            _ => a.zero_tangent(),
        }
    }
}

/// `z = det A`, whose gradient is the matrix of cofactors.
pub mod determinant {
    use super::*;

    /// `⟨cof_dot A, S⟩`, where `S` is the seed.
    pub fn push_0_by_0<A, T, D>(a: &A, z: &T, seed: &OMatrix<T, D, D>, a_dot: &OMatrix<T, D, D>) -> T
    where
        A: Cofactors<T, D>,
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        a.moved_cofactors(*z, a_dot).dot(seed)
    }

    /// `z_bar cof_dot A`.
    pub fn pull_0_by_0<A, T, D>(a: &A, z: &T, z_bar: &T, a_dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
    where
        A: Cofactors<T, D>,
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        a.moved_cofactors(*z, a_dot) * *z_bar
    }
}

/// `z = ln det S` of the symmetric `S`, whose gradient is `S⁻¹`.
pub mod ln_determinant {
    use super::*;

    /// `-tr(S⁻¹ S_dot S⁻¹ M)`, where `M` is the seed.
    pub fn push_0_by_0<T, D>(f: &Cholesky<T, D>, seed: &OMatrix<T, D, D>, s_dot: &OMatrix<T, D, D>) -> T
    where
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        -f.solve(&f.solve(s_dot).transpose()).dot(seed)
    }

    /// `-z_bar S⁻¹ S_dot S⁻¹`.
    pub fn pull_0_by_0<T, D>(f: &Cholesky<T, D>, z_bar: &T, s_dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        f.solve(&f.solve(s_dot).transpose()) * -*z_bar
    }
}
