//! Differentiates without the standard library: `.ci/run` builds this crate for a bare-metal target.
//!
//! The functions are scalar, over arrays and over slices; nothing here allocates by itself.
#![no_std]

use chainrule::differentiable;
#[allow(unused_imports, reason = "where `std` is linked, its inherent methods win")]
use num_traits::Float;

/// Scalars with elementary functions, whose methods come from `num_traits::Float` where `std` is absent.
#[differentiable]
pub fn wave(x: f64, y: f64) -> f64 {
    x * y.sin()
}

/// An array in single precision.
#[differentiable]
pub fn length(p: [f32; 3]) -> f32 {
    (p[0] * p[0] + p[1] * p[1] + p[2] * p[2]).sqrt()
}

/// Slices and a loop.
#[differentiable]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

/// A rule of one's own, called in a differentiable function.
#[differentiable(custom_jvp = cube_root_jvp)]
pub fn cube_root(x: f64) -> f64 {
    x.cbrt()
}

fn cube_root_jvp(x: f64, x_dot: f64) -> (f64, f64) {
    let y = x.cbrt();
    (y, x_dot / (3.0 * y * y))
}

/// Passes a derivative through the rule.
#[differentiable]
pub fn side(volume: f64, scale: f64) -> f64 {
    cube_root(volume) * scale
}

#[cfg(test)]
mod tests {
    use super::{dot, length, side, wave};

    #[test]
    fn gradients_are_right() {
        assert_eq!(wave::grad(2.0, 0.0), (0.0, 2.0));
        assert_eq!(side::grad(8.0, 3.0), (0.25, 2.0));
        assert_eq!(length::grad([3.0, 0.0, 4.0]), [0.6, 0.0, 0.8]);
        let (mut a_bar, mut b_bar) = ([0.0; 2], [0.0; 2]);
        dot::vjp_into(&[1.0, 2.0], &[3.0, 4.0], (&mut a_bar, &mut b_bar), 1.0);
        assert_eq!((a_bar, b_bar), ([3.0, 4.0], [1.0, 2.0]));
    }
}
