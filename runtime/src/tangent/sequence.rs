//! Slices, arrays and vectors: component by component.
//!
//! A slice is unsized, so its tangent is a `Vec`; the buffers that a caller lends are slices again, which is why
//! everything here works on `[T]` and the sized sequences only forward.

use alloc::vec::Vec;

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

#[track_caller]
fn assert_same_len(target: usize, other: usize) {
    assert!(target == other, "sequences of {target} and {other} components have different shapes");
}

impl<T: Differentiable> Differentiable for [T] {
    type Tangent = Vec<T::Tangent>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        self.iter().map(T::zero_tangent).collect()
    }
}

impl<T: Differentiable> Differentiable for Vec<T> {
    type Tangent = Vec<T::Tangent>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        self.as_slice().zero_tangent()
    }
}

impl<T: Differentiable, const N: usize> Differentiable for [T; N] {
    type Tangent = [T::Tangent; N];

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        self.each_ref().map(T::zero_tangent)
    }
}

#[inline]
fn add_components<T: Retract>(target: &mut [T], delta: &[T::Tangent]) {
    assert_same_len(target.len(), delta.len());
    for (target, delta) in target.iter_mut().zip(delta) {
        target.add_tangent(delta);
    }
}

#[inline]
fn accumulate_components<T: Accumulate>(target: &mut [T], rhs: &[T]) {
    assert_same_len(target.len(), rhs.len());
    for (target, rhs) in target.iter_mut().zip(rhs) {
        target.accumulate(rhs);
    }
}

#[inline]
fn zip_components<T: Tangent, const N: usize, O: ElementOp<N>>(target: &mut [T], others: [&[T]; N], op: &mut O) {
    for other in others {
        assert_same_len(target.len(), other.len());
    }
    for (i, target) in target.iter_mut().enumerate() {
        target.zip_apply(others.map(|other| &other[i]), op);
    }
}

macro_rules! sequence {
    ($([$($size:tt)*] $type:ty),*) => {
        $(
            impl<T: Retract, $($size)*> Retract for $type {
                #[inline]
                fn add_tangent(&mut self, delta: &Self::Tangent) {
                    add_components(self, delta);
                }
            }

            impl<T: SetZero, $($size)*> SetZero for $type {
                #[inline]
                fn set_to_zero(&mut self) {
                    self.iter_mut().for_each(T::set_to_zero);
                }
            }
        )*
    };
}

sequence!([] [T], [] Vec<T>, [const N: usize] [T; N]);

macro_rules! accumulate {
    ($([$($size:tt)*] $target:ty: $rhs:ty),*) => {
        $(
            impl<T: Accumulate, $($size)*> Accumulate<$rhs> for $target {
                #[inline]
                fn accumulate(&mut self, rhs: &$rhs) {
                    accumulate_components(self, rhs);
                }
            }
        )*
    };
}

// Contributions are owned, lent buffers are slices: both meet on either side.
accumulate!([] [T]: [T], [] [T]: Vec<T>, [const N: usize] [T]: [T; N]);
accumulate!([] Vec<T>: Vec<T>, [] Vec<T>: [T], [const N: usize] Vec<T>: [T; N]);
accumulate!([const N: usize] [T; N]: [T; N], [const N: usize] [T; N]: [T], [const N: usize] [T; N]: Vec<T>);

impl<T: Tangent> Tangent for Vec<T> {
    #[inline]
    fn zip_apply<const K: usize, O: ElementOp<K>>(&mut self, others: [&Self; K], op: &mut O) {
        zip_components(self, others.map(Vec::as_slice), op);
    }
}

impl<T: Tangent, const N: usize> Tangent for [T; N] {
    #[inline]
    fn zip_apply<const K: usize, O: ElementOp<K>>(&mut self, others: [&Self; K], op: &mut O) {
        zip_components(self, others.map(|other| other.as_slice()), op);
    }

    #[inline]
    fn fixed_zero() -> Option<Self> {
        let zero = T::fixed_zero()?;
        Some(core::array::from_fn(|_| zero.clone()))
    }
}
