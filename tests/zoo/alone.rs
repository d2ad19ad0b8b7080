//! Sparse Jacobians of functions that call others along one of several arguments, or with tangents that are zero.

use super::apart::agrees;
use super::directions::{assert_agree, dense};
use chainrule::differentiable;
use chainrule::sparse::ColumnColoring;
use nalgebra::DMatrix;

mod alone {
    use super::*;

    #[differentiable(sparse)]
    pub fn product(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
        let mut c = [[0.0; 2]; 2];
        for i in 0..2 {
            for j in 0..2 {
                c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
            }
        }
        c
    }

    /// Names that a tangent may want.
    #[differentiable(sparse)]
    pub fn quotient(x: f64, x_dot: f64, x_dot_1: f64) -> f64 {
        x / x_dot - (x * x_dot_1).sqrt()
    }

    #[differentiable(sparse)]
    pub fn sum(x: Vec<f64>, by: f64) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += by * x[i];
        }
        sum
    }

    /// A constant on either side, none, and both.
    #[differentiable(sparse)]
    pub fn chain(a: &[[f64; 2]; 2]) -> [f64; 6] {
        let base = [[0.5, 1.5], [-1.0, 0.25]];
        let left: [[f64; 2]; 2] = product(&base, a);
        let right: [[f64; 2]; 2] = product(&left, &base);
        let square: [[f64; 2]; 2] = product(&right, &left);
        let fixed: [[f64; 2]; 2] = product(&base, &base);
        let q: f64 = quotient(square[0][0], 2.0, 3.0);
        let r: f64 = quotient(2.0, square[0][0], 3.0);
        let s: f64 = quotient(2.0, square[0][1] * square[0][1], square[0][0]);
        let t: f64 = quotient(2.0, 3.0, square[0][0]);
        let values = vec![a[0][0], a[1][0]];
        let u: f64 = sum(values.clone(), 3.0);
        let v: f64 = sum(vec![1.0, 2.0], a[1][1]);
        [q, r, s + fixed[0][1], t, u, v]
    }

    /// `0 * x` is not zero where `x` is infinite: a constant has no tangent that could be multiplied.
    #[differentiable(sparse)]
    pub fn beside_infinity(x: f64) -> f64 {
        let y: f64 = quotient(x, f64::INFINITY, 1.0);
        y
    }
}

#[test]
fn callees_along_one_argument() {
    agrees!(alone::chain(&[[0.5, 0.25], [0.75, 1.25]]));
    let jacobian = alone::beside_infinity::jacobian_sparse(4.0);
    assert_eq!(jacobian.values(), [-0.25]);
}

mod still {
    use super::*;

    #[differentiable(sparse)]
    pub fn product(a: &[[f64; 3]; 3], b: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
        let mut c = [[0.0; 3]; 3];
        for i in 0..3 {
            for j in 0..3 {
                c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
            }
        }
        c
    }

    /// A scalar and an array by value, a list and a number that is not differentiated.
    #[differentiable(sparse)]
    pub fn mixed<const N: usize>(by: f64, x: [f64; N], list: &[f64], n: usize) -> [f64; N] {
        let mut y = x;
        for _ in 0..n {
            for i in 0..N {
                y[i] = y[i] * by + x[i] * list[i] - by * by;
                y[i] -= list[i] * list[i];
            }
        }
        y
    }

    /// One argument, whose name is that of the function: it is not called by this name here.
    #[differentiable(sparse)]
    pub fn turn(turn: &[f64; 3]) -> [[f64; 3]; 3] {
        let (s, c) = (turn[0].sin(), turn[0].cos());
        let about_x = [[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]];
        let about_z = [[turn[2].cos(), -turn[2].sin(), 0.0], [turn[2].sin(), turn[2].cos(), 0.0], [0.0, 0.0, 1.0]];
        let both: [[f64; 3]; 3] = product(&about_z, &about_x);
        both
    }

    /// A chain in which some links do not move, some by the second argument, and some by one angle of three.
    #[differentiable(sparse)]
    pub fn links(x: &[[f64; 2]], y: &[f64], moves: &[usize]) -> Vec<f64> {
        let mut angles = [[0.0; 3]; 5];
        for i in 0..x.len() {
            angles[moves[i]][0] = x[i][0];
            angles[moves[i]][2] = x[i][1];
        }
        let mut at = [[0.5, 1.5, -1.0], [0.25, 2.0, 0.0], [1.0, 0.0, -0.5]];
        let mut seen = Vec::new();
        for i in 0..5 {
            let turn: [[f64; 3]; 3] = turn(&angles[i]);
            let next: [[f64; 3]; 3] = product(&at, &turn);
            let ends: [f64; 2] = mixed(next[0][0], [next[1][0], next[1][1]], &next[2], 2);
            seen.push(ends[0]);
            seen.push(ends[1]);
            at = next;
        }
        for i in 0..y.len() {
            seen.push(y[i] * y[i]);
        }
        seen
    }

    /// As many columns as there are, in sums and in calls.
    #[differentiable(sparse)]
    pub fn one_by_one(x: &[f64], y: f64) -> Vec<f64> {
        let mut seen = Vec::new();
        for i in 0..x.len() {
            let turn: [[f64; 3]; 3] = turn(&[x[i], 0.0, x[i] * x[i]]);
            let mut sum = turn[0][1];
            sum += x[i] * turn[0][2];
            seen.push(sum + y);
        }
        seen
    }

    /// Links that do not move, perhaps infinitely long, before one that does.
    #[differentiable(sparse, wrt(x, y))]
    pub fn before_a_moving_one(x: &[f64; 4], y: f64, length: f64) -> Vec<f64> {
        let mut all = [[[0.5, 2.0, 3.0], [1.5, length, 1.0], [1.0, -1.0, 0.5]]; 3];
        all[2] = [[x[0], x[1], 0.0], [x[2], x[3], 0.0], [0.0, 0.0, 1.0]];
        let fixed: [[f64; 3]; 3] = product(&all[0], &all[1]);
        let moved: [[f64; 3]; 3] = product(&all[2], &all[2]);
        vec![moved[0][0] + fixed[0][0], moved[1][1], y * y]
    }
}

/// Calls with tangents that are zero: all of them, one of several, and none.
#[test]
fn callees_of_what_does_not_move() {
    let x = [[0.5, -0.25], [0.75, 0.1], [-1.0, 0.3]];
    for moves in [[0, 1, 2], [2, 3, 4], [1, 1, 3], [4, 4, 4]] {
        for count in 0..4 {
            agrees!(still::links(&x[..count], &[1.5, 0.5], &moves));
        }
    }
    for count in [1, 64, 70] {
        let x: Vec<f64> = (0..count).map(|i| (i as f64 + 0.5).sin()).collect();
        agrees!(still::one_by_one(&x, 0.5));
    }
    let x = [0.5, 1.0, -1.0, 0.25];
    let coloring = agrees!(still::before_a_moving_one(&x, 2.0, 1.0));
    let jacobian = still::before_a_moving_one::jacobian_colored(&x, 2.0, 1.0, &coloring);
    assert_eq!(still::before_a_moving_one::jacobian_colored(&x, 2.0, f64::INFINITY, &coloring), jacobian);
}
