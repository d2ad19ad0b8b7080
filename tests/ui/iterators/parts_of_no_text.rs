use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone)]
struct Drawing {
    lengths: Vec<f64>,
}

impl Drawing {
    fn lines(&self) -> impl Iterator<Item = f64> + '_ {
        self.lengths.iter().copied()
    }
}

#[differentiable]
fn of_no_text(drawing: &Drawing, x: f64) -> f64 {
    let mut s = 1.0;
    for length in drawing.lines() {
        s *= length * x;
    }
    s
}

#[differentiable]
fn of_text(x: f64) -> f64 {
    let mut s = 1.0;
    for line in "1\n2".lines() {
        s *= x + line.len() as f64;
    }
    s
}

fn main() {
    let _ = of_text::grad(2.0);
}
