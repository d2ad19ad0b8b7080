//! Pointers: the tangent of a borrow or a box is the owned tangent of what it points to.

use alloc::boxed::Box;

use crate::differentiable::{Differentiable, Retract};

macro_rules! pointer {
    ($($type:ty),*) => {
        $(
            impl<T: Differentiable + ?Sized> Differentiable for $type {
                type Tangent = T::Tangent;

                #[inline]
                fn zero_tangent(&self) -> T::Tangent {
                    (**self).zero_tangent()
                }
            }
        )*
    };
}

pointer!(&T, &mut T, Box<T>);

macro_rules! mutable_pointer {
    ($($type:ty),*) => {
        $(
            impl<T: Retract + ?Sized> Retract for $type {
                #[inline]
                fn add_tangent(&mut self, delta: &T::Tangent) {
                    (**self).add_tangent(delta);
                }
            }
        )*
    };
}

mutable_pointer!(&mut T, Box<T>);
