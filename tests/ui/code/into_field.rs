use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Point {
    x: f64,
    y: f64,
}

#[differentiable]
fn area(a: f32, b: f64) -> f64 {
    let p = Point { x: a.into(), y: b };
    p.x * p.y
}

#[differentiable]
fn named(a: f32, b: f64) -> f64 {
    let x: f64 = a.into();
    let p = Point { x, y: b * f64::from(a) };
    p.x * p.y
}

fn main() {}
