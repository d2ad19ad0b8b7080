//! Functions that act entry by entry; their maps are diagonal, so a push is its own pull.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use crate::rules::matrix::Entry;

/// `Z_ij = φ(A_ij)`: the maps are `φ'(A_ij) S_ij`, and along `A_dot` they change by `φ''(A_ij) A_dot_ij S_ij`.
pub mod map {
    use super::*;

    /// `change(A_ij, S_ij, A_dot_ij)`.
    #[inline]
    pub fn push<T, R, C, S>(
        a: &Matrix<T, R, C, S>,
        seed: &OMatrix<T, R, C>,
        a_dot: &OMatrix<T, R, C>,
        change: impl FnMut(T, T, T) -> T,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a.zip_zip_map(seed, a_dot, change)
    }

    /// As the push.
    #[inline]
    pub fn pull<T, R, C, S>(
        a: &Matrix<T, R, C, S>,
        z_bar: &OMatrix<T, R, C>,
        a_dot: &OMatrix<T, R, C>,
        change: impl FnMut(T, T, T) -> T,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a.zip_zip_map(z_bar, a_dot, change)
    }
}

/// `Z = A ⊘ B`: the maps are `S ⊘ B` by `A` and `-A ∘ S ⊘ B²` by `B`.
pub mod component_div {
    use super::*;

    macro_rules! diagonal {
        ($($push:ident, $pull:ident: $doc:literal ($a:ident, $b:ident, $seed:ident, $dot:ident) = $value:expr;)*) => {
            $(
                #[doc = $doc]
                #[inline]
                pub fn $push<T, R, C, S, S2>(
                    a: &Matrix<T, R, C, S>,
                    b: &Matrix<T, R, C, S2>,
                    seed: &OMatrix<T, R, C>,
                    dot: &OMatrix<T, R, C>,
                ) -> OMatrix<T, R, C>
                where
                    T: Entry,
                    R: Dim,
                    C: Dim,
                    S: Storage<T, R, C>,
                    S2: Storage<T, R, C>,
                    DefaultAllocator: Allocator<R, C>,
                {
                    let operands = a.zip_map(b, |a, b| (a, b));
                    operands.zip_zip_map(seed, dot, |($a, $b), $seed, $dot| {
                        let _ = $a;
                        $value
                    })
                }

                #[doc = $doc]
                #[inline]
                pub fn $pull<T, R, C, S, S2>(
                    a: &Matrix<T, R, C, S>,
                    b: &Matrix<T, R, C, S2>,
                    z_bar: &OMatrix<T, R, C>,
                    dot: &OMatrix<T, R, C>,
                ) -> OMatrix<T, R, C>
                where
                    T: Entry,
                    R: Dim,
                    C: Dim,
                    S: Storage<T, R, C>,
                    S2: Storage<T, R, C>,
                    DefaultAllocator: Allocator<R, C>,
                {
                    $push(a, b, z_bar, dot)
                }
            )*
        };
    }

    diagonal! {
        push_0_by_0, pull_0_by_0: "Zero." (a, b, seed, dot) = T::constant(0.0) * b * seed * dot;
        push_0_by_1, pull_0_by_1: "`-S ∘ B_dot ⊘ B²`." (a, b, seed, dot) = -(seed / b) * dot / b;
        push_1_by_0, pull_1_by_0: "`-A_dot ∘ S ⊘ B²`." (a, b, seed, dot) = -(dot / b) * seed / b;
        push_1_by_1, pull_1_by_1: "`2 A ∘ S ∘ B_dot ⊘ B³`."
            (a, b, seed, dot) = T::constant(2.0) * (a / b) * (seed / b) * (dot / b);
    }
}
