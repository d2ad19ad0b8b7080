//! `f64` and `f32`: a float is its own tangent.

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

macro_rules! scalar {
    ($float:ident) => {
        impl Differentiable for $float {
            type Tangent = $float;

            #[inline(always)]
            fn zero_tangent(&self) -> $float {
                0.0
            }
        }

        impl Retract for $float {
            #[inline(always)]
            fn add_tangent(&mut self, delta: &$float) {
                *self += *delta;
            }
        }

        impl Accumulate for $float {
            #[inline(always)]
            fn accumulate(&mut self, rhs: &$float) {
                *self += *rhs;
            }
        }

        impl SetZero for $float {
            #[inline(always)]
            fn set_to_zero(&mut self) {
                *self = 0.0;
            }
        }

        impl Tangent for $float {
            #[inline(always)]
            fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
                op.apply(self, others.map(|other| *other));
            }

            #[inline(always)]
            fn fixed_zero() -> Option<Self> {
                Some(0.0)
            }
        }
    };
}

scalar!(f64);
scalar!(f32);
