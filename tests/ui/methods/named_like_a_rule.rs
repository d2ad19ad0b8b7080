use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Ring {
    items: [f64; 3],
}

impl Ring {
    fn mean(&self) -> f64 {
        self.items.iter().sum::<f64>() / 3.0
    }
}

#[differentiable]
trait Metric {
    fn dot(&self, other: &Self) -> f64;
}

#[differentiable]
impl Metric for Ring {
    fn dot(&self, other: &Self) -> f64 {
        self.items[0] * other.items[1]
    }
}

// a method without derivatives
#[differentiable]
fn f(ring: &Ring, x: f64) -> f64 {
    ring.mean() * x
}

// a method of a trait
#[differentiable]
fn g(ring: &Ring, other: &Ring) -> f64 {
    ring.dot(other)
}

#[differentiable]
fn by_its_path(ring: &Ring, other: &Ring) -> f64 {
    Metric::dot(ring, other)
}

fn main() {}
