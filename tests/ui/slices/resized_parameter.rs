use chainrule::differentiable;

#[differentiable]
fn grown(v: &mut Vec<f64>, x: f64) {
    v.push(x * v[0]);
}

#[differentiable]
fn assigned(v: &mut Vec<f64>, x: f64) {
    v.clear();
    v[0] *= x;
}

fn main() {}
