//! Literal factors and sums that a Jacobian by elimination puts into other groups, and near misses.

use crate::jacobians::assert_agree;
use chainrule::{Cost, differentiable};

jacobians!(literal_before_two_functions(x: f64, y: f64) -> [f64; 2] {
    [0.3 * x.sin() * y.cos(), 0.3 * x.cos() * y.sin()]
} at (0.4, -1.1), (0.0, 0.0));

jacobians!(negative_literal(x: f64, y: f64, z: f64) -> [f64; 2] {
    let a = -0.7 * x.exp();
    [a * y - z, (y * -0.7) * (x.exp() * z)]
} at (0.4, -1.1, 2.0), (0.0, 0.0, 0.0));

jacobians!(literals_that_meet(x: f64, y: f64, z: f64) -> [f64; 3] {
    let (a, b) = (0.5 * x, 0.3 * y);
    [a * b, (2.0 * a) * z, (0.7 * x) * (b * z)]
} at (0.4, -1.1, 2.0));

jacobians!(literal_over_a_variable(x: f64, y: f64, z: f64) -> [f64; 2] {
    [0.3 * x / y, 0.3 * (z / y) * x]
} at (0.4, -1.1, 2.0), (0.0, -1e-200, 0.0));

jacobians!(literal_under_a_variable(x: f64, y: f64) -> [f64; 2] {
    [x / 3.0 * y, x * (y / 3.0) - 2.0 * x]
} at (0.4, -1.1));

jacobians!(sums_that_contain_each_other(a: f64, b: f64, c: f64, d: f64) -> [f64; 2] {
    let (p, q, r) = (0.4 * a.sin(), 0.3 * b.sin(), 0.2 * c.sin());
    let s = p + q - r;
    let low = -(0.4 * a.cos()) - 0.3 * b.cos() + 0.2 * c.cos();
    [s * d, low * d - (q - r)]
} at (0.4, -1.1, 2.0, 0.7));

jacobians!(the_negative_of_a_sum(x: f64, y: f64, z: f64) -> [f64; 3] {
    let s = x * y - y * z;
    [s * x, (y * z - x * y) * z, s]
} at (0.4, -1.1, 2.0));

jacobians!(a_partial_is_the_value(x: f64, y: f64) -> [f64; 2] {
    [0.2 * x.exp() * y, x.exp() * y * 0.2 + x]
} at (0.4, -1.1));

jacobians!(rotation_with_lengths(p: [f64; 3]) -> [f64; 3] {
    let [a, b, c] = p;
    let (reach, height) = (0.5 * b.cos() + 0.25 * c.cos(), 0.5 * b.sin() + 0.25 * c.sin());
    [a.cos() * reach, a.sin() * reach, height]
} at ([0.4, -1.1, 2.0]), ([0.0, 0.0, 0.0]));

jacobians!(in_a_loop(x: [f64; 3]) -> [f64; 3] {
    let mut y = [0.0; 3];
    for i in 0..3 {
        let j = 2 - i;
        y[i] = 0.3 * x[i].sin() * x[j].cos() + 0.3 * x[i].cos() * x[j].sin();
    }
    y
} at ([0.4, -1.1, 2.0]));

jacobians!(beside_a_branch(x: f64, y: f64) -> [f64; 2] {
    let a = 0.3 * x.sin() * y;
    let b = if a > 0.0 { a * a } else { 0.3 * (x.sin() * y) };
    [b * x, 0.3 * y * x.sin() - b]
} at (0.4, 1.1), (0.4, -1.1));

jacobians!(beside_a_choice(x: f64, y: f64, z: f64) -> [f64; 3] {
    let a = 0.3 * x.exp() * y.exp();
    [a.max(z) * z, 0.3 * y.exp() * x.exp() * z, (x - 0.3 * z).max(a - 2.0 * x)]
} at (0.4, 1.1, 0.2), (0.4, -1.1, 2.0));

jacobians!(a_value_that_no_entry_needs(x: f64, y: f64, z: f64) -> [f64; 3] {
    let a = 0.3 * x.exp() * y.exp();
    [a + z, 0.3 * y.exp() * x.exp() - z, a - z]
} at (0.4, 1.1, 0.2));

// near misses

// the product of the others overflows before the literal brings it back
jacobians!(literal_that_is_tiny(x: f64, y: f64, z: f64) -> [f64; 2] {
    [1e-200 * x * y * z, 1e-200 * z * (x * 1e-10) * y]
} at (1e180, 1e160, 0.5));

// what is no literal may be anything
jacobians!(factor_that_is_a_variable(k: f64, x: f64, y: f64) -> [f64; 2] {
    [k * x * y, k * x * (0.5 * y)]
} at (1e-200, 1e180, 1e160));

// what is added and taken away again is the rounding error
jacobians!(rounding_error_of_a_sum(x: f64, y: f64, z: f64) -> [f64; 2] {
    let error = y - ((x + y) - x);
    [error * z, (x + y) * z - x * z]
} at (1e16, 1.5, 2.0), (0.4, -1.1, 2.0));

// what a function is taken of stays, although a sum of the same terms loses what is small
#[differentiable(jacobian = cross_country)]
fn kept_argument(x: f64, y: f64, z: f64) -> [f64; 2] {
    [z * ((x + 0.3) - y), ((x - y) + 0.3).sin() * z]
}

#[test]
fn what_a_function_is_taken_of_stays() {
    let (x, y, z) = (1e17, 1e17 - 16.0, 1.0);
    for jacobian in [kept_argument::jacobian(x, y, z), kept_argument::value_and_jacobian(x, y, z).1] {
        assert_eq!(jacobian[(1, 0)], 16.3_f64.cos());
        assert_eq!(jacobian[(1, 2)], 16.3_f64.sin());
    }
}

/// The types of generic functions and of `f32` have their own literals.
#[differentiable(jacobian = cross_country)]
fn of_singles(x: f32, y: f32) -> [f32; 2] {
    [0.3 * x.sin() * y.cos(), 0.3 * x.cos() * y.sin()]
}

#[differentiable(jacobian = cross_country)]
fn of_any_float<T: nalgebra::RealField + Copy + chainrule::Real>(x: T, y: T, #[no_diff] k: T) -> [T; 2] {
    [k * x.sin() * y.cos() * (x + x), k * x.cos() * y.sin().powi(3)]
}

#[test]
fn literals_have_the_type_of_the_function() {
    let (single, double) =
        (of_singles::jacobian(0.4, -1.1), literal_before_two_functions::eliminated::jacobian(0.4, -1.1));
    for (single, double) in single.iter().zip(&double) {
        assert!((f64::from(*single) - double).abs() < 1e-7, "{single} is not {double}");
    }
    let (single, double) = (of_any_float::jacobian(0.4_f32, -1.1, 0.3), of_any_float::jacobian(0.4, -1.1, 0.3));
    for (single, double) in single.iter().zip(&double) {
        assert!((f64::from(*single) - double).abs() < 1e-6, "{single} is not {double}");
    }
}

#[cfg(feature = "sparse")]
mod sparse {
    use super::*;

    #[differentiable(jacobian = cross_country, sparse)]
    fn chain(q: [f64; 3]) -> [f64; 3] {
        let [a, b, c] = q;
        [0.3 * a.sin() * b.cos(), 0.3 * a.cos() * b.sin(), 0.3 * b.sin() * c]
    }

    #[test]
    fn the_sparse_one_is_the_dense_one() {
        let q = [0.4, -1.1, 2.0];
        let sparse = chain::jacobian_sparse(q);
        let dense = chain::jacobian(q);
        let mut found = nalgebra::SMatrix::<f64, 3, 3>::zeros();
        sparse.triplet_iter().for_each(|(row, column, value)| found[(row, column)] = *value);
        assert_eq!(found, dense);
        assert_eq!(sparse.nnz(), 6);
    }
}
