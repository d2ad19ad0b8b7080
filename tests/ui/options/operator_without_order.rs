use chainrule::{Differentiable, differentiable};
use std::ops::Mul;

#[derive(Differentiable, Clone, Copy)]
struct Pair {
    x: f64,
    y: f64,
}

#[differentiable]
impl Mul<f64> for Pair {
    type Output = Pair;
    fn mul(self, factor: f64) -> Pair {
        Pair { x: self.x * factor, y: self.y * factor }
    }
}

#[differentiable(order = 2)]
fn area(p: Pair, factor: f64) -> f64 {
    let q = p * factor;
    q.x * q.y
}

fn main() {}
