use chainrule::differentiable;

#[differentiable]
fn f(xs: &[f64]) -> f64 {
    let mut s = 1.0;
    for x in xs.iter().cycle() {
        s *= x;
        if s < 0.1 {
            break;
        }
    }
    s
}

#[differentiable]
fn g(xs: &[f64]) -> f64 {
    *xs.iter().max_by_key(|x| x.to_bits()).unwrap()
}

#[differentiable]
fn h(xs: &[f64], y: f64) -> f64 {
    let mut v = xs.to_vec();
    if let Some(x) = v.iter_mut().max_by(|a, b| a.total_cmp(b)) {
        *x *= y;
    }
    v[0]
}

fn main() {}
