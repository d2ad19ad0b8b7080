use chainrule::differentiable;

fn g(x: f64) -> Option<f64> {
    Some(x)
}

#[differentiable]
fn f(x: f64) -> f64 {
    if x > 0.0
        && let Some(y) = g(x)
    {
        return y;
    }
    x
}

fn main() {}
