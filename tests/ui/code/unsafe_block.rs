use chainrule::differentiable;

#[differentiable]
fn f(x: f64) -> f64 {
    let p = unsafe { *(&x as *const f64) };
    p * x
}

fn main() {}
