use chainrule::differentiable;

#[differentiable(wrt(x))]
fn scaled(x: [f64; 2], p: [f64; 2]) -> [f64; 2] {
    [x[0] * x[1] * p[0], x[0] + p[1]]
}

#[differentiable(jacobian = cross_country)]
fn f(x: [f64; 2]) -> [f64; 2] {
    let y: [f64; 2] = scaled(x, [1.0, 2.0]);
    [y[0] * y[1], y[0]]
}

fn main() {}
