//! Linear systems and inverses, by any factorisation.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, DimMin, LU, Matrix, OMatrix, QR, Storage};

use super::super::Entry;
use crate::differentiable::Differentiable;

/// The factors of a square matrix `A`, as a rule uses them again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no derivative rule for `solve`",
    note = "the rules are those of nalgebra's `LU`, `Cholesky` and `QR` of a square matrix"
)]
pub trait Factor<T: Entry, D: Dim>
where
    DefaultAllocator: Allocator<D, D>,
{
    /// `A⁻¹ B`; `None` if `A` is singular.
    fn solved<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>;

    /// `A⁻ᵀ B`; `None` if `A` is singular.
    fn solved_transposed<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>;
}

impl<T: Entry, D: Dim> Factor<T, D> for Cholesky<T, D>
where
    DefaultAllocator: Allocator<D, D>,
{
    fn solved<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>,
    {
        Some(self.solve(b))
    }

    fn solved_transposed<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>,
    {
        Some(self.solve(b))
    }
}

impl<T: Entry, D: DimMin<D, Output = D>> Factor<T, D> for LU<T, D, D>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn solved<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>,
    {
        self.solve(b)
    }

    fn solved_transposed<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>,
    {
        super::transposed::solved_transposed(self, b)
    }
}

/// With `A = Q R`, `Aᵀ W = B` is `Rᵀ Y = B`, `W = Q Y`.
impl<T: Entry, D: DimMin<D, Output = D>> Factor<T, D> for QR<T, D, D>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn solved<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>,
    {
        self.solve(b)
    }

    fn solved_transposed<C: Dim>(&self, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
    where
        DefaultAllocator: Allocator<D, C>,
    {
        Some(self.q() * self.r().tr_solve_upper_triangular(b)?)
    }
}

/// What solving returns: the matrix, or `None` where `A` may be singular. Tangents have the same form.
pub trait Solution<X>: Sized {
    /// The matrix, if there is one.
    fn matrix(&self) -> Option<&X>;

    /// A tangent; `None` where there is no solution.
    ///
    /// # Panics
    /// If there has to be one.
    fn tangent(dot: Option<X>) -> Self;
}

impl<T: Entry, R: Dim, C: Dim> Solution<OMatrix<T, R, C>> for OMatrix<T, R, C>
where
    DefaultAllocator: Allocator<R, C>,
{
    fn matrix(&self) -> Option<&Self> {
        Some(self)
    }

    fn tangent(dot: Option<Self>) -> Self {
        dot.expect("a factorisation that always solves")
    }
}

impl<T: Entry, R: Dim, C: Dim> Solution<OMatrix<T, R, C>> for Option<OMatrix<T, R, C>>
where
    DefaultAllocator: Allocator<R, C>,
{
    fn matrix(&self) -> Option<&OMatrix<T, R, C>> {
        self.as_ref()
    }

    fn tangent(dot: Option<OMatrix<T, R, C>>) -> Self {
        dot
    }
}

/// `X = A⁻¹ B`: `X_dot = A⁻¹ (B_dot - A_dot X)`; `B_bar = A⁻ᵀ X_bar`, `A_bar = -B_bar Xᵀ` (Giles 2.3.1).
///
/// Shapes: `A` is D x D, `B` and `X` are D x C. The factors are reused, and `X` is the saved result. Where there is no
/// solution there is no derivative.
pub mod solve {
    use super::*;

    /// `-A⁻¹ A_dot X`.
    pub fn push_0<F, T, D, C, S, Z>(f: &F, _b: &Matrix<T, D, C, S>, z: &Z, a_dot: &OMatrix<T, D, D>) -> Z
    where
        F: Factor<T, D>,
        T: Entry,
        D: Dim,
        C: Dim,
        S: Storage<T, D, C>,
        Z: Solution<OMatrix<T, D, C>>,
        DefaultAllocator: Allocator<D, D> + Allocator<D, C>,
    {
        Z::tangent(z.matrix().and_then(|x| f.solved(&-(a_dot * x))))
    }

    /// `A⁻¹ B_dot`.
    pub fn push_1<F, T, D, C, S, Z>(f: &F, _b: &Matrix<T, D, C, S>, z: &Z, b_dot: &OMatrix<T, D, C>) -> Z
    where
        F: Factor<T, D>,
        T: Entry,
        D: Dim,
        C: Dim,
        S: Storage<T, D, C>,
        Z: Solution<OMatrix<T, D, C>>,
        DefaultAllocator: Allocator<D, D> + Allocator<D, C>,
    {
        Z::tangent(z.matrix().and_then(|_| f.solved(b_dot)))
    }

    /// `-A⁻ᵀ X_bar Xᵀ`.
    pub fn pull_0<F, T, D, C, S, Z>(f: &F, _b: &Matrix<T, D, C, S>, z: &Z, z_bar: &Z) -> OMatrix<T, D, D>
    where
        F: Factor<T, D> + Differentiable<Tangent = OMatrix<T, D, D>>,
        T: Entry,
        D: Dim,
        C: Dim,
        S: Storage<T, D, C>,
        Z: Solution<OMatrix<T, D, C>>,
        DefaultAllocator: Allocator<D, D> + Allocator<D, C> + Allocator<C, D>,
    {
        let pulled = z_bar.matrix().and_then(|x_bar| f.solved_transposed(x_bar));
        match (pulled, z.matrix()) {
            (Some(b_bar), Some(x)) => {
                let (rows, _) = x.shape_generic();
                let mut a_bar = OMatrix::zeros_generic(rows, rows);
                for (b_bar, x) in b_bar.column_iter().zip(x.column_iter()) {
                    a_bar.ger(-T::one(), &b_bar, &x, T::one());
                }
                a_bar
            }
            _ => f.zero_tangent(),
        }
    }

    /// `A⁻ᵀ X_bar`.
    pub fn pull_1<F, T, D, C, S, Z>(f: &F, b: &Matrix<T, D, C, S>, _z: &Z, z_bar: &Z) -> OMatrix<T, D, C>
    where
        F: Factor<T, D>,
        T: Entry,
        D: Dim,
        C: Dim,
        S: Storage<T, D, C>,
        Z: Solution<OMatrix<T, D, C>>,
        DefaultAllocator: Allocator<D, D> + Allocator<D, C>,
    {
        let pulled = z_bar.matrix().and_then(|x_bar| f.solved_transposed(x_bar));
        pulled.unwrap_or_else(|| b.zero_tangent())
    }
}

/// `Y = A⁻¹`: `Y_dot = -Y A_dot Y`, `A_bar = -Yᵀ Y_bar Yᵀ` (Giles 2.2.3), of a matrix or of its factors.
///
/// `Y` is the saved result, so nothing is inverted again. A singular matrix has no inverse and no derivative.
pub mod try_inverse {
    use super::*;

    /// `-Y A_dot Y`.
    pub fn push_0<A, T, D, Z>(_a: &A, z: &Z, a_dot: &OMatrix<T, D, D>) -> Z
    where
        T: Entry,
        D: Dim,
        Z: Solution<OMatrix<T, D, D>>,
        DefaultAllocator: Allocator<D, D>,
    {
        Z::tangent(z.matrix().map(|y| -(y * a_dot * y)))
    }

    /// `-Yᵀ Y_bar Yᵀ`.
    pub fn pull_0<A, T, D, Z>(a: &A, z: &Z, z_bar: &Z) -> OMatrix<T, D, D>
    where
        A: Differentiable<Tangent = OMatrix<T, D, D>>,
        T: Entry,
        D: Dim,
        Z: Solution<OMatrix<T, D, D>>,
        DefaultAllocator: Allocator<D, D>,
    {
        match (z.matrix(), z_bar.matrix()) {
            (Some(y), Some(y_bar)) => {
                let transposed = y.transpose();
                -(&transposed * y_bar * &transposed)
            }
            _ => a.zero_tangent(),
        }
    }
}
