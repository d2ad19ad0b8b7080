use chainrule::differentiable;

#[differentiable(ordr = 2)]
fn f(x: f64) -> f64 {
    x * x
}

fn main() {}
