use chainrule::differentiable;

#[differentiable]
fn f(x: f64, n: usize) -> f64 {
    let mut y = 1.0;
    #[checkpoint(binomial = 4)]
    for _ in 0..n {
        y *= x;
        if y > 10.0 {
            break;
        }
    }
    y
}

fn main() {}
