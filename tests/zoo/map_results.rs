//! `m.map(f)` by the results of `f`: kept where they are overwritten, moved or returned; and functions of which the argument is
//! needed.

use crate::second_order::SecondOrder;
use chainrule::differentiable;
use nalgebra::{DMatrix, DVector, Vector3};

zoo! {
    // the result changes, and leaves
    pub fn overwritten_result(x: &DVector<f64>, s: f64) -> f64 {
        let mut z = x.map(f64::tanh);
        z *= s;
        let last = z;
        last.dot(x)
    }

    pub fn returned_result(x: &DMatrix<f64>) -> DMatrix<f64> {
        x.map(f64::exp)
    }

    pub fn assigned_results(x: &DVector<f64>, n: usize) -> f64 {
        let mut h = x.clone();
        for _ in 0..n {
            h = h.map(f64::tanh);
            h = h.map(f64::exp) * 0.3;
        }
        h.sum()
    }

    pub fn result_of_a_branch(x: &DVector<f64>, kind: usize) -> DVector<f64> {
        match kind {
            0 => x.map(f64::tanh),
            1 => x.map(f64::sin),
            2 => x.map(f64::sqrt),
            _ => x.clone(),
        }
    }

    // of a value without a name, and of a static size
    pub fn nested_results(x: &Vector3<f64>, y: &Vector3<f64>) -> f64 {
        let z = (x + y).map(f64::sqrt).map(f64::recip) + x.map(f64::cbrt);
        z.dot(&y.map(f64::tan))
    }

    // the argument is needed, not the result
    pub fn arguments(x: &DVector<f64>) -> f64 {
        let z = x.map(f64::sin);
        let w = z.map(f64::ln_1p);
        w.dot(&x.map(f64::atan))
    }

    // a cotangent that starts from the seed, and is added to
    pub fn columns_and_all(x: &DMatrix<f64>, b: &DVector<f64>) -> DMatrix<f64> {
        let mut z = x * 2.0;
        for j in 0..x.ncols() {
            let mut column = z.column_mut(j);
            column += b;
        }
        z
    }
}

#[test]
fn by_their_results() {
    let x = DVector::from_vec(vec![0.4, 1.3, 0.7]);
    let m = DMatrix::from_row_slice(2, 3, &[0.4, -1.3, 0.7, 0.1, 0.9, -0.2]);
    laws!(overwritten_result(x: &x.clone(), s: 1.7));
    map_laws!(returned_result(x: &m.clone()));
    laws!(assigned_results(x: &x.clone(), _: 3));
    laws!(assigned_results(x: &x.clone(), _: 0));
    map_laws!(result_of_a_branch(x: &x.clone(), _: 0));
    map_laws!(result_of_a_branch(x: &x.clone(), _: 1));
    map_laws!(result_of_a_branch(x: &x.clone(), _: 2));
    map_laws!(result_of_a_branch(x: &x.clone(), _: 3));
    laws!(nested_results(x: &Vector3::new(0.4, 1.3, 0.7), y: &Vector3::new(0.2, 0.5, -0.3)));
    laws!(arguments(x: &x.clone()));
    map_laws!(columns_and_all(x: &m.clone(), b: &DVector::from_vec(vec![0.4, 1.3])));
}

#[test]
fn a_zero_seed_wins_over_an_infinite_slope() {
    let x = DVector::from_vec(vec![0.0, 4.0]);
    let (_, pullback) = simplified::result_of_a_branch::vjp(&x, 2);
    assert_eq!(pullback(DVector::from_vec(vec![0.0, 1.0])), DVector::from_vec(vec![0.0, 0.25]));
    assert_eq!(pullback(DVector::from_vec(vec![1.0, 0.0])), DVector::from_vec(vec![f64::INFINITY, 0.0]));
}

#[differentiable(order = 2)]
fn of_results(x: &DVector<f64>) -> f64 {
    let mut z = x.map(f64::tanh);
    for i in 0..2 {
        z = z.map(f64::exp).map(f64::sqrt) * (i as f64 + 0.5);
    }
    z.dot(&x.map(f64::recip)) + x.map(f64::sin).sum()
}

#[test]
fn second_order() {
    let of = |x: &[f64]| DVector::from_column_slice(x);
    SecondOrder {
        name: "of_results",
        value: &|x| of_results(&of(x)),
        gradient: &|x| of_results::grad(&of(x)).as_slice().to_vec(),
        hvp: &|x, v| of_results::hvp(&of(x), of(v)).as_slice().to_vec(),
        at: vec![0.4, 1.3, 0.7],
    }
    .check();
}
