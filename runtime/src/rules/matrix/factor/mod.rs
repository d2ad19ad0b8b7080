//! Factorisations of a matrix, and what is computed from them.
//!
//! The tangent of a factorisation is that of the matrix `A` which it factors: a rule then pairs with `A` and reuses the
//! factors, so that no derivative refactors. A [`Cholesky`] stands for the symmetric matrix, whose tangent has both
//! triangles; only [`cholesky`] knows that nalgebra reads the lower one.

mod definite;
mod orthogonal;
mod system;
mod transposed;
mod triangular;

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, DefaultAllocator, Dim, DimMin, DimMinimum, LU, OMatrix, QR};

use super::Entry;
use crate::differentiable::Differentiable;

pub(super) use definite::inverse_of_definite;
pub use definite::{cholesky, ln_determinant};
pub use orthogonal::{q, r};
pub use system::{Factor, Solution, solve, try_inverse};
pub(super) use transposed::inverse_transposed;
pub use triangular::{LowerFactor, l, u};

/// `l_dirty`, `lu_internal`, `qr_internal`: a matrix of the shape of the one that was factored.
macro_rules! tangent_of_the_factored {
    ($factors:ident, $shaped:ident) => {
        impl<T, R, C> Differentiable for $factors<T, R, C>
        where
            T: Entry,
            R: DimMin<C>,
            C: Dim,
            DefaultAllocator: Allocator<R, C> + Allocator<R> + Allocator<DimMinimum<R, C>>,
        {
            type Tangent = OMatrix<T, R, C>;

            #[inline]
            fn zero_tangent(&self) -> OMatrix<T, R, C> {
                self.$shaped().zero_tangent()
            }
        }
    };
}

tangent_of_the_factored!(LU, lu_internal);
tangent_of_the_factored!(QR, qr_internal);

impl<T, D> Differentiable for Cholesky<T, D>
where
    T: Entry,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    type Tangent = OMatrix<T, D, D>;

    #[inline]
    fn zero_tangent(&self) -> OMatrix<T, D, D> {
        self.l_dirty().zero_tangent()
    }
}

/// Factoring only names the matrix anew: the tangent of the factors is `A_dot`, and `A_bar` is their cotangent.
macro_rules! renaming {
    ($($(#[$doc:meta])* $name:ident),*) => {
        $(
            $(#[$doc])*
            pub mod $name {
                use super::super::Entry;
                use nalgebra::allocator::Allocator;
                use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

                /// `A_dot`.
                #[inline]
                pub fn push_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, a_dot: &OMatrix<T, R, C>) -> OMatrix<T, R, C>
                where
                    T: Entry,
                    R: Dim,
                    C: Dim,
                    S: Storage<T, R, C>,
                    DefaultAllocator: Allocator<R, C>,
                {
                    a_dot.clone()
                }

                /// The cotangent of the factors.
                #[inline]
                pub fn pull_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, C>
                where
                    T: Entry,
                    R: Dim,
                    C: Dim,
                    S: Storage<T, R, C>,
                    DefaultAllocator: Allocator<R, C>,
                {
                    z_bar.clone()
                }
            }
        )*
    };
}

renaming!(
    /// `A = Pᵀ L U`.
    lu,
    /// `A = Q R`.
    qr
);
