use chainrule::differentiable;

#[differentiable]
fn root(x: f64) -> Option<f64> {
    (x > 0.0).then(|| x.sqrt())
}

#[differentiable]
fn type_not_visible(x: f64, y: Option<f64>) -> Option<f64> {
    let g = |a: f64| root(a * y?);
    g(x)
}

#[differentiable]
fn type_written(x: f64, y: Option<f64>) -> Option<f64> {
    let g = |a: f64| -> Option<f64> { root(a * y?) };
    g(x)
}

#[differentiable]
fn not_looked_into(x: f64, y: Option<f64>) -> Option<f64> {
    let z = unsafe { y? };
    Some(x * z)
}

fn main() {}
