//! `Result<T, E>`: which variant there is belongs to the shape; a failure carries no derivative.

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

const SHAPES_DIFFER: &str = "a tangent must be `Ok` exactly where its value is";

impl<T: Differentiable, E> Differentiable for Result<T, E> {
    type Tangent = Result<T::Tangent, ()>;

    #[inline]
    fn zero_tangent(&self) -> Self::Tangent {
        match self {
            Ok(value) => Ok(value.zero_tangent()),
            Err(_) => Err(()),
        }
    }
}

impl<T: Retract, E> Retract for Result<T, E> {
    #[inline]
    fn add_tangent(&mut self, delta: &Self::Tangent) {
        match (self, delta) {
            (Ok(value), Ok(delta)) => value.add_tangent(delta),
            (Err(_), Err(())) => {}
            _ => panic!("{SHAPES_DIFFER}"),
        }
    }
}

impl<T: Accumulate> Accumulate for Result<T, ()> {
    #[inline]
    fn accumulate(&mut self, rhs: &Self) {
        match (self, rhs) {
            (Ok(target), Ok(rhs)) => target.accumulate(rhs),
            (Err(()), Err(())) => {}
            _ => panic!("{SHAPES_DIFFER}"),
        }
    }
}

impl<T: SetZero> SetZero for Result<T, ()> {
    #[inline]
    fn set_to_zero(&mut self) {
        if let Ok(target) = self {
            target.set_to_zero();
        }
    }
}

impl<T: Tangent> Tangent for Result<T, ()> {
    #[inline]
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
        match self {
            Ok(target) => target.zip_apply(others.map(|other| other.as_ref().expect(SHAPES_DIFFER)), op),
            Err(()) => assert!(others.iter().all(|other| other.is_err()), "{SHAPES_DIFFER}"),
        }
    }
}
