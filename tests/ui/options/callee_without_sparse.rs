use chainrule::differentiable;

#[differentiable]
fn callee(x: f64) -> f64 {
    x.sin()
}

#[differentiable(sparse)]
fn caller(x: f64) -> f64 {
    let y: f64 = callee(x);
    y * x
}

#[differentiable(sparse)]
fn once(x: f64) -> f64 {
    x.sin()
}

#[differentiable(sparse, order = 2)]
fn twice(x: f64) -> f64 {
    let y: f64 = once(x);
    y * x
}

fn main() {}
