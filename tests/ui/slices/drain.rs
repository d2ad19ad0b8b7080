use chainrule::differentiable;

#[differentiable]
fn replaced(xs: &[f64]) -> f64 {
    let mut v = xs.to_vec();
    v.splice(0..1, [2.0]);
    v[0]
}

#[differentiable]
fn of_the_caller(v: &mut Vec<f64>) -> f64 {
    v.retain(|x| *x > 0.0);
    v[0]
}

fn main() {}
