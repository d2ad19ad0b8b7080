//! Values that no derivative flows through: integers, `bool`, `char`, text. Their tangent space is the point `()`.

use crate::{Accumulate, Differentiable, ElementOp, Retract, SetZero, Tangent};
use alloc::string::String;
use core::marker::PhantomData;

macro_rules! inert {
    ($({$($param:tt)*} $ty:ty;)*) => {$(
        impl<$($param)*> Differentiable for $ty {
            type Tangent = ();

            #[inline(always)]
            fn zero_tangent(&self) {}
        }

        impl<$($param)*> Retract for $ty {
            #[inline(always)]
            fn add_tangent(&mut self, _: &()) {}
        }
    )*};
}

macro_rules! inert_scalars {
    ($($ty:ty)*) => {
        inert! { $({} $ty;)* }
    };
}

inert_scalars!(() bool char str String i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
inert! { {T: ?Sized} PhantomData<T>; }

impl Accumulate for () {
    #[inline(always)]
    fn accumulate(&mut self, _: &()) {}
}

impl SetZero for () {
    #[inline(always)]
    fn set_to_zero(&mut self) {}
}

impl Tangent for () {
    #[inline(always)]
    fn zip_apply<const N: usize, O: ElementOp<N>>(&mut self, _: [&Self; N], _: &mut O) {}
}
