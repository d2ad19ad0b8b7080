//! Norms and the unit vector.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

use crate::rules::matrix::Entry;

/// `z = Σ A_ij²`: the gradient is `2 A`, the Hessian twice the identity.
pub mod norm_squared {
    use super::*;

    /// `2 ⟨A_dot, S⟩`, where `S` is the seed.
    #[inline]
    pub fn push_0_by_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, seed: &OMatrix<T, R, C>, a_dot: &OMatrix<T, R, C>) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        T::constant(2.0) * a_dot.dot(seed)
    }

    /// `2 z_bar A_dot`.
    #[inline]
    pub fn pull_0_by_0<T, R, C, S>(_a: &Matrix<T, R, C, S>, z_bar: &T, a_dot: &OMatrix<T, R, C>) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        a_dot * (T::constant(2.0) * *z_bar)
    }
}

/// `z = √Σ A_ij²`: with `U = A / z`, the gradient is `U` and the Hessian `(I - U Uᵀ) / z`. At the zero matrix both are 0.
pub mod norm {
    use super::*;

    /// `(⟨A_dot, S⟩ - ⟨U, A_dot⟩ ⟨U, S⟩) / z`, where `S` is the seed.
    #[inline]
    pub fn push_0_by_0<T, R, C, S>(
        a: &Matrix<T, R, C, S>,
        z: &T,
        seed: &OMatrix<T, R, C>,
        a_dot: &OMatrix<T, R, C>,
    ) -> T
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        if *z == T::constant(0.0) {
            return T::constant(0.0);
        }
        (a_dot.dot(seed) - a.dot(a_dot) / *z * (a.dot(seed) / *z)) / *z
    }

    /// `z_bar (A_dot - ⟨U, A_dot⟩ U) / z`.
    #[inline]
    pub fn pull_0_by_0<T, R, C, S>(
        a: &Matrix<T, R, C, S>,
        z: &T,
        z_bar: &T,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        if *z == T::constant(0.0) {
            return a_dot * T::constant(0.0);
        }
        let along = a.dot(a_dot) / *z / *z;
        a_dot.zip_map(a, |a_dot, a| *z_bar * (a_dot - along * a) / *z)
    }
}

/// `Z = A / ‖A‖`: with `n = ‖A‖`, the linear map is `L S = (S - ⟨Z, S⟩ Z) / n`, symmetric.
pub mod normalize {
    use super::*;

    /// The derivative of `L S` along `A_dot`, with `Z_dot = L A_dot` and `n_dot = ⟨Z, A_dot⟩`:
    /// `-(⟨Z_dot, S⟩ Z + ⟨Z, S⟩ Z_dot) / n - n_dot L S / n`.
    #[inline]
    pub fn push_0_by_0<T, R, C, S>(
        a: &Matrix<T, R, C, S>,
        z: &OMatrix<T, R, C>,
        seed: &OMatrix<T, R, C>,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        let norm = a.norm();
        let linear = |seed: &OMatrix<T, R, C>| {
            let along = z.dot(seed);
            seed.zip_map(z, |seed, z| (seed - along * z) / norm)
        };
        let (z_dot, mapped) = (linear(a_dot), linear(seed));
        let (norm_dot, along, along_dot) = (z.dot(a_dot), z.dot(seed), z_dot.dot(seed));
        let turned = z.zip_map(&z_dot, |z, z_dot| along_dot * z + along * z_dot);
        turned.zip_map(&mapped, |turned, mapped| -(turned + norm_dot * mapped) / norm)
    }

    /// As the push: the map is symmetric.
    #[inline]
    pub fn pull_0_by_0<T, R, C, S>(
        a: &Matrix<T, R, C, S>,
        z: &OMatrix<T, R, C>,
        z_bar: &OMatrix<T, R, C>,
        a_dot: &OMatrix<T, R, C>,
    ) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C>,
    {
        push_0_by_0(a, z, z_bar, a_dot)
    }
}
