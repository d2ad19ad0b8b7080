//! Methods that nalgebra's matrices have, and types of the user's may have too: `v.norm()`, `a.dot(b)`.
//!
//! Where the macro does not see the type of the receiver, generated code names the functions of this module, which dispatch to the
//! rule of the type: that of a matrix, or the one that `#[differentiable]` makes for a method of a type's own. As for the operators,
//! `push_i` is `∂z/∂a_i` applied to the tangent of operand `i`, and `pull_i` its transpose applied to the cotangent of the result.

use crate::differentiable::{Accumulate, Differentiable, Tangent};
use crate::rules::{Operand, TangentOf};

/// The derivative of `z = a.name()`, where `Name` stands for the method.
#[diagnostic::on_unimplemented(
    message = "no derivative is known for a method of `{Self}` that is named like one of nalgebra's matrices",
    note = "write `#[differentiable]` before the `impl` block of the method, or call a method of a trait by its path, `Trait::method(&value)`",
    note = "`norm`, `dot`, `sum` and `mean` have to return a float; in functions with `order = 2` such a method is called by its path"
)]
pub trait UnaryMethod<Name>: Differentiable {
    /// The tangent of the result.
    type Output: Tangent;

    /// `∂z/∂a a_dot`.
    fn push_0(&self, self_dot: &Self::Tangent) -> Self::Output;
    /// `(∂z/∂a)ᵀ z_bar`.
    fn pull_0(&self, z_bar: &Self::Output) -> Self::Tangent;
}

/// The derivative of `z = a.name(b)` by both operands, where `Name` stands for the method.
#[diagnostic::on_unimplemented(
    message = "no derivative is known for a method of `{Self}` and `{Rhs}` that is named like one of nalgebra's matrices",
    note = "write `#[differentiable]` before the `impl` block of the method, or call a method of a trait by its path, `Trait::method(&value, other)`",
    note = "`dot` has to return a float; in functions with `order = 2` such a method is called by its path"
)]
pub trait BinaryMethod<Name, Rhs: Differentiable>: Differentiable {
    /// The tangent of the result.
    type Output: Tangent;

    /// `∂z/∂a a_dot`.
    fn push_0(&self, rhs: &Rhs, self_dot: &Self::Tangent) -> Self::Output;
    /// `∂z/∂b b_dot`.
    fn push_1(&self, rhs: &Rhs, rhs_dot: &Rhs::Tangent) -> Self::Output;
    /// `(∂z/∂a)ᵀ z_bar`.
    fn pull_0(&self, rhs: &Rhs, z_bar: &Self::Output) -> Self::Tangent;
    /// `(∂z/∂b)ᵀ z_bar`.
    fn pull_1(&self, rhs: &Rhs, z_bar: &Self::Output) -> Rhs::Tangent;
}

macro_rules! unary {
    ($($name:ident)*) => { $(
        #[doc = concat!("The linear maps of `z = a.", stringify!($name), "()`.")]
        pub mod $name {
            use super::*;

            /// Stands for the method.
            pub enum Name {}

            type Output<A> = <<A as Operand>::Value as UnaryMethod<Name>>::Output;

            /// `∂z/∂a a_dot`.
            #[inline(always)]
            pub fn push_0<A: Operand<Value: UnaryMethod<Name>>>(a: &A, a_dot: &TangentOf<A>) -> Output<A> {
                a.value().push_0(a_dot)
            }

            /// `(∂z/∂a)ᵀ z_bar`.
            #[inline(always)]
            pub fn pull_0<A: Operand<Value: UnaryMethod<Name>>>(a: &A, z_bar: &Output<A>) -> TangentOf<A> {
                a.value().pull_0(z_bar)
            }
        }
    )* };
}

macro_rules! binary {
    ($($name:ident)*) => { $(
        #[doc = concat!("The linear maps of `z = a.", stringify!($name), "(b)`.")]
        pub mod $name {
            use super::*;

            /// Stands for the method.
            pub enum Name {}

            type Output<A, B> = <<A as Operand>::Value as BinaryMethod<Name, <B as Operand>::Value>>::Output;

            /// `∂z/∂a a_dot`.
            #[inline(always)]
            pub fn push_0<A: Operand, B: Operand>(a: &A, b: &B, a_dot: &TangentOf<A>) -> Output<A, B>
            where
                A::Value: BinaryMethod<Name, B::Value>,
            {
                a.value().push_0(b.value(), a_dot)
            }

            /// `∂z/∂b b_dot`.
            #[inline(always)]
            pub fn push_1<A: Operand, B: Operand>(a: &A, b: &B, b_dot: &TangentOf<B>) -> Output<A, B>
            where
                A::Value: BinaryMethod<Name, B::Value>,
            {
                a.value().push_1(b.value(), b_dot)
            }

            /// `∂z/∂a a_dot + ∂z/∂b b_dot`.
            #[inline(always)]
            pub fn push<A: Operand, B: Operand>(
                a: &A,
                b: &B,
                a_dot: &TangentOf<A>,
                b_dot: &TangentOf<B>,
            ) -> Output<A, B>
            where
                A::Value: BinaryMethod<Name, B::Value>,
            {
                let mut z_dot = push_0(a, b, a_dot);
                z_dot.accumulate(&push_1(a, b, b_dot));
                z_dot
            }

            /// `(∂z/∂a)ᵀ z_bar`.
            #[inline(always)]
            pub fn pull_0<A: Operand, B: Operand>(a: &A, b: &B, z_bar: &Output<A, B>) -> TangentOf<A>
            where
                A::Value: BinaryMethod<Name, B::Value>,
            {
                a.value().pull_0(b.value(), z_bar)
            }

            /// `(∂z/∂b)ᵀ z_bar`.
            #[inline(always)]
            pub fn pull_1<A: Operand, B: Operand>(a: &A, b: &B, z_bar: &Output<A, B>) -> TangentOf<B>
            where
                A::Value: BinaryMethod<Name, B::Value>,
            {
                a.value().pull_1(b.value(), z_bar)
            }
        }
    )* };
}

unary! { amax inverse max mean min norm norm_squared normalize sum trace transpose }
binary! { component_div component_mul cross dot }
