use alloc::vec::Vec;

use super::{curvature, gauss_newton, power_iteration};

/// A symmetric matrix with the eigenvalues 1, 2, 4, as `v -> H v`.
#[expect(clippy::ptr_arg, reason = "an operator takes the vector type itself")]
fn product(v: &Vec<f64>) -> Vec<f64> {
    // Q diag(1, 2, 4) Qᵀ with the Householder matrix Q = I - 2 u uᵀ of u = (1, 2, 2) / 3
    let u = [1.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0];
    let reflect = |v: &[f64]| {
        let along: f64 = u.iter().zip(v).map(|(u, v)| 2.0 * u * v).sum();
        v.iter().zip(u).map(|(v, u)| v - along * u).collect::<Vec<f64>>()
    };
    let scaled: Vec<f64> = reflect(v).iter().zip([1.0, 2.0, 4.0]).map(|(v, value)| v * value).collect();
    reflect(&scaled)
}

#[test]
fn the_power_method_finds_the_largest() {
    let pair = power_iteration(product, Vec::from([1.0, 0.5, 0.25]), 1e-10, 200);
    assert!((pair.value - 4.0).abs() < 1e-9, "{pair:?}");
    assert!(pair.residual <= 4e-10 && pair.products < 60, "{pair:?}");
    assert!((curvature(product, &pair.vector) - 4.0).abs() < 1e-9);
    let of_nothing = power_iteration(product, Vec::from([0.0; 3]), 1e-10, 200);
    assert_eq!((of_nothing.value, of_nothing.products), (0.0, 0));
}

#[cfg(feature = "nalgebra")]
#[test]
fn lanczos_finds_both_ends() {
    let ends = super::lanczos(product, Vec::from([1.0, 0.5, 0.25]), 3).expect("a start that is not zero");
    assert!((ends.smallest.value - 1.0).abs() < 1e-13, "{ends:?}");
    assert!((ends.largest.value - 4.0).abs() < 1e-13, "{ends:?}");
    assert!((curvature(product, &ends.smallest.vector) - 1.0).abs() < 1e-13);
    // the Krylov space of an eigenvector has one dimension
    let alone = super::lanczos(product, ends.largest.vector, 3).expect("a start that is not zero");
    assert!((alone.largest.value - 4.0).abs() < 1e-12 && alone.largest.residual < 1e-12, "{alone:?}");
    assert!(super::lanczos(product, Vec::from([0.0; 3]), 3).is_none());
}

#[test]
fn gauss_newton_is_the_normal_matrix() {
    // J = [[1, 2], [0, 3], [4, 0]]
    let jvp = |v: &Vec<f64>| [v[0] + 2.0 * v[1], 3.0 * v[1], 4.0 * v[0]];
    let vjp = |r: [f64; 3]| Vec::from([r[0] + 4.0 * r[2], 2.0 * r[0] + 3.0 * r[1]]);
    let got = gauss_newton(jvp, vjp, 0.5, &Vec::from([1.0, -1.0]));
    assert_eq!(got, [17.0 - 2.0 + 0.5, 2.0 - 13.0 - 0.5]);
}
