use chainrule::differentiable;

#[differentiable]
fn f(x: f64, n: usize) -> f64 {
    let mut y = 1.0;
    #[checkpoint(every = 4)]
    while y < n as f64 {
        y *= x;
    }
    y
}

fn main() {}
