use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Ring {
    items: [f64; 3],
}

#[differentiable]
impl Ring {
    fn mean(&self) -> f64 {
        self.items.iter().sum::<f64>() / 3.0
    }
}

#[differentiable]
fn f(ring: &Ring, x: f64) -> f64 {
    ring.mean() * x
}

#[differentiable]
fn by_its_path(ring: &Ring, x: f64) -> f64 {
    Ring::mean(ring) * x
}

fn main() {}
