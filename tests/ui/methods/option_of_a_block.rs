use chainrule::differentiable;
use chainrule::Differentiable;

#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
}

#[differentiable(wrt(x))]
impl Spring {
    fn energy(&self, x: f64) -> f64 {
        self.stiffness * x * x
    }
}

fn main() {}
