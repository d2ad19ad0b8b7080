use chainrule::differentiable;

#[differentiable]
fn of_what_changes(xs: &[f64]) -> f64 {
    let (mut a, mut b) = (vec![xs[0], xs[1]], vec![xs[1], xs[0]]);
    for part in [&mut a, &mut b] {
        part[0] *= xs[0];
    }
    a[0] * b[1]
}

#[differentiable]
fn of_parameters(xs: &mut [f64], ys: &mut [f64]) -> f64 {
    let lists = vec![&mut xs[..], ys];
    lists[0][1] * lists[1][0]
}

#[differentiable]
fn of_copies(xs: &[f64]) -> f64 {
    let mut a = vec![xs[0], xs[1] * xs[1]];
    let mut s = 1.0;
    for part in [&a[..], xs] {
        s = s * part[0] + part[1];
    }
    a[0] *= s;
    a[0]
}

fn main() {
    let _ = of_copies::grad(&[1.0, 2.0]);
}
