use chainrule::differentiable;

#[differentiable]
fn root(a: f64) -> Option<f64> {
    if a > 0.0 { Some(a.sqrt()) } else { None }
}

#[differentiable]
fn twice(a: f64, otherwise: f64) -> f64 {
    root(a).and_then(root).unwrap_or(otherwise)
}

#[differentiable]
fn with_its_type(a: f64, otherwise: f64) -> f64 {
    let twice: Option<f64> = root(a).and_then(root);
    twice.unwrap_or(otherwise)
}

fn main() {}
