//! Operators of points: `p - q` is a vector, `p ± v`, `s p`, `p / s` and `M p` are points. All of them are those of the
//! coordinates.

use nalgebra::allocator::Allocator;
use nalgebra::{
    DefaultAllocator, Dim, DimName, Matrix, OMatrix, OPoint, OVector, Point, RealField, SMatrix, SVector, Storage, U1,
    Vector,
};

use crate::differentiable::Differentiable;
use crate::real::Real;
use crate::rules::{AddRule, Additive, DivRule, MulRule, NegRule, Operand, SubRule};

/// Makes a point of nalgebra's again, whose coordinates are the arguments of its constructor: generated code says so with it, and a
/// type of the user's with the same name is an error.
pub fn coordinates<T: nalgebra::Scalar, D: DimName>(point: OPoint<T, D>) -> OPoint<T, D>
where
    DefaultAllocator: Allocator<D>,
{
    point
}

/// The cotangent of what moves under `+=`.
pub trait Movable {
    /// That of the vector which is added.
    type Vector;

    /// The same numbers as a vector.
    fn vector(&self) -> Self::Vector;
}

impl<T, R, C, S> Movable for Matrix<T, R, C, S>
where
    T: Real + RealField,
    R: Dim,
    C: Dim,
    S: Storage<T, R, C>,
    DefaultAllocator: Allocator<R, C>,
{
    type Vector = OMatrix<T, R, C>;

    #[inline]
    fn vector(&self) -> OMatrix<T, R, C> {
        self.clone_owned()
    }
}

impl<T, D> Movable for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    type Vector = OVector<T, D>;

    #[inline]
    fn vector(&self) -> OVector<T, D> {
        self.coords.clone()
    }
}

/// `p += v` of a point or a matrix: `v_bar = p_bar`, as a vector.
pub mod displacement {
    use super::*;

    /// The cotangent of `v`.
    #[inline]
    pub fn pull_0<P: Movable>(p_bar: &P) -> P::Vector {
        p_bar.vector()
    }
}

impl<T, D> Operand for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    type Value = Self;

    #[inline(always)]
    fn value(&self) -> &Self {
        self
    }
}

impl<T: nalgebra::Scalar, D: DimName> Additive for OPoint<T, D> where DefaultAllocator: Allocator<D> {}

/// An operator with a point on the left, by the rule of the coordinates.
macro_rules! by_coordinates {
    ($rule:ident, [$($params:tt)*] $rhs:ty, $rhs_dot:ty, [$($bounds:tt)*]) => {
        impl<T, D, $($params)*> $rule<$rhs> for OPoint<T, D>
        where
            T: Real + RealField,
            D: DimName,
            DefaultAllocator: Allocator<D>,
            $($bounds)*
        {
            type Output = Self;

            #[inline]
            fn push_0(&self, rhs: &$rhs, self_dot: &Self) -> Self {
                $rule::push_0(&self.coords, rhs, &self_dot.coords).into()
            }

            #[inline]
            fn push_1(&self, rhs: &$rhs, rhs_dot: &$rhs_dot) -> Self {
                $rule::push_1(&self.coords, rhs, rhs_dot).into()
            }

            #[inline]
            fn pull_0(&self, rhs: &$rhs, z_bar: &Self) -> Self {
                $rule::pull_0(&self.coords, rhs, &z_bar.coords).into()
            }

            #[inline]
            fn pull_1(&self, rhs: &$rhs, z_bar: &Self) -> $rhs_dot {
                $rule::pull_1(&self.coords, rhs, &z_bar.coords)
            }
        }
    };
}

// `p ± v`, `s p` and `p / s`
by_coordinates!(AddRule, [S] Vector<T, D, S>, OVector<T, D>, [S: Storage<T, D, U1>]);
by_coordinates!(SubRule, [S] Vector<T, D, S>, OVector<T, D>, [S: Storage<T, D, U1>]);
by_coordinates!(MulRule, [] T, T, []);
by_coordinates!(DivRule, [] T, T, []);

/// `p - q`, the vector from `q` to `p`.
impl<T, D> SubRule for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    type Output = OVector<T, D>;

    #[inline]
    fn push_0(&self, _: &Self, self_dot: &Self) -> OVector<T, D> {
        self_dot.coords.clone()
    }

    #[inline]
    fn push_1(&self, _: &Self, rhs_dot: &Self) -> OVector<T, D> {
        -&rhs_dot.coords
    }

    #[inline]
    fn pull_0(&self, _: &Self, z_bar: &OVector<T, D>) -> Self {
        z_bar.clone().into()
    }

    #[inline]
    fn pull_1(&self, _: &Self, z_bar: &OVector<T, D>) -> Self {
        (-z_bar).into()
    }
}

impl<T, D> NegRule for OPoint<T, D>
where
    T: Real + RealField,
    D: DimName,
    DefaultAllocator: Allocator<D>,
{
    type Output = Self;

    #[inline]
    fn push_0(&self, self_dot: &Self) -> Self {
        -self_dot
    }

    #[inline]
    fn pull_0(&self, z_bar: &Self) -> Self {
        -z_bar
    }
}

/// `M p`
impl<T: Real + RealField, const R: usize, const C: usize> MulRule<Point<T, C>> for SMatrix<T, R, C>
where
    Self: MulRule<SVector<T, C>, Output = SVector<T, R>> + Differentiable<Tangent = Self>,
{
    type Output = Point<T, R>;

    #[inline]
    fn push_0(&self, rhs: &Point<T, C>, self_dot: &Self) -> Point<T, R> {
        MulRule::push_0(self, &rhs.coords, self_dot).into()
    }

    #[inline]
    fn push_1(&self, rhs: &Point<T, C>, rhs_dot: &Point<T, C>) -> Point<T, R> {
        MulRule::push_1(self, &rhs.coords, &rhs_dot.coords).into()
    }

    #[inline]
    fn pull_0(&self, rhs: &Point<T, C>, z_bar: &Point<T, R>) -> Self {
        MulRule::pull_0(self, &rhs.coords, &z_bar.coords)
    }

    #[inline]
    fn pull_1(&self, rhs: &Point<T, C>, z_bar: &Point<T, R>) -> Point<T, C> {
        MulRule::pull_1(self, &rhs.coords, &z_bar.coords).into()
    }
}
