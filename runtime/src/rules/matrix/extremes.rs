//! The largest and the smallest entry: `A.max()`, `A.min()`, `A.amax()`.
//!
//! The derivative is that of the entry that gives the value, the first one in the order of storage if several do, as `max` of floats takes
//! the first of two that are equal. No matrix without entries has one.

use super::Entry;
use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, Storage};

/// Where the value stands, and its slope there: one, or a sign.
fn place_of<T, R, C, S>(a: &Matrix<T, R, C, S>, z: &T, slope: impl Fn(T) -> T) -> Option<(usize, T)>
where
    T: Entry,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
{
    a.iter().enumerate().find_map(|(at, entry)| {
        let slope = slope(*entry);
        (*entry * slope == *z).then_some((at, slope))
    })
}

macro_rules! extremes {
    ($($(#[$doc:meta])* $name:ident: $slope:expr;)*) => {$(
        $(#[$doc])*
        pub mod $name {
            use super::*;

            /// The tangent of the entry, with its sign.
            #[inline]
            pub fn push_0<T, R, C, S>(a: &Matrix<T, R, C, S>, z: &T, a_dot: &OMatrix<T, R, C>) -> T
            where
                T: Entry,
                R: Dim,
                C: Dim,
                S: Storage<T, R, C>,
                DefaultAllocator: Allocator<R, C>,
            {
                place_of(a, z, $slope).map_or(T::constant(0.0), |(at, slope)| a_dot[at] * slope)
            }

            /// `z_bar` in this entry, with its sign.
            #[inline]
            pub fn pull_0<T, R, C, S>(a: &Matrix<T, R, C, S>, z: &T, z_bar: &T) -> OMatrix<T, R, C>
            where
                T: Entry,
                R: Dim,
                C: Dim,
                S: Storage<T, R, C>,
                DefaultAllocator: Allocator<R, C>,
            {
                let (rows, columns) = a.shape_generic();
                let mut a_bar = OMatrix::from_element_generic(rows, columns, T::constant(0.0));
                if let Some((at, slope)) = place_of(a, z, $slope) {
                    a_bar[at] = *z_bar * slope;
                }
                a_bar
            }
        }
    )*};
}

extremes! {
    /// `z = max A_ij`: `z_dot` is the tangent of that entry.
    max: |_| T::constant(1.0);
    /// `z = min A_ij`: `z_dot` is the tangent of that entry.
    min: |_| T::constant(1.0);
    /// `z = max |A_ij|`: `z_dot = sign(A_ij) A_dot_ij` of that entry; zero where all of them are.
    amax: |entry: T| match () {
        () if entry > T::constant(0.0) => T::constant(1.0),
        () if entry < T::constant(0.0) => T::constant(-1.0),
        () => T::constant(0.0),
    };
}
