use chainrule::differentiable;

fn choose() -> fn(f64) -> f64 {
    f64::sin
}

#[differentiable]
fn f(x: f64) -> f64 {
    choose()(x)
}

fn main() {}
