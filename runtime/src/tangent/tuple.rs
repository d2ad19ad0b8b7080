//! Tuples of up to eight values: component by component.

use crate::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};

macro_rules! tuple {
    ($($ty:ident $index:tt),+) => {
        impl<$($ty: Differentiable),+> Differentiable for ($($ty,)+) {
            type Tangent = ($($ty::Tangent,)+);

            #[inline]
            fn zero_tangent(&self) -> Self::Tangent {
                ($(self.$index.zero_tangent(),)+)
            }
        }

        impl<$($ty: Retract),+> Retract for ($($ty,)+) {
            #[inline]
            fn add_tangent(&mut self, delta: &Self::Tangent) {
                $(self.$index.add_tangent(&delta.$index);)+
            }
        }

        impl<$($ty: Accumulate),+> Accumulate for ($($ty,)+) {
            #[inline]
            fn accumulate(&mut self, rhs: &Self) {
                $(self.$index.accumulate(&rhs.$index);)+
            }
        }

        impl<$($ty: SetZero),+> SetZero for ($($ty,)+) {
            #[inline]
            fn set_to_zero(&mut self) {
                $(self.$index.set_to_zero();)+
            }
        }

        impl<$($ty: Tangent),+> Tangent for ($($ty,)+) {
            fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, others: [&Self; N], op: &mut O) {
                $(self.$index.zip_apply(others.map(|other| &other.$index), op);)+
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
