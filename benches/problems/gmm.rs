//! The negative-log-likelihood of a Gaussian mixture: the GMM objective of ADBench (Srajer, Kukelova, Fitzgibbon, 2018),
//! without its additive constants.
//!
//! The inverse covariance of component k is QᵀQ with a lower triangular Q. Its logarithmic diagonal is the first `d`
//! numbers of row k of `icf`; then its columns follow below the diagonal.

use super::{Case, repeat, spread};
use chainrule::differentiable;
use std::hint::black_box;

/// The data, and what is known of the precision matrices beforehand.
pub struct Data {
    /// The dimension.
    pub d: usize,
    /// The number of components.
    pub k: usize,
    /// The points, `d` numbers each.
    pub x: Vec<f64>,
    /// Wishart prior: its scale.
    pub gamma: f64,
    /// Wishart prior: its degrees of freedom beyond d + 1.
    pub m: f64,
}

/// The numbers of one triangular matrix.
pub fn triangle(d: usize) -> usize {
    d * (d + 1) / 2
}

/// ln Σ exp, without overflow.
#[differentiable(order = 2)]
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let mut largest = x[0];
    for i in 1..x.len() {
        largest = largest.max(x[i]);
    }
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += (x[i] - largest).exp();
    }
    sum.ln() + largest
}

/// Σ xᵢ²
#[differentiable(order = 2)]
pub fn norm_squared(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += x[i] * x[i];
    }
    sum
}

/// `out = Q x`, where Q has `diagonal` and, column by column below it, `below`.
#[differentiable(order = 2)]
pub fn q_times_x(diagonal: &[f64], below: &[f64], x: &[f64], out: &mut [f64]) {
    let d = x.len();
    for i in 0..d {
        out[i] = diagonal[i] * x[i];
    }
    let mut start = 0;
    for i in 0..d {
        for j in i + 1..d {
            out[j] += below[start + j - i - 1] * x[i];
        }
        start += d - i - 1;
    }
}

/// The Wishart prior of all components, without its constant.
#[differentiable(wrt(icf, sums, diagonals), order = 2)]
fn log_wishart_prior(icf: &[f64], sums: &[f64], diagonals: &[f64], gamma: f64, m: f64) -> f64 {
    let k = sums.len();
    let d = diagonals.len() / k;
    let size = d * (d + 1) / 2;
    let mut prior = 0.0;
    for ik in 0..k {
        let frobenius =
            norm_squared(&diagonals[ik * d..(ik + 1) * d]) + norm_squared(&icf[ik * size + d..(ik + 1) * size]);
        prior += 0.5 * gamma * gamma * frobenius - m * sums[ik];
    }
    prior
}

/// The objective, as a function of the logarithmic weights, the means and the factors of the inverse covariances.
#[differentiable(wrt(alphas, means, icf), order = 2)]
pub fn objective(alphas: &[f64], means: &[f64], icf: &[f64], x: &[f64], gamma: f64, m: f64) -> f64 {
    let k = alphas.len();
    let d = means.len() / k;
    let n = x.len() / d;
    let size = d * (d + 1) / 2;
    let mut diagonals = vec![0.0; k * d];
    let mut sums = vec![0.0; k];
    for ik in 0..k {
        for i in 0..d {
            let q = icf[ik * size + i];
            sums[ik] += q;
            diagonals[ik * d + i] = q.exp();
        }
    }
    let mut centred = vec![0.0; d];
    let mut scaled = vec![0.0; d];
    let mut terms = vec![0.0; k];
    let mut likelihood = 0.0;
    for ix in 0..n {
        for ik in 0..k {
            for i in 0..d {
                centred[i] = x[ix * d + i] - means[ik * d + i];
            }
            q_times_x(&diagonals[ik * d..(ik + 1) * d], &icf[ik * size + d..(ik + 1) * size], &centred, &mut scaled);
            terms[ik] = alphas[ik] + sums[ik] - 0.5 * norm_squared(&scaled);
        }
        likelihood += log_sum_exp(&terms);
    }
    likelihood - n as f64 * log_sum_exp(alphas) + log_wishart_prior(icf, &sums, &diagonals, gamma, m)
}

/// The gradient by hand: the backward sweep of a point follows its forward sweep, and nothing is kept beyond it.
pub fn by_hand(alphas: &[f64], means: &[f64], icf: &[f64], data: &Data, bars: [&mut [f64]; 3]) -> f64 {
    let (d, k, size) = (data.d, data.k, triangle(data.d));
    let n = data.x.len() / d;
    let [alphas_bar, means_bar, icf_bar] = bars;
    alphas_bar.fill(0.0);
    means_bar.fill(0.0);
    icf_bar.fill(0.0);
    let diagonals: Vec<f64> = icf.chunks(size).flat_map(|q| q[..d].iter().map(|q| q.exp())).collect();
    let sums: Vec<f64> = icf.chunks(size).map(|q| q[..d].iter().sum()).collect();
    let (mut centred, mut scaled, mut terms) = (vec![0.0; k * d], vec![0.0; k * d], vec![0.0; k]);
    let mut likelihood = 0.0;
    for x in data.x.chunks(d) {
        for ik in 0..k {
            let (row, q) = (ik * d..(ik + 1) * d, &icf[ik * size..(ik + 1) * size]);
            let (centred, scaled) = (&mut centred[row.clone()], &mut scaled[row.clone()]);
            centred.iter_mut().zip(x).zip(&means[row.clone()]).for_each(|((c, x), mean)| *c = x - mean);
            q_times_x(&diagonals[row], &q[d..], centred, scaled);
            terms[ik] = alphas[ik] + sums[ik] - 0.5 * norm_squared(scaled);
        }
        let log_sum = log_sum_exp(&terms);
        likelihood += log_sum;
        for ik in 0..k {
            let share = (terms[ik] - log_sum).exp();
            alphas_bar[ik] += share;
            let row = ik * d..(ik + 1) * d;
            let (centred, scaled) = (&centred[row.clone()], &scaled[row.clone()]);
            let (q, q_bar) = (&icf[ik * size..(ik + 1) * size], &mut icf_bar[ik * size..(ik + 1) * size]);
            let (diagonal, mean_bar) = (&diagonals[row.clone()], &mut means_bar[row]);
            let mut start = d;
            for i in 0..d {
                let below = start..start + d - i - 1;
                start = below.end;
                q_bar[i] += share * (1.0 - scaled[i] * centred[i] * diagonal[i]);
                let mut q_scaled = diagonal[i] * scaled[i];
                let column = q_bar[below.clone()].iter_mut().zip(&q[below]);
                for ((bar, q), scaled) in column.zip(&scaled[i + 1..]) {
                    *bar -= share * scaled * centred[i];
                    q_scaled += q * scaled;
                }
                mean_bar[i] += share * q_scaled;
            }
        }
    }
    let log_sum = log_sum_exp(alphas);
    alphas_bar.iter_mut().zip(alphas).for_each(|(bar, alpha)| *bar -= n as f64 * (alpha - log_sum).exp());
    let square = data.gamma * data.gamma;
    for ik in 0..k {
        for i in 0..size {
            let q = if i < d { diagonals[ik * d + i] } else { icf[ik * size + i] };
            icf_bar[ik * size + i] += if i < d { square * q * q - data.m } else { square * q };
        }
    }
    likelihood - n as f64 * log_sum + log_wishart_prior(icf, &sums, &diagonals, data.gamma, data.m)
}

/// The parameters (logarithmic weights, means, factors) and the data of a problem with `n` points.
pub fn input(d: usize, k: usize, n: usize) -> ([Vec<f64>; 3], Data) {
    let parameters = [super::spread(k, 0), super::spread(k * d, 100), super::spread(k * triangle(d), 10_000)];
    let x = super::spread(n * d, 50_000).iter().map(|x| 4.0 * x).collect();
    (parameters, Data { d, k, x, gamma: 1.0, m: 0.0 })
}

/// Three sizes of ADBench.
pub fn cases() -> Vec<Case> {
    [(2, 10, 10_000), (10, 25, 1000), (20, 50, 1000)].map(|(d, k, n)| case(d, k, n)).into()
}

fn case(d: usize, k: usize, n: usize) -> Case {
    let ([alphas, means, icf], data) = input(d, k, n);
    let bars = [&alphas, &means, &icf].map(|x| vec![0.0; x.len()]);
    let primal = {
        let ([alphas, means, icf], data) = input(d, k, n);
        move || objective(black_box(&alphas), black_box(&means), black_box(&icf), &data.x, data.gamma, data.m)
    };
    let generated = {
        let ([alphas, means, icf], data) = input(d, k, n);
        let [mut alphas_bar, mut means_bar, mut icf_bar] = bars.clone();
        move || {
            let bars = (&mut alphas_bar[..], &mut means_bar[..], &mut icf_bar[..]);
            objective::grad_into(
                black_box(&alphas),
                black_box(&means),
                black_box(&icf),
                &data.x,
                data.gamma,
                data.m,
                black_box(bars),
            )
        }
    };
    let product = {
        let (([alphas, means, icf], data), v) = (input(d, k, n), bars.each_ref().map(|bar| spread(bar.len(), 700)));
        move || {
            let (alphas, means, icf) = (black_box(&alphas), black_box(&means), black_box(&icf));
            objective::hvp(alphas, means, icf, &data.x, data.gamma, data.m, (&v[0], &v[1], &v[2])).0[0]
        }
    };
    let [mut alphas_bar, mut means_bar, mut icf_bar] = bars;
    let hand_written = move || {
        let bars = [&mut alphas_bar[..], &mut means_bar[..], &mut icf_bar[..]];
        by_hand(black_box(&alphas), black_box(&means), black_box(&icf), &data, black_box(bars))
    };
    Case {
        name: format!("gmm-{d}-{k}-{n}"),
        primal: repeat(primal),
        generated: repeat(generated),
        by_hand: repeat(hand_written),
        product: (k == 25).then(|| repeat(product)),
    }
}
