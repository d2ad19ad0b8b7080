use chainrule::{Differentiable, differentiable};

#[differentiable]
trait Model {
    fn predict(&self, x: f64) -> f64;
}

#[derive(Differentiable, Clone)]
struct Pair<M> {
    left: M,
    right: M,
    mix: f64,
}

#[differentiable]
impl<M: Model + Differentiable> Model for Pair<M> {
    fn predict(&self, x: f64) -> f64 {
        self.mix * self.left.predict(x) + (1.0 - self.mix) * self.right.predict(x)
    }
}

fn main() {}
