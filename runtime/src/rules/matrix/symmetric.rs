//! Symmetric matrices of which nalgebra reads the lower triangle, and their eigenvalues.

use nalgebra::allocator::Allocator;
use nalgebra::{Const, DMatrix, DefaultAllocator, Dim, Matrix, OMatrix, OVector, Storage};

use super::Entry;
use super::dynamic::{dynamic, shaped};

/// The symmetric matrix with the lower triangle of `m`.
pub fn from_lower<T, D>(m: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    T: Entry,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let mut symmetric = m.clone();
    symmetric.fill_upper_triangle_with_lower_triangle();
    symmetric
}

/// The transpose of [`from_lower`]: the strict upper triangle is added to the lower one.
pub fn onto_lower<T, D>(m: &OMatrix<T, D, D>) -> OMatrix<T, D, D>
where
    T: Entry,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let mut lower = m.clone();
    for j in 0..m.ncols() {
        for i in 0..j {
            lower[(j, i)] += m[(i, j)];
            lower[(i, j)] = T::constant(0.0);
        }
    }
    lower
}

/// Eigenvalues of the symmetric matrix `S` of the lower triangle of `A`, which is all that nalgebra reads:
/// `λ_dot_i = v_iᵀ S_dot v_i`, `S_bar = V diag(λ_bar) Vᵀ` with orthonormal eigenvectors `v_i` (Giles 3.1).
///
/// Of a repeated eigenvalue each copy has the derivative along one vector of a basis of its eigenspace: right for what does
/// not depend on their order, and a subgradient of the largest or the smallest.
pub mod symmetric_eigenvalues {
    use super::*;

    /// The eigenvectors as columns, in the order of the eigenvalues `z`.
    fn eigenvectors<T, D, S>(a: &Matrix<T, D, D, S>, z: &OVector<T, D>) -> DMatrix<T>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        let n = a.nrows();
        let eigen = dynamic(a).symmetric_eigen();
        let ascending = |values: &[T]| {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by(|&i, &j| values[i].to_f64_lossy().total_cmp(&values[j].to_f64_lossy()));
            order
        };
        let mut sorted = DMatrix::zeros(n, n);
        for (to, from) in ascending(z.as_slice()).into_iter().zip(ascending(eigen.eigenvalues.as_slice())) {
            sorted.set_column(to, &eigen.eigenvectors.column(from));
        }
        sorted
    }

    /// `v_iᵀ S_dot v_i`.
    pub fn push_0<T, D, S>(a: &Matrix<T, D, D, S>, z: &OVector<T, D>, a_dot: &OMatrix<T, D, D>) -> OVector<T, D>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        let v = eigenvectors(a, z);
        let s_dot = dynamic(&from_lower(a_dot));
        let slopes = (0..a.nrows()).map(|i| v.column(i).dot(&(&s_dot * v.column(i))));
        OVector::from_iterator_generic(z.shape_generic().0, Const::<1>, slopes)
    }

    /// `V diag(λ_bar) Vᵀ`, on the lower triangle.
    pub fn pull_0<T, D, S>(a: &Matrix<T, D, D, S>, z: &OVector<T, D>, z_bar: &OVector<T, D>) -> OMatrix<T, D, D>
    where
        T: Entry,
        D: Dim,
        S: Storage<T, D, D>,
        DefaultAllocator: Allocator<D, D> + Allocator<D>,
    {
        let v = eigenvectors(a, z);
        let mut scaled = v.clone();
        for (i, mut column) in scaled.column_iter_mut().enumerate() {
            column *= z_bar[i];
        }
        onto_lower(&shaped(a, &(scaled * v.transpose())))
    }
}
