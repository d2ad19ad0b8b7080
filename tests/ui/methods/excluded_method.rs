use chainrule::differentiable;
use chainrule::Differentiable;

#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
}

#[differentiable]
impl Spring {
    #[no_diff]
    fn square(&self, x: f64) -> f64 {
        x * x
    }

    fn energy(&self, x: f64) -> f64 {
        self.stiffness * self.square(x)
    }
}

fn main() {}
