use chainrule::differentiable;

#[differentiable]
fn f(xs: &[f64], ys: &[f64]) -> f64 {
    let mut s = 0.0;
    for x in xs.iter().chain(ys) {
        s += x * x;
        if s > 2.0 {
            break;
        }
    }
    s
}

fn main() {}
