//! Sparse Jacobians in which neighbouring arguments with few columns share a set of directions, and nobody asks for the value.

use super::apart::{agrees, without};
use super::directions::{assert_agree, dense};
use chainrule::differentiable;
use chainrule::sparse::{ColumnColoring, Error};
use nalgebra::DMatrix;

mod neighbors {
    use super::*;

    /// The three numbers of the shift share a colour: with those of `scale` they take four lanes.
    #[differentiable(sparse)]
    pub fn shifted(scale: &[f64; 3], shift: &[f64; 3], parts: &[f64]) -> Vec<f64> {
        let mut y = Vec::new();
        for i in 0..parts.len() {
            for k in 0..3 {
                let at = parts[i] + k as f64;
                y.push(scale[0] + scale[1] * at + scale[2] * at * at + shift[k]);
            }
        }
        y
    }

    /// Six full columns: six lanes, none of which checks the others.
    #[differentiable(sparse)]
    pub fn full(a: &[f64; 3], b: &[f64; 3], parts: &[f64]) -> Vec<f64> {
        let mut y = Vec::new();
        for i in 0..parts.len() {
            let x = parts[i].sin();
            y.push(a[0] + a[1] * x + a[2] * x * x + b[0] * a[0] + b[1] * x.exp() + b[2] * x);
        }
        y
    }

    /// Seven columns are too many for one set.
    #[differentiable(sparse)]
    pub fn one_more(a: &[f64; 3], b: &[f64; 4], parts: &[f64]) -> Vec<f64> {
        let mut y = Vec::new();
        for i in 0..parts.len() {
            let x = parts[i].sin();
            y.push(a[0] + a[1] * x + a[2] * x * x + b[0] * a[0] + b[1] * x.exp() + b[2] * x + b[3]);
        }
        y
    }

    /// Where nothing is left beside it, each has a set of its own.
    #[differentiable(sparse)]
    pub fn nothing_else(a: &[f64; 3], b: &[f64; 3], at: &[f64; 5]) -> Vec<f64> {
        let mut y = Vec::new();
        for i in 0..5 {
            y.push(a[0] + a[1] * at[i] + a[2] * at[i] * at[i] + b[i % 3] * b[0]);
        }
        y
    }

    /// The same with constants.
    #[differentiable(sparse, wrt(a, b))]
    pub fn nothing_else_varies(a: &[f64; 3], b: &[f64; 3], at: &[f64; 5]) -> Vec<f64> {
        let mut y = Vec::new();
        for i in 0..5 {
            y.push(a[0] + a[1] * at[i] + a[2] * at[i] * at[i] + b[i % 3] * b[0]);
        }
        y
    }

    /// The same as `shifted`, written out.
    #[differentiable(sparse, simplify = false)]
    pub fn unsimplified(scale: &[f64; 3], shift: &[f64; 3], parts: &[f64]) -> Vec<f64> {
        let mut y = Vec::new();
        for i in 0..parts.len() {
            for k in 0..3 {
                let at = parts[i] + k as f64;
                y.push(scale[0] + scale[1] * at + scale[2] * at * at + shift[k]);
            }
        }
        y
    }

    /// Scalars, pairs and arrays by value, before and after a list whose length is not written.
    #[differentiable(sparse)]
    pub fn mixed(a: f64, b: (f64, f64), list: Vec<f64>, c: [f64; 2], d: f64, e: [[f64; 1]; 3]) -> Vec<f64> {
        let mut y = list;
        for i in 0..y.len() {
            y[i] = y[i] * a + b.0 * b.1 - c[i % 2] * d + e[i % 3][0];
        }
        y
    }
}

/// The Jacobian, and the error for each entry that the pattern lacks.
macro_rules! is_checked {
    ($($name:ident)::+ ($($arg:expr),*)) => {{
        let coloring = agrees!($($name)::+($($arg),*));
        for missing in 0..coloring.pattern().nnz() {
            let (row, coloring) = without(coloring.pattern(), missing);
            let jacobian = $($name)::+::jacobian_colored($($arg,)* &coloring);
            assert_eq!(jacobian, Err(Error::Pattern { row }), "without entry {missing}");
        }
        coloring
    }};
}

#[test]
fn neighbors_that_share() {
    let (a, b) = ([0.5, -0.25, 1.5], [0.75, 2.0, -1.0]);
    // the last has more columns than a word has bits
    for count in [1, 2, 5, 70] {
        let parts: Vec<f64> = (0..count).map(|i| (i as f64 + 0.5).sin()).collect();
        let coloring = is_checked!(neighbors::shifted(&a, &b, &parts));
        assert_eq!(coloring.colors(), 5);
        is_checked!(neighbors::unsimplified(&a, &b, &parts));
        is_checked!(neighbors::full(&a, &b, &parts));
        is_checked!(neighbors::one_more(&a, &[0.75, 2.0, -1.0, 0.5], &parts));
        agrees!(neighbors::mixed(0.5, (1.5, -0.5), parts.clone(), [0.25, 2.0], -0.75, [[1.0], [2.0], [3.0]]));
    }
    let at = [0.5, 1.5, -0.25, 0.1, -2.0];
    is_checked!(neighbors::nothing_else(&a, &b, &at));
    is_checked!(neighbors::nothing_else_varies(&a, &b, &at));
}

mod values {
    use super::*;

    /// Nothing reads the values of the lists, or of what enters them.
    #[differentiable(sparse)]
    pub fn unread(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut sums = Vec::with_capacity(x.len());
        let mut total = 0.0;
        for i in 0..x.len() {
            let mut pair = [0.0; 2];
            pair[0] = x[i] * y[i];
            pair[1] += 3.0 * y[i];
            total += pair[0];
            sums.push(pair);
        }
        let mut z = Vec::new();
        for i in (0..x.len()).rev() {
            z.push(2.0 * sums[i][0] - sums[i][1]);
        }
        z.push(total);
        z
    }

    /// Their lengths are read, an element of one is, and another is a factor.
    #[differentiable(sparse)]
    pub fn read(x: &[f64], y: &[f64]) -> Vec<f64> {
        let (mut counted, mut looked_at, mut factors) = (Vec::new(), Vec::new(), Vec::new());
        let mut z = Vec::new();
        for i in 0..x.len() {
            if x[i] > 0.0 {
                counted.push(x[i]);
            }
            looked_at.push(x[i] + y[i]);
            factors.push(x[i].exp());
            if looked_at[i] > 1.0 {
                z.push(y[i] * counted.len() as f64);
            }
            z.push(y[i] * factors[i] + looked_at[i]);
        }
        z
    }

    /// What leaves a list was in it.
    #[differentiable(sparse)]
    pub fn popped(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut waiting = Vec::new();
        let mut z = Vec::new();
        for i in 0..x.len() {
            waiting.push(x[i] * x[i]);
            if y[i] > 0.0 {
                z.push(y[i]);
                let last = waiting.pop().unwrap();
                z.push(last * y[i]);
            }
        }
        z
    }

    /// What the capacity counts is counted once, whoever asks for the value.
    #[differentiable(sparse)]
    pub fn counts(x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut n = 0;
        let mut z = Vec::with_capacity({
            n += 1;
            x.len()
        });
        let mut total = 0.0;
        for i in 0..x.len() {
            z.push(x[i] * n as f64);
            n += 1;
            z.push(y[i] * n as f64);
            total += x[i].sin().exp() + y[i].cos().exp();
        }
        z.push(total);
        z
    }
}

#[test]
fn values_that_nobody_asks_for() {
    let (x, y) = ([0.5, -0.25, 2.0, 1.5], [1.5, 0.5, -1.0, 0.25]);
    agrees!(values::unread(&x, &y));
    agrees!(values::read(&x, &y));
    agrees!(values::read(&y, &x));
    agrees!(values::popped(&x, &y));
    agrees!(values::popped(&x, &[0.5, -1.0, -1.0, 2.0]));
    agrees!(values::counts(&x, &y));
    let along = values::counts::jvp(&x, &y, (&[0.0; 4], &[0.0; 4]));
    assert_eq!(along, (values::counts(&x, &y), vec![0.0; 9]));
    assert_eq!(dense(&values::counts::jacobian(&x, &y))[(0, 0)], 1.0);
}
