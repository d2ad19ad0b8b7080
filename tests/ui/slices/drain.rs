use chainrule::differentiable;

#[differentiable]
fn kept(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    v.retain(|x| *x > 0.0);
    v[0]
}

#[differentiable]
fn drained(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    v.dedup();
    v[0]
}

fn main() {}
