//! The negative log-likelihood of values at points of a line under a Gaussian process with a squared exponential kernel and noise, by a
//! Cholesky factor in loops (Rasmussen & Williams, Gaussian Processes for Machine Learning, 2006, algorithm 2.1).

use super::{Case, repeat, spread};
use chainrule::differentiable;
use std::hint::black_box;

/// yᵀ K⁻¹ y / 2 + ln det K / 2, without the constant. The parameters are the length scale, the variance and the noise.
#[differentiable(wrt(params))]
pub fn likelihood(params: &[f64; 3], at: &[f64], values: &[f64]) -> f64 {
    let n = at.len();
    let mut l = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let distance = (at[i] - at[j]) / params[0];
            let mut entry = params[1] * (-0.5 * distance * distance).exp();
            if i == j {
                entry += params[2];
            }
            for k in 0..j {
                entry -= l[i * n + k] * l[j * n + k];
            }
            l[i * n + j] = if i == j { entry.sqrt() } else { entry / l[j * n + j] };
        }
    }
    let mut whitened = vec![0.0; n];
    let mut sum = 0.0;
    for i in 0..n {
        let mut rest = values[i];
        for k in 0..i {
            rest -= l[i * n + k] * whitened[k];
        }
        whitened[i] = rest / l[i * n + i];
        sum += 0.5 * whitened[i] * whitened[i] + l[i * n + i].ln();
    }
    sum
}

/// The gradient by hand: ⟨(K⁻¹ - α αᵀ) / 2, ∂K⟩ with α = K⁻¹ y (§5.4.1), where K⁻¹ comes from the inverse of the factor, of which rows lie
/// side by side, and the kernel's values are kept.
pub fn by_hand(params: &[f64; 3], at: &[f64], values: &[f64]) -> (f64, [f64; 3]) {
    let n = at.len();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (mut l, mut kernel) = (vec![0.0; n * n], vec![0.0; n * n]);
    for i in 0..n {
        for j in 0..=i {
            let distance = (at[i] - at[j]) / params[0];
            kernel[i * n + j] = (-0.5 * distance * distance).exp();
            let noise = if i == j { params[2] } else { 0.0 };
            let entry = params[1] * kernel[i * n + j] + noise - dot(&l[i * n..i * n + j], &l[j * n..j * n + j]);
            l[i * n + j] = if i == j { entry.sqrt() } else { entry / l[j * n + j] };
        }
    }
    // column j of L⁻¹ is row j here
    let mut inverse = vec![0.0; n * n];
    for j in 0..n {
        let column = &mut inverse[j * n..(j + 1) * n];
        column[j] = 1.0 / l[j * n + j];
        for k in j + 1..n {
            column[k] = -dot(&l[k * n + j..k * n + k], &column[j..k]) / l[k * n + k];
        }
    }
    let mut whitened = vec![0.0; n];
    let mut sum = 0.0;
    for i in 0..n {
        whitened[i] = (values[i] - dot(&l[i * n..i * n + i], &whitened[..i])) / l[i * n + i];
        sum += 0.5 * whitened[i] * whitened[i] + l[i * n + i].ln();
    }
    let alpha: Vec<f64> = (0..n).map(|i| dot(&inverse[i * n + i..(i + 1) * n], &whitened[i..])).collect();
    let mut bars = [0.0; 3];
    for i in 0..n {
        for j in 0..=i {
            let entry = dot(&inverse[i * n + i..(i + 1) * n], &inverse[j * n + i..(j + 1) * n]);
            let half = 0.5 * (entry - alpha[i] * alpha[j]);
            let bar = if i == j { half } else { 2.0 * half };
            let distance = (at[i] - at[j]) / params[0];
            bars[0] += bar * params[1] * kernel[i * n + j] * distance * distance / params[0];
            bars[1] += bar * kernel[i * n + j];
            bars[2] += if i == j { bar } else { 0.0 };
        }
    }
    (sum, bars)
}

/// Parameters, points and values.
pub fn input(n: usize) -> ([f64; 3], Vec<f64>, Vec<f64>) {
    ([0.2, 1.3, 0.1], spread(n, 70), spread(n, 700))
}

/// Forty points.
pub fn cases() -> Vec<Case> {
    let [x, y, z] = [(); 3].map(|()| input(40));
    vec![Case {
        name: "process-40".into(),
        primal: repeat(move || likelihood(black_box(&x.0), &x.1, &x.2)),
        generated: repeat(move || {
            let (value, gradient) = likelihood::value_and_grad(black_box(&y.0), &y.1, &y.2);
            black_box(gradient);
            value
        }),
        by_hand: repeat(move || {
            let (value, gradient) = by_hand(black_box(&z.0), &z.1, &z.2);
            black_box(gradient);
            value
        }),
        product: None,
    }]
}
