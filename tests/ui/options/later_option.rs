use chainrule::differentiable;

#[differentiable(custom_jvp = rule)]
fn f(x: f64) -> f64 {
    x * x
}

fn rule(x: f64, x_dot: f64) -> (f64, f64) {
    (x * x, 2.0 * x * x_dot)
}

fn main() {}
