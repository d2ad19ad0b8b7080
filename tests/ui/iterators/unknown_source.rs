use chainrule::differentiable;

#[differentiable]
fn f(xs: &std::collections::BTreeMap<u32, f64>) -> f64 {
    let mut s = 0.0;
    for (_, x) in xs.range(1..3) {
        s += x * x;
    }
    s
}

// `it` runs through the list that `rest` was
#[differentiable]
fn g(xs: &[f64]) -> f64 {
    let mut rest = xs;
    let mut it = rest.iter();
    rest = &xs[2..];
    let mut s = 0.0;
    while let Some(x) = it.next() {
        s = s * 0.5 + x * rest[0];
    }
    s
}

fn main() {}
