use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
}

#[differentiable]
impl Spring {
    fn energy(&self, x: f64) -> f64 {
        self.stiffness * x * x
    }
}

#[differentiable(order = 2)]
fn doubled(spring: &Spring, x: f64) -> f64 {
    2.0 * spring.energy(x)
}

fn main() {}
