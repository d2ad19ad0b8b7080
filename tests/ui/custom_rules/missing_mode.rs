use chainrule::differentiable;

#[differentiable(custom_jvp = total_jvp)]
fn total(x: &[f64]) -> f64 {
    x.iter().sum()
}

fn total_jvp(x: &[f64], x_dot: &[f64]) -> (f64, f64) {
    (x.iter().sum(), x_dot.iter().sum())
}

#[differentiable(custom_vjp = twice_vjp)]
fn twice(x: f64) -> (f64, f64) {
    (x, x)
}

fn twice_vjp(x: f64) -> ((f64, f64), impl Fn((f64, f64)) -> f64) {
    ((x, x), move |(a, b)| a + b)
}

#[differentiable]
fn mean(x: &[f64]) -> f64 {
    total(x) / x.len() as f64
}

fn main() {
    assert_eq!(total::jvp(&[1.0, 2.0], &[1.0, 0.0]), (3.0, 1.0));
    let gradient = total::grad(&[1.0, 2.0]);
    let (_, pullback) = twice::vjp(1.0);
    assert_eq!(gradient[0], pullback((1.0, 0.0)));
    twice::jvp(1.0, 1.0);
}
