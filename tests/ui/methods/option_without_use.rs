use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
}

#[differentiable(jacobian = forward)]
impl Spring {
    #[differentiable(jacobian = cross_country)]
    fn force(&self, x: f64) -> (f64, f64) {
        (self.stiffness * x, x)
    }
}

#[differentiable]
trait Law {
    #[differentiable(order = 2)]
    fn energy(&self, x: f64) -> f64;

    fn pair(&self, x: f64) -> (f64, f64);
}

#[differentiable]
impl Law for Spring {
    #[differentiable(order = 2)]
    fn energy(&self, x: f64) -> f64 {
        self.stiffness * x * x
    }

    #[differentiable(jacobian = auto)]
    fn pair(&self, x: f64) -> (f64, f64) {
        (self.stiffness * x, x)
    }
}

fn main() {}
