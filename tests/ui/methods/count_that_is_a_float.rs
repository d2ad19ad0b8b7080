use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Rod {
    extent: f64,
}

impl Rod {
    fn len(&self) -> f64 {
        2.0 * self.extent
    }
}

#[differentiable]
fn f(rod: &Rod) -> f64 {
    let length = rod.len();
    length * rod.extent
}

fn main() {}
