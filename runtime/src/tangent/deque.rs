//! `VecDeque`: component by component, from the front on.

use alloc::collections::VecDeque;

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

#[track_caller]
fn assert_same_len(target: usize, other: usize) {
    assert!(target == other, "queues of {target} and {other} components have different shapes");
}

impl<T: Differentiable> Differentiable for VecDeque<T> {
    type Tangent = VecDeque<T::Tangent>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        self.iter().map(T::zero_tangent).collect()
    }
}

impl<T: Retract> Retract for VecDeque<T> {
    #[inline]
    fn add_tangent(&mut self, delta: &Self::Tangent) {
        assert_same_len(self.len(), delta.len());
        self.iter_mut().zip(delta).for_each(|(target, delta)| target.add_tangent(delta));
    }
}

impl<T: SetZero> SetZero for VecDeque<T> {
    #[inline]
    fn set_to_zero(&mut self) {
        self.iter_mut().for_each(T::set_to_zero);
    }
}

impl<T: Accumulate> Accumulate for VecDeque<T> {
    #[inline]
    fn accumulate(&mut self, rhs: &Self) {
        assert_same_len(self.len(), rhs.len());
        self.iter_mut().zip(rhs).for_each(|(target, rhs)| target.accumulate(rhs));
    }
}

impl<T: Tangent> Tangent for VecDeque<T> {
    #[inline]
    fn zip_apply<const K: usize, O: ElementOp<K>>(&mut self, others: [&Self; K], op: &mut O) {
        others.iter().for_each(|other| assert_same_len(self.len(), other.len()));
        for (i, target) in self.iter_mut().enumerate() {
            target.zip_apply(others.map(|other| &other[i]), op);
        }
    }
}
