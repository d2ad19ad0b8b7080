use chainrule::differentiable;

#[differentiable]
fn of_what_changes(xs: &[f64]) -> f64 {
    let mut a = vec![xs[0], xs[1]];
    let mut s = 1.0;
    for part in [&a[..], xs] {
        s = s * part[0] + part[1];
    }
    a[0] *= s;
    a[0] * a[1]
}

#[differentiable]
fn of_a_parameter_that_changes(xs: &mut [f64], ys: &[f64]) -> f64 {
    let lists = vec![&xs[..], ys];
    lists[0][1] * lists[1][0]
}

#[differentiable]
fn of_constants(xs: &[f64]) -> f64 {
    let a = vec![xs[0], xs[1] * xs[1]];
    let mut s = 1.0;
    for part in [&a[..], xs] {
        s = s * part[0] + part[1];
    }
    s
}

fn main() {
    let _ = of_constants::grad(&[1.0, 2.0]);
}
