use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone, Copy)]
struct View<'a> {
    xs: &'a [f64],
    k: f64,
}

#[differentiable]
fn f(view: &View) -> f64 {
    view.xs[0] * view.k
}

#[differentiable]
fn g(view: &View<'_>) -> f64 {
    view.xs[0] * view.k
}

fn main() {}
