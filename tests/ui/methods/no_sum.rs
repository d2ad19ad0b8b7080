use chainrule::{Differentiable, differentiable};
use std::ops::Add;

#[derive(Differentiable, Clone, Copy)]
struct LogProbability {
    ln: f64,
}

#[differentiable]
impl Add for LogProbability {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { ln: (self.ln.exp() + other.ln.exp()).ln() }
    }
}

fn main() {}
