use chainrule::differentiable;

#[differentiable(custom_jvp = double_jvp)]
fn double(x: &mut f64) {
    *x *= 2.0;
}

fn double_jvp(x: &mut f64, x_dot: &mut f64) -> ((), ()) {
    *x *= 2.0;
    *x_dot *= 2.0;
    ((), ())
}

fn main() {}
