use chainrule::derivative_of;

#[derivative_of(f64::hypot)]
fn hypot(x: f64, y: f64) -> f64;

#[derivative_of(f64::cbrt, custom_jvp = cbrt_jvp)]
fn cbrt(x: f64) -> f64 {
    f64::cbrt(x)
}

fn cbrt_jvp(x: f64, x_dot: f64) -> (f64, f64) {
    (x.cbrt(), x_dot / (3.0 * x.cbrt() * x.cbrt()))
}

#[derivative_of(<f64 as From<f32>>::from, custom_jvp = widened_jvp)]
fn widened(x: f64) -> f64;

fn widened_jvp(x: f64, x_dot: f64) -> (f64, f64) {
    (x, x_dot)
}

#[derivative_of(custom_jvp = cbrt_jvp)]
fn path_forgotten(x: f64) -> f64;

#[derivative_of(f64::cbrt, custom_jvp = cbrt_jvp)]
struct NoFunction;

fn main() {
    hypot(1.0, 2.0);
}
