//! Traits, their implementations, and calls through generic bounds.

use super::methods::Line;
use chainrule::Differentiable;

#[chainrule::differentiable]
pub trait Potential: Differentiable {
    const SCALE: f64;

    fn energy(&self, x: f64) -> f64;

    /// With a body.
    fn scaled(&self, x: f64) -> f64 {
        self.energy(x * Self::SCALE) * x
    }

    fn move_by(&mut self, by: f64);

    fn spend(self, x: f64) -> f64
    where
        Self: Sized;

    fn over(&self, xs: &[f64], out: &mut [f64]);

    fn fixed(#[no_diff] &self, x: f64) -> f64;

    fn of(x: f64) -> f64;

    #[no_diff]
    fn name(&self) -> &'static str;
}

#[chainrule::differentiable]
impl<const N: usize> Potential for Line<N> {
    const SCALE: f64 = 1.5;

    fn energy(&self, x: f64) -> f64 {
        self.value(&[x; N]) * x
    }

    fn move_by(&mut self, by: f64) {
        self.shift(by);
        self.set_offset(self.energy(by));
    }

    fn spend(self, x: f64) -> f64 {
        self.slopes[0] * x * x + self.offset
    }

    fn over(&self, xs: &[f64], out: &mut [f64]) {
        for i in 0..xs.len() {
            out[i] += self.energy(xs[i]) * out[i];
        }
    }

    fn fixed(#[no_diff] &self, x: f64) -> f64 {
        x * x * self.offset
    }

    fn of(x: f64) -> f64 {
        x.exp() * Self::SCALE
    }

    #[no_diff]
    fn name(&self) -> &'static str {
        "line"
    }
}

/// For a type of another crate.
#[chainrule::differentiable]
impl Potential for f64 {
    const SCALE: f64 = 0.5;

    fn energy(&self, x: f64) -> f64 {
        (*self * x).sin()
    }

    fn move_by(&mut self, by: f64) {
        *self *= by;
    }

    fn spend(self, x: f64) -> f64 {
        self * x.cos()
    }

    fn over(&self, xs: &[f64], out: &mut [f64]) {
        for i in 0..xs.len() {
            out[i] += self.energy(xs[i]);
        }
    }

    fn fixed(#[no_diff] &self, x: f64) -> f64 {
        x
    }

    fn of(x: f64) -> f64 {
        x * x
    }

    #[no_diff]
    fn name(&self) -> &'static str {
        "f64"
    }
}

zoo! {
    pub fn through_bound<P: Potential>(p: &P, x: f64) -> f64 {
        p.energy(x) * p.scaled(x) + P::of(x) * P::SCALE
    }

    pub fn mutably_through_bound<P>(p: &mut P, x: f64) -> f64
    where
        P: Potential + Clone,
    {
        p.move_by(x);
        let before = p.energy(x);
        p.move_by(before);
        before + p.energy(x)
    }

    pub fn calls_through_bound(line: &Line<2>, k: f64, x: f64) -> f64 {
        let mut moved = line.clone();
        let y = mutably_through_bound(&mut moved, x);
        through_bound(line, x) * through_bound(&k, y) + moved.offset()
    }

    pub fn default_body(line: &Line<2>, x: f64) -> f64 {
        line.scaled(x) + line.scaled(2.0)
    }

    pub fn by_value<P: Potential + Clone>(p: &P, x: f64) -> f64 {
        let copy = p.clone();
        copy.spend(x) + p.energy(x)
    }

    #[options(wrt(x))]
    pub fn without_receiver<P: Potential>(p: &P, x: f64) -> f64 {
        p.fixed(x) * p.energy(x)
    }

    #[options(wrt(x))]
    pub fn calls_without_receiver(line: &Line<2>, x: f64) -> f64 {
        without_receiver(line, x) * without_receiver(&2.0, x * x)
    }

    pub fn calls_by_value(line: &Line<2>, k: f64, x: f64) -> f64 {
        by_value(line, x) * by_value(&k, x)
    }

    pub fn writes(line: &Line<2>, xs: &[f64], out: &mut [f64]) -> f64 {
        line.over(xs, out);
        Potential::over(line, &xs[..1], &mut out[..1]);
        <Line<2> as Potential>::energy(line, out[0]) + <f64 as Potential>::of(xs[0])
    }
}

fn line() -> Line<2> {
    Line { slopes: [0.7, -1.2], offset: 0.4, degree: 2 }
}

#[test]
fn through_bounds() {
    laws!(calls_through_bound(line: &line(), k: 1.3, x: 0.8));
    laws!(calls_by_value(line: &line(), k: 1.3, x: 0.8));
    let fixed = line();
    laws!(calls_without_receiver(_: &fixed, x: 0.8));
    laws!(default_body(line: &line(), x: 0.8));
    laws!(writes(line: &line(), xs: &vec![0.8, 0.3], out: &mut vec![1.1, 0.4]));
}

/// The provided functions of the trait agree with one another.
#[test]
fn beside_the_method() {
    let (line, x) = (line(), 0.8);
    let (value, gradient) = line.energy_value_and_grad(x);
    assert_eq!(value, line.energy(x));
    assert_eq!(line.energy_grad(x), gradient);
    let (value, pullback) = line.energy_vjp(x);
    assert_eq!((value, pullback(1.0)), (line.energy(x), gradient));
    let (dot, _) = line.scaled_grad(x);
    assert_eq!(line.scaled_jvp(x, (&dot, 0.0)).0, line.scaled(x));
    assert_eq!(f64::of_grad(3.0), 6.0);
    assert_eq!(2.0f64.name(), "f64");
    assert_eq!(line.name(), "line");
}

/// A trait whose generated functions leave it usable as an object.
#[test]
fn as_an_object() {
    let shapes: [Box<dyn Shape>; 2] = [Box::new(Disc), Box::new(Square)];
    assert_eq!(shapes.iter().map(|shape| shape.area(2.0)).sum::<f64>(), 12.0 + 4.0);
    assert_eq!((Disc.area_grad(2.0), Square.area_grad(2.0)), (12.0, 4.0));
}

#[chainrule::differentiable]
trait Shape {
    fn area(#[no_diff] &self, size: f64) -> f64;
}

struct Disc;
struct Square;

#[chainrule::differentiable]
impl Shape for Disc {
    fn area(#[no_diff] &self, size: f64) -> f64 {
        3.0 * size * size
    }
}

#[chainrule::differentiable]
impl Shape for Square {
    fn area(#[no_diff] &self, size: f64) -> f64 {
        size * size
    }
}

/// A trait's method that calls the type's own method of its name, which has derivatives too.
#[derive(Differentiable, Clone)]
pub struct Fiber<'a, T: Clone> {
    stiffness: f64,
    #[no_diff]
    label: &'a T,
}

#[chainrule::differentiable]
impl<'a, T: Clone + 'static> Fiber<'a, T> {
    fn energy(&self, x: f64) -> f64 {
        self.stiffness * x * x
    }
    fn stiffened(&mut self, x: f64) -> f64 {
        self.stiffness *= x;
        self.stiffness * x
    }
}

#[chainrule::differentiable]
pub trait Elastic<T> {
    fn energy(&self, x: f64) -> f64;
}

#[chainrule::differentiable]
impl<'a, T: Clone + 'static, S> Elastic<S> for Fiber<'a, T> {
    fn energy(&self, x: f64) -> f64 {
        Self::energy(self, x)
    }
}

#[test]
fn of_two_methods_of_a_name() {
    let fiber = Fiber { stiffness: 2.0, label: &"thread" };
    assert_eq!((fiber.energy_grad(3.0), fiber.label.len()), ((FiberTangent { stiffness: 9.0 }, 12.0), 6));
    assert_eq!(fiber.clone().stiffened_grad(3.0), (FiberTangent { stiffness: 9.0 }, 12.0));
    assert_eq!(Elastic::<u8>::energy_jvp(&fiber, 3.0, (&fiber.zero_tangent(), 1.0)), (18.0, 12.0));
}
