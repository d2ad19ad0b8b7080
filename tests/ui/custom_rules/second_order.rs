use chainrule::differentiable;

#[differentiable(custom_jvp = square_jvp, order = 2)]
fn square(x: f64) -> f64 {
    x * x
}

fn square_jvp(x: f64, x_dot: f64) -> (f64, f64) {
    (x * x, 2.0 * x * x_dot)
}

fn main() {}
