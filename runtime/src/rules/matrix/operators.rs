//! `A + B`, `A - B`, `-A`, and the scaling of a matrix: the linear maps of nalgebra's componentwise operators.

use nalgebra::allocator::{Allocator, SameShapeAllocator, SameShapeC, SameShapeR};
use nalgebra::constraint::{SameNumberOfColumns, SameNumberOfRows, ShapeConstraint};
use nalgebra::{DefaultAllocator, Dim, Matrix, OMatrix, RealField, Storage};

use crate::real::Real;
use crate::rules::{AddRule, Additive, DivRule, Kept, KeptBeside, Map, Maps, MulRule, NegRule, Operand, SubRule};

impl<T, R, C, S> Operand for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Value = Self;

    #[inline(always)]
    fn value(&self) -> &Self {
        self
    }
}

impl<T, R: Dim, C: Dim, S> Additive for Matrix<T, R, C, S> {}

/// `Z = A ± B`: `Z_dot = A_dot ± B_dot`; `A_bar = Z_bar`, `B_bar = ±Z_bar` (Giles 2.2.1). The sign is all that differs.
///
/// `A` and `B` have the same shape, of which one of them may not know a number at compile time; `Z` knows what either knows.
macro_rules! sum_rule {
    ($rule:ident, $sign:expr) => {
        impl<T, R, C, R2, C2, S, S2> $rule<Matrix<T, R2, C2, S2>> for Matrix<T, R, C, S>
        where
            T: Real + RealField,
            R: Dim,
            C: Dim,
            R2: Dim,
            C2: Dim,
            S: Storage<T, R, C>,
            S2: Storage<T, R2, C2>,
            DefaultAllocator: Allocator<R, C> + Allocator<R2, C2> + SameShapeAllocator<R, C, R2, C2>,
            ShapeConstraint: SameNumberOfRows<R, R2> + SameNumberOfColumns<C, C2>,
        {
            type Output = SameShape<T, R, C, R2, C2>;

            #[inline]
            fn push_0(&self, _: &Matrix<T, R2, C2, S2>, self_dot: &OMatrix<T, R, C>) -> Self::Output {
                resized(self_dot)
            }

            #[inline]
            fn push_1(&self, _: &Matrix<T, R2, C2, S2>, rhs_dot: &OMatrix<T, R2, C2>) -> Self::Output {
                $sign(resized(rhs_dot))
            }

            #[inline]
            fn pull_0(&self, _: &Matrix<T, R2, C2, S2>, z_bar: &Self::Output) -> OMatrix<T, R, C> {
                resized(z_bar)
            }

            #[inline]
            fn pull_1(&self, _: &Matrix<T, R2, C2, S2>, z_bar: &Self::Output) -> OMatrix<T, R2, C2> {
                $sign(resized(z_bar))
            }

            #[inline]
            fn kept(
                &self,
                _: &Matrix<T, R2, C2, S2>,
            ) -> impl Kept<Self::Output, OMatrix<T, R, C>, OMatrix<T, R2, C2>> + use<T, R, C, R2, C2, S, S2> {
                Maps(|z_bar: &Self::Output| resized(z_bar), |z_bar: &Self::Output| $sign(resized(z_bar)))
            }
        }
    };
}

sum_rule!(AddRule, |seed| seed);
sum_rule!(SubRule, |seed: OMatrix<_, _, _>| -seed);

/// What is known of the shape of two matrices that have the same.
type SameShape<T, R, C, R2, C2> = OMatrix<T, SameShapeR<R, R2>, SameShapeC<C, C2>>;

/// The same matrix where the type knows its shape, or does not.
#[inline]
fn resized<T: Real + RealField, R: Dim, C: Dim, R2: Dim, C2: Dim>(m: &OMatrix<T, R, C>) -> OMatrix<T, R2, C2>
where
    DefaultAllocator: Allocator<R, C> + Allocator<R2, C2>,
{
    let (rows, columns) = m.shape();
    OMatrix::from_column_slice_generic(R2::from_usize(rows), C2::from_usize(columns), m.as_slice())
}

impl<T, R, C, S> NegRule for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Output = OMatrix<T, R, C>;

    #[inline]
    fn push_0(&self, self_dot: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
        -self_dot
    }

    #[inline]
    fn pull_0(&self, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
        -z_bar
    }
}

/// `Z = s A`: `Z_dot = s A_dot + s_dot A`; `A_bar = s Z_bar`, `s_bar = ⟨A, Z_bar⟩`.
impl<T, R, C, S> MulRule<T> for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Output = OMatrix<T, R, C>;

    #[inline]
    fn push_0(&self, factor: &T, self_dot: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
        self_dot * *factor
    }

    #[inline]
    fn push_1(&self, _: &T, factor_dot: &T) -> OMatrix<T, R, C> {
        self * *factor_dot
    }

    #[inline]
    fn pull_0(&self, factor: &T, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
        z_bar * *factor
    }

    #[inline]
    fn pull_1(&self, _: &T, z_bar: &OMatrix<T, R, C>) -> T {
        self.dot(z_bar)
    }

    #[inline]
    fn kept_0(&self, _: &T) -> impl KeptBeside<T, OMatrix<T, R, C>, OMatrix<T, R, C>> + use<T, R, C, S> {
        Map(|factor: &T, z_bar: &OMatrix<T, R, C>| z_bar * *factor)
    }
}

/// `Z = A / s`: `Z_dot = A_dot / s - (s_dot / s) A / s`; `A_bar = Z_bar / s`, `s_bar = -⟨A / s, Z_bar⟩ / s`.
impl<T, R, C, S> DivRule<T> for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Output = OMatrix<T, R, C>;

    #[inline]
    fn push_0(&self, divisor: &T, self_dot: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
        self_dot / *divisor
    }

    #[inline]
    fn push_1(&self, divisor: &T, divisor_dot: &T) -> OMatrix<T, R, C> {
        self.map(|a| -(a / *divisor) * *divisor_dot / *divisor)
    }

    #[inline]
    fn pull_0(&self, divisor: &T, z_bar: &OMatrix<T, R, C>) -> OMatrix<T, R, C> {
        z_bar / *divisor
    }

    #[inline]
    fn pull_1(&self, divisor: &T, z_bar: &OMatrix<T, R, C>) -> T {
        -(self.dot(z_bar) / *divisor) / *divisor
    }

    #[inline]
    fn kept_0(&self, _: &T) -> impl KeptBeside<T, OMatrix<T, R, C>, OMatrix<T, R, C>> + use<T, R, C, S> {
        Map(|divisor: &T, z_bar: &OMatrix<T, R, C>| z_bar / *divisor)
    }
}

/// `Z = s A` with the factor on the left, which nalgebra offers for concrete floats: the rule of `A s`, mirrored.
macro_rules! left_factor_rule {
    ($($float:ident),*) => {
        $(
            impl<R, C, S> MulRule<Matrix<$float, R, C, S>> for $float
            where
                R: Dim,
                C: Dim,
                S: Storage<$float, R, C>,
                DefaultAllocator: Allocator<R, C>,
            {
                type Output = OMatrix<$float, R, C>;

                #[inline]
                fn push_0(&self, rhs: &Matrix<$float, R, C, S>, self_dot: &$float) -> Self::Output {
                    MulRule::push_1(rhs, self, self_dot)
                }

                #[inline]
                fn push_1(&self, rhs: &Matrix<$float, R, C, S>, rhs_dot: &OMatrix<$float, R, C>) -> Self::Output {
                    MulRule::push_0(rhs, self, rhs_dot)
                }

                #[inline]
                fn pull_0(&self, rhs: &Matrix<$float, R, C, S>, z_bar: &Self::Output) -> $float {
                    MulRule::pull_1(rhs, self, z_bar)
                }

                #[inline]
                fn pull_1(&self, rhs: &Matrix<$float, R, C, S>, z_bar: &Self::Output) -> OMatrix<$float, R, C> {
                    MulRule::pull_0(rhs, self, z_bar)
                }

                #[inline]
                fn kept_1(
                    &self,
                    rhs: &Matrix<$float, R, C, S>,
                ) -> impl KeptBeside<$float, Self::Output, OMatrix<$float, R, C>> + use<R, C, S> {
                    let _ = rhs;
                    Map(|factor: &$float, z_bar: &Self::Output| z_bar * *factor)
                }
            }
        )*
    };
}

left_factor_rule!(f64, f32);
