use chainrule::differentiable;

#[differentiable]
fn f(x: f64, #[no_diff] log: &mut [f64]) -> f64 {
    log[0] = x * x;
    log[0] + x
}

fn main() {}
