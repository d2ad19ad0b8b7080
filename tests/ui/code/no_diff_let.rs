use chainrule::differentiable;

#[differentiable]
fn f(x: f64, y: Option<f64>) -> Option<f64> {
    #[no_diff]
    let Some(c) = y else { return None };
    #[no_diff]
    let d = y?;
    Some(x * c * d)
}

#[differentiable]
fn g(xs: &[f64]) -> f64 {
    let mut ys = xs.to_vec();
    #[no_diff]
    let first = &mut ys[0];
    *first *= 2.0;
    ys[0] * ys[1]
}

fn main() {}
