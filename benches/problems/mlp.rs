//! The squared error of a tanh network of 2-16-16-1 units, written with loops over scalars: 337 parameters.

use super::{Case, repeat};
use chainrule::differentiable;
use std::hint::black_box;

const WIDTH: usize = 16;
const FIRST: usize = 3 * WIDTH;
const SECOND: usize = FIRST + (WIDTH + 1) * WIDTH;
/// The number of parameters: for each unit its bias and its weights.
pub const PARAMETERS: usize = SECOND + WIDTH + 1;

/// One unit: bias and weights against inputs.
#[differentiable(order = 2)]
fn affine(w: &[f64], x: &[f64]) -> f64 {
    let mut sum = w[0];
    for i in 0..x.len() {
        sum += w[i + 1] * x[i];
    }
    sum
}

/// A layer of tanh units.
#[differentiable(order = 2)]
fn layer(w: &[f64], x: &[f64], y: &mut [f64]) {
    let stride = x.len() + 1;
    for j in 0..y.len() {
        y[j] = affine(&w[j * stride..(j + 1) * stride], x).tanh();
    }
}

/// The mean of half the squared errors over the examples: each row of `examples` has two inputs and the target.
#[differentiable(wrt(w), order = 2)]
pub fn loss(w: &[f64], examples: &[[f64; 3]]) -> f64 {
    let mut sum = 0.0;
    for i in 0..examples.len() {
        let mut h1 = [0.0; WIDTH];
        let mut h2 = [0.0; WIDTH];
        layer(&w[..FIRST], &examples[i][..2], &mut h1);
        layer(&w[FIRST..SECOND], &h1, &mut h2);
        let error = affine(&w[SECOND..], &h2) - examples[i][2];
        sum += 0.5 * error * error;
    }
    sum / examples.len() as f64
}

/// Backpropagation by hand through one affine unit.
fn affine_back(w: &[f64], x: &[f64], s_bar: f64, w_bar: &mut [f64], x_bar: &mut [f64]) {
    w_bar[0] += s_bar;
    for i in 0..x.len() {
        w_bar[i + 1] += s_bar * x[i];
        x_bar[i] += s_bar * w[i + 1];
    }
}

/// Backpropagation by hand through a layer: `y` holds its outputs.
fn layer_back(w: &[f64], x: &[f64], y: &[f64], y_bar: &[f64], w_bar: &mut [f64], x_bar: &mut [f64]) {
    let stride = x.len() + 1;
    for j in 0..y.len() {
        let row = j * stride..(j + 1) * stride;
        affine_back(&w[row.clone()], x, y_bar[j] * (1.0 - y[j] * y[j]), &mut w_bar[row], x_bar);
    }
}

/// The loss and its gradient by hand, one example after the other.
pub fn by_hand(w: &[f64], examples: &[[f64; 3]], w_bar: &mut [f64]) -> f64 {
    w_bar.fill(0.0);
    let mut sum = 0.0;
    let scale = 1.0 / examples.len() as f64;
    for example in examples {
        let (mut h1, mut h2) = ([0.0; WIDTH], [0.0; WIDTH]);
        layer(&w[..FIRST], &example[..2], &mut h1);
        layer(&w[FIRST..SECOND], &h1, &mut h2);
        let error = affine(&w[SECOND..], &h2) - example[2];
        sum += 0.5 * error * error;
        let (mut h1_bar, mut h2_bar, mut unused) = ([0.0; WIDTH], [0.0; WIDTH], [0.0; 2]);
        affine_back(&w[SECOND..], &h2, error * scale, &mut w_bar[SECOND..], &mut h2_bar);
        layer_back(&w[FIRST..SECOND], &h1, &h2, &h2_bar, &mut w_bar[FIRST..SECOND], &mut h1_bar);
        layer_back(&w[..FIRST], &example[..2], &h1, &h1_bar, &mut w_bar[..FIRST], &mut unused);
    }
    sum * scale
}

/// Parameters, and 32 examples of the function x₁ x₂.
pub fn input() -> (Vec<f64>, Vec<[f64; 3]>) {
    let inputs = super::spread(64, 1000);
    (super::spread(PARAMETERS, 0), inputs.chunks(2).map(|x| [x[0], x[1], x[0] * x[1]]).collect())
}

/// The loss over the 32 examples.
pub fn cases() -> Vec<Case> {
    let [(v, examples), (w, more), (u, most), (t, last)] = [(); 4].map(|()| input());
    let direction = super::spread(PARAMETERS, 500);
    let (mut w_bar, mut u_bar) = (vec![0.0; PARAMETERS], vec![0.0; PARAMETERS]);
    vec![Case {
        name: "tanh-mlp-337".into(),
        primal: repeat(move || loss(black_box(&v), black_box(&examples))),
        generated: repeat(move || loss::grad_into(black_box(&w), black_box(&more), black_box(&mut w_bar))),
        by_hand: repeat(move || by_hand(black_box(&u), black_box(&most), black_box(&mut u_bar))),
        product: Some(repeat(move || loss::hvp(black_box(&t), black_box(&last), &direction)[0])),
    }]
}
