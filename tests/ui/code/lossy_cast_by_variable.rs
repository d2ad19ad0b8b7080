use chainrule::differentiable;

#[differentiable]
fn f(x: f64) -> f64 {
    let n = (x * 4.0) as usize;
    let y = n as f64;
    y * x
}

fn main() {}
