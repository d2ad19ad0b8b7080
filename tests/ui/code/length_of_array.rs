use chainrule::differentiable;

#[differentiable]
fn total(xs: &[f64; 3]) -> f64 {
    xs[0] + xs[1] * xs[2]
}

#[differentiable]
fn of_squares(x: f64) -> f64 {
    total(&std::array::from_fn(|i| x.powi(i as i32)))
}

fn main() {}
