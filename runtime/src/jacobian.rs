//! Jacobians and Hessians as matrices, put together from tangents and cotangents of any shape.
//!
//! The components of a value are numbered in the order of its parts: the entries of a matrix column by column, the fields
//! of a struct as they are declared.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, OMatrix, Scalar};

use crate::differentiable::{ElementOp, Tangent};
use crate::directions::{Along, Direction, Lanes};
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
    let mut run = |first: usize| {
        let (mut columns, mut rows) = (0_usize, Vec::new());
        let (value, tangent) = push(&mut || {
            let seed = columns.checked_sub(first).map_or(Lanes::ZERO, Lanes::unit);
            columns += 1;
            seed
        });
        V::components(&tangent, &mut |lanes| rows.push(*lanes));
        (value, columns, rows)
    };
    let (value, columns, mut rows) = run(0);
    let mut jacobian = zeros(rows.len(), columns);
    let mut first = 0;
    loop {
        for (row, lanes) in rows.iter().enumerate() {
            for (column, entry) in (first..columns).zip(lanes.0) {
                jacobian[(row, column)] = entry;
            }
        }
        first += N;
        if first >= columns {
            return (value, jacobian);
        }
        rows = run(first).2;
    }
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
        for (row, lanes) in rows.iter().enumerate() {
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
