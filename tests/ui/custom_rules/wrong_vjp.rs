use chainrule::differentiable;

#[differentiable(custom_vjp = too_few)]
fn f(x: f64, y: f64) -> f64 {
    x * y
}

fn too_few(x: f64) -> (f64, impl Fn(f64) -> (f64, f64)) {
    (x, move |y_bar| (y_bar, y_bar))
}

#[differentiable(custom_vjp = one_part)]
fn g(x: f64, y: f64) -> f64 {
    x * y
}

fn one_part(x: f64, y: f64) -> (f64, impl Fn(f64) -> f64) {
    (x * y, move |y_bar| y_bar * y)
}

#[differentiable(custom_vjp = gradient_at_once)]
fn h(x: f64, y: f64) -> f64 {
    x * y
}

fn gradient_at_once(x: f64, y: f64) -> (f64, (f64, f64)) {
    (x * y, (y, x))
}

#[differentiable(custom_vjp = pullback_only)]
fn k(x: f64) -> f64 {
    x * x
}

fn pullback_only(x: f64) -> impl Fn(f64) -> f64 {
    move |y_bar| 2.0 * x * y_bar
}

#[differentiable(custom_vjp = mutating)]
fn l(x: f64) -> f64 {
    x * x
}

fn mutating(x: f64) -> (f64, impl FnMut(f64) -> f64) {
    let mut calls = 0;
    (x * x, move |y_bar| {
        calls += 1;
        2.0 * x * y_bar
    })
}

fn main() {}
