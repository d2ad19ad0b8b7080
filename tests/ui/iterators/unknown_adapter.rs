use chainrule::differentiable;

#[differentiable]
fn f(xs: &[f64]) -> f64 {
    xs.iter().scan(0.0, |state, x| { *state += x; Some(*state) }).sum()
}

fn main() {}
