use chainrule::{Differentiable, differentiable};
use std::ops::{BitXor, Mul};

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

impl BitXor for Pair {
    type Output = f64;
    fn bitxor(self, other: Pair) -> f64 {
        self.x * other.y - self.y * other.x
    }
}

#[differentiable]
fn wedge(p: Pair, q: Pair) -> f64 {
    let area = p ^ q;
    area * p.x
}

fn main() {}
