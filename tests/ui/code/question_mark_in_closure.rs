use chainrule::differentiable;

#[differentiable]
fn f(x: f64, y: Option<f64>) -> Option<f64> {
    let g = |a: f64| Some(a * y?);
    g(x)
}

fn main() {}
