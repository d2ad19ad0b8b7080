use chainrule::differentiable;

#[differentiable]
fn callee(x: f64) -> f64 {
    x * x
}

struct Model;

#[differentiable]
impl Model {
    fn value(&self, x: f64) -> f64 {
        x * x
    }
}

#[differentiable(jacobian = cross_country)]
fn with_branch(x: f64, y: f64) -> (f64, f64) {
    let pair = [x * y, y];
    if pair[0] > pair[1] { (x, y) } else { (y, x * y) }
}

#[differentiable(jacobian = cross_country)]
fn with_method(x: f64, #[no_diff] model: &Model) -> (f64, f64) {
    let value: f64 = model.value(x);
    (value, x)
}

#[differentiable(jacobian = cross_country)]
fn with_loop(x: f64, n: usize) -> (f64, f64) {
    let mut p = x;
    for _ in 0..n {
        p *= x;
    }
    (p, x)
}

#[differentiable(jacobian = cross_country)]
fn with_condition(x: f64) -> (f64, f64) {
    let mut p = x;
    while p < 10.0 {
        p = p * p;
    }
    (p, x)
}

#[differentiable(jacobian = cross_country)]
fn with_call(x: f64, y: f64) -> (f64, f64) {
    (callee(x) * y, y)
}

#[differentiable(jacobian = cross_country)]
fn with_reference(x: f64, y: &mut f64) -> f64 {
    *y = x * *y;
    x
}

#[differentiable(jacobian = cross_country)]
fn with_slice(x: &[f64]) -> (f64, f64) {
    (x[0] * x[1], x[1])
}

#[differentiable(jacobian = cross_country)]
fn with_index(x: [f64; 3], i: usize) -> (f64, f64) {
    (x[i] * x[1], x[1])
}

#[differentiable(jacobian = cross_country)]
fn with_many_iterations(x: f64) -> (f64, f64) {
    let mut p = x;
    for _ in 0..1_000_000 {
        p = p * x;
    }
    (p, x)
}

fn main() {}
