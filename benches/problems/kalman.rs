//! The negative log-likelihood of a series under a Kalman filter: a hidden value that decays by φ and is disturbed with
//! variance q, observed with variance r (Durbin & Koopman, Time Series Analysis by State Space Methods, 2012, §2.2).

use super::{Case, repeat};
use chainrule::differentiable;
use std::hint::black_box;

/// Half of Σ ln Sₜ + eₜ² / Sₜ, without the constant.
#[differentiable(wrt(decay, disturbance, noise), order = 2)]
pub fn likelihood(decay: f64, disturbance: f64, noise: f64, series: &[f64]) -> f64 {
    let mut mean = 0.0;
    let mut variance = disturbance / (1.0 - decay * decay);
    let mut sum = 0.0;
    for t in 0..series.len() {
        let error = series[t] - mean;
        let spread = variance + noise;
        let gain = variance / spread;
        sum += 0.5 * (spread.ln() + error * error / spread);
        mean = decay * (mean + gain * error);
        variance = decay * decay * variance * (1.0 - gain) + disturbance;
    }
    sum
}

/// The gradient by hand: the filtered means and variances are kept, everything else is computed again.
pub fn by_hand(decay: f64, disturbance: f64, noise: f64, series: &[f64]) -> (f64, [f64; 3]) {
    let stationary = 1.0 - decay * decay;
    let (mut mean, mut variance, mut sum) = (0.0, disturbance / stationary, 0.0);
    let mut states = Vec::with_capacity(series.len());
    for observed in series {
        states.push((mean, variance));
        let (error, spread) = (observed - mean, variance + noise);
        let gain = variance / spread;
        sum += 0.5 * (spread.ln() + error * error / spread);
        mean = decay * (mean + gain * error);
        variance = decay * decay * variance * (1.0 - gain) + disturbance;
    }
    let [mut decay_bar, mut disturbance_bar, mut noise_bar] = [0.0; 3];
    let (mut mean_bar, mut variance_bar) = (0.0, 0.0);
    for (observed, (mean, variance)) in series.iter().zip(states).rev() {
        let (error, precision) = (observed - mean, 1.0 / (variance + noise));
        let gain = variance * precision;
        let filtered = variance * (1.0 - gain);
        disturbance_bar += variance_bar;
        decay_bar += 2.0 * decay * filtered * variance_bar + (mean + gain * error) * mean_bar;
        let (moved, shrunk) = (decay * mean_bar, decay * decay * variance_bar);
        let gain_bar = moved * error - shrunk * variance;
        let error_bar = moved * gain + error * precision;
        let spread_bar = 0.5 * precision * (1.0 - error * error * precision) - gain_bar * gain * precision;
        noise_bar += spread_bar;
        mean_bar = moved - error_bar;
        variance_bar = shrunk * (1.0 - gain) + gain_bar * precision + spread_bar;
    }
    disturbance_bar += variance_bar / stationary;
    decay_bar += variance_bar * disturbance * 2.0 * decay / (stationary * stationary);
    (sum, [decay_bar, disturbance_bar, noise_bar])
}

/// Parameters and a series.
pub fn input(n: usize) -> ([f64; 3], Vec<f64>) {
    ([0.9, 0.3, 0.5], super::spread(n, 40).iter().map(|y| 3.0 * y).collect())
}

/// A thousand observations.
pub fn cases() -> Vec<Case> {
    let [([a, q, r], x), (_, y), (_, z), (_, w)] = [(); 4].map(|()| input(1000));
    vec![Case {
        name: "kalman-1000".into(),
        primal: repeat(move || likelihood(black_box(a), q, r, &x)),
        generated: repeat(move || {
            let (value, gradient) = likelihood::value_and_grad(black_box(a), q, r, &y);
            black_box(gradient);
            value
        }),
        by_hand: repeat(move || {
            let (value, gradient) = by_hand(black_box(a), q, r, &z);
            black_box(gradient);
            value
        }),
        product: Some(repeat(move || likelihood::hvp(black_box(a), q, r, &w, (1.0, -0.5, 0.25)).0)),
    }]
}
