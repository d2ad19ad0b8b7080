use chainrule::differentiable;

#[differentiable]
fn f(x: f64) -> f64 {
    let mut xs = vec![x, x * x];
    xs.dedup();
    xs[0]
}

fn main() {}
