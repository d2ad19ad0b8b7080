use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Ring {
    items: [f64; 3],
}

#[differentiable]
impl Ring {
    #[differentiable(order = 2)]
    fn mean(&self) -> f64 {
        self.items[0] * self.items[1]
    }
}

#[differentiable(order = 2)]
fn f(ring: &Ring, x: f64) -> f64 {
    ring.mean() * x
}

#[differentiable(order = 2)]
fn by_its_path(ring: &Ring, x: f64) -> f64 {
    Ring::mean(ring) * x
}

fn main() {}
