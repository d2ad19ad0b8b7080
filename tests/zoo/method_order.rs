//! `order = n` on methods: `model.loss_hvp(..)`, `model.loss_hessian(..)`, `Model::cube_derivative::<2>(x)`.

use super::second_order::{SecondOrder, of_slice};
use chainrule::{Differentiable, differentiable};

/// A neuron.
#[derive(Differentiable, Clone, Debug)]
pub struct Model {
    pub w: [f64; 2],
    pub b: f64,
}

#[allow(dead_code, reason = "their derivatives are called")]
#[differentiable]
impl Model {
    #[differentiable(order = 2)]
    pub fn predict(&self, x: &[f64; 2]) -> f64 {
        (self.w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + self.b).tanh()
    }

    #[differentiable(order = 2)]
    pub fn loss(&self, x: &[f64; 2], y: f64) -> f64 {
        let p = self.predict(x);
        (p - y).powi(2) + self.b.sin() * y
    }

    #[differentiable(order = 2)]
    pub fn consumed(self, s: f64) -> f64 {
        self.b * s * s * self.w[0] + (self.w[1] * s).exp()
    }

    #[differentiable(order = 2)]
    pub fn shift(&mut self, s: f64) {
        self.b *= s;
        self.w[0] += s * s * self.w[1];
    }

    #[differentiable(order = 2)]
    pub fn shifted(&mut self, s: f64) -> f64 {
        self.shift(s);
        self.b * s + Self::cube(self.w[0])
    }

    #[differentiable(order = 3)]
    pub fn cube(x: f64) -> f64 {
        x * x * x
    }

    #[differentiable(order = 2, wrt(y))]
    pub fn of_the_target(&self, y: f64) -> f64 {
        self.b * y * y * y
    }
}

/// A pair of them.
#[derive(Differentiable, Clone, Debug)]
pub struct Pair<T> {
    pub first: T,
    pub second: T,
}

#[allow(dead_code, reason = "their derivatives are called")]
#[differentiable]
impl<T: num_traits::Float> Pair<T> {
    #[differentiable(order = 2)]
    pub fn mixed(&self, x: T) -> T {
        self.first * self.second * x * x + (self.first * x).sin()
    }
}

#[differentiable(order = 2)]
fn of_a_model(m: &Model, x: &[f64; 2]) -> f64 {
    let l = m.loss(x, 0.3);
    l * l + Model::cube(m.b)
}

#[differentiable(order = 2)]
fn by_path(m: &Model, s: f64) -> f64 {
    let mut moved = m.clone();
    Model::shift(&mut moved, s);
    moved.w[0] * moved.b * s
}

/// A complex number.
#[derive(Differentiable, Clone, Debug)]
pub struct Turn {
    pub re: f64,
    pub im: f64,
}

#[allow(dead_code, reason = "their derivatives are called")]
#[differentiable]
impl Turn {
    #[differentiable(order = 2)]
    pub fn times(&self, other: &Turn) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    #[differentiable(order = 2)]
    pub fn inner(&self, other: &Turn) -> f64 {
        self.re * other.re + self.im * other.im * self.re
    }
}

// the receiver changes
#[differentiable(order = 2)]
fn turned(x: &[f64]) -> f64 {
    let mut turn = Turn { re: 1.0, im: 0.0 };
    for x in x {
        let next = Turn { re: *x, im: x.cos() };
        turn = turn.times(&next);
    }
    turn.re * turn.im
}

// an element of a list that changes
#[differentiable(order = 2)]
fn between(x: &[f64]) -> f64 {
    let mut turns: Vec<Turn> = x.iter().map(|x| Turn { re: *x, im: x * x }).collect();
    let mut sum = 0.0;
    for i in 1..turns.len() {
        turns[i].re += turns[i - 1].im;
        sum += turns[i].inner(&turns[i - 1]);
    }
    sum
}

#[test]
fn receivers_that_change() {
    of_slice!(turned, [0.7, 1.3, 0.4]);
    of_slice!(between, [0.7, 1.3, 0.4]);
}

fn model(at: &[f64]) -> Model {
    Model { w: [at[0], at[1]], b: at[2] }
}

fn flat(tangent: &ModelTangent, rest: &[f64]) -> Vec<f64> {
    [&tangent.w[..], &[tangent.b], rest].concat()
}

fn tangent(v: &[f64]) -> ModelTangent {
    ModelTangent { w: [v[0], v[1]], b: v[2] }
}

#[test]
fn products() {
    SecondOrder {
        name: "loss",
        value: &|at| model(at).loss(&[at[3], at[4]], at[5]),
        gradient: &|at| {
            let (m, x, y) = model(at).loss_grad(&[at[3], at[4]], at[5]);
            flat(&m, &[x[0], x[1], y])
        },
        hvp: &|at, v| {
            let (m, x, y) = model(at).loss_hvp(&[at[3], at[4]], at[5], (tangent(v), [v[3], v[4]], v[5]));
            flat(&m, &[x[0], x[1], y])
        },
        at: vec![0.3, -0.4, 0.7, 0.5, 1.2, 0.9],
    }
    .check();
    SecondOrder {
        name: "consumed",
        value: &|at| model(at).consumed(at[3]),
        gradient: &|at| {
            let (m, s) = model(at).consumed_grad(at[3]);
            flat(&m, &[s])
        },
        hvp: &|at, v| {
            let (m, s) = model(at).consumed_hvp(at[3], (tangent(v), v[3]));
            flat(&m, &[s])
        },
        at: vec![0.3, -0.4, 0.7, 1.2],
    }
    .check();
    SecondOrder {
        name: "shifted",
        value: &|at| model(at).shifted(at[3]),
        gradient: &|at| {
            let (m, s) = model(at).shifted_grad(at[3]);
            flat(&m, &[s])
        },
        hvp: &|at, v| {
            let (m, s) = model(at).shifted_hvp(at[3], (tangent(v), v[3]));
            flat(&m, &[s])
        },
        at: vec![0.3, -0.4, 0.7, 1.2],
    }
    .check();
}

#[test]
fn calls_of_methods() {
    SecondOrder {
        name: "of_a_model",
        value: &|at| of_a_model(&model(at), &[at[3], at[4]]),
        gradient: &|at| {
            let (m, x) = of_a_model::grad(&model(at), &[at[3], at[4]]);
            flat(&m, &x)
        },
        hvp: &|at, v| {
            let (m, x) = of_a_model::hvp(&model(at), &[at[3], at[4]], (tangent(v), [v[3], v[4]]));
            flat(&m, &x)
        },
        at: vec![0.3, -0.4, 0.7, 0.5, 1.2],
    }
    .check();
    SecondOrder {
        name: "by_path",
        value: &|at| by_path(&model(at), at[3]),
        gradient: &|at| {
            let (m, s) = by_path::grad(&model(at), at[3]);
            flat(&m, &[s])
        },
        hvp: &|at, v| {
            let (m, s) = by_path::hvp(&model(at), at[3], (tangent(v), v[3]));
            flat(&m, &[s])
        },
        at: vec![0.3, -0.4, 0.7, 1.2],
    }
    .check();
}

#[test]
fn of_generic_blocks() {
    let pair = |at: &[f64]| Pair { first: at[0], second: at[1] };
    SecondOrder {
        name: "mixed",
        value: &|at| pair(at).mixed(at[2]),
        gradient: &|at| {
            let (p, x) = pair(at).mixed_grad(at[2]);
            vec![p.first, p.second, x]
        },
        hvp: &|at, v| {
            let (p, x) = pair(at).mixed_hvp(at[2], (PairTangent { first: v[0], second: v[1] }, v[2]));
            vec![p.first, p.second, x]
        },
        at: vec![0.6, -1.1, 0.8],
    }
    .check();
}

#[test]
fn hessians_and_higher_orders() {
    let m = model(&[0.3, -0.4, 0.7]);
    let hessian = m.loss_hessian(&[0.5, 1.2], 0.9);
    assert_eq!((hessian.nrows(), hessian.ncols()), (6, 6));
    let (column, _, _) = m.loss_hvp(&[0.5, 1.2], 0.9, (tangent(&[0.0, 0.0, 1.0]), [0.0, 0.0], 0.0));
    assert_eq!((hessian[(0, 2)], hessian[(2, 2)]), (column.w[0], column.b));
    assert_eq!(Model::cube_hessian(2.0)[(0, 0)], 12.0);
    assert_eq!([Model::cube_derivative::<2>(2.0), Model::cube_derivative::<3>(2.0)], [12.0, 6.0]);
    assert_eq!(m.of_the_target_hessian(2.0)[(0, 0)], 6.0 * 0.7 * 2.0);
    let coefficients: [f64; 3] = m.of_the_target_taylor(2.0, 1.0);
    assert_eq!(coefficients, [0.7 * 8.0, 0.7 * 12.0, 0.7 * 6.0]);
}
