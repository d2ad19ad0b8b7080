//! The operators `+ - * /` and unary `-`, for operands whose types the macro does not know.
//!
//! For `z = a ∘ b` the modules hold `push_i(&a, &b, &a_i_dot) -> z_dot`, which is `∂z/∂a_i` applied to the tangent of
//! operand `i`, and `pull_i(&a, &b, &z_bar) -> a_i_bar`, its transpose applied to the cotangent of the result;
//! `push(&a, &b, &a_dot, &b_dot)` is the sum of both pushes. They dispatch to the rule traits, which a type with operators of
//! its own can implement too.

use core::ops::{AddAssign, SubAssign};

use crate::differentiable::{Accumulate, Differentiable, Tangent};
use crate::rules::{Kept, KeptBeside, Map, Maps, Operand, TangentOf};

macro_rules! binary_rule {
    ($module:ident, $rule:ident, $formula:literal, $message:literal) => {
        #[doc = concat!("The derivative of `", $formula, "` by both operands.")]
        #[diagnostic::on_unimplemented(message = $message, note = "write `#[differentiable]` before the `impl` of the operator for your type")]
        pub trait $rule<Rhs: Differentiable = Self>: Differentiable {
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

            /// What the pulls need of the operands: copies of both, unless the type says otherwise.
            #[inline]
            fn kept(&self, rhs: &Rhs) -> impl Kept<Self::Output, Self::Tangent, Rhs::Tangent> + use<Self, Rhs>
            where
                Self: Clone,
                Rhs: Clone,
            {
                $module::Operands(self.clone(), rhs.clone())
            }

            /// What `pull_0` needs of `a` beside a literal `b`: a copy, unless the type says otherwise.
            #[inline]
            fn kept_0(&self, _rhs: &Rhs) -> impl KeptBeside<Rhs, Self::Output, Self::Tangent> + use<Self, Rhs>
            where
                Self: Clone,
            {
                $module::Left(self.clone())
            }

            /// What `pull_1` needs of `b` beside a literal `a`: a copy, unless the type says otherwise.
            #[inline]
            fn kept_1(&self, rhs: &Rhs) -> impl KeptBeside<Self, Self::Output, Rhs::Tangent> + use<Self, Rhs>
            where
                Self: Sized,
                Rhs: Clone,
            {
                $module::Right(rhs.clone())
            }
        }

        #[doc = concat!("The linear maps of `", $formula, "`.")]
        pub mod $module {
            use super::*;

            type Output<A, B> = <<A as Operand>::Value as $rule<<B as Operand>::Value>>::Output;

            /// Copies of both operands.
            #[derive(Clone, Debug)]
            pub struct Operands<A, B>(pub(super) A, pub(super) B);

            impl<A, B> Kept<A::Output, A::Tangent, B::Tangent> for Operands<A, B>
            where
                A: $rule<B> + Clone,
                B: Differentiable + Clone,
            {
                #[inline]
                fn pull_0(&self, z_bar: &A::Output) -> A::Tangent {
                    self.0.pull_0(&self.1, z_bar)
                }

                #[inline]
                fn pull_1(&self, z_bar: &A::Output) -> B::Tangent {
                    self.0.pull_1(&self.1, z_bar)
                }
            }

            /// A copy of the left operand.
            #[derive(Clone, Debug)]
            pub struct Left<A>(pub(super) A);

            impl<A: $rule<B> + Clone, B: Differentiable> KeptBeside<B, A::Output, A::Tangent> for Left<A> {
                #[inline]
                fn pull(&self, literal: &B, z_bar: &A::Output) -> A::Tangent {
                    self.0.pull_0(literal, z_bar)
                }
            }

            /// A copy of the right operand.
            #[derive(Clone, Debug)]
            pub struct Right<B>(pub(super) B);

            impl<A: $rule<B>, B: Differentiable + Clone> KeptBeside<A, A::Output, B::Tangent> for Right<B> {
                #[inline]
                fn pull(&self, literal: &A, z_bar: &A::Output) -> B::Tangent {
                    literal.pull_1(&self.0, z_bar)
                }
            }

            /// What the pulls need of the operands.
            #[inline(always)]
            pub fn keep<A, B>(a: &A, b: &B) -> impl Kept<Output<A, B>, TangentOf<A>, TangentOf<B>> + use<A, B>
            where
                A: Operand<Value: $rule<B::Value> + Clone>,
                B: Operand<Value: Clone>,
            {
                a.value().kept(b.value())
            }

            /// `∂z/∂a a_dot`.
            #[inline(always)]
            pub fn push_0<A: Operand, B: Operand>(a: &A, b: &B, a_dot: &TangentOf<A>) -> Output<A, B>
            where
                A::Value: $rule<B::Value>,
            {
                a.value().push_0(b.value(), a_dot)
            }

            /// `∂z/∂b b_dot`.
            #[inline(always)]
            pub fn push_1<A: Operand, B: Operand>(a: &A, b: &B, b_dot: &TangentOf<B>) -> Output<A, B>
            where
                A::Value: $rule<B::Value>,
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
                A::Value: $rule<B::Value>,
            {
                let mut z_dot = push_0(a, b, a_dot);
                z_dot.accumulate(&push_1(a, b, b_dot));
                z_dot
            }

            /// `(∂z/∂a)ᵀ z_bar`.
            #[inline(always)]
            pub fn pull_0<A: Operand, B: Operand>(a: &A, b: &B, z_bar: &Output<A, B>) -> TangentOf<A>
            where
                A::Value: $rule<B::Value>,
            {
                a.value().pull_0(b.value(), z_bar)
            }

            /// `(∂z/∂b)ᵀ z_bar`.
            #[inline(always)]
            pub fn pull_1<A: Operand, B: Operand>(a: &A, b: &B, z_bar: &Output<A, B>) -> TangentOf<B>
            where
                A::Value: $rule<B::Value>,
            {
                a.value().pull_1(b.value(), z_bar)
            }

            /// The same maps by an operand beside a literal, whose type follows from that of the operand.
            pub mod beside {
                use super::*;

                type ByLeft<A, B> = <<A as Operand>::Value as $rule<B>>::Output;
                type ByRight<A, B> = <A as $rule<<B as Operand>::Value>>::Output;

                /// `∂z/∂a a_dot`.
                #[inline(always)]
                pub fn push_0<A: Operand<Value: $rule<B>>, B: Differentiable>(
                    a: &A,
                    literal: &B,
                    a_dot: &TangentOf<A>,
                ) -> ByLeft<A, B> {
                    a.value().push_0(literal, a_dot)
                }

                /// `∂z/∂b b_dot`.
                #[inline(always)]
                pub fn push_1<A: $rule<B::Value>, B: Operand>(
                    literal: &A,
                    b: &B,
                    b_dot: &TangentOf<B>,
                ) -> ByRight<A, B> {
                    literal.push_1(b.value(), b_dot)
                }

                /// `(∂z/∂a)ᵀ z_bar`.
                #[inline(always)]
                pub fn pull_0<A: Operand<Value: $rule<B>>, B: Differentiable>(
                    a: &A,
                    literal: &B,
                    z_bar: &ByLeft<A, B>,
                ) -> TangentOf<A> {
                    a.value().pull_0(literal, z_bar)
                }

                /// `(∂z/∂b)ᵀ z_bar`.
                #[inline(always)]
                pub fn pull_1<A: $rule<B::Value>, B: Operand>(
                    literal: &A,
                    b: &B,
                    z_bar: &ByRight<A, B>,
                ) -> TangentOf<B> {
                    literal.pull_1(b.value(), z_bar)
                }

                /// What `pull_0` needs of its operand.
                #[inline(always)]
                pub fn keep_0<A: Operand<Value: $rule<B> + Clone>, B: Differentiable>(
                    a: &A,
                    literal: &B,
                ) -> impl KeptBeside<B, ByLeft<A, B>, TangentOf<A>> + use<A, B> {
                    a.value().kept_0(literal)
                }

                /// What `pull_1` needs of its operand.
                #[inline(always)]
                pub fn keep_1<A: $rule<B::Value>, B: Operand<Value: Clone>>(
                    literal: &A,
                    b: &B,
                ) -> impl KeptBeside<A, ByRight<A, B>, TangentOf<B>> + use<A, B> {
                    literal.kept_1(b.value())
                }
            }
        }
    };
}

binary_rule!(add, AddRule, "z = a + b", "there is no derivative rule for `{Self} + {Rhs}`");
binary_rule!(sub, SubRule, "z = a - b", "there is no derivative rule for `{Self} - {Rhs}`");
binary_rule!(mul, MulRule, "z = a * b", "there is no derivative rule for `{Self} * {Rhs}`");
binary_rule!(div, DivRule, "z = a / b", "there is no derivative rule for `{Self} / {Rhs}`");

/// The derivative of `z = -a`.
#[diagnostic::on_unimplemented(message = "there is no derivative rule for `-{Self}`")]
pub trait NegRule: Differentiable {
    /// The tangent of the result.
    type Output: Tangent;

    /// `-a_dot`.
    fn push_0(&self, self_dot: &Self::Tangent) -> Self::Output;
    /// `-z_bar`.
    fn pull_0(&self, z_bar: &Self::Output) -> Self::Tangent;
}

/// The linear maps of `z = -a`.
pub mod neg {
    use super::*;

    type Output<A> = <<A as Operand>::Value as NegRule>::Output;

    /// `-a_dot`.
    #[inline(always)]
    pub fn push_0<A: Operand<Value: NegRule>>(a: &A, a_dot: &TangentOf<A>) -> Output<A> {
        a.value().push_0(a_dot)
    }

    /// `-z_bar`.
    #[inline(always)]
    pub fn pull_0<A: Operand<Value: NegRule>>(a: &A, z_bar: &Output<A>) -> TangentOf<A> {
        a.value().pull_0(z_bar)
    }
}

/// A type whose `+=` and `-=` add and subtract the components, so that tangents and cotangents are added up alike. That of another
/// type may be any operation.
#[diagnostic::on_unimplemented(
    message = "the derivative of `+=` and `-=` is not known for `{Self}`",
    note = "write `a = a + b`, with `#[differentiable]` on `impl Add`, or call a differentiable method"
)]
pub trait Additive {}

implement!(Additive for f64, f32, usize, isize, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

/// `a += b`, where the macro does not know the types.
#[inline(always)]
pub fn increase<A: Additive + AddAssign<B>, B>(a: &mut A, b: B) {
    *a += b;
}

/// `a -= b`, where the macro does not know the types.
#[inline(always)]
pub fn decrease<A: Additive + SubAssign<B>, B>(a: &mut A, b: B) {
    *a -= b;
}

/// A rule of scalars: the derivative is a multiplication, which is its own transpose. One line an operator gives both
/// directions: `z_dot = partial(a, b) seed`.
macro_rules! scalar_rule {
    ($float:ident: $($rule:ident($a:ident, $b:ident, $seed:ident) = ($by_a:expr, $by_b:expr) $(left $scaled:tt)? $(right $scales:tt)? $(kept $kept:expr)?),* $(,)?) => {
        $(
            impl $rule for $float {
                type Output = $float;

                #[inline(always)]
                fn push_0(&self, rhs: &$float, self_dot: &$float) -> $float {
                    let ($a, $b, $seed) = (*self, *rhs, *self_dot);
                    let _ = ($a, $b);
                    $by_a
                }

                #[inline(always)]
                fn push_1(&self, rhs: &$float, rhs_dot: &$float) -> $float {
                    let ($a, $b, $seed) = (*self, *rhs, *rhs_dot);
                    let _ = ($a, $b);
                    $by_b
                }

                #[inline(always)]
                fn pull_0(&self, rhs: &$float, z_bar: &$float) -> $float {
                    $rule::push_0(self, rhs, z_bar)
                }

                #[inline(always)]
                fn pull_1(&self, rhs: &$float, z_bar: &$float) -> $float {
                    $rule::push_1(self, rhs, z_bar)
                }

                $(
                    #[inline(always)]
                    fn kept(&self, _: &$float) -> impl Kept<$float, $float, $float> + use<> {
                        $kept
                    }
                )?

                $(
                    #[inline(always)]
                    fn kept_0(&self, _: &$float) -> impl KeptBeside<$float, $float, $float> + use<> {
                        Map(|b: &$float, z_bar: &$float| *z_bar $scaled *b)
                    }
                )?

                $(
                    #[inline(always)]
                    fn kept_1(&self, _: &$float) -> impl KeptBeside<$float, $float, $float> + use<> {
                        Map(|a: &$float, z_bar: &$float| *a $scales *z_bar)
                    }
                )?
            }
        )*

        impl NegRule for $float {
            type Output = $float;

            #[inline(always)]
            fn push_0(&self, self_dot: &$float) -> $float {
                -*self_dot
            }

            #[inline(always)]
            fn pull_0(&self, z_bar: &$float) -> $float {
                -*z_bar
            }
        }
    };
}

macro_rules! scalar_rules {
    ($($float:ident),*) => {
        $(
            scalar_rule! { $float:
                AddRule(a, b, seed) = (seed, seed) kept Maps($float::clone, $float::clone),
                SubRule(a, b, seed) = (seed, -seed) kept Maps($float::clone, |z_bar: &$float| -*z_bar),
                MulRule(a, b, seed) = (seed * b, a * seed) left * right *,
                DivRule(a, b, seed) = (seed / b, -(a / b) * seed / b) left /,
            }
        )*
    };
}

scalar_rules!(f64, f32);
