use chainrule::differentiable;

struct Singular(f64);

#[differentiable]
fn inverse(x: f64) -> Result<f64, Singular> {
    if x == 0.0 {
        return Err(Singular(x));
    }
    Ok(1.0 / x)
}

#[differentiable]
fn total(xs: &[f64]) -> Result<f64, Singular> {
    let mut sum = 0.0;
    for x in xs {
        sum += inverse(*x)?;
    }
    Ok(sum)
}

fn main() {}
