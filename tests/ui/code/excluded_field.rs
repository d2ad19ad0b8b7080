use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Pendulum {
    length: f64,
    #[no_diff]
    gravity: f64,
}

#[differentiable]
fn stiffness(p: &Pendulum) -> f64 {
    let twice = 2.0 * p.length;
    twice * p.gravity
}

fn main() {}
