use chainrule::differentiable;

#[differentiable]
fn f(xs: &[f64]) -> f64 {
    let set: std::collections::LinkedList<f64> = xs.iter().map(|x| x * x).collect();
    set.front().copied().unwrap_or(0.0)
}

fn main() {}
