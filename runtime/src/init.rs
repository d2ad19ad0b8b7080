//! Initial weights: zero mean, and a variance that keeps the signal's through depth.

use nalgebra::{DMatrix, RealField};
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

use crate::Real;

/// How weights are drawn; `fan_in` is the number of inputs of a layer, `fan_out` that of its outputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// `N(0, 2 / fan_in)`, for ReLU (He, Zhang, Ren & Sun, Delving Deep into Rectifiers, 2015).
    HeNormal,
    /// `U(-a, a)` with `a = √(6 / fan_in)`, which has the same variance.
    HeUniform,
    /// `N(0, 2 / (fan_in + fan_out))`, for tanh (Glorot & Bengio, Understanding the Difficulty of Training Deep
    /// Feedforward Neural Networks, 2010).
    GlorotNormal,
    /// `U(-a, a)` with `a = √(6 / (fan_in + fan_out))`.
    GlorotUniform,
    /// `N(0, gain / fan_in)`: `gain` 2 is He's, 1 is LeCun's.
    Gain(f64),
}

impl Init {
    /// The variance of a weight.
    pub fn variance(self, fan_in: usize, fan_out: usize) -> f64 {
        match self {
            Self::HeNormal | Self::HeUniform => 2.0 / fan_in as f64,
            Self::GlorotNormal | Self::GlorotUniform => 2.0 / (fan_in + fan_out) as f64,
            Self::Gain(gain) => gain / fan_in as f64,
        }
    }

    /// A `fan_out x fan_in` matrix of independent weights. The same generator state gives the same weights.
    pub fn weights<T: Real + RealField>(self, fan_out: usize, fan_in: usize, rng: &mut impl Rng) -> DMatrix<T> {
        let deviation = self.variance(fan_in, fan_out).sqrt();
        DMatrix::from_fn(fan_out, fan_in, |_, _| {
            T::constant(match self {
                Self::HeUniform | Self::GlorotUniform => {
                    // a uniform variable on (-1, 1) has the variance 1/3
                    deviation * 3.0_f64.sqrt() * rng.random_range(-1.0..1.0)
                }
                Self::HeNormal | Self::GlorotNormal | Self::Gain(_) => deviation * rng.sample::<f64, _>(StandardNormal),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Init;
    use rand::SeedableRng;

    #[test]
    fn the_variance_is_that_of_the_formula() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        for init in [Init::HeNormal, Init::HeUniform, Init::GlorotNormal, Init::GlorotUniform, Init::Gain(1.0)] {
            let weights: nalgebra::DMatrix<f64> = init.weights(300, 200, &mut rng);
            let expected = init.variance(200, 300);
            // the standard error of the variance of n normal variables is √(2/n) of it: 0.6% here
            assert!((weights.variance() / expected - 1.0).abs() < 0.03, "{init:?}: {}", weights.variance());
            assert!(weights.mean().abs() < 4.0 * (expected / weights.len() as f64).sqrt(), "{init:?}");
        }
    }

    #[test]
    fn a_seed_gives_the_same_weights() {
        let draw = |seed| Init::HeNormal.weights::<f32>(3, 4, &mut rand_chacha::ChaCha8Rng::seed_from_u64(seed));
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }
}
