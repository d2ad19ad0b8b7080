use chainrule::differentiable;

macro_rules! pair {
    ($x:ident, $y:ident) => {
        ($x, $y)
    };
}

#[differentiable]
fn f(pair!(x, y): (f64, f64)) -> f64 {
    x * y
}

fn main() {}
