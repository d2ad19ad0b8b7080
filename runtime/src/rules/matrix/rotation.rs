//! Rotations as the matrices that they are: `R v`, `R p`, `R Q`, with the rules of the matrix product; rotations by an angle and by
//! a rotation vector.

use nalgebra::{Const, Dim, Matrix, OMatrix, Point, RealField, Rotation, SMatrix, SVector, Storage, Vector};

use crate::differentiable::Differentiable;
use crate::real::Real;
use crate::rules::{MulRule, Operand};

impl<T: Real + RealField, const D: usize> Operand for Rotation<T, D> {
    type Value = Self;

    #[inline(always)]
    fn value(&self) -> &Self {
        self
    }
}

/// A product with a rotation on the left, by the rule of its matrix; `$matrix` is what the right operand is to that rule.
macro_rules! rotated {
    ([$($params:tt)*] $rhs:ty, $output:ty, |$b:ident| $matrix:expr, [$($bounds:tt)*]) => {
        impl<T: Real + RealField, const D: usize, $($params)*> MulRule<$rhs> for Rotation<T, D>
        where
            $($bounds)*
        {
            type Output = $output;

            #[inline]
            fn push_0(&self, $b: &$rhs, self_dot: &SMatrix<T, D, D>) -> $output {
                MulRule::push_0(self.matrix(), $matrix, self_dot)
            }

            #[inline]
            fn push_1(&self, $b: &$rhs, rhs_dot: &<$rhs as Differentiable>::Tangent) -> $output {
                MulRule::push_1(self.matrix(), $matrix, rhs_dot)
            }

            #[inline]
            fn pull_0(&self, $b: &$rhs, z_bar: &$output) -> SMatrix<T, D, D> {
                MulRule::pull_0(self.matrix(), $matrix, z_bar)
            }

            #[inline]
            fn pull_1(&self, $b: &$rhs, z_bar: &$output) -> <$rhs as Differentiable>::Tangent {
                MulRule::pull_1(self.matrix(), $matrix, z_bar)
            }
        }
    };
}

rotated!([] Point<T, D>, Point<T, D>, |b| b, []);
rotated!([] Self, SMatrix<T, D, D>, |b| b.matrix(), []);
rotated!([R: Dim, C: Dim, S: Storage<T, R, C>] Matrix<T, R, C, S>, OMatrix<T, Const<D>, C>, |b| b, [
    nalgebra::DefaultAllocator: nalgebra::allocator::Allocator<R, C> + nalgebra::allocator::Allocator<Const<D>, C>,
    Matrix<T, R, C, S>: Differentiable,
    SMatrix<T, D, D>: MulRule<Matrix<T, R, C, S>, Output = OMatrix<T, Const<D>, C>>
        + Differentiable<Tangent = SMatrix<T, D, D>>,
]);

/// `M R` with the rotation on the right.
impl<T: Real + RealField, const R: usize, const D: usize> MulRule<Rotation<T, D>> for SMatrix<T, R, D>
where
    Self: MulRule<SMatrix<T, D, D>, Output = SMatrix<T, R, D>> + Differentiable<Tangent = Self>,
{
    type Output = Self;

    #[inline]
    fn push_0(&self, rhs: &Rotation<T, D>, self_dot: &Self) -> Self {
        MulRule::push_0(self, rhs.matrix(), self_dot)
    }

    #[inline]
    fn push_1(&self, rhs: &Rotation<T, D>, rhs_dot: &SMatrix<T, D, D>) -> Self {
        MulRule::push_1(self, rhs.matrix(), rhs_dot)
    }

    #[inline]
    fn pull_0(&self, rhs: &Rotation<T, D>, z_bar: &Self) -> Self {
        MulRule::pull_0(self, rhs.matrix(), z_bar)
    }

    #[inline]
    fn pull_1(&self, rhs: &Rotation<T, D>, z_bar: &Self) -> SMatrix<T, D, D> {
        MulRule::pull_1(self, rhs.matrix(), z_bar)
    }
}

/// `M = R` as a matrix: the same numbers.
pub mod rotation_matrix {
    use super::*;

    /// `R.matrix()`, owned.
    #[inline]
    pub fn value<T: Real + RealField, const D: usize>(r: &Rotation<T, D>) -> SMatrix<T, D, D> {
        *r.matrix()
    }

    /// `R_dot`.
    #[inline]
    pub fn push_0<T: Real + RealField, const D: usize>(
        _r: &Rotation<T, D>,
        r_dot: &SMatrix<T, D, D>,
    ) -> SMatrix<T, D, D> {
        *r_dot
    }

    /// `M_bar`.
    #[inline]
    pub fn pull_0<T: Real + RealField, const D: usize>(
        _r: &Rotation<T, D>,
        m_bar: &SMatrix<T, D, D>,
    ) -> SMatrix<T, D, D> {
        *m_bar
    }
}

/// The inverse `Q = Rᵀ`: `Q_dot = R_dotᵀ`, `R_bar = Q_barᵀ`.
pub mod rotation_transpose {
    use super::*;

    /// `R.inverse()`.
    #[inline]
    pub fn value<T: Real + RealField, const D: usize>(r: &Rotation<T, D>) -> Rotation<T, D> {
        r.transpose()
    }

    /// `R_dotᵀ`.
    #[inline]
    pub fn push_0<T: Real + RealField, const D: usize>(
        _r: &Rotation<T, D>,
        r_dot: &SMatrix<T, D, D>,
    ) -> SMatrix<T, D, D> {
        r_dot.transpose()
    }

    /// `Q_barᵀ`.
    #[inline]
    pub fn pull_0<T: Real + RealField, const D: usize>(
        _r: &Rotation<T, D>,
        q_bar: &SMatrix<T, D, D>,
    ) -> SMatrix<T, D, D> {
        q_bar.transpose()
    }
}

/// `R(φ)` in the plane: `R_dot = φ_dot Q R`, `φ_bar = ⟨Q R, R_bar⟩`, with `Q` the quarter turn.
pub mod rotation_2 {
    use super::*;

    /// `Rotation2::new(φ)`.
    #[inline]
    pub fn value<T: Real + RealField>(angle: &T) -> Rotation<T, 2> {
        Rotation::<T, 2>::new(*angle)
    }

    fn slope<T: Real + RealField>(r: &Rotation<T, 2>) -> SMatrix<T, 2, 2> {
        SMatrix::<T, 2, 2>::new(-r[(1, 0)], -r[(1, 1)], r[(0, 0)], r[(0, 1)])
    }

    /// `φ_dot Q R`.
    #[inline]
    pub fn push_0<T: Real + RealField>(_angle: &T, z: &Rotation<T, 2>, angle_dot: &T) -> SMatrix<T, 2, 2> {
        slope(z) * *angle_dot
    }

    /// `⟨Q R, R_bar⟩`.
    #[inline]
    pub fn pull_0<T: Real + RealField>(_angle: &T, z: &Rotation<T, 2>, z_bar: &SMatrix<T, 2, 2>) -> T {
        slope(z).dot(z_bar)
    }
}

/// `R = exp [w]` of a rotation vector `w`, with `[w] x = w × x`: `R_dot = [J w_dot] R` with the left Jacobian
/// `J = I + (1 - cos θ)/θ² [w] + (θ - sin θ)/θ³ [w]²`, `θ = ‖w‖`, and `w_bar = Jᵀ a`, where `a` is the vector of the skew part
/// `M - Mᵀ` of `M = R_bar Rᵀ` (Barfoot, "State Estimation for Robotics", 2017, 7.1.3 and 7.1.5). Smooth, also at `w = 0`.
pub mod rotation_3 {
    use super::*;

    /// `Rotation3::new(w)`.
    #[inline]
    pub fn value<T: Real + RealField, S: Storage<T, Const<3>>>(w: &Vector<T, Const<3>, S>) -> Rotation<T, 3> {
        Rotation::<T, 3>::new(w.clone_owned())
    }

    /// `J`.
    pub fn left_jacobian<T: Real + RealField, S: Storage<T, Const<3>>>(w: &Vector<T, Const<3>, S>) -> SMatrix<T, 3, 3> {
        let constant = T::constant;
        let (square, w) = (w.norm_squared(), w.cross_matrix());
        let theta = square.sqrt();
        let first = if theta == constant(0.0) {
            constant(0.5)
        } else {
            let half = (theta * constant(0.5)).sin() / theta;
            constant(2.0) * half * half
        };
        let second = if square < constant(1e-2) {
            // the series, where the difference would cancel
            let series = constant(1.0 / 5040.0) - square * constant(1.0 / 362_880.0);
            constant(1.0 / 6.0) - square * (constant(1.0 / 120.0) - square * series)
        } else {
            (theta - theta.sin()) / (square * theta)
        };
        SMatrix::identity() + w * first + w * w * second
    }

    /// The vector of `M - Mᵀ`.
    pub fn skew_part<T: Real + RealField>(m: &SMatrix<T, 3, 3>) -> SVector<T, 3> {
        SVector::<T, 3>::new(m[(2, 1)] - m[(1, 2)], m[(0, 2)] - m[(2, 0)], m[(1, 0)] - m[(0, 1)])
    }

    /// `[J w_dot] R`.
    #[inline]
    pub fn push_0<T: Real + RealField, S: Storage<T, Const<3>>>(
        w: &Vector<T, Const<3>, S>,
        z: &Rotation<T, 3>,
        w_dot: &SVector<T, 3>,
    ) -> SMatrix<T, 3, 3> {
        (left_jacobian(w) * w_dot).cross_matrix() * z.matrix()
    }

    /// `Jᵀ a`.
    #[inline]
    pub fn pull_0<T: Real + RealField, S: Storage<T, Const<3>>>(
        w: &Vector<T, Const<3>, S>,
        z: &Rotation<T, 3>,
        z_bar: &SMatrix<T, 3, 3>,
    ) -> SVector<T, 3> {
        left_jacobian(w).tr_mul(&skew_part(&(z_bar * z.matrix().transpose())))
    }
}
