//! Tables that stand outside of the function or in it: constants and statics that are iterated over, and numbers with a name.

use chainrule::differentiable;

const NODES: [f64; 3] = [-0.775, 0.0, 0.775];
static WEIGHTS: [f64; 3] = [0.556, 0.889, 0.556];
const EDGES: &[(usize, usize, f64)] = &[(0, 1, 1.0), (1, 2, 0.7), (2, 0, 1.3)];

mod elsewhere {
    pub const ROWS: [[f64; 2]; 2] = [[0.3, -1.2], [0.8, 0.4]];
}

pub struct Link {
    pub length: f64,
    pub offset: f64,
}
const ARM: [Link; 2] = [Link { length: 0.5, offset: 0.1 }, Link { length: 0.4, offset: -0.2 }];

trait Rule {
    const POINTS: [f64; 2];
}
struct Gauss;
impl Rule for Gauss {
    const POINTS: [f64; 2] = [0.2, 0.8];
}
impl Gauss {
    const ALL: [[f64; 2]; 2] = [[0.1, 0.9], [0.5, 0.5]];
}

zoo! {
    pub fn quadrature(a: f64, b: f64) -> f64 {
        let half = 0.5 * (b - a);
        NODES.iter().zip(WEIGHTS.iter()).map(|(x, w)| w * half * (a + half * (x + 1.0)).exp()).sum()
    }

    pub fn springs(xs: &[f64]) -> f64 {
        let mut energy = 0.0;
        for &(i, j, stiffness) in EDGES {
            energy += 0.5 * stiffness * (xs[i] - xs[j]).powi(2);
        }
        for (i, j, rest) in EDGES.iter() {
            energy *= xs[*i] + xs[*j] - rest;
        }
        energy
    }

    pub fn by_value(xs: &[f64]) -> f64 {
        let mut y = 1.0;
        for w in WEIGHTS {
            y = y * xs[0] + w;
        }
        for (x, row) in xs.iter().zip(elsewhere::ROWS) {
            y += row[0] * x * y + row[1];
        }
        for row in &elsewhere::ROWS {
            y += xs.iter().zip(row).map(|(x, c)| x * c).sum::<f64>();
        }
        y
    }

    pub fn of_a_type(x: f64) -> f64 {
        let mut y = x;
        for (i, p) in Gauss::POINTS.iter().rev().enumerate() {
            y = y * p + x * i as f64;
        }
        for w in Gauss::ALL[1].windows(2).chain(Gauss::ALL.iter().map(|row| &row[..])) {
            y += w[0] * (x * w[1]).sin();
        }
        y
    }

    pub fn of_structs(angles: &[f64]) -> f64 {
        let mut reach = 0.0;
        let mut heading = 0.0;
        for (angle, link) in angles.iter().zip(ARM.iter()) {
            heading += angle + link.offset;
            reach += link.length * heading.cos();
        }
        reach
    }

    pub fn inside(beta: &[f64]) -> f64 {
        static ROWS: [[f64; 2]; 3] = [[1.0, 0.2], [1.0, -0.7], [1.0, 1.5]];
        static LABELS: &[(bool, &str)] = &[(true, "a"), (false, "b"), (true, "c")];
        const PRIOR: [f64; 2] = [0.1, 0.3];
        let mut loss: f64 = beta.iter().zip(PRIOR).map(|(b, p)| p * b * b).sum();
        for (row, (label, name)) in ROWS.iter().zip(LABELS) {
            let eta: f64 = row.iter().zip(beta).map(|(x, b)| x * b).sum();
            let signed = if *label { -eta } else { eta };
            loss += signed.exp().ln_1p() * name.len() as f64;
        }
        loss
    }

    pub fn left_early(x: f64) -> f64 {
        let mut y = x;
        for (k, limit) in NODES.iter().enumerate() {
            if *limit > y {
                return y * k as f64 + limit * x;
            }
            y = y * 0.5 - limit * x;
        }
        y
    }

    pub fn steps(x: f64) -> f64 {
        let dt = 0.5;
        let (a, b) = (0.25, 1.5);
        let half = b / 2.0;
        let mut y = x * half * a;
        for _ in 0..3 {
            y = y * ((x - 0.5 * x * x) * dt + x * dt.sqrt() + a.sqrt()).exp() + x * half.cos();
        }
        y
    }

    pub fn steps_of_f32(x: f32) -> f32 {
        let dt = 0.5;
        let mut y = x;
        for _ in 0..2 {
            y = y * ((x - 0.5 * x * x) * dt + x * dt.sqrt()).exp();
        }
        y
    }
}

#[test]
fn tables() {
    laws!(quadrature(a: 0.1, b: 1.4));
    laws!(springs(xs: &vec![0.3, 0.8, -0.4]));
    laws!(by_value(xs: &vec![0.3, 0.8]));
    laws!(of_a_type(x: 0.7));
    laws!(of_structs(angles: &vec![0.3, -0.9]));
    laws!(inside(beta: &vec![0.4, -0.3]));
    laws!(left_early(x: 0.3));
    laws!(left_early(x: -0.9));
    laws!(left_early(x: 1.9));
}

#[test]
fn numbers_with_a_name() {
    laws!(steps(x: 0.4));
    assert!((simplified::steps_of_f32::grad(0.4) - 3.0).abs() < 10.0);
    let (h, x) = (1e-2f32, 0.4f32);
    let slope = (simplified::steps_of_f32(x + h) - simplified::steps_of_f32(x - h)) / (2.0 * h);
    assert!((simplified::steps_of_f32::grad(x) - slope).abs() < 0.05 * slope.abs());
}

/// A method of a number with a name, whose type the function does not tell: as rustc infers it.
#[differentiable]
fn untold(xs: &[f64], ys: &[f32]) -> (f64, f32) {
    let (dt, ds) = (0.5, 0.25);
    let first = xs[0] * dt + dt.sqrt();
    let second = ys[0] * ds + ds.sqrt();
    (first * xs[0], second * ys[0])
}

#[test]
fn floats_of_two_types() {
    let (_, pull) = untold::vjp(&[2.0], &[4.0]);
    let (xs, ys) = pull((1.0, 1.0));
    assert!((xs[0] - (2.0 + 0.5f64.sqrt())).abs() < 1e-12);
    assert!((ys[0] - (2.0 + 0.5)).abs() < 1e-6);
}
