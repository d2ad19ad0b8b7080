use chainrule::differentiable;

#[differentiable]
fn last(xs: &[f64]) -> &f64 {
    &xs[xs.len() - 1]
}

fn main() {}
