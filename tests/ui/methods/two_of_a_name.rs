use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone, Copy)]
struct V {
    x: f64,
    y: f64,
}

trait Length {
    fn norm(self) -> f64;
}

impl Length for V {
    fn norm(self) -> f64 {
        self.x.abs() + self.y.abs()
    }
}

// `v.norm()` takes `V`, so it is the method of the trait
#[differentiable]
impl V {
    fn norm(&self) -> f64 {
        self.x.hypot(self.y)
    }
}

#[derive(Differentiable, Clone)]
struct Spring {
    stiffness: f64,
}

impl Spring {
    fn energy(&self, x: f64) -> f64 {
        0.5 * self.stiffness * x * x
    }
}

#[differentiable]
trait Potential {
    fn energy(&self, x: f64) -> f64;
    fn scale(&self) -> f64;
}

// `spring.energy(x)` is the method of the type
#[differentiable]
impl Potential for Spring {
    fn energy(&self, x: f64) -> f64 {
        2.0 * x
    }
    fn scale(&self) -> f64 {
        self.stiffness
    }
}

#[differentiable]
fn f(v: V, spring: &Spring) -> f64 {
    spring.energy(v.norm())
}

fn main() {}
