use chainrule::differentiable;

#[differentiable(wrt(x, y))]
fn f(x: f64, #[no_diff] y: f64) -> f64 {
    x * y
}

fn main() {}
