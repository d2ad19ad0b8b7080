//! The determinant and the singular values.

use nalgebra::allocator::Allocator;
use nalgebra::{Cholesky, Const, DMatrix, DefaultAllocator, Dim, DimMin, LU, Matrix, OMatrix, OVector, Storage};

use super::Entry;
use super::dynamic::{dynamic, shaped};
use super::factor::{inverse_of_definite, inverse_transposed};

/// The cofactors of a square matrix, for each way that nalgebra gives a determinant.
pub trait Cofactors<T: Entry, D: Dim>
where
    DefaultAllocator: Allocator<D, D>,
{
    /// The matrix of cofactors, `det(A) A⁻ᵀ` where `A` is not singular. `det` is the saved determinant.
    fn cofactors(&self, det: T) -> OMatrix<T, D, D>;

    /// The matrix itself.
    fn matrix(&self) -> OMatrix<T, D, D>;

    /// How the cofactors move with the matrix: `(⟨cof A, A_dot⟩ cof A - cof A A_dotᵀ cof A) / det A` where `A` is not singular.
    fn moved_cofactors(&self, det: T, a_dot: &OMatrix<T, D, D>) -> OMatrix<T, D, D> {
        if det == T::constant(0.0) {
            return shaped(a_dot, &moved_of_singular(dynamic(&self.matrix()), &dynamic(a_dot)));
        }
        let cofactors = self.cofactors(det);
        (&cofactors * cofactors.dot(a_dot) - &cofactors * a_dot.transpose() * &cofactors) / det
    }
}

impl<T: Entry, D: Dim, S: Storage<T, D, D>> Cofactors<T, D> for Matrix<T, D, D, S>
where
    DefaultAllocator: Allocator<D, D>,
{
    fn cofactors(&self, det: T) -> OMatrix<T, D, D> {
        let a = dynamic(self);
        let inverse = if det == T::constant(0.0) { None } else { a.clone().try_inverse() };
        let cofactors = match inverse {
            Some(inverse) => inverse.transpose() * det,
            None => of_singular(a),
        };
        shaped(self, &cofactors)
    }

    fn matrix(&self) -> OMatrix<T, D, D> {
        self.clone_owned()
    }
}

/// `det(U) det(V) U diag(Π_{j≠i} σ_j) Vᵀ`: with the singular values no inverse is needed (Stewart, "On the adjugate
/// matrix", 1998).
fn of_singular<T: Entry>(a: DMatrix<T>) -> DMatrix<T> {
    let n = a.nrows();
    let svd = a.svd(true, true);
    let (Some(mut u), Some(v_t)) = (svd.u, svd.v_t) else { return DMatrix::zeros(n, n) };
    let sign = u.determinant() * v_t.determinant();
    for i in 0..n {
        let others = (0..n).filter(|j| *j != i).fold(sign, |product, j| product * svd.singular_values[j]);
        u.column_mut(i).scale_mut(others);
    }
    u * v_t
}

/// The same as the matrix moves: with `E = Uᵀ A_dot V` the cofactors of `Σ` move by `Σ_{k≠i} E_kk Π_{j≠i,k} σ_j` on the diagonal and
/// by `-E_ji Π_{k≠i,j} σ_k` beside it.
fn moved_of_singular<T: Entry>(a: DMatrix<T>, a_dot: &DMatrix<T>) -> DMatrix<T> {
    let n = a.nrows();
    let svd = a.svd(true, true);
    let (Some(u), Some(v_t)) = (svd.u, svd.v_t) else { return DMatrix::zeros(n, n) };
    let sign = u.determinant() * v_t.determinant();
    let e = u.transpose() * a_dot * v_t.transpose();
    let without = |i: usize, j: usize| {
        (0..n).filter(|k| *k != i && *k != j).fold(sign, |product, k| product * svd.singular_values[k])
    };
    let moved = DMatrix::from_fn(n, n, |i, j| match i == j {
        true => (0..n).filter(|k| *k != i).fold(T::constant(0.0), |sum, k| sum + e[(k, k)] * without(i, k)),
        false => -e[(j, i)] * without(i, j),
    });
    u * moved * v_t
}

impl<T: Entry, D: DimMin<D, Output = D>> Cofactors<T, D> for LU<T, D, D>
where
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    fn cofactors(&self, det: T) -> OMatrix<T, D, D> {
        match inverse_transposed(self) {
            Some(inverse) => inverse * det,
            None => Cofactors::cofactors(&Cofactors::matrix(self), det),
        }
    }

    fn matrix(&self) -> OMatrix<T, D, D> {
        let mut a = self.l() * self.u();
        self.p().inv_permute_rows(&mut a);
        a
    }
}

impl<T: Entry, D: Dim> Cofactors<T, D> for Cholesky<T, D>
where
    DefaultAllocator: Allocator<D, D>,
{
    fn cofactors(&self, det: T) -> OMatrix<T, D, D> {
        inverse_of_definite(self) * det
    }

    fn matrix(&self) -> OMatrix<T, D, D> {
        let l = self.l();
        &l * l.transpose()
    }
}

/// `z = det A`: `z_dot = ⟨cof A, A_dot⟩`, `A_bar = z_bar cof A`, which is `z_bar z A⁻ᵀ` (Giles 2.2.4) where `A` has an
/// inverse, and finite where it has none. `z` is the saved result.
pub mod determinant {
    use super::*;

    /// `⟨cof A, A_dot⟩`.
    pub fn push_0<A, T, D>(a: &A, z: &T, a_dot: &OMatrix<T, D, D>) -> T
    where
        A: Cofactors<T, D>,
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        a.cofactors(*z).dot(a_dot)
    }

    /// `z_bar cof A`.
    pub fn pull_0<A, T, D>(a: &A, z: &T, z_bar: &T) -> OMatrix<T, D, D>
    where
        A: Cofactors<T, D>,
        T: Entry,
        D: Dim,
        DefaultAllocator: Allocator<D, D>,
    {
        a.cofactors(*z) * *z_bar
    }
}

/// Singular values in descending order: `σ_dot_i = u_iᵀ A_dot v_i`, `A_bar = U diag(σ_bar) Vᵀ` (Giles 3.2).
///
/// A singular value of zero, where `σ` has a kink, has the derivative 0: the middle of the subgradients. Of a repeated one
/// each copy has the derivative along one pair of vectors: right for what does not depend on their order.
pub mod singular_values {
    use super::*;

    /// `U` and `Vᵀ`, with zeros for vectors that belong to a singular value of zero.
    fn vectors<T: Entry, R: Dim, C: Dim, S: Storage<T, R, C>>(a: &Matrix<T, R, C, S>) -> (DMatrix<T>, DMatrix<T>) {
        let (m, n) = a.shape();
        let svd = dynamic(a).svd(true, true);
        let (Some(mut u), Some(v_t)) = (svd.u, svd.v_t) else {
            return (DMatrix::zeros(m, m.min(n)), DMatrix::zeros(m.min(n), n));
        };
        for (i, sigma) in svd.singular_values.iter().enumerate() {
            if *sigma == T::constant(0.0) {
                u.column_mut(i).fill(T::constant(0.0));
            }
        }
        (u, v_t)
    }

    /// `u_iᵀ A_dot v_i`.
    pub fn push_0<T, R, C, K, S>(a: &Matrix<T, R, C, S>, z: &OVector<T, K>, a_dot: &OMatrix<T, R, C>) -> OVector<T, K>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        K: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C> + Allocator<K>,
    {
        let (u, v_t) = vectors(a);
        let pushed = dynamic(a_dot) * v_t.transpose();
        let slopes = (0..z.len()).map(|i| u.column(i).dot(&pushed.column(i)));
        OVector::from_iterator_generic(z.shape_generic().0, Const::<1>, slopes)
    }

    /// `U diag(σ_bar) Vᵀ`.
    pub fn pull_0<T, R, C, K, S>(a: &Matrix<T, R, C, S>, _z: &OVector<T, K>, z_bar: &OVector<T, K>) -> OMatrix<T, R, C>
    where
        T: Entry,
        R: Dim,
        C: Dim,
        K: Dim,
        S: Storage<T, R, C>,
        DefaultAllocator: Allocator<R, C> + Allocator<K>,
    {
        let (mut u, v_t) = vectors(a);
        for (i, mut column) in u.column_iter_mut().enumerate() {
            column *= z_bar[i];
        }
        shaped(a, &(u * v_t))
    }
}
