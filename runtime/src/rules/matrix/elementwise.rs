//! Matrix functions that act entry by entry, or only move entries.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use super::Entry;

/// `Z = Aᵀ`, a permutation of the entries: `Z_dot = A_dotᵀ`, `A_bar = Z_barᵀ`.
pub mod transpose {
    use super::*;

    /// `A_dotᵀ`.
    #[inline]
    pub fn push_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, a_dot: &OMatrix<T, R, C>) -> OMatrix<T, C, R>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C> + Allocator<C, R>,
    {
        a_dot.transpose()
    }

    /// `Z_barᵀ`.
    #[inline]
    pub fn pull_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, z_bar: &OMatrix<T, C, R>) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C> + Allocator<C, R>,
    {
        z_bar.transpose()
    }
}

/// `Z = A ∘ B`, the Hadamard product: `Z_dot = A_dot ∘ B + A ∘ B_dot`; `A_bar = Z_bar ∘ B`, `B_bar = A ∘ Z_bar`.
pub mod component_mul {
    use super::*;

    /// `A_dot ∘ B`.
    #[inline]
    pub fn push_0<T, R, C, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a_dot.component_mul(b)
    }

    /// `A ∘ B_dot`.
    #[inline]
    pub fn push_1<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        _b: &Matrix<T, R, C, S2>,
        b_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        b_dot.component_mul(a)
    }

    /// `Z_bar ∘ B`.
    #[inline]
    pub fn pull_0<T, R, C, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        z_bar.component_mul(b)
    }

    /// `A ∘ Z_bar`.
    #[inline]
    pub fn pull_1<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        _b: &Matrix<T, R, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        z_bar.component_mul(a)
    }
}

/// `Z = A ⊘ B`, entry by entry: `Z_dot = A_dot ⊘ B - Z ∘ B_dot ⊘ B`; `A_bar = Z_bar ⊘ B`, `B_bar = -Z ∘ Z_bar ⊘ B`.
///
/// The derivative by `B` is diagonal, so its push is its pull.
pub mod component_div {
    use super::*;

    /// `A_dot ⊘ B`.
    #[inline]
    pub fn push_0<T, R, C, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a_dot.component_div(b)
    }

    /// `-A ⊘ B ∘ B_dot ⊘ B`.
    #[inline]
    pub fn push_1<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        b_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a.zip_zip_map(b, b_dot, |a, b, b_dot| -(a / b) * b_dot / b)
    }

    /// `Z_bar ⊘ B`.
    #[inline]
    pub fn pull_0<T, R, C, S, S2>(
        _a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        z_bar.component_div(b)
    }

    /// `-A ⊘ B ∘ Z_bar ⊘ B`.
    #[inline]
    pub fn pull_1<T, R, C, S, S2>(
        a: &Matrix<T, R, C, S>,
        b: &Matrix<T, R, C, S2>,
        z_bar: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        S2: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        push_1(a, b, z_bar)
    }
}

/// `Z_ij = φ(A_ij)`: `Z_dot_ij = φ'(A_ij) A_dot_ij`, `A_bar_ij = φ'(A_ij) Z_bar_ij`, with `φ` and its derivative from a closure.
pub mod map {
    use super::*;

    /// `Z_dot_ij = push(A_ij, A_dot_ij)`.
    #[inline]
    pub fn push<T, U, R, C, S>(
        a: &Matrix<T, R, C, S>,
        a_dot: &OMatrix<T, R, C>,
        push: impl FnMut(T, T) -> U,
    ) -> OMatrix<U, R, C>
    where
        T: Entry,
        U: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a.zip_map(a_dot, push)
    }

    /// `A_bar_ij = pull(A_ij, Z_bar_ij)`.
    #[inline]
    pub fn pull<T, U, R, C, S>(
        a: &Matrix<T, R, C, S>,
        z_bar: &OMatrix<U, R, C>,
        pull: impl FnMut(T, U) -> T,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        U: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a.zip_map(z_bar, pull)
    }
}
