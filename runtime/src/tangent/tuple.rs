//! Tuples of up to eight differentiable values; the empty one is the vector space of dimension zero.

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

macro_rules! tuple {
    ($($name:ident . $index:tt),*) => {
        #[allow(clippy::unused_unit)]
        impl<$($name: Differentiable),*> Differentiable for ($($name,)*) {
            type Tangent = ($($name::Tangent,)*);

            #[inline]
            fn zero_tangent(&self) -> Self::Tangent {
                ($(self.$index.zero_tangent(),)*)
            }
        }

        impl<$($name: Retract),*> Retract for ($($name,)*) {
            #[inline]
            fn add_tangent(&mut self, _delta: &Self::Tangent) {
                $(self.$index.add_tangent(&_delta.$index);)*
            }
        }

        impl<$($name: Accumulate),*> Accumulate for ($($name,)*) {
            #[inline]
            fn accumulate(&mut self, _rhs: &Self) {
                $(self.$index.accumulate(&_rhs.$index);)*
            }
        }

        impl<$($name: SetZero),*> SetZero for ($($name,)*) {
            #[inline]
            fn set_to_zero(&mut self) {
                $(self.$index.set_to_zero();)*
            }
        }

        impl<$($name: Tangent),*> Tangent for ($($name,)*) {
            #[inline]
            fn zip_apply<const N: usize, Op: ElementOp<N>>(&mut self, _others: [&Self; N], _op: &mut Op) {
                $(self.$index.zip_apply(_others.map(|other| &other.$index), _op);)*
            }

            #[inline]
            fn fixed_zero() -> Option<Self> {
                Some(($($name::fixed_zero()?,)*))
            }
        }
    };
}

tuple!();
tuple!(A.0);
tuple!(A.0, B.1);
tuple!(A.0, B.1, C.2);
tuple!(A.0, B.1, C.2, D.3);
tuple!(A.0, B.1, C.2, D.3, E.4);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6, H.7);
