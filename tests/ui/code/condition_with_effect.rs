use chainrule::differentiable;

#[differentiable]
fn f(mut a: f64, b: f64) -> f64 {
    if { a *= b; a } > 1.0 { a * b } else { a - b }
}

fn main() {}
