use chainrule::differentiable;

#[differentiable]
fn f(x: f64, y: Option<f64>) -> Option<f64> {
    if x > 0.0 && y? > x {
        return None;
    }
    Some(x)
}

fn main() {}
