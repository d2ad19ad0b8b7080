//! The loss of the runtime's own multilayer perceptron, 10-32-32-4 tanh units, on a batch: its layers are products of matrices.

use super::{Case, repeat};
use chainrule::init::Init;
use chainrule::loss::softmax_cross_entropy;
use chainrule::nn::{Activation, DenseTangent, Mlp, MlpTangent, mlp};
use chainrule::{Differentiable, differentiable};
use nalgebra::DMatrix;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;

const WIDTHS: [usize; 4] = [10, 32, 32, 4];
const EXAMPLES: usize = 64;

/// The mean cross-entropy of a batch.
#[differentiable(wrt(model), order = 2)]
pub fn batch_loss(model: &Mlp<f64>, x: &DMatrix<f64>, labels: &[usize]) -> f64 {
    let logits = mlp(model, x);
    softmax_cross_entropy(&logits, labels)
}

/// Backpropagation by hand, a matrix product for each that the layers have.
pub fn by_hand(model: &Mlp<f64>, x: &DMatrix<f64>, labels: &[usize], bars: &mut MlpTangent<f64>) -> f64 {
    let mut outputs = vec![x.clone()];
    for (at, layer) in model.layers.iter().enumerate() {
        let mut z = &layer.weights * &outputs[at];
        z.column_iter_mut().for_each(|mut column| column += &layer.bias);
        if at + 1 < model.layers.len() {
            z.apply(|z| *z = z.tanh());
        }
        outputs.push(z);
    }
    let mut delta = outputs.pop().unwrap_or_else(|| x.clone());
    let (mut value, scale) = (0.0, 1.0 / labels.len() as f64);
    for (mut column, &label) in delta.column_iter_mut().zip(labels) {
        let largest = column.max();
        let chosen = column[label];
        column.apply(|z| *z = (*z - largest).exp());
        let sum = column.sum();
        value += sum.ln() + largest - chosen;
        column *= scale / sum;
        column[label] -= scale;
    }
    for (at, layer) in model.layers.iter().enumerate().rev() {
        let DenseTangent { weights, bias } = &mut bars.layers[at];
        delta.mul_to(&outputs[at].transpose(), weights);
        bias.copy_from(&delta.column_sum());
        if at > 0 {
            delta = layer.weights.tr_mul(&delta);
            delta.zip_apply(&outputs[at], |delta, h| *delta *= 1.0 - h * h);
        }
    }
    value * scale
}

/// A network, a batch and its labels.
pub fn input() -> (Mlp<f64>, DMatrix<f64>, Vec<usize>) {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let model = Mlp::new(&WIDTHS, Activation::Tanh, Init::GlorotNormal, &mut rng).expect("widths above zero");
    let x = DMatrix::from_vec(WIDTHS[0], EXAMPLES, super::spread(WIDTHS[0] * EXAMPLES, 0));
    (model, x, (0..EXAMPLES).map(|example| example * 7 % WIDTHS[3]).collect())
}

/// One batch.
pub fn cases() -> Vec<Case> {
    let [(a, x, k), (b, y, l), (c, z, m), (d, w, n)] = [(); 4].map(|()| input());
    let (mut b_bar, mut c_bar) = (b.zero_tangent(), c.zero_tangent());
    let direction = batch_loss::grad(&d, &w, &n);
    vec![Case {
        name: "network-10-32-32-4".into(),
        primal: repeat(move || batch_loss(black_box(&a), &x, &k)),
        generated: repeat(move || batch_loss::grad_into(black_box(&b), &y, &l, black_box(&mut b_bar))),
        by_hand: repeat(move || by_hand(black_box(&c), &z, &m, black_box(&mut c_bar))),
        product: Some(repeat(move || batch_loss::hvp(black_box(&d), &w, &n, &direction).layers[0].bias[0])),
    }]
}
