use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
}

#[differentiable(custom_jvp = energy_jvp)]
impl Spring {
    #[differentiable(custom_jvp = energy_jvp)]
    fn energy(&self, x: f64) -> f64 {
        self.stiffness * x * x
    }
}

fn energy_jvp(spring: &Spring, x: f64, (spring_dot, x_dot): (&SpringTangent, f64)) -> (f64, f64) {
    (spring.stiffness * x * x, spring_dot.stiffness * x * x + 2.0 * spring.stiffness * x * x_dot)
}

#[differentiable]
trait Special {
    #[differentiable(custom_jvp = erf_jvp)]
    fn erf(self) -> f64;
}

fn main() {}
