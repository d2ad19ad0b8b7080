//! Second derivatives of `*` and `/`, for operands whose types the macro does not know.
//!
//! A product of floats or matrices is linear in each factor. The operator of another type may be any operation: it has the second
//! derivatives that `#[differentiable(order = 2)]` makes for it.

use crate::differentiable::{Accumulate, Differentiable, ElementOp, Tangent};
use crate::real::Real;
use crate::rules::operators::{DivRule, MulRule};
use crate::rules::{Operand, TangentOf};

/// A term of a second derivative; nothing where it is zero by the type.
#[derive(Clone, Debug)]
pub struct Term<T>(pub Option<T>);

impl<T> Term<T> {
    /// `sum += self`.
    #[inline(always)]
    pub fn add_to<S: Accumulate<T> + ?Sized>(self, sum: &mut S) {
        if let Some(term) = &self.0 {
            sum.accumulate(term);
        }
    }

    /// The term where it stands alone, and a zero has to be made.
    #[inline(always)]
    pub fn or_else(self, zero: impl FnOnce() -> T) -> T {
        self.0.unwrap_or_else(zero)
    }
}

/// `(both - first - second) / 2`: the second derivative along two directions, of those along their sum and along each.
///
/// # Panics
/// If the shapes differ.
pub fn mixed<T: Tangent>(mut both: T, first: &T, second: &T) -> T {
    struct Mixed;
    impl ElementOp<2> for Mixed {
        fn apply<T: Real>(&mut self, target: &mut T, [first, second]: [T; 2]) {
            *target = T::constant(0.5) * (*target - first - second);
        }
    }
    both.zip_apply([first, second], &mut Mixed);
    both
}

macro_rules! binary_curvature {
    ($module:ident, $rule:ident, $curvature:ident, $plain:ident, $formula:literal, $message:literal, $plain_message:literal) => {
        #[doc = concat!("How the linear maps of `", $formula, "` change with the operands.")]
        #[diagnostic::on_unimplemented(
            message = $message,
            note = "write `#[differentiable(order = 2)]` before the `impl` of the operator for your type"
        )]
        pub trait $curvature<Rhs: Differentiable = Self>: $rule<Rhs> {
            /// The derivative of `push_0` along a tangent of `a`.
            fn push_0_by_0(&self, rhs: &Rhs, seed: &Self::Tangent, self_dot: &Self::Tangent) -> Option<Self::Output>;
            /// The derivative of `push_0` along a tangent of `b`.
            fn push_0_by_1(&self, rhs: &Rhs, seed: &Self::Tangent, rhs_dot: &Rhs::Tangent) -> Self::Output;
            /// The derivative of `push_1` along a tangent of `a`.
            fn push_1_by_0(&self, rhs: &Rhs, seed: &Rhs::Tangent, self_dot: &Self::Tangent) -> Self::Output;
            /// The derivative of `push_1` along a tangent of `b`.
            fn push_1_by_1(&self, rhs: &Rhs, seed: &Rhs::Tangent, rhs_dot: &Rhs::Tangent) -> Option<Self::Output>;
            /// The derivative of `pull_0` along a tangent of `a`.
            fn pull_0_by_0(&self, rhs: &Rhs, z_bar: &Self::Output, self_dot: &Self::Tangent) -> Option<Self::Tangent>;
            /// The derivative of `pull_0` along a tangent of `b`.
            fn pull_0_by_1(&self, rhs: &Rhs, z_bar: &Self::Output, rhs_dot: &Rhs::Tangent) -> Self::Tangent;
            /// The derivative of `pull_1` along a tangent of `a`.
            fn pull_1_by_0(&self, rhs: &Rhs, z_bar: &Self::Output, self_dot: &Self::Tangent) -> Rhs::Tangent;
            /// The derivative of `pull_1` along a tangent of `b`.
            fn pull_1_by_1(&self, rhs: &Rhs, z_bar: &Self::Output, rhs_dot: &Rhs::Tangent) -> Option<Rhs::Tangent>;
        }

        #[doc = concat!("Operands whose `", $formula, "` is that of arithmetic, so that its higher derivatives are known.")]
        #[diagnostic::on_unimplemented(
            message = $plain_message,
            note = "call a method with `#[differentiable(order = ..)]` in the place of the operator"
        )]
        pub trait $plain<Rhs: Differentiable = Self>: $curvature<Rhs> {}

        #[doc = concat!("Second derivatives of `", $formula, "`.")]
        pub mod $module {
            use super::*;

            type Output<A, B> = <<A as Operand>::Value as $rule<<B as Operand>::Value>>::Output;
            type ByLeft<A, B> = <<A as Operand>::Value as $rule<B>>::Output;
            type ByRight<A, B> = <A as $rule<<B as Operand>::Value>>::Output;

            binary_curvature!(@cross $curvature);
            binary_curvature!(@own $curvature);

            /// Where third derivatives take the operator for that of arithmetic, which rustc is told.
            pub mod plain {
                use super::*;

                binary_curvature!(@own $plain);
            }
        }
    };
    (@cross $curvature:ident) => {
        /// The derivative of `push_0` along a tangent of `b`.
        #[inline(always)]
        pub fn push_0_by_1<A: Operand, B: Operand>(a: &A, b: &B, seed: &TangentOf<A>, dot: &TangentOf<B>) -> Output<A, B>
        where
            A::Value: $curvature<B::Value>,
        {
            a.value().push_0_by_1(b.value(), seed, dot)
        }

        /// The derivative of `push_1` along a tangent of `a`.
        #[inline(always)]
        pub fn push_1_by_0<A: Operand, B: Operand>(a: &A, b: &B, seed: &TangentOf<B>, dot: &TangentOf<A>) -> Output<A, B>
        where
            A::Value: $curvature<B::Value>,
        {
            a.value().push_1_by_0(b.value(), seed, dot)
        }

        /// The derivative of `pull_0` along a tangent of `b`.
        #[inline(always)]
        pub fn pull_0_by_1<A: Operand, B: Operand>(a: &A, b: &B, z_bar: &Output<A, B>, dot: &TangentOf<B>) -> TangentOf<A>
        where
            A::Value: $curvature<B::Value>,
        {
            a.value().pull_0_by_1(b.value(), z_bar, dot)
        }

        /// The derivative of `pull_1` along a tangent of `a`.
        #[inline(always)]
        pub fn pull_1_by_0<A: Operand, B: Operand>(a: &A, b: &B, z_bar: &Output<A, B>, dot: &TangentOf<A>) -> TangentOf<B>
        where
            A::Value: $curvature<B::Value>,
        {
            a.value().pull_1_by_0(b.value(), z_bar, dot)
        }
    };
    (@own $curvature:ident) => {
        /// The derivative of `push_0` along a tangent of `a`.
        #[inline(always)]
        pub fn push_0_by_0<A: Operand, B: Operand>(
            a: &A,
            b: &B,
            seed: &TangentOf<A>,
            dot: &TangentOf<A>,
        ) -> Term<Output<A, B>>
        where
            A::Value: $curvature<B::Value>,
        {
            Term(a.value().push_0_by_0(b.value(), seed, dot))
        }

        /// The derivative of `push_1` along a tangent of `b`.
        #[inline(always)]
        pub fn push_1_by_1<A: Operand, B: Operand>(
            a: &A,
            b: &B,
            seed: &TangentOf<B>,
            dot: &TangentOf<B>,
        ) -> Term<Output<A, B>>
        where
            A::Value: $curvature<B::Value>,
        {
            Term(a.value().push_1_by_1(b.value(), seed, dot))
        }

        /// The derivative of `pull_0` along a tangent of `a`.
        #[inline(always)]
        pub fn pull_0_by_0<A: Operand, B: Operand>(
            a: &A,
            b: &B,
            z_bar: &Output<A, B>,
            dot: &TangentOf<A>,
        ) -> Term<TangentOf<A>>
        where
            A::Value: $curvature<B::Value>,
        {
            Term(a.value().pull_0_by_0(b.value(), z_bar, dot))
        }

        /// The derivative of `pull_1` along a tangent of `b`.
        #[inline(always)]
        pub fn pull_1_by_1<A: Operand, B: Operand>(
            a: &A,
            b: &B,
            z_bar: &Output<A, B>,
            dot: &TangentOf<B>,
        ) -> Term<TangentOf<B>>
        where
            A::Value: $curvature<B::Value>,
        {
            Term(a.value().pull_1_by_1(b.value(), z_bar, dot))
        }

        /// The same beside a literal, whose type follows from that of the operand.
        pub mod beside {
            use super::*;

            /// The derivative of `push_0` along a tangent of `a`.
            #[inline(always)]
            pub fn push_0_by_0<A: Operand<Value: $curvature<B>>, B: Differentiable>(
                a: &A,
                literal: &B,
                seed: &TangentOf<A>,
                dot: &TangentOf<A>,
            ) -> Term<ByLeft<A, B>> {
                Term(a.value().push_0_by_0(literal, seed, dot))
            }

            /// The derivative of `push_1` along a tangent of `b`.
            #[inline(always)]
            pub fn push_1_by_1<A: $curvature<B::Value>, B: Operand>(
                literal: &A,
                b: &B,
                seed: &TangentOf<B>,
                dot: &TangentOf<B>,
            ) -> Term<ByRight<A, B>> {
                Term(literal.push_1_by_1(b.value(), seed, dot))
            }

            /// The derivative of `pull_0` along a tangent of `a`.
            #[inline(always)]
            pub fn pull_0_by_0<A: Operand<Value: $curvature<B>>, B: Differentiable>(
                a: &A,
                literal: &B,
                z_bar: &ByLeft<A, B>,
                dot: &TangentOf<A>,
            ) -> Term<TangentOf<A>> {
                Term(a.value().pull_0_by_0(literal, z_bar, dot))
            }

            /// The derivative of `pull_1` along a tangent of `b`.
            #[inline(always)]
            pub fn pull_1_by_1<A: $curvature<B::Value>, B: Operand>(
                literal: &A,
                b: &B,
                z_bar: &ByRight<A, B>,
                dot: &TangentOf<B>,
            ) -> Term<TangentOf<B>> {
                Term(literal.pull_1_by_1(b.value(), z_bar, dot))
            }
        }
    };
}

binary_curvature!(
    mul,
    MulRule,
    MulCurvature,
    Product,
    "z = a * b",
    "the second derivatives of `{Self} * {Rhs}` are missing",
    "the derivatives of order 3 of `{Self} * {Rhs}` are not known"
);
binary_curvature!(
    div,
    DivRule,
    DivCurvature,
    Quotient,
    "z = a / b",
    "the second derivatives of `{Self} / {Rhs}` are missing",
    "the derivatives of order 3 of `{Self} / {Rhs}` are not known"
);
