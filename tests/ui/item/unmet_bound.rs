use chainrule::differentiable;

#[derive(Clone, Copy)]
struct Plain(f64);

#[differentiable]
fn g(p: Plain, x: f64) -> f64 {
    p.0 * x
}

fn main() {}
