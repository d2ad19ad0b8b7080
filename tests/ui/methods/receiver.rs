use chainrule::differentiable;
use chainrule::Differentiable;
use std::rc::Rc;

#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
}

#[differentiable]
impl Spring {
    fn energy(self: Rc<Self>, x: f64) -> f64 {
        x * x
    }
}

fn main() {}
