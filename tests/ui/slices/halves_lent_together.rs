use chainrule::differentiable;

#[differentiable]
fn add(xs: &mut [f64], ys: &[f64]) {
    for (x, y) in xs.iter_mut().zip(ys) {
        *x += y;
    }
}

#[differentiable]
fn halves(xs: &mut [f64]) {
    let (left, right) = xs.split_at_mut(2);
    add(left, right);
}

fn main() {}
