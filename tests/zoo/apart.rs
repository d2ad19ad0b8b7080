//! Sparse Jacobians whose arguments are pushed apart.

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
