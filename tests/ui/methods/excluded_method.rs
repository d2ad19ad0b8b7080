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

    fn stiffen(&mut self, x: f64) -> &mut Self {
        self.stiffness += x;
        self
    }

    fn stiffened(mut self, x: f64) -> f64 {
        self.stiffen(x).stiffness
    }

    fn energy(&self, x: f64) -> f64 {
        self.stiffness * self.square(x)
    }
}

fn main() {}
