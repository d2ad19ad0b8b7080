use chainrule::differentiable;

#[differentiable]
fn f(x: f64, n: usize) -> f64 {
    let mut y = 1.0;
    #[checkpoint(every = 0)]
    for _ in 0..n {
        y *= x;
    }
    y
}

fn main() {}
