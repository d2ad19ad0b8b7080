use chainrule::differentiable;

#[differentiable(jacobian = sideways)]
fn f(x: f64) -> f64 {
    x * x
}

fn main() {}
