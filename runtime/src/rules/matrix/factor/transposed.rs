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
///
/// A column of `rows` is a row of the solution: what is subtracted from it lies side by side in memory, and its factors are a
/// column of `U` or of `L`.
pub fn inverse_transposed<T, D>(lu: &LU<T, D, D>) -> Option<OMatrix<T, D, D>>
where
    T: Entry,
    D: DimMin<D, Output = D>,
    DefaultAllocator: Allocator<D, D> + Allocator<D>,
{
    if !lu.is_invertible() {
        return None;
    }
    let (dimension, _) = lu.lu_internal().shape_generic();
    let n = dimension.value();
    let mut rows = OMatrix::<T, D, D>::zeros_generic(dimension, dimension);
    // Uᵀ Y = 1, where row i of Y ends at its column i
    for (i, column) in lu.lu_internal().as_slice().chunks_exact(n.max(1)).enumerate() {
        let (done, rest) = rows.as_mut_slice().split_at_mut(i * n);
        let reciprocal = T::one() / column[i];
        subtract_rows(&mut rest[..i], done, &column[..i], |row| row + 1);
        rest[..i].iter_mut().for_each(|y| *y *= reciprocal);
        rest[i] = reciprocal;
    }
    // Lᵀ W = Y
    for (i, column) in lu.lu_internal().as_slice().chunks_exact(n.max(1)).enumerate().rev() {
        let (rest, done) = rows.as_mut_slice().split_at_mut((i + 1) * n);
        subtract_rows(&mut rest[i * n..], done, &column[i + 1..], |_| n);
    }
    rows.transpose_mut();
    lu.p().inv_permute_rows(&mut rows);
    Some(rows)
}

/// `target -= Σ factors[k] rows[k]`, where all but the first `support(k)` entries of row k are zero, and no less for a later row.
pub fn subtract_rows<T: Entry>(target: &mut [T], rows: &[T], factors: &[T], support: impl Fn(usize) -> usize) {
    if factors.is_empty() {
        return;
    }
    let length = rows.len() / factors.len();
    // four at once, so that the target is read and written once for all of them
    let (fours, ones) = factors.as_chunks::<4>();
    let (rows_of_fours, rows_of_ones) = rows.split_at(4 * fours.len() * length);
    for (k, (&[f, g, h, l], rows)) in fours.iter().zip(rows_of_fours.chunks_exact(4 * length)).enumerate() {
        let (a, rows) = rows.split_at(length);
        let (b, rows) = rows.split_at(length);
        let (c, d) = rows.split_at(length);
        let target = target.iter_mut().take(support(4 * k + 3));
        for ((((target, a), b), c), d) in target.zip(a).zip(b).zip(c).zip(d) {
            *target -= (f * *a + g * *b) + (h * *c + l * *d);
        }
    }
    for (k, (factor, row)) in ones.iter().zip(rows_of_ones.chunks_exact(length)).enumerate() {
        let target = target.iter_mut().take(support(4 * fours.len() + k));
        target.zip(row).for_each(|(target, a)| *target -= *factor * *a);
    }
}
