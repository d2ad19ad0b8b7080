//! What stands beside an operator: a value, or any number of borrows of it.

use crate::differentiable::Differentiable;

/// An operand of an operator. `a * b`, `&a * b` and `&&a * b` share one rule, that of the [`Operand::Value`]s.
///
/// `#[derive(Differentiable)]` implements it for a struct, whose operators then need only their rules.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no derivative rules for operators",
    note = "the operand of an operator is a float, an integer, a nalgebra matrix, or a type that derives `Differentiable`"
)]
pub trait Operand {
    /// The type behind all borrows.
    type Value: Differentiable;

    /// The value behind all borrows.
    fn value(&self) -> &Self::Value;
}

/// The tangent of an operand.
pub type TangentOf<A> = <<A as Operand>::Value as Differentiable>::Tangent;

macro_rules! borrowed {
    ($($type:ty),*) => {
        $(
            impl<A: Operand + ?Sized> Operand for $type {
                type Value = A::Value;

                #[inline(always)]
                fn value(&self) -> &A::Value {
                    (**self).value()
                }
            }
        )*
    };
}

borrowed!(&A, &mut A, alloc::boxed::Box<A>, alloc::rc::Rc<A>);

macro_rules! value {
    ($($type:ty),*) => {
        $(
            impl Operand for $type {
                type Value = Self;

                #[inline(always)]
                fn value(&self) -> &Self {
                    self
                }
            }
        )*
    };
}

value!(f64, f32, usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
