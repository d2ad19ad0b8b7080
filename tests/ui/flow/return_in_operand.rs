use chainrule::differentiable;

#[differentiable]
fn f(x: f64, mut xs: Vec<f64>) -> f64 {
    xs.pop().unwrap_or(x) * if x > 0.0 { x } else { return x }
}

fn main() {}
