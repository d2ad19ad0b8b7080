//! Sparse Jacobians whose arguments are pushed apart, and callees along one of several arguments.

use super::directions::{assert_agree, dense};
use chainrule::differentiable;
use chainrule::sparse::{ColumnColoring, Error, SparsityPattern};
use nalgebra::DMatrix;

/// The sparse Jacobian in all ways, against that by columns one by one.
macro_rules! agrees {
    ($($name:ident)::+ ($($arg:expr),*)) => {{
        let expected = dense(&$($name)::+::jacobian($($arg),*));
        let sparse = $($name)::+::jacobian_sparse($($arg),*);
        assert_agree(&DMatrix::from(&sparse), &expected);
        let coloring = ColumnColoring::of($($name)::+::jacobian_pattern($($arg),*));
        let colored = $($name)::+::jacobian_colored($($arg,)* &coloring).unwrap();
        assert_agree(&DMatrix::from(&colored), &expected);
        coloring
    }};
}

pub(super) use agrees;

mod pose {
    use super::*;

    #[differentiable(sparse)]
    pub fn turned(a: &[f64; 2], angle: f64) -> [f64; 2] {
        [a[0] * angle.cos() - a[1] * angle.sin(), a[0] * angle.sin() + a[1] * angle.cos()]
    }

    /// Links of several arms, one after the other.
    #[differentiable(sparse)]
    pub fn ends(bends: &[[f64; 3]]) -> Vec<[f64; 2]> {
        let mut ends = Vec::new();
        for i in 0..bends.len() {
            let mut at = [0.0; 2];
            for k in 0..3 {
                let end: [f64; 2] = turned(&[1.0 + at[0], at[1]], bends[i][k]);
                at = end;
            }
            ends.push(at);
        }
        ends
    }

    /// A whole that turns and moves, with parts that move by themselves.
    #[differentiable(sparse, wrt(turn, shift, bends))]
    pub fn residuals(turn: f64, shift: &[f64; 2], bends: &[[f64; 3]], seen: &[f64]) -> Vec<f64> {
        let ends: Vec<[f64; 2]> = ends(bends);
        let mut differences = Vec::new();
        for i in 0..ends.len() {
            let place = [
                ends[i][0] * turn.cos() - ends[i][1] * turn.sin() + shift[0],
                ends[i][0] * turn.sin() + ends[i][1] * turn.cos() + shift[1],
            ];
            for k in 0..2 {
                differences.push(place[k] - seen[2 * i + k]);
            }
        }
        differences
    }

    /// A call depends on two arguments: the arguments share their directions.
    #[differentiable(sparse)]
    pub fn calls_along_both(turn: f64, bends: &[[f64; 3]]) -> Vec<f64> {
        let ends: Vec<[f64; 2]> = ends(bends);
        let mut places = Vec::new();
        for i in 0..ends.len() {
            let place: [f64; 2] = turned(&ends[i], turn);
            places.push(place[0]);
            places.push(place[1]);
        }
        places
    }
}

#[test]
fn parts_of_a_whole() {
    // the last has more columns than a word has bits
    for arms in [1, 2, 7, 25] {
        let bends: Vec<[f64; 3]> = (0..arms).map(|i| [0.1, 0.2, 0.3].map(|x| x * (i as f64 + 1.0).sin())).collect();
        let seen: Vec<f64> = (0..2 * arms).map(|i| (i as f64).cos()).collect();
        let coloring = agrees!(pose::residuals(0.3, &[0.5, -0.25], &bends, &seen));
        assert_eq!(coloring.colors(), 5);
        agrees!(pose::calls_along_both(0.3, &bends));
        // another point
        let other = pose::residuals::jacobian_sparse(-0.7, &[0.0, 0.0], &bends, &seen);
        assert_eq!(pose::residuals::jacobian_colored(-0.7, &[0.0, 0.0], &bends, &seen, &coloring), Ok(other));
    }
}

/// A pattern without one of its entries, and the row of that entry.
pub(super) fn without(whole: &SparsityPattern, entry: usize) -> (usize, ColumnColoring) {
    let (mut offsets, mut rows) = (whole.major_offsets().to_vec(), whole.minor_indices().to_vec());
    let row = rows.remove(entry);
    offsets.iter_mut().filter(|offset| **offset > entry).for_each(|offset| *offset -= 1);
    let pattern =
        SparsityPattern::try_from_offsets_and_indices(whole.major_dim(), whole.minor_dim(), offsets, rows).unwrap();
    (row, ColumnColoring::of(pattern))
}

/// Every entry by itself is missed, whether its column has a colour of its own or not, and whether columns can be told apart.
#[test]
fn entries_that_a_pattern_lacks() {
    for arms in [2, 25] {
        let bends: Vec<[f64; 3]> = (0..arms).map(|i| [0.1, 0.2, 0.3].map(|x| x + (i as f64 + 1.0).sin())).collect();
        let seen = vec![0.0; 2 * arms];
        let whole = pose::residuals::jacobian_pattern(0.3, &[0.5, -0.25], &bends, &seen);
        for missing in 0..whole.nnz() {
            let (row, coloring) = without(&whole, missing);
            let jacobian = pose::residuals::jacobian_colored(0.3, &[0.5, -0.25], &bends, &seen, &coloring);
            assert_eq!(jacobian, Err(Error::Pattern { row }), "without entry {missing}");
        }
        let coloring = ColumnColoring::of(whole);
        let shape = Err(Error::Shape { pattern: (2 * arms, 3 + 3 * arms), found: (2, 6) });
        assert_eq!(pose::residuals::jacobian_colored(0.3, &[0.5, -0.25], &bends[..1], &seen[..2], &coloring), shape);
    }
}

mod zero {
    use super::*;

    /// With an entry for each of the arguments, that of the first is zero where the second is.
    #[differentiable(sparse)]
    pub fn products(x: &[f64], y: &[f64]) -> Vec<[f64; 2]> {
        let mut z = Vec::new();
        for i in 0..x.len() {
            z.push([x[i] * y[i], y[i].exp()]);
        }
        z
    }
}

/// An entry that is zero may be missing.
#[test]
fn zeros_that_a_pattern_lacks() {
    let (x, y) = ([0.5, -0.25, 2.0], [1.5, 0.0, -1.0]);
    agrees!(zero::products(&x, &y));
    let whole = zero::products::jacobian_pattern(&x, &y);
    let missing = whole.entries().position(|(column, row)| (row, column) == (2, 1)).unwrap();
    let coloring = without(&whole, missing).1;
    let jacobian = zero::products::jacobian_colored(&x, &y, &coloring).unwrap();
    assert_eq!(jacobian.nnz(), whole.nnz() - 1);
    assert_agree(&DMatrix::from(&jacobian), &dense(&zero::products::jacobian(&x, &y)));
    // .. not any more
    assert_eq!(zero::products::jacobian_colored(&x, &[1.5, 0.5, -1.0], &coloring), Err(Error::Pattern { row: 2 }));
}

mod several {
    use super::*;

    /// The columns of two arguments share a colour.
    #[differentiable(sparse)]
    pub fn beside_each_other(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut z = Vec::new();
        for i in 0..x.len() {
            z.push(x[i].sin());
        }
        for i in 0..y.len() {
            z.push(y[i] * y[i]);
        }
        z
    }

    /// More colours than one set has lanes.
    #[differentiable(sparse)]
    pub fn full(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut z = vec![0.0; 3];
        for row in 0..3 {
            let mut scale = 1.0;
            for i in 0..x.len() {
                scale += (row as f64 + 1.0) * x[i] * x[i];
            }
            for i in 0..y.len() {
                z[row] += y[i] * scale;
            }
        }
        z
    }

    /// Nothing depends on the second argument, and what does not depend on any is added to.
    #[differentiable(sparse)]
    pub fn without_one(x: &[f64], y: &[f64], z: &[f64]) -> (Vec<f64>, f64) {
        let mut w = y.to_vec();
        let mut sum = 0.0;
        for i in 0..x.len() {
            w[i] = x[i] * z[0];
            sum += z[i];
        }
        (w, sum)
    }

    /// A condition, an assignment through it, and what is overwritten.
    #[differentiable(sparse)]
    pub fn branches(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut z = x.to_vec();
        let mut last = y[0];
        for i in 0..x.len() {
            if x[i] > 0.0 {
                z[i] = y[i].exp() * x[i];
                last = z[i];
            } else if y[i] > 0.0 {
                z[i] -= last.max(x[i]);
            }
            last *= 0.5;
        }
        z.push(last);
        z
    }

    /// A row with an infinite derivative, in which lanes without an entry are `0 * inf`.
    #[differentiable(sparse)]
    pub fn beside_infinity(x: &[f64], y: &[f64]) -> Vec<f64> {
        let first = 1.0 / x[0] + y[0];
        let second = x[0] * x[1] + y[0] * y[1];
        vec![first, second]
    }

    #[differentiable(sparse)]
    pub fn add_to(sum: &mut [f64], x: &[f64]) {
        for i in 0..x.len() {
            sum[i] += x[i] * x[i];
        }
    }

    /// A callee writes: its tangents share their directions.
    #[differentiable(sparse)]
    pub fn through_a_callee(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut z = vec![0.0; x.len()];
        add_to(&mut z, x);
        for i in 0..y.len() {
            z[i] *= y[i];
        }
        z
    }

    #[differentiable(sparse)]
    pub fn through_two_callees(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut z = vec![0.0; x.len()];
        add_to(&mut z, x);
        add_to(&mut z, y);
        z
    }
}

#[test]
fn several_arguments() {
    let (x, y) = ([0.5, -0.2, 0.75, -0.1], [1.5, 0.3, -0.25, 2.0]);
    let coloring = agrees!(several::beside_each_other(&x, &y));
    assert_eq!(coloring.colors(), 1);
    for n in [1, 4, 5, 6, 9, 10, 11] {
        let x: Vec<f64> = (0..n).map(|i| (i as f64 + 0.5).sin()).collect();
        agrees!(several::full(&x, &y));
        agrees!(several::full(&y, &x));
    }
    agrees!(several::without_one(&x, &y, &x));
    agrees!(several::branches(&x, &y));
    agrees!(several::branches(&y, &x));
    agrees!(several::beside_infinity(&x[..2], &y[..2]));
    let coloring = ColumnColoring::of(several::beside_infinity::jacobian_pattern(&x[..2], &y[..2]));
    let jacobian = several::beside_infinity::jacobian_colored(&[0.0, 2.0], &y[..2], &coloring).unwrap();
    assert_eq!(jacobian.get_entry(0, 0).map(|entry| entry.into_value()), Some(f64::NEG_INFINITY));
    agrees!(several::through_a_callee(&x, &y));
    agrees!(several::through_two_callees(&x, &y));
}

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
