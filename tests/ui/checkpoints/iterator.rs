use chainrule::differentiable;

#[differentiable]
fn f(x: f64, n: usize) -> f64 {
    let mut y = 1.0;
    let xs = [x, x * x];
    #[checkpoint(binomial = 4)]
    for x in xs.iter().take(n) {
        y *= x;
    }
    y
}

fn main() {}
