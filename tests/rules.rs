//! The laws of the rules that the macro calls: a push is the derivative of the primal by central differences, and a
//! pull is the transpose of its push.

use chainrule::check;
use chainrule::rules;

/// Checks `rules::$rule` for the binary operation `$f` at `$x = (a, b)`.
macro_rules! assert_binary {
    ($rule:ident, $f:expr, $x:expr) => {{
        use rules::$rule::{pull_0, pull_1, push_0, push_1};
        check::assert_vjp_jvp(
            |(a, b)| $f(a, b),
            |(a, b), (a_dot, b_dot)| push_0(a, b, a_dot) + push_1(a, b, b_dot),
            |(a, b), z_bar| (pull_0(a, b, z_bar), pull_1(a, b, z_bar)),
            &$x,
        );
    }};
}

/// Checks `rules::$rule` for the unary operation `$f` at `$x`.
macro_rules! assert_unary {
    ($rule:ident, $f:expr, $x:expr) => {{
        use rules::$rule::{pull_0, push_0};
        check::assert_vjp_jvp(|a| $f(a), |a, a_dot| push_0(a, a_dot), |a, z_bar| pull_0(a, z_bar), &$x);
    }};
}

#[test]
fn scalar_operators() {
    assert_binary!(add, |a: &f64, b: &f64| a + b, (1.5, -0.5));
    assert_binary!(sub, |a: &f64, b: &f64| a - b, (1.5, -0.5));
    assert_binary!(mul, |a: &f64, b: &f64| a * b, (1.5, -0.5));
    assert_binary!(div, |a: &f64, b: &f64| a / b, (1.5, -0.5));
    assert_binary!(div, |a: &f32, b: &f32| a / b, (1.5, -0.75));
    assert_unary!(neg, |a: &f64| -a, 1.5);
}

#[test]
fn borrows_share_the_rule() {
    let (a, b) = (3.0, 4.0);
    assert_eq!(rules::mul::push_0(&&&a, &&b, &1.0), 4.0);
    assert_eq!(rules::mul::pull_1(&a, &&&b, &2.0), 6.0);
}

/// The operators serve a generic scalar.
#[test]
fn generic_scalars() {
    fn product_rule<T: chainrule::Real>(a: T, b: T) -> (T, T) {
        (rules::mul::pull_0(&a, &b, &T::constant(1.0)), rules::mul::pull_1(&a, &b, &T::constant(1.0)))
    }
    assert_eq!(product_rule(2.0, 3.0), (3.0, 2.0));
    assert_eq!(product_rule(2.0f32, 3.0), (3.0, 2.0));
}

#[cfg(feature = "nalgebra")]
mod matrices {
    use super::*;
    use nalgebra::{DMatrix, DVector, Matrix2, Matrix2x3, Matrix3, Matrix3x2, RowVector3, Vector3};

    type D = DMatrix<f64>;

    fn a() -> D {
        DMatrix::from_row_slice(2, 3, &[0.5, -1.0, 2.0, 1.5, 0.25, -0.75])
    }

    fn b() -> D {
        DMatrix::from_row_slice(2, 3, &[1.0, 2.0, -0.5, -3.0, 0.5, 1.25])
    }

    #[test]
    fn sums() {
        assert_binary!(add, |a: &D, b: &D| a + b, (a(), b()));
        assert_binary!(sub, |a: &D, b: &D| a - b, (a(), b()));
        assert_binary!(
            sub,
            |a: &Matrix2<f32>, b: &Matrix2<f32>| a - b,
            (Matrix2::identity(), Matrix2::new(1.0, 2.0, 3.0, 4.0))
        );
        assert_unary!(neg, |a: &D| -a, a());
    }

    #[test]
    fn scaling() {
        assert_binary!(mul, |a: &D, s: &f64| a * *s, (a(), 1.5));
        assert_binary!(mul, |s: &f64, a: &D| *s * a, (1.5, a()));
        assert_binary!(mul, |s: &f32, a: &Vector3<f32>| *s * a, (1.5, Vector3::new(1.0, 2.0, 3.0)));
        assert_binary!(div, |a: &D, s: &f64| a / *s, (a(), 1.5));
    }

    #[test]
    fn products() {
        assert_binary!(mul, |a: &D, b: &D| a * b, (a(), b().transpose()));
        assert_binary!(mul, |a: &D, x: &DVector<f64>| a * x, (a(), DVector::from_vec(vec![1.0, -2.0, 0.5])));
        assert_binary!(
            mul,
            |a: &Matrix2x3<f64>, b: &Matrix3x2<f64>| a * b,
            (Matrix2x3::from_row_slice(a().as_slice()), Matrix3x2::from_row_slice(b().as_slice()))
        );
        assert_binary!(
            mul,
            |a: &RowVector3<f64>, b: &Vector3<f64>| a * b,
            (RowVector3::new(1.0, 2.0, 3.0), Vector3::x())
        );
        assert_binary!(
            mul,
            |a: &Vector3<f64>, b: &RowVector3<f64>| a * b,
            (Vector3::y(), RowVector3::new(1.0, 2.0, 3.0))
        );
        assert_binary!(mul, |a: &D, b: &D| a * b, (a().columns(0, 0).into_owned(), D::zeros(0, 4)));
    }

    #[test]
    fn entrywise_functions() {
        assert_unary!(transpose, |a: &D| a.transpose(), a());
        assert_unary!(transpose, |a: &Vector3<f64>| a.transpose(), Vector3::new(1.0, 2.0, 3.0));
        assert_binary!(component_mul, |a: &D, b: &D| a.component_mul(b), (a(), b()));
        assert_binary!(component_div, |a: &D, b: &D| a.component_div(b), (a(), b()));
        check::assert_vjp_jvp(
            |a: &D| a.map(f64::sin),
            |a, a_dot| rules::map::push(a, a_dot, |a, a_dot| a.cos() * a_dot),
            |a, z_bar| rules::map::pull(a, z_bar, |a, z_bar| a.cos() * z_bar),
            &a(),
        );
    }

    #[test]
    fn reductions() {
        assert_binary!(dot, |a: &D, b: &D| a.dot(b), (a(), b()));
        assert_unary!(norm_squared, |a: &D| a.norm_squared(), a());
        assert_unary!(sum, |a: &D| a.sum(), a());
        assert_unary!(mean, |a: &D| a.mean(), a());
        assert_unary!(mean, |a: &D| a.mean(), D::zeros(0, 3));
        macro_rules! assert_extreme {
            ($rule:ident, $x:expr) => {{
                use rules::$rule::{pull_0, push_0};
                check::assert_vjp_jvp(
                    |a: &D| a.$rule(),
                    |a, a_dot| push_0(a, &a.$rule(), a_dot),
                    |a, z_bar| pull_0(a, &a.$rule(), z_bar),
                    &$x,
                );
            }};
        }
        assert_extreme!(max, a());
        assert_extreme!(min, a());
        assert_extreme!(amax, a());
        assert_extreme!(amax, -a());
        assert_unary!(trace, |a: &Matrix3<f64>| a.trace(), Matrix3::identity());
        assert_unary!(trace, |a: &D| a.trace(), a() * b().transpose());
        check::assert_vjp_jvp(
            |a: &D| a.norm(),
            |a, a_dot| rules::norm::push_0(a, &a.norm(), a_dot),
            |a, z_bar| rules::norm::pull_0(a, &a.norm(), z_bar),
            &a(),
        );
    }

    #[test]
    fn the_determinant_of_a_singular_matrix_has_finite_slopes() {
        let a = Matrix2::new(1.0, 2.0, 2.0, 4.0);
        let cofactors = Matrix2::new(4.0, -2.0, -2.0, 1.0);
        assert!((rules::determinant::pull_0(&a, &a.determinant(), &1.0) - cofactors).norm() < 1e-12);
        assert!((rules::determinant::pull_0(&a.lu(), &0.0, &1.0) - cofactors).norm() < 1e-12);
        assert!(rules::determinant::pull_0(&Matrix3::<f64>::zeros(), &0.0, &1.0).norm() < 1e-12);
        assert_eq!(f64::round(rules::determinant::push_0(&a, &0.0, &Matrix2::identity())), 5.0);
    }

    /// Sizes below, at and above what is eliminated at once; rows are exchanged.
    #[test]
    fn determinants_of_any_size_have_the_slopes_of_the_inverse() {
        for n in 0..11 {
            let a = D::from_fn(n, n, |i, j| (1.3 * (i * n + j) as f64).sin() + if i + j + 1 == n { 2.0 } else { 0.0 });
            let (lu, det) = (a.clone().lu(), a.determinant());
            let inverse = a.try_inverse().expect("no singular matrix");
            let slopes = rules::determinant::pull_0(&lu, &det, &2.0);
            assert!((slopes - inverse.transpose() * (2.0 * det)).norm() <= 1e-12 * det.abs(), "{n}");
        }
    }

    #[test]
    fn what_has_no_inverse_has_no_derivative() {
        let a = Matrix2::new(1.0, 2.0, 2.0, 4.0);
        let (lu, b) = (a.lu(), nalgebra::Vector2::new(1.0, 1.0));
        let none = lu.solve(&b);
        assert_eq!(none, None);
        assert_eq!(rules::solve::push_1(&lu, &b, &none, &b), None);
        assert_eq!(rules::solve::pull_0(&lu, &b, &none, &none), Matrix2::zeros());
        assert_eq!(rules::try_inverse::pull_0(&a, &None, &None), Matrix2::zeros());
        let indefinite = (-Matrix2::identity()).cholesky();
        assert_eq!(rules::cholesky::push_0(&a, &indefinite, &a), None);
        assert_eq!(rules::cholesky::pull_0(&a, &indefinite, &None), Matrix2::zeros());
    }

    /// nalgebra reads the lower triangle: the gradient of ln det is 2 S⁻¹ there, S⁻¹ on the diagonal and 0 above.
    #[test]
    fn the_gradient_of_a_cholesky_factorisation_stands_in_the_lower_triangle() {
        let s = Matrix2::new(2.0, 0.5, 0.5, 1.0);
        let factors = s.cholesky();
        let s_bar = factors.as_ref().map(|chol| rules::ln_determinant::pull_0(chol, &1.0));
        let (a_bar, inverse) = (rules::cholesky::pull_0(&s, &factors, &s_bar), s.try_inverse().expect("regular"));
        let expected = Matrix2::new(inverse[(0, 0)], 0.0, 2.0 * inverse[(1, 0)], inverse[(1, 1)]);
        assert!((a_bar - expected).norm() < 1e-12);
        assert!(((a_bar + a_bar.transpose()) / 2.0 - inverse).norm() < 1e-12);
    }

    #[test]
    fn repeated_and_zero_values_of_a_spectrum() {
        let (identity, ones) = (Matrix3::<f64>::identity(), Vector3::repeat(1.0));
        assert!((rules::symmetric_eigenvalues::pull_0(&identity, &ones, &ones) - identity).norm() < 1e-12);
        assert!((rules::singular_values::pull_0(&identity, &ones, &ones) - identity).norm() < 1e-12);
        let zero = Matrix3::<f64>::zeros();
        assert_eq!(rules::singular_values::pull_0(&zero, &Vector3::zeros(), &ones), zero);
        assert_eq!(rules::singular_values::push_0(&zero, &Vector3::<f64>::zeros(), &identity), Vector3::zeros());
    }

    /// `f(V) = tr(W V Vᵀ)` does not depend on the basis of an eigenspace, so that its slopes there are 0; one entry of `V` does.
    #[test]
    fn vectors_of_equal_values() {
        let rotation = nalgebra::Rotation3::from_euler_angles(0.3, -0.8, 1.1).into_inner();
        let s = rotation * Matrix3::from_diagonal(&Vector3::new(2.0, 2.0, 5.0)) * rotation.transpose();
        let eigen = s.symmetric_eigen();
        let weights = Matrix3::<f64>::new(1.0, 0.4, -0.3, 0.4, 2.0, 0.7, -0.3, 0.7, -1.5);
        let mut bar = chainrule::Differentiable::zero_tangent(&eigen);
        bar.eigenvectors = weights * eigen.eigenvectors * 2.0;
        assert!(rules::symmetric_eigen::pull_0(&s, &eigen, &bar).norm() < 1e-12);
        bar.eigenvectors = Matrix3::from_fn(|i, j| (i * i + 2 * j) as f64);
        assert!(f64::is_nan(rules::symmetric_eigen::pull_0(&s, &eigen, &bar)[(0, 0)]));
        // a multiple of S leaves the vectors, another tangent mixes those of the two equal values
        assert!(rules::symmetric_eigen::push_0(&s, &eigen, &s).eigenvectors.norm() < 1e-12);
        assert!(f64::is_nan(rules::symmetric_eigen::push_0(&s, &eigen, &weights).eigenvectors.sum()));

        // of an orthogonal matrix: U Vᵀ does not depend on the basis
        let svd = rotation.svd(true, true);
        let (Some(u), Some(v_t)) = (svd.u, svd.v_t) else { panic!("no vectors") };
        let mut bar = chainrule::Differentiable::zero_tangent(&svd);
        bar.u = Some(weights * v_t.transpose());
        bar.v_t = Some(u.transpose() * weights);
        let pulled = rules::svd::pull_0(&rotation, &true, &true, &svd, &bar);
        let expected = (weights - rotation * weights.transpose() * rotation) / 2.0;
        assert!((pulled - expected).norm() < 1e-12);
        bar.v_t = Some(Matrix3::zeros());
        assert!(f64::is_nan(rules::svd::pull_0(&rotation, &true, &true, &svd, &bar)[(0, 0)]));
    }

    /// The cotangent of a rotation is a matrix.
    #[test]
    fn rotations() {
        let r = nalgebra::Rotation3::from_euler_angles(0.3, -0.8, 1.1);
        let dot = Matrix3::<f64>::new(1.0, 0.4, -0.3, 0.4, 2.0, 0.7, 0.3, 0.9, -1.5);
        let (v, p) = (Vector3::new(1.0, 2.0, -0.5), nalgebra::Point3::new(1.0, 2.0, -0.5));
        assert_eq!(rules::mul::push_0(&r, &v, &dot), dot * v);
        assert_eq!(rules::mul::push_1(&r, &v, &v), r * v);
        assert_eq!(rules::mul::pull_0(&r, &v, &v), v * v.transpose());
        assert_eq!(rules::mul::pull_1(&r, &p, &p), r.inverse() * p);
        assert_eq!(rules::mul::push_1(&r, &r, &dot), r.matrix() * dot);
        assert_eq!(rules::mul::pull_0(&r, &r, &dot), dot * r.matrix().transpose());
    }

    #[test]
    fn the_norm_has_slope_0_at_0() {
        let (zero, ones) = (Vector3::<f64>::zeros(), Vector3::repeat(1.0));
        assert_eq!(rules::norm::push_0(&zero, &0.0, &ones), 0.0);
        assert_eq!(rules::norm::pull_0(&zero, &0.0, &1.0), zero);
        assert_eq!(rules::norm::pull_0(&zero, &0.0, &f64::INFINITY), zero);
    }

    #[test]
    fn vectors() {
        assert_binary!(
            cross,
            |a: &Vector3<f64>, b: &Vector3<f64>| a.cross(b),
            (Vector3::new(1.0, 2.0, -0.5), Vector3::new(0.5, -1.0, 3.0))
        );
        assert_binary!(
            cross,
            |a: &DVector<f64>, b: &DVector<f64>| a.cross(b),
            (DVector::from_vec(vec![1.0, 2.0, -0.5]), DVector::from_vec(vec![0.5, -1.0, 3.0]))
        );
        check::assert_vjp_jvp(
            |a: &Vector3<f64>| a.normalize(),
            |a, a_dot| rules::normalize::push_0(a, &a.normalize(), a_dot),
            |a, z_bar| rules::normalize::pull_0(a, &a.normalize(), z_bar),
            &Vector3::new(1.0, 2.0, -0.5),
        );
    }

    #[test]
    fn views_follow_the_rules_of_their_matrices() {
        let (a, b) = (a(), b());
        let (left, right) = (a.columns(0, 2), b.view((0, 1), (2, 2)));
        let z_bar = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
        let (left_owned, right_owned) = (left.into_owned(), right.into_owned());
        assert_eq!(rules::mul::pull_0(&left, &right, &z_bar), rules::mul::pull_0(&left_owned, &right_owned, &z_bar));
        assert_eq!(rules::mul::pull_1(&left, &right_owned, &z_bar), left.transpose() * &z_bar);
        assert_eq!(rules::sub::pull_1(&left, &&right, &z_bar), -&z_bar);
        assert_eq!(rules::dot::pull_0(&left, &right, &2.0), 2.0 * right);
        assert_eq!(rules::sum::pull_0(&left, &1.0), D::from_element(2, 2, 1.0));
    }
}
