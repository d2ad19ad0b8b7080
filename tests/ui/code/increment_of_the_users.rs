use chainrule::{Differentiable, differentiable};
use std::ops::AddAssign;

#[derive(Differentiable, Clone, Copy)]
struct Mean {
    count: f64,
    mean: f64,
}

impl AddAssign for Mean {
    fn add_assign(&mut self, other: Self) {
        let count = self.count + other.count;
        self.mean = (self.count * self.mean + other.count * other.mean) / count;
        self.count = count;
    }
}

#[differentiable]
fn merged(a: Mean, b: Mean) -> f64 {
    let mut both = a;
    both += b;
    both.mean
}

fn main() {}
