use chainrule::differentiable;

#[differentiable]
fn f(xs: &[f64]) -> f64 {
    let set: std::collections::VecDeque<f64> = xs.iter().map(|x| x * x).collect();
    set[0]
}

fn main() {}
