//! The networks: deep and narrow, and one wide hidden layer.

use chainrule::differentiable;

/// f₀ = x and f_l = 2|f_{l-1}| - 2: every layer folds the interval [-2, 2] onto itself.
#[differentiable(wrt(x))]
pub fn sawtooth(x: f64, depth: usize) -> f64 {
    let mut f = x;
    for _ in 0..depth {
        f = 2.0 * f.abs() - 2.0;
    }
    f
}

/// max(x, 0), with the derivative 0 at 0.
#[differentiable]
pub fn relu(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}

/// The same function as a network of two ReLU units a layer: f_l = 2 ReLU(f_{l-1}) + 2 ReLU(-f_{l-1}) - 2.
#[differentiable(wrt(x))]
pub fn relu_sawtooth(x: f64, depth: usize) -> f64 {
    let mut f = x;
    for _ in 0..depth {
        f = 2.0 * relu(f) + 2.0 * relu(-f) - 2.0;
    }
    f
}

/// One hidden layer: bias + Σᵢ outᵢ ReLU(x - kinkᵢ).
#[differentiable(wrt(x))]
pub fn shallow(x: f64, bias: f64, out: &[f64], kinks: &[f64]) -> f64 {
    let mut f = bias;
    for i in 0..kinks.len() {
        f += out[i] * relu(x - kinks[i]);
    }
    f
}

/// The weights of a hidden layer.
pub struct Shallow {
    bias: f64,
    out: Vec<f64>,
    kinks: Vec<f64>,
}

impl Shallow {
    /// The zigzag with as many kinks in (-2, 2) as `width` units can have: the first unit is on everywhere and gives the
    /// first slope, and every other one turns it round. With 2^L units this is the sawtooth of depth L.
    ///
    /// The kinks stand on multiples of 2⁻¹¹, so that all arithmetic is exact.
    pub fn zigzag(width: usize) -> Self {
        let steps = width.max(1) as f64;
        let grid = |x: f64| (x * 2048.0).round() / 2048.0;
        let kinks: Vec<f64> = (0..width).map(|i| grid(-2.0 + 4.0 * i as f64 / steps)).collect();
        let turn = |i: usize| if i.is_multiple_of(2) { -2.0 * steps } else { 2.0 * steps };
        let out = (0..width).map(|i| if i == 0 { -steps } else { turn(i) }).collect();
        Self { bias: 2.0, out, kinks }
    }

    /// The value at a point.
    pub fn value(&self, x: f64) -> f64 {
        shallow(x, self.bias, &self.out, &self.kinks)
    }

    /// The slope at a point, in reverse mode.
    pub fn slope(&self, x: f64) -> f64 {
        shallow::grad(x, self.bias, &self.out, &self.kinks)
    }

    /// The slope at a point, in forward mode.
    pub fn forward_slope(&self, x: f64) -> f64 {
        shallow::jvp(x, self.bias, &self.out, &self.kinks, 1.0).1
    }
}
