use chainrule::differentiable;

#[differentiable]
fn f(mut a: f64, b: f64, n: usize) -> f64 {
    match n {
        0 if { a *= b; a } > 1.0 => a * b,
        _ => a - b,
    }
}

#[differentiable]
fn g(mut a: f64, b: Option<f64>) -> f64 {
    if let Some(b) = b
        && { a *= b; a } > 1.0
    {
        return a * b;
    }
    a
}

fn main() {}
