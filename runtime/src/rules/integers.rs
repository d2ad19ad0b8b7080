//! The operators of integers, where the macro does not know that they are: `self.count + other.count` carries no derivative.

use crate::rules::operators::{AddRule, DivRule, MulRule, NegRule, SubRule};
use crate::rules::{Kept, Maps};

macro_rules! integer_rule {
    ($rule:ident: $($integer:ident),*) => {
        $(
            impl $rule for $integer {
                type Output = ();

                #[inline(always)]
                fn push_0(&self, _: &$integer, (): &()) {}

                #[inline(always)]
                fn push_1(&self, _: &$integer, (): &()) {}

                #[inline(always)]
                fn pull_0(&self, _: &$integer, (): &()) {}

                #[inline(always)]
                fn pull_1(&self, _: &$integer, (): &()) {}

                #[inline(always)]
                fn kept(&self, _: &$integer) -> impl Kept<(), (), ()> + use<> {
                    Maps(<()>::clone, <()>::clone)
                }
            }
        )*
    };
}

macro_rules! negated {
    ($($integer:ident),*) => {
        $(
            impl NegRule for $integer {
                type Output = ();

                #[inline(always)]
                fn push_0(&self, (): &()) {}

                #[inline(always)]
                fn pull_0(&self, (): &()) {}
            }
        )*
    };
}

integer_rule!(AddRule: usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
integer_rule!(SubRule: usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
integer_rule!(MulRule: usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
integer_rule!(DivRule: usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
negated!(isize, i8, i16, i32, i64, i128);
