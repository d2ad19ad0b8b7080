use chainrule::differentiable;
use std::ops::Mul;

#[differentiable]
fn square<T: Mul<Output = T> + Copy>(x: T) -> T {
    x * x
}

#[differentiable]
fn scaled<T>(x: &T, k: f64) -> T
where
    T: Copy + Mul<f64, Output = T>,
{
    *x * k
}

fn main() {}
