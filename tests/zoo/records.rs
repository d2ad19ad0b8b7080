//! Blocks that save several values, in one record of one stack; and such where a value is gone before the last one is there.

use chainrule::differentiable;
use nalgebra::{DVector, Vector2};

#[differentiable]
pub fn stretched(v: &DVector<f64>, s: f64) -> DVector<f64> {
    v * s.exp()
}

#[differentiable]
pub fn turned(v: Vector2<f64>, angle: f64) -> Vector2<f64> {
    Vector2::new(v[0] * angle.cos() - v[1] * angle.sin(), v[0] * angle.sin() + v[1] * angle.cos())
}

#[differentiable]
pub fn ends(xs: &[f64]) -> Option<(f64, f64)> {
    Some((*xs.first()?, *xs.last()?))
}

zoo! {
    // pullbacks, floats and matrices; `w` is taken behind the place where it is saved
    pub fn pullbacks(x: &[f64]) -> f64 {
        let mut v = DVector::from_vec(x.to_vec());
        let mut sum = 0.3;
        for i in 0..x.len() {
            let w = stretched(&v, x[i] * 0.2);
            let s = (w[0] * w[1] * sum).sin();
            v = stretched(&w, s) + w;
            sum += v[1] * s;
        }
        v[0] * v[1] * sum
    }

    // a value is replaced between the places where two are saved
    pub fn replaced_between(x: &[f64]) -> f64 {
        let mut v = Vector2::new(x[0], 0.4);
        let mut total = 1.0;
        for i in 0..x.len() {
            if x[i] > -0.5 {
                let before = v[0] * v[1];
                v = turned(v, before * x[i]);
                total *= v[0] + 1.5;
                v = turned(v, total);
            }
        }
        total * v[0]
    }

    // lists have stacks of their own
    pub fn beside_lists(x: &[f64]) -> f64 {
        let mut row = x.to_vec();
        let mut sum = 0.2;
        let mut count = 0;
        while count < 3 {
            let scale = (sum * row[0]).cos();
            let other = (scale * row[1]).sin();
            row = row.iter().map(|r| r * scale + other * r * r).collect();
            sum += row[2] * other;
            count += 1;
        }
        sum * row[0]
    }

    // what branches outside of loops save
    pub fn branches(x: &[f64], y: f64) -> f64 {
        let mut v = Vector2::new(y, x[0]);
        let mut w = v;
        if y > 0.0 {
            w = turned(v, x[1]);
            v = turned(w, w[0]) + w;
        } else if let Some((first, last)) = ends(x) {
            v = turned(w, first) * last;
            w = turned(v, last) * v[1];
        }
        v.dot(&w) * v[0]
    }

    // the outer loop is fused with its reverse, and empties the record
    pub fn emptied(x: &[f64], w: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            let mut v = Vector2::new(x[i], 1.0);
            for j in 0..w.len() {
                if w[j] > 0.0 {
                    let angle = (v[0] * w[j]).tanh();
                    v = turned(v, angle);
                    v = turned(v * w[j], v[1]);
                }
            }
            sum += v[0] * v[1];
        }
        sum
    }

    // names that are used again
    pub fn shadowed(x: &[f64]) -> f64 {
        let mut p = Vector2::new(x[0], x[1]);
        for &a in x {
            let p_kept = turned(p, a);
            let saved = p_kept.dot(&p).sin();
            p = p_kept * saved;
            let p_kept = turned(p, saved);
            p += p_kept * a;
        }
        p[0] * p[1]
    }
}

const X: [f64; 4] = [0.3, -0.8, 1.1, 0.6];
const W: [f64; 3] = [0.7, -0.2, 1.2];

#[test]
fn records() {
    let (x, w) = (X.to_vec(), W.to_vec());
    laws!(pullbacks(x: &x.clone()));
    laws!(replaced_between(x: &x.clone()));
    laws!(beside_lists(x: &x.clone()));
    laws!(branches(x: &x.clone(), y: 0.7));
    laws!(branches(x: &x.clone(), y: -0.7));
    laws!(emptied(x: &x.clone(), w: &w.clone()));
    laws!(shadowed(x: &x.clone()));
}
