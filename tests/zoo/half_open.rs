//! Loops up to and including a bound: those over indices are half-open to the passes, and others are not.

use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct V2 {
    pub x: f64,
    pub y: f64,
}

#[differentiable]
impl V2 {
    fn inner(self, other: V2) -> f64 {
        self.x * other.x + self.y * other.y * self.y
    }
}

zoo! {
    // a tree of prices, from the last step to the first
    pub fn binomial(x: &[f64], p: f64) -> f64 {
        let mut v = x.to_vec();
        for step in (0..x.len() - 1).rev() {
            for i in 0..=step {
                v[i] = (p * v[i + 1] + (1.0 - p) * v[i]) * v[i];
            }
        }
        v[0]
    }

    // triangles in a flat matrix, by products of indices
    pub fn triangles(x: &[f64], n: usize) -> f64 {
        let mut a = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                a[i * n + j] = x[i] * x[j] + if i == j { 2.0 } else { 0.0 };
            }
        }
        let last = n - 1;
        for j in 0..=last {
            for k in 1..=j {
                for i in j..=last {
                    a[i * n + j] -= a[i * n + k - 1] * a[j * n + k - 1];
                }
            }
            a[j * n + j] = a[j * n + j].sqrt();
            for i in j + 1..n {
                a[i * n + j] /= a[j * n + j];
            }
        }
        (0..=n - 1).map(|i| a[i * n + i].ln()).sum()
    }

    // rows of rows, downwards
    pub fn grid(x: &[f64]) -> f64 {
        let mut rows = vec![x.to_vec(), x.to_vec(), x.to_vec()];
        for _ in 0..2 {
            for i in (1..=1).rev() {
                for j in (1..=x.len() - 2).rev() {
                    rows[i][j] = rows[i - 1][j] * rows[i + 1][j] + rows[i][j - 1] * rows[i][j + 1];
                }
            }
        }
        rows[1][1]
    }

    // left early, and every second one
    pub fn left(x: &[f64]) -> f64 {
        let mut y = x.to_vec();
        for i in 0..=x.len() - 1 {
            y[i] = y[i] * y[0];
            if y[i] < -0.9 {
                break;
            }
        }
        for i in (0..=x.len() - 1).step_by(2) {
            y[i] = y[i] * y[i];
        }
        y.iter().sum()
    }

    // what is read at the end of a branch only
    pub fn branches(x: &[f64]) -> f64 {
        let mut total = 0.0;
        for i in 0..=2 {
            let s = (x[0] * i as f64).sin();
            total += if s > 0.3 { x[i] * s } else { s };
        }
        total
    }

    // integers that have no successor, and such that are no indices
    pub fn bytes(x: f64) -> f64 {
        let mut y = x;
        for k in 250..=u8::MAX {
            y = (y * 0.01 * k as f64).sin();
        }
        for k in -1..=1 {
            y = y * y + k as f64 * x;
        }
        y
    }

    // an index that is counted as another type
    pub fn cast(x: &[f64]) -> f64 {
        let mut y = x.to_vec();
        for k in 0..=2u8 {
            y[k as usize] = y[k as usize] * y[0];
        }
        y[2]
    }

    // copies that a method takes, of what is there in both sweeps
    pub fn copies(points: &[V2], s: f64) -> f64 {
        let p = points[0];
        let mut total = s;
        for q in points {
            let d = *q;
            total = total * p.inner(d) + d.inner(d) * p.inner(p);
        }
        total
    }

    // and of what changes
    pub fn changing_copies(points: &[V2], s: f64) -> f64 {
        let mut p = points[0];
        let mut total = s;
        for q in points {
            let before = p;
            p = V2 { x: q.x * p.inner(*q), y: p.y * s };
            total = total * before.inner(p) + before.inner(before);
        }
        total
    }
}

#[test]
fn half_open() {
    let x = vec![0.3, -0.8, 1.1, 0.6];
    laws!(binomial(x: &x.clone(), p: 0.4));
    laws!(triangles(x: &x.clone(), _: 4));
    laws!(grid(x: &x.clone()));
    laws!(left(x: &x.clone()));
    laws!(branches(x: &x.clone()));
    laws!(bytes(x: 0.4));
    laws!(cast(x: &x.clone()));
    let points = vec![V2 { x: 0.7, y: 1.3 }, V2 { x: -0.4, y: 0.9 }, V2 { x: 0.2, y: -0.6 }];
    laws!(copies(points: &points.clone(), s: 0.6));
    laws!(changing_copies(points: &points.clone(), s: 0.6));
}

/// The last index of an empty list is an error in both, whether integers may overflow or not.
#[test]
fn bounds_before_the_first() {
    let empty: Vec<f64> = Vec::new();
    let panics = |f: &dyn Fn()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)).is_err();
    assert!(panics(&|| {
        simplified::left(&empty);
    }));
    assert!(panics(&|| {
        simplified::left::grad(&empty);
    }));
}
