//! Jacobians and Hessians as matrices, put together from tangents and cotangents of any shape.
//!
//! The components of a value are numbered in the order of its parts: the entries of a matrix column by column, the fields
//! of a struct as they are declared.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix, Scalar};

use crate::differentiable::{ElementOp, Tangent};
use crate::directions::{Along, Lanes, Pull, Zero};
use crate::real::Real;

/// The number of components.
pub fn count<V: Tangent>(value: &V) -> usize {
    struct Count(usize);
    impl ElementOp<0> for Count {
        fn apply<T: Real>(&mut self, _: &mut T, _: [T; 0]) {
            self.0 += 1;
        }
    }
    let mut count = Count(0);
    value.clone().zip_apply([], &mut count);
    count.0
}

/// Makes a tangent that of one component: one there, zero elsewhere.
pub fn set_unit<V: Tangent>(tangent: &mut V, component: usize) {
    struct Unit {
        at: usize,
        component: usize,
    }
    impl ElementOp<0> for Unit {
        fn apply<T: Real>(&mut self, target: &mut T, _: [T; 0]) {
            if self.at == self.component {
                *target = T::constant(1.0);
            }
            self.at += 1;
        }
    }
    tangent.set_to_zero();
    tangent.zip_apply([], &mut Unit { at: 0, component });
}

/// A matrix of zeros.
///
/// # Panics
/// If a dimension is static and differs from the number.
pub fn zeros<T, R, C>(rows: usize, columns: usize) -> OMatrix<T, R, C>
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let fits = |fixed: Option<usize>, number: usize| fixed.is_none_or(|fixed| fixed == number);
    assert!(fits(R::try_to_usize(), rows) && fits(C::try_to_usize(), columns), "a value has changed its shape");
    OMatrix::from_element_generic(R::from_usize(rows), C::from_usize(columns), T::constant(0.0))
}

/// Writes components down a column, from a row on; returns how many there are.
pub fn write_column<T, R, C, V>(matrix: &mut OMatrix<T, R, C>, row: usize, column: usize, value: &V) -> usize
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    V: Tangent,
    DefaultAllocator: Allocator<R, C>,
{
    write(value, |at, entry| matrix[(row + at, column)] = entry)
}

/// Writes components along a row, from a column on; returns how many there are.
pub fn write_row<T, R, C, V>(matrix: &mut OMatrix<T, R, C>, row: usize, column: usize, value: &V) -> usize
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    V: Tangent,
    DefaultAllocator: Allocator<R, C>,
{
    write(value, |at, entry| matrix[(row, column + at)] = entry)
}

/// Mirrors the part below the diagonal, so that the matrix is symmetric to the last bit.
pub fn mirror<T, D>(matrix: &mut OMatrix<T, D, D>)
where
    T: Real + Scalar,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    for column in 0..matrix.ncols() {
        for row in 0..column {
            matrix[(row, column)] = matrix[(column, row)];
        }
    }
}

fn write<T: Real, V: Tangent>(value: &V, entry: impl FnMut(usize, T)) -> usize {
    struct Write<T, F> {
        at: usize,
        entry: F,
        float: core::marker::PhantomData<T>,
    }
    impl<T: Real, F: FnMut(usize, T)> ElementOp<0> for Write<T, F> {
        fn apply<U: Real>(&mut self, component: &mut U, _: [U; 0]) {
            (self.entry)(self.at, T::constant(component.to_f64_lossy()));
            self.at += 1;
        }
    }
    let mut write = Write { at: 0, entry, float: core::marker::PhantomData };
    value.clone().zip_apply([], &mut write);
    write.at
}

/// A value and its Jacobian, from pushforwards along several unit vectors at once. The seeds are the components of the
/// arguments' tangents, in order.
///
/// # Panics
/// If the function has another number of inputs or outputs in the next run.
#[inline]
pub fn by_directions<T, R, C, V, const N: usize>(
    mut push: impl FnMut(&mut dyn FnMut() -> Lanes<T, N>) -> (V, V::Tangent),
) -> (V, OMatrix<T, R, C>)
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    V: Along<Lanes<T, N>>,
    DefaultAllocator: Allocator<R, C>,
{
    let mut found: Option<(V, OMatrix<T, R, C>)> = None;
    let (mut first, mut rows) = (0, Vec::with_capacity(R::try_to_usize().unwrap_or_default()));
    // one place where the function is called, so that it can be inlined there
    loop {
        let mut columns = 0_usize;
        let (value, tangent) = push(&mut || {
            let seed = columns.checked_sub(first).map_or(Lanes::ZERO, Lanes::unit);
            columns += 1;
            seed
        });
        rows.clear();
        V::components(&tangent, &mut |lanes| rows.push(*lanes));
        let (_, jacobian) = found.get_or_insert_with(|| (value, zeros(rows.len(), columns)));
        for (row, lanes) in rows.iter().enumerate() {
            for (column, entry) in (first..columns).zip(lanes.0) {
                jacobian[(row, column)] = entry;
            }
        }
        first += N;
        if first >= columns
            && let Some(found) = found.take()
        {
            return found;
        }
    }
}

/// A value and its Jacobian, from one forward sweep and reverse sweeps for several rows at once.
#[inline]
pub fn by_cotangents<T, R, C, V, const N: usize>(
    run: impl FnOnce(&mut dyn FnMut(usize, Pull<'_, Lanes<T, N>>)) -> V,
) -> (V, OMatrix<T, R, C>)
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let (value, jacobian) = by_cotangents_if(|_| true, run);
    (value, jacobian.unwrap_or_else(|| zeros(0, 0)))
}

/// The same if that number of rows is wanted; otherwise the value only.
#[inline]
pub fn by_cotangents_if<T, R, C, V, const N: usize>(
    wanted: impl FnOnce(usize) -> bool,
    run: impl FnOnce(&mut dyn FnMut(usize, Pull<'_, Lanes<T, N>>)) -> V,
) -> (V, Option<OMatrix<T, R, C>>)
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let (mut wanted, mut jacobian) = (Some(wanted), None);
    let value = run(&mut |rows, pull| {
        if wanted.take().is_some_and(|wanted| wanted(rows)) {
            jacobian = Some(rows_of(rows, pull));
        }
    });
    (value, jacobian)
}

/// The rows of a Jacobian, several at once.
#[inline]
fn rows_of<T, R, C, const N: usize>(rows: usize, pull: Pull<'_, Lanes<T, N>>) -> OMatrix<T, R, C>
where
    T: Real + Scalar,
    R: Dim,
    C: Dim,
    DefaultAllocator: Allocator<R, C>,
{
    let mut jacobian: Option<OMatrix<T, R, C>> = None;
    let (mut first, mut columns) = (0, Vec::with_capacity(C::try_to_usize().unwrap_or_default()));
    // one place where the sweep is called, so that it can be inlined there; once also without a row, to see the shape
    loop {
        let mut row = 0_usize;
        let mut seed = || {
            let seed = row.checked_sub(first).map_or(Lanes::ZERO, Lanes::unit);
            row += 1;
            seed
        };
        columns.clear();
        pull(&mut seed, &mut |lanes| columns.push(*lanes));
        let jacobian = jacobian.get_or_insert_with(|| zeros(rows, columns.len()));
        // columns are contiguous
        for (column, lanes) in jacobian.as_mut_slice().chunks_exact_mut(rows.max(1)).zip(&columns) {
            for (entry, lane) in column[first..].iter_mut().zip(&lanes.0) {
                *entry = *lane;
            }
        }
        first += N;
        if first >= rows {
            break;
        }
    }
    jacobian.unwrap_or_else(|| zeros(0, 0))
}

/// The Hessian, from its products with several unit vectors at once.
///
/// # Panics
/// If the function has another number of inputs in the next run.
pub fn hessian_by_directions<T, D, const N: usize>(
    mut push: impl FnMut(&mut dyn FnMut() -> Lanes<T, N>, &mut dyn FnMut(&Lanes<T, N>)),
) -> OMatrix<T, D, D>
where
    T: Real + Scalar,
    D: Dim,
    DefaultAllocator: Allocator<D, D>,
{
    let mut hessian: Option<OMatrix<T, D, D>> = None;
    let mut first = 0;
    loop {
        let (mut columns, mut rows) = (0_usize, Vec::new());
        let mut seed = || {
            let seed = columns.checked_sub(first).map_or(Lanes::ZERO, Lanes::unit);
            columns += 1;
            seed
        };
        push(&mut seed, &mut |lanes| rows.push(*lanes));
        let hessian = hessian.get_or_insert_with(|| zeros(rows.len(), columns));
        // the rows above are columns that are there already
        for (row, lanes) in rows.iter().enumerate().skip(first) {
            for (column, entry) in (first..columns).zip(lanes.0) {
                hessian[(row, column)] = entry;
            }
        }
        first += N;
        if first >= columns {
            break;
        }
    }
    let mut hessian = hessian.unwrap_or_else(|| zeros(0, 0));
    mirror(&mut hessian);
    hessian
}
