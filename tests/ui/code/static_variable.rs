use chainrule::differentiable;

#[differentiable]
fn f(x: f64) -> f64 {
    static mut LAST: f64 = 0.0;
    x * x
}

fn main() {}
