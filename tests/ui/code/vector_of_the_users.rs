use chainrule::{Differentiable, differentiable};
use std::ops::Index;

#[derive(Clone, Differentiable)]
struct Vector2 {
    parts: [f64; 2],
}

impl Vector2 {
    fn new(x: f64, y: f64) -> Self {
        Self { parts: [2.0 * x, y] }
    }
}

impl Index<usize> for Vector2 {
    type Output = f64;
    fn index(&self, at: usize) -> &f64 {
        &self.parts[at]
    }
}

#[differentiable]
fn f(x: f64) -> f64 {
    let v = Vector2::new(x, x * x);
    v.parts[0] * v.parts[1]
}

fn main() {}
