//! What has no graph is differentiated by columns or rows, unless elimination is asked for.

use crate::jacobians::assert_agree;
use chainrule::differentiable;
use nalgebra::SMatrix;

#[differentiable]
pub fn branch(x: f64, y: f64) -> (f64, f64) {
    if x > y { (x, x * y) } else { (y.sin(), y) }
}

#[differentiable]
pub fn count(x: f64, y: f64, n: usize) -> (f64, f64) {
    let mut p = x;
    for _ in 0..n {
        p *= y;
    }
    (p, x)
}

#[differentiable]
pub fn call(x: f64, y: f64) -> (f64, f64) {
    let (a, b) = branch(x, y);
    (a * b, b)
}

#[differentiable]
pub fn large(x: f64, y: f64) -> [f64; 2] {
    let grid = [[x; 40]; 40];
    [grid[3][4] * y, y]
}

#[test]
fn automatic_without_graph() {
    let (x, y) = (2.0_f64, 0.5_f64);
    let branch = SMatrix::<f64, 2, 2>::new(1.0, 0.0, y, x);
    assert_agree(&branch::jacobian(x, y), &branch);
    assert_agree(&branch::jacobian(y, x), &SMatrix::<f64, 2, 2>::new(0.0, x.cos(), 0.0, 1.0));
    assert_agree(&count::jacobian(x, y, 2), &SMatrix::<f64, 2, 2>::new(y * y, 2.0 * x * y, 1.0, 0.0));
    assert_agree(&call::jacobian(x, y), &SMatrix::<f64, 2, 2>::new(2.0 * x * y, x * x, y, x));
    assert_agree(&large::jacobian(x, y), &SMatrix::<f64, 2, 2>::new(y, x, 0.0, 1.0));
}
