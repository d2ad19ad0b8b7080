//! Types without a derivative: their tangent is `()`, the vector space of dimension zero.

use alloc::string::String;
use core::marker::PhantomData;

use crate::differentiable::{Differentiable, Retract};

macro_rules! inactive {
    ($([$($generics:tt)*] $type:ty),* $(,)?) => {
        $(
            impl<$($generics)*> Differentiable for $type {
                type Tangent = ();

                #[inline(always)]
                fn zero_tangent(&self) {}
            }

            impl<$($generics)*> Retract for $type {
                #[inline(always)]
                fn add_tangent(&mut self, _: &()) {}
            }
        )*
    };
}

inactive! {
    [] u8, [] u16, [] u32, [] u64, [] u128, [] usize,
    [] i8, [] i16, [] i32, [] i64, [] i128, [] isize,
    [] bool, [] char, [] str, [] String, [T: ?Sized] PhantomData<T>,
}
