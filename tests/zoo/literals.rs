//! Operators of the user's own types beside literals: they may be any operation, and not only multiples.

use chainrule::{Differentiable, differentiable};
use std::ops::{Div, Mul};

/// Its operators leave one field as it is, so that a literal does not scale it.
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Color {
    pub light: f64,
    pub alpha: f64,
}
#[differentiable]
impl Mul<f64> for Color {
    type Output = Color;
    fn mul(self, s: f64) -> Color {
        Color { light: self.light * s * self.alpha, alpha: self.alpha }
    }
}
#[differentiable]
impl Mul<Color> for f64 {
    type Output = Color;
    fn mul(self, color: Color) -> Color {
        color * self
    }
}
/// A number by its logarithm.
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Log(pub f64);
#[differentiable]
impl Mul<f64> for Log {
    type Output = Log;
    fn mul(self, s: f64) -> Log {
        Log(self.0 + s.ln())
    }
}
#[differentiable]
impl Div<f64> for Log {
    type Output = Log;
    fn div(self, s: f64) -> Log {
        Log(self.0 - s.ln())
    }
}
/// Scaled field by field, on either side.
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Pair<T> {
    pub a: T,
    pub b: T,
}
#[differentiable]
impl<T: num_traits::Float> Mul<T> for Pair<T> {
    type Output = Self;
    fn mul(self, s: T) -> Self {
        Pair { a: self.a * s, b: s * self.b }
    }
}
#[differentiable]
impl<T: num_traits::Float> Div<T> for Pair<T> {
    type Output = Pair<T>;
    fn div(self, s: T) -> Pair<T> {
        Pair { a: self.a / s, b: self.b / s }
    }
}
#[differentiable]
impl Mul<Pair<f64>> for f64 {
    type Output = Pair<f64>;
    fn mul(self, p: Pair<f64>) -> Pair<f64> {
        Pair { b: p.b * self, a: self * p.a }
    }
}
zoo! {
    pub fn beside_literals(c: Color, n: Log) -> f64 { let d = c * 3.0; let e = -0.5 * d; let m = (n * 2.0) / 0.3; let k = (m * 1.5).0; e.light * e.alpha.sin() + k * k * d.light }
    pub fn painted_over(c: Color, layers: usize) -> f64 { let mut c = c; for _ in 0..layers { c = Color { light: c.light + c.alpha, alpha: c.light * 0.5 }; c = c * 2.0; c = 0.4 * c; } c.light * c.alpha }
    pub fn scaled_in_a_loop(p: Pair<f64>, n: usize) -> f64 { let mut p = p; for _ in 0..n { p = Pair { a: p.b * 2.0, b: p.a * p.b }; p = 2.0 * (p * 0.25); p = p / 0.5; } p.a * p.b }
    pub fn scaled_generic(p: Pair<f32>) -> f32 { let mut p = p; for _ in 0..2 { p = Pair { a: 0.5 * p.b, b: p.a * p.b }; p = p * 2.0; } (p.a / 2.0) * p.b }
}
#[test]
fn literals() {
    let p = Pair { a: 1.3, b: 0.7 };
    laws!(beside_literals(c: Color { light: 1.2, alpha: 0.8 }, n: Log(0.3)));
    laws!(painted_over(c: Color { light: 1.2, alpha: 0.8 }, _: 3));
    laws!(painted_over(c: Color { light: 1.2, alpha: 0.8 }, _: 0));
    laws!(scaled_in_a_loop(p: p, _: 2));
    assert_eq!(simplified::scaled_generic::grad(Pair { a: 1.0, b: 2.0 }).a, 64.0);
}
