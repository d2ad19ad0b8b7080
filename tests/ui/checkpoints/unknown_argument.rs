use chainrule::differentiable;

#[differentiable]
fn f(x: f64, n: usize) -> f64 {
    let mut y = 1.0;
    #[checkpoint(often = 4)]
    for _ in 0..n {
        y *= x;
    }
    y
}

fn main() {}
