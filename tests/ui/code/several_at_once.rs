use chainrule::differentiable;

#[differentiable(wrt(x, q), speed = 3)]
fn f(x: f64, g: &dyn Fn(f64) -> f64) -> f64 {
    let y = x as i32 as f64;
    let p = unsafe { *(&x as *const f64) };
    y * p * g(x)
}

fn main() {}
