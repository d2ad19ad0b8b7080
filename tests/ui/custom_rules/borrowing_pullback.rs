use chainrule::differentiable;

#[differentiable(custom_vjp = norm_vjp)]
fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn norm_vjp(x: &[f64]) -> (f64, impl Fn(f64) -> Vec<f64>) {
    let y = norm(x);
    (y, move |y_bar| x.iter().map(|x| x / y * y_bar).collect())
}

fn main() {}
