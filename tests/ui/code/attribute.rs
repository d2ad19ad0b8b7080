use chainrule::differentiable;

#[differentiable]
fn f(x: f64) -> f64 {
    #[rustfmt::skip]
    let y = x * x;
    y
}

fn main() {}
