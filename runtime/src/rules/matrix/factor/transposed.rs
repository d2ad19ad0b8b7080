//! The transposed system by the factors of an LU decomposition.
//!
//! nalgebra's LU keeps both factors in one matrix, `L` with a unit diagonal below that of `U`; here they are read where they
//! are.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, DimMin, LU, OMatrix};

use super::super::Entry;

/// `A⁻ᵀ B`: with `P A = L U`, `Aᵀ W = B` is `Uᵀ Y = B`, `Lᵀ (P W) = Y`. `None` if `A` is singular.
pub fn solved_transposed<T, D, C>(lu: &LU<T, D, D>, b: &OMatrix<T, D, C>) -> Option<OMatrix<T, D, C>>
where
    T: Entry,
    D: DimMin<D, Output = D>,
    C: Dim,
    DefaultAllocator: Allocator<D, D> + Allocator<D> + Allocator<D, C>,
{
    let factors = lu.lu_internal();
    let mut w = factors.tr_solve_upper_triangular(b)?;
    for mut column in w.column_iter_mut() {
        for i in (0..factors.nrows()).rev() {
            let below = factors.view_range(i + 1.., i).dot(&column.rows_range(i + 1..));
            column[i] -= below;
        }
    }
    lu.p().inv_permute_rows(&mut w);
    Some(w)
}

/// `A⁻ᵀ`, in 4/3 n³ operations: the zeros above the diagonal of `U⁻ᵀ` are left out. `None` if `A` is singular.
pub fn inverse_transposed<T, D>(lu: &LU<T, D, D>) -> Option<OMatrix<T, D, D>>
where
    T: Entry,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    if !lu.is_invertible() {
        return None;
    }
    // the rows of both factors side by side in memory
    let rows = lu.lu_internal().transpose();
    let n = rows.nrows();
    let mut w = rows.clone();
    w.fill_with_identity();
    // step by step through all columns, which do not wait for each other
    for (j, row) in rows.as_slice().chunks_exact(n.max(1)).enumerate() {
        let reciprocal = T::one() / row[j];
        for column in w.as_mut_slice().chunks_exact_mut(n).take(j + 1) {
            let (done, rest) = column.split_at_mut(j + 1);
            done[j] *= reciprocal;
            let y = done[j];
            rest.iter_mut().zip(&row[j + 1..]).for_each(|(rest, u)| *rest -= y * *u);
        }
    }
    for (j, row) in rows.as_slice().chunks_exact(n.max(1)).enumerate().rev() {
        for column in w.as_mut_slice().chunks_exact_mut(n) {
            let (rest, done) = column.split_at_mut(j);
            let x = done[0];
            rest.iter_mut().zip(row).for_each(|(rest, l)| *rest -= x * *l);
        }
    }
    lu.p().inv_permute_rows(&mut w);
    Some(w)
}
