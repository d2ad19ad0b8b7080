use chainrule::differentiable;

#[differentiable]
fn exchanged(xs: &mut [f64], y: f64) {
    xs.swap_with_slice(&mut [y, 2.0]);
}

fn main() {}
