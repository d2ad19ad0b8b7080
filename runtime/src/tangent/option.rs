//! `Option<T>`: whether there is a value belongs to the shape, so a tangent is `Some` exactly where the value is.

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

const SHAPES_DIFFER: &str = "a tangent must be `Some` exactly where its value is";

impl<T: Differentiable> Differentiable for Option<T> {
    type Tangent = Option<T::Tangent>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        self.as_ref().map(T::zero_tangent)
    }
}

impl<T: Retract> Retract for Option<T> {
    #[inline]
    fn add_tangent(&mut self, delta: &Self::Tangent) {
        match (self, delta) {
            (Some(value), Some(delta)) => value.add_tangent(delta),
            (None, None) => {}
            _ => panic!("{SHAPES_DIFFER}"),
        }
    }
}

impl<T: Accumulate> Accumulate for Option<T> {
    #[inline]
    fn accumulate(&mut self, rhs: &Self) {
        match (self, rhs) {
            (Some(target), Some(rhs)) => target.accumulate(rhs),
            (None, None) => {}
            _ => panic!("{SHAPES_DIFFER}"),
        }
    }
}

impl<T: SetZero> SetZero for Option<T> {
    #[inline]
    fn set_to_zero(&mut self) {
        if let Some(target) = self {
            target.set_to_zero();
        }
    }
}

impl<T: Tangent> Tangent for Option<T> {
    #[inline]
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
        match self {
            Some(target) => target.zip_apply(others.map(|other| other.as_ref().expect(SHAPES_DIFFER)), op),
            None => assert!(others.iter().all(|other| other.is_none()), "{SHAPES_DIFFER}"),
        }
    }
}
