use chainrule::differentiable;

#[differentiable]
fn f(xs: &std::collections::BTreeMap<u32, f64>) -> f64 {
    let mut s = 0.0;
    for (_, x) in xs.range(1..3) {
        s += x * x;
    }
    s
}

fn main() {}
