//! Results of methods that are named like counts and questions: `len`, `nrows`, `is_empty`, .., and of operators of integers.
//!
//! The macro sees the name of a method and not its receiver. It takes what `len()` returns for a number without a
//! derivative; generated code says so to rustc, and a method of that name that returns a float is an error instead of a
//! derivative that is silently zero.

use core::cmp::Ordering;

/// A value that carries no float.
#[diagnostic::on_unimplemented(
    message = "a method with the name of a count or a question returns `{Self}`, and its derivative would be lost",
    label = "`{Self}` may carry a derivative",
    note = "give the method another name: `length` instead of `len`, or mark the variable: `#[no_diff] let n = x.len();`"
)]
pub trait Count {}

implement!(Count for usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, bool, char, Ordering);

impl<A: Count, B: Count> Count for (A, B) {}
impl<T: Count> Count for Option<T> {}

/// The place itself, which carries no float.
#[inline]
pub const fn count_mut<T: Count>(place: &mut T) -> &mut T {
    place
}

/// The value itself.
#[inline]
pub const fn count<T: Count + Copy>(value: T) -> T {
    value
}

/// What a cast makes an integer of, on its way to a float.
#[diagnostic::on_unimplemented(
    message = "the cast of this `{Self}` to an integer drops its derivative",
    label = "`{Self}` may carry a derivative",
    note = "stay in floats, `x.floor()` for instance, whose derivative is zero by convention"
)]
pub trait Whole {}

implement!(Whole for usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, bool, char);

/// The value itself.
#[inline]
pub const fn whole<T: Whole + Copy>(value: T) -> T {
    value
}

/// What an operator of integers or of truth values gives.
#[diagnostic::on_unimplemented(
    message = "an operator of integers gives `{Self}` here, and its derivative would be lost",
    label = "`{Self}` may carry a derivative",
    note = "let the other operand be a float, `v * f64::from(n)`; instead of `!`, `^`, `|`, `&` and `<<`, call a method of the type"
)]
pub trait Integer {}

implement!(Integer for usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, bool);

/// The result of an operator of integers.
#[inline]
pub const fn integer<T: Integer + Copy>(value: T) -> T {
    value
}
