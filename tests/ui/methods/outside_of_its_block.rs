use chainrule::differentiable;

struct Spring;

impl Spring {
    #[differentiable]
    fn energy(&self, x: f64) -> f64 {
        x * x
    }
}

fn main() {}
