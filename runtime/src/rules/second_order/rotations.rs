//! Rotations by an angle and by a rotation vector.

use nalgebra::{Const, RealField, Rotation, SMatrix, SVector, Storage, Vector};

use crate::real::Real;
use crate::rules::matrix::{left_jacobian, skew_part};

/// `R(φ)` in the plane, whose second derivative is `-R`.
pub mod rotation_2 {
    use super::*;

    /// `-s φ_dot R`, where `s` is the seed.
    #[inline]
    pub fn push_0_by_0<T: Real + RealField>(
        _angle: &T,
        z: &Rotation<T, 2>,
        seed: &T,
        angle_dot: &T,
    ) -> SMatrix<T, 2, 2> {
        z.matrix() * -(*seed * *angle_dot)
    }

    /// `-φ_dot ⟨R, R_bar⟩`.
    #[inline]
    pub fn pull_0_by_0<T: Real + RealField>(
        _angle: &T,
        z: &Rotation<T, 2>,
        z_bar: &SMatrix<T, 2, 2>,
        angle_dot: &T,
    ) -> T {
        -(z.matrix().dot(z_bar) * *angle_dot)
    }
}

/// `R = exp [w]`, along which `R_dot = [J w_dot] R` with the left Jacobian `J = I + a [w] + b [w]²`,
/// `a = (1 - cos θ)/θ²`, `b = (θ - sin θ)/θ³`. So `J_dot = a_dot [w] + a [w_dot] + b_dot [w]² + b ([w_dot] [w] + [w] [w_dot])`, where
/// `a` and `b` are functions of `θ²`, smooth at 0.
pub mod rotation_3 {
    use super::*;

    fn moved_jacobian<T, S>(w: &Vector<T, Const<3>, S>, w_dot: &SVector<T, 3>) -> SMatrix<T, 3, 3>
    where
        T: Real + RealField,
        S: Storage<T, Const<3>>,
    {
        let constant = T::constant;
        let square = w.norm_squared();
        let theta = square.sqrt();
        let series =
            |terms: [f64; 5]| terms.iter().rev().fold(constant(0.0), |sum, term| sum * square + constant(*term));
        let a = match theta == constant(0.0) {
            true => constant(0.5),
            false => {
                let half = (theta * constant(0.5)).sin() / theta;
                constant(2.0) * half * half
            }
        };
        let small = square < constant(1e-2);
        let (b, a_slope, b_slope) = if small {
            (
                series([1.0 / 6.0, -1.0 / 120.0, 1.0 / 5040.0, -1.0 / 362_880.0, 1.0 / 39_916_800.0]),
                series([-1.0 / 24.0, 1.0 / 360.0, -1.0 / 13_440.0, 1.0 / 907_200.0, -1.0 / 95_800_320.0]),
                series([-1.0 / 120.0, 1.0 / 2520.0, -1.0 / 120_960.0, 1.0 / 9_979_200.0, -1.0 / 1_245_404_160.0]),
            )
        } else {
            let (sin, cos) = theta.sin_cos();
            let (two, three) = (constant(2.0), constant(3.0));
            (
                (theta - sin) / (square * theta),
                (theta * sin - two * (constant(1.0) - cos)) / (two * square * square),
                (three * sin - two * theta - theta * cos) / (two * square * square * theta),
            )
        };
        let square_dot = constant(2.0) * w.dot(w_dot);
        let (w, d) = (w.cross_matrix(), w_dot.cross_matrix());
        w * (a_slope * square_dot) + d * a + w * w * (b_slope * square_dot) + (d * w + w * d) * b
    }

    /// `[J_dot s] R + [J s] [J w_dot] R`, where `s` is the seed.
    #[inline]
    pub fn push_0_by_0<T: Real + RealField, S: Storage<T, Const<3>>>(
        w: &Vector<T, Const<3>, S>,
        z: &Rotation<T, 3>,
        seed: &SVector<T, 3>,
        w_dot: &SVector<T, 3>,
    ) -> SMatrix<T, 3, 3> {
        let j = left_jacobian(w);
        let moved = (moved_jacobian(w, w_dot) * seed).cross_matrix();
        (moved + (j * seed).cross_matrix() * (j * w_dot).cross_matrix()) * z.matrix()
    }

    /// `J_dotᵀ m + Jᵀ m_dot`, where `m` is the vector of the skew part of `R_bar Rᵀ`, and `m_dot` that of `R_bar R_dotᵀ`.
    #[inline]
    pub fn pull_0_by_0<T: Real + RealField, S: Storage<T, Const<3>>>(
        w: &Vector<T, Const<3>, S>,
        z: &Rotation<T, 3>,
        z_bar: &SMatrix<T, 3, 3>,
        w_dot: &SVector<T, 3>,
    ) -> SVector<T, 3> {
        let j = left_jacobian(w);
        let z_dot = (j * w_dot).cross_matrix() * z.matrix();
        let (m, m_dot) = (skew_part(&(z_bar * z.matrix().transpose())), skew_part(&(z_bar * z_dot.transpose())));
        moved_jacobian(w, w_dot).tr_mul(&m) + j.tr_mul(&m_dot)
    }
}
