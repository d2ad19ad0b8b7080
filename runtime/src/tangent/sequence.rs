//! Sequences: slices, arrays, `Vec<T>` and `Box<[T]>`, element by element.
//!
//! The tangent of an array is an array; that of a run-time length is a `Vec`. Buffers are lent as slices while
//! contributions are owned, hence the mixed implementations of [`Accumulate`].

use crate::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// # Panics
/// If the lengths differ.
#[inline]
#[track_caller]
fn assert_same_length(left: usize, right: usize) {
    assert!(left == right, "a tangent of length {right} meets a value of length {left}");
}

impl<T: Differentiable> Differentiable for [T] {
    type Tangent = Vec<T::Tangent>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        self.iter().map(T::zero_tangent).collect()
    }
}

impl<T: Retract> Retract for [T] {
    #[inline]
    fn add_tangent(&mut self, delta: &Self::Tangent) {
        assert_same_length(self.len(), delta.len());
        for (value, delta) in self.iter_mut().zip(delta) {
            value.add_tangent(delta);
        }
    }
}

macro_rules! run_time_length {
    ($($ty:ty),+) => {$(
        impl<T: Differentiable> Differentiable for $ty {
            type Tangent = Vec<T::Tangent>;

            #[inline]
            fn zero_tangent(&self) -> Self::Tangent {
                (**self).zero_tangent()
            }
        }

        impl<T: Retract> Retract for $ty {
            #[inline]
            fn add_tangent(&mut self, delta: &Self::Tangent) {
                (**self).add_tangent(delta);
            }
        }
    )+};
}

run_time_length!(Vec<T>, Box<[T]>);

impl<T: Differentiable, const LEN: usize> Differentiable for [T; LEN] {
    type Tangent = [T::Tangent; LEN];

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        core::array::from_fn(|i| self[i].zero_tangent())
    }
}

impl<T: Retract, const LEN: usize> Retract for [T; LEN] {
    #[inline]
    fn add_tangent(&mut self, delta: &Self::Tangent) {
        for (value, delta) in self.iter_mut().zip(delta) {
            value.add_tangent(delta);
        }
    }
}

impl<T: Accumulate> Accumulate for [T] {
    #[inline]
    fn accumulate(&mut self, rhs: &[T]) {
        assert_same_length(self.len(), rhs.len());
        for (left, right) in self.iter_mut().zip(rhs) {
            left.accumulate(right);
        }
    }
}

macro_rules! accumulate_as_slices {
    ($({$($params:tt)*} $left:ty, $right:ty;)+) => {$(
        impl<$($params)*> Accumulate<$right> for $left {
            #[inline]
            fn accumulate(&mut self, rhs: &$right) {
                let (left, right): (&mut [T], &[T]) = (self, rhs);
                left.accumulate(right);
            }
        }
    )+};
}

accumulate_as_slices! {
    {T: Accumulate} [T], Vec<T>;
    {T: Accumulate, const LEN: usize} [T], [T; LEN];
    {T: Accumulate} Vec<T>, [T];
    {T: Accumulate} Vec<T>, Vec<T>;
    {T: Accumulate, const LEN: usize} Vec<T>, [T; LEN];
    {T: Accumulate, const LEN: usize} [T; LEN], [T];
    {T: Accumulate, const LEN: usize} [T; LEN], Vec<T>;
    {T: Accumulate, const LEN: usize} [T; LEN], [T; LEN];
}

impl<T: SetZero> SetZero for [T] {
    #[inline]
    fn set_to_zero(&mut self) {
        self.iter_mut().for_each(T::set_to_zero);
    }
}

impl<T: SetZero> SetZero for Vec<T> {
    #[inline]
    fn set_to_zero(&mut self) {
        self.as_mut_slice().set_to_zero();
    }
}

impl<T: SetZero, const LEN: usize> SetZero for [T; LEN] {
    #[inline]
    fn set_to_zero(&mut self) {
        self.as_mut_slice().set_to_zero();
    }
}

impl<T: Tangent> Tangent for Vec<T> {
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
        for other in others {
            assert_same_length(self.len(), other.len());
        }
        for (i, element) in self.iter_mut().enumerate() {
            element.zip_apply(others.map(|other| &other[i]), op);
        }
    }
}

impl<T: Tangent, const LEN: usize> Tangent for [T; LEN] {
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
        for (i, element) in self.iter_mut().enumerate() {
            element.zip_apply(others.map(|other| &other[i]), op);
        }
    }
}
