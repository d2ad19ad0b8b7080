//! Matrices of any shape as those of dynamic size, on which long formulas are written.

use nalgebra::allocator::Allocator;
use nalgebra::{DMatrix, DefaultAllocator, Dim, Matrix, OMatrix, RawStorage};

use super::Entry;

/// The same matrix, of dynamic size.
pub fn dynamic<T: Entry, R: Dim, C: Dim, S: RawStorage<T, R, C>>(m: &Matrix<T, R, C, S>) -> DMatrix<T> {
    DMatrix::from_iterator(m.nrows(), m.ncols(), m.iter().copied())
}

/// The same matrix, of the shape of another one.
pub fn shaped<T, R, C, S>(like: &Matrix<T, R, C, S>, m: &DMatrix<T>) -> OMatrix<T, R, C>
where
    T: Entry,
    R: Dim,
    C: Dim,
    S: RawStorage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    let (rows, columns) = like.shape_generic();
    OMatrix::from_iterator_generic(rows, columns, m.iter().copied())
}
