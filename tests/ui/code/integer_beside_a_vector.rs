use chainrule::{Differentiable, differentiable};
use std::ops::Mul;

#[derive(Differentiable, Clone, Copy)]
struct Pair {
    x: f64,
    y: f64,
}

#[differentiable]
impl Mul<i32> for Pair {
    type Output = Pair;
    fn mul(self, n: i32) -> Pair {
        Pair { x: self.x * f64::from(n), y: self.y * f64::from(n) }
    }
}

#[differentiable]
fn area(p: Pair, n: i32) -> f64 {
    let q = p * n;
    q.x * q.y
}

fn main() {}
