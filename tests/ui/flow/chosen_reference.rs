use chainrule::differentiable;

#[differentiable]
fn squares(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x * x).sum()
}

#[differentiable]
fn behind_an_effect(a: &mut Vec<f64>, b: &[f64], n: usize) -> f64 {
    a.pop().unwrap() * squares(if n > 2 { a } else { b })
}

#[differentiable]
fn chosen_argument(a: &[f64], b: &[f64], n: usize) -> f64 {
    squares(if n > 2 { a } else { b })
}

#[differentiable]
fn bound_first(a: &[f64], b: &[f64], n: usize) -> f64 {
    let chosen = if n > 2 { a } else { b };
    squares(chosen)
}

#[differentiable]
fn hidden_name(a: &[f64], b: &[f64], n: usize) -> f64 {
    let chosen = if n > 2 {
        let n = a.len() - 1;
        &a[..n]
    } else {
        b
    };
    squares(chosen) * n as f64
}

#[differentiable]
fn another_place(mut a: f64, mut b: f64, n: usize) -> f64 {
    let mut r = &mut a;
    *r *= 2.0;
    if n > 2 {
        r = &mut b;
    }
    *r *= 3.0;
    a * b
}

#[differentiable]
fn chosen_list(a: &[f64], n: usize) -> f64 {
    let parts = if n > 2 {
        [&a[..2], &a[2..]]
    } else {
        [&a[1..3], &a[..2]]
    };
    parts[0][1] * parts[1][0]
}

fn main() {}
