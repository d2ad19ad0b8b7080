use chainrule::differentiable;

#[differentiable]
fn f(xs: &[f64]) -> f64 {
    xs.iter().cycle().take(5).sum()
}

#[differentiable]
fn g(xs: &[f64]) -> f64 {
    *xs.iter().max_by_key(|x| x.to_bits()).unwrap()
}

fn main() {}
