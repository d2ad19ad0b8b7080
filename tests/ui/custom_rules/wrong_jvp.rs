use chainrule::differentiable;

#[differentiable(custom_jvp = too_few)]
fn f(x: f64, y: f64) -> f64 {
    x * y
}

fn too_few(x: f64, (x_dot, y_dot): (f64, f64)) -> (f64, f64) {
    (x, x_dot * y_dot)
}

#[differentiable(custom_jvp = tangents_apart)]
fn g(x: f64, y: f64) -> f64 {
    x * y
}

fn tangents_apart(x: f64, y: f64, x_dot: f64, y_dot: f64) -> (f64, f64) {
    (x * y, x_dot * y + x * y_dot)
}

#[differentiable(custom_jvp = owned_tangent)]
fn h(x: &[f64]) -> f64 {
    x[0]
}

fn owned_tangent(x: &[f64], x_dot: Vec<f64>) -> (f64, f64) {
    (x[0], x_dot[0])
}

#[differentiable(custom_jvp = tangent_only)]
fn k(x: f64) -> f64 {
    x * x
}

fn tangent_only(x: f64, x_dot: f64) -> f64 {
    2.0 * x * x_dot
}

fn main() {}
