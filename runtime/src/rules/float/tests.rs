//! The values at the singular points, for both floats.

use super::*;

macro_rules! singular_points {
    ($module:ident, $float:ident) => {
        mod $module {
            use super::*;

            const INF: $float = $float::INFINITY;
            const NAN: $float = $float::NAN;
            const MAX: $float = $float::MAX;
            const TINY: $float = $float::MIN_POSITIVE / 4.0;

            fn close(a: $float, b: $float) -> bool {
                (a - b).abs() <= 4.0 * $float::EPSILON * b.abs()
            }

            #[test]
            fn a_zero_seed_wins() {
                assert_eq!(strong_mul::<$float>(0.0, INF), 0.0);
                assert_eq!(strong_mul::<$float>(-0.0, NAN), 0.0);
                assert_eq!(strong_mul::<$float>(2.0, INF), INF);
                assert!(strong_mul::<$float>(2.0, NAN).is_nan() && strong_mul(NAN, 2.0).is_nan());
            }

            #[test]
            fn powers() {
                let table: [($float, $float); 6] =
                    [(2.0, 0.0), (1.0, 1.0), (0.0, 0.0), (-1.0, -INF), (0.5, INF), (3.5, 0.0)];
                for (p, expected) in table {
                    assert_eq!(powf_dx(0.0, p), expected, "p = {p}");
                    assert_eq!(powf_dp(0.0, p).is_nan(), p <= 0.0, "p = {p}");
                    assert!(p <= 0.0 || powf_dp(0.0, p) == 0.0, "p = {p}");
                }
                assert!(close(powf_dx(2.0, 3.0), 12.0));
                assert!(close(powf_dp(2.0, 3.0), 8.0 * (2.0 as $float).ln()));
                assert_eq!(powi_dx::<$float>(0.0, 0), 0.0);
                assert_eq!(powi_dx::<$float>(0.0, 1), 1.0);
                assert_eq!(powi_dx::<$float>(0.0, 2), 0.0);
                assert_eq!(powi_dx::<$float>(0.0, -1), -INF);
                assert_eq!(powi_dx::<$float>(-2.0, 3), 12.0);
                assert!(powi_dx::<$float>(1.0, i32::MIN) < 0.0);
            }

            #[test]
            fn kinks() {
                assert_eq!(abs_dx::<$float>(0.0), 0.0);
                assert_eq!(abs_dx::<$float>(-0.0), 0.0);
                assert_eq!(abs_dx::<$float>(-3.0), -1.0);
                assert!(abs_dx(NAN).is_nan());
                assert_eq!(copysign_dx::<$float>(0.0, -1.0), 0.0);
                assert_eq!(copysign_dx::<$float>(-2.0, -0.0), 1.0);
                assert_eq!(copysign_dx::<$float>(2.0, -1.0), -1.0);
            }

            #[test]
            fn extremum_is_that_of_the_returned_operand() {
                let points: [($float, $float); 6] =
                    [(1.0, 2.0), (2.0, 1.0), (NAN, 1.0), (1.0, NAN), (INF, 1.0), (-INF, 1.0)];
                for (a, b) in points {
                    let (max, min) = (a.max(b), a.min(b));
                    assert_eq!(if max_takes_first(a, b) { a } else { b }, max);
                    assert_eq!(if min_takes_first(a, b) { a } else { b }, min);
                }
                assert!(max_takes_first::<$float>(1.0, 1.0) && min_takes_first::<$float>(1.0, 1.0));
                assert!(max_takes_first::<$float>(-0.0, 0.0) && min_takes_first::<$float>(0.0, -0.0));
            }

            #[test]
            fn plane_functions_neither_overflow_nor_underflow() {
                assert_eq!((hypot_dx::<$float>(0.0, 0.0), hypot_dy::<$float>(0.0, -0.0)), (0.0, 0.0));
                assert_eq!((atan2_dx::<$float>(0.0, 0.0), atan2_dy::<$float>(0.0, -0.0)), (0.0, 0.0));
                let diagonal = (0.5 as $float).sqrt();
                for size in [MAX, TINY, 1.0] {
                    assert!(close(hypot_dx(size, size), diagonal) && close(hypot_dy(size, -size), -diagonal));
                }
                assert!(close(hypot_dx(3.0, 4.0), 0.6) && close(hypot_dy(3.0, 4.0), 0.8));
                assert!(close(atan2_dy(4.0, 3.0), 3.0 / 25.0) && close(atan2_dx(4.0, 3.0), -4.0 / 25.0));
                let huge = MAX / 4.0;
                assert!(close(atan2_dy(huge, huge) * huge, 0.5) && close(atan2_dx(huge, huge) * huge, -0.5));
                assert!(atan2_dy::<$float>(NAN, 1.0).is_nan() && hypot_dx(1.0, NAN).is_nan());
            }

            #[test]
            fn remainders() {
                for (x, y) in [(7.5 as $float, 2.0), (-7.5, 2.0), (7.5, -2.0), (-7.5, -2.0), (1.0, 3.0), (-1.0, 3.0)] {
                    assert_eq!(rem_dy(x, y), -(x / y).trunc() + 0.0);
                    assert_eq!(rem_euclid_dy(x, y), -x.div_euclid(y) + 0.0);
                    assert_eq!(x + rem_euclid_dy(x, y) * y, x.rem_euclid(y));
                }
                assert!(rem_dy::<$float>(1.0, 0.0).is_nan());
            }
        }
    };
}

singular_points!(double, f64);
singular_points!(single, f32);

#[test]
fn repeated_values_sum() {
    assert_eq!(sum_elements(&[1.0, 2.0, 4.0], 0.0), 7.0);
    assert_eq!(sum_elements(&[[1.0f32, 2.0], [3.0, 4.0]], [0.0; 2]), [4.0, 6.0]);
    assert_eq!(sum_elements::<alloc::vec::Vec<f64>>(&[], alloc::vec![0.0; 2]), [0.0; 2]);
}
