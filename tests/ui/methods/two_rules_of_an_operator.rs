use chainrule::{Differentiable, differentiable};
use std::ops::Add;

#[derive(Differentiable, Clone, Copy)]
struct Pair {
    x: f64,
    y: f64,
}

#[differentiable]
impl Add for Pair {
    type Output = Pair;
    fn add(self, other: Pair) -> Pair {
        Pair { x: self.x + other.x, y: self.y + other.y }
    }
}

// one of the two has to do without the attribute, or to pass its operands on: `*self + *other`
#[differentiable]
impl Add for &Pair {
    type Output = Pair;
    fn add(self, other: &Pair) -> Pair {
        Pair { x: self.x + other.x, y: self.y + other.y }
    }
}

fn main() {}
