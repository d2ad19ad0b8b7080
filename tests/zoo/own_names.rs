//! Types of the user's whose methods have names of nalgebra's.

use chainrule::{Differentiable, differentiable};

/// A vector of the plane.
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct V2 {
    pub x: f64,
    pub y: f64,
}

#[differentiable]
impl V2 {
    pub const EX: Self = Self { x: 1.0, y: 0.0 };

    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub fn dot(&self, other: &V2) -> f64 {
        self.x * other.x + self.y * other.y
    }

    pub fn norm(self) -> f64 {
        self.dot(&self).sqrt()
    }

    pub fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }

    pub fn normalize(self) -> Self {
        let n = self.norm();
        Self::new(self.x / n, self.y / n)
    }

    // of another than `self`, and of what a literal makes
    pub fn distance(&self, other: &Self) -> f64 {
        let d = V2 { x: self.x - other.x, y: self.y - other.y };
        d.norm() + other.norm() * d.cross(*other)
    }

    // a name of a collection's
    pub fn push(&self, k: f64) -> f64 {
        self.x * k + self.y
    }
}

#[differentiable]
impl std::ops::Sub for V2 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

/// A complex number, more or less.
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Turn {
    pub re: f64,
    pub im: f64,
}

#[differentiable]
impl Turn {
    pub fn inverse(&self) -> Self {
        let n = self.norm_squared();
        Turn { re: self.re / n, im: -self.im / n }
    }

    pub fn norm_squared(&self) -> f64 {
        self.re * self.re + self.im * self.im
    }

    pub fn normalize(&mut self) {
        let n = self.norm_squared().sqrt();
        self.re /= n;
        self.im /= n;
    }

    // an array, whose elements a closure maps
    pub fn parts(&self, k: f64) -> [f64; 2] {
        [self.re * k, self.im]
    }
}

#[differentiable]
impl std::ops::Mul for Turn {
    type Output = Turn;
    fn mul(self, other: Turn) -> Turn {
        Turn { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }
}

/// Another name for one of nalgebra's, of which the tokens do not tell either.
/// A mean that is kept while numbers come in.
#[derive(Differentiable, Clone, Debug, Default)]
pub struct Mean {
    n: usize,
    mean: f64,
}

#[differentiable]
impl Mean {
    fn push(&mut self, x: f64) {
        self.n += 1;
        self.mean += (x - self.mean) / self.n as f64;
    }
}

pub type Position = nalgebra::Vector2<f64>;

zoo! {
    pub fn of_literals(x: &[f64]) -> f64 {
        let a = V2 { x: x[0], y: x[1] };
        let b = V2::new(x[2], x[0]);
        let c = a.normalize();
        let mut d = V2::EX;
        d.y = x[1] * d.x;
        a.norm() + a.cross(b) * (a - b).norm() + a.dot(&b) * c.x + b.push(2.0) + d.clone().norm()
    }

    pub fn of_parameters(a: V2, b: &V2) -> f64 {
        let c = V2 { x: b.y, ..a };
        a.cross(c) * b.norm() + b.distance(&c)
    }

    // the same names on nalgebra's
    pub fn of_matrices(a: &Position, b: &V2) -> f64 {
        let c = V2 { x: a[0], y: b.x };
        let d = nalgebra::Vector2::new(a[1], c.norm());
        a.norm() * c.norm() + d.dot(a) + d.normalize()[0] * c.normalize().y
    }

    pub fn of_products(x: &[f64]) -> f64 {
        let mut q = Turn { re: x[0], im: 0.3 };
        for v in x {
            let turn = Turn { re: v.cos(), im: v.sin() };
            q = q * turn;
            q.normalize();
        }
        let target = Turn { re: x[1], im: x[0] };
        let e = target.inverse() * q;
        e.re * e.norm_squared() + (q * e).inverse().norm_squared()
    }

    pub fn elements_of_a_result(x: &[f64]) -> f64 {
        let turn = Turn { re: x[0], im: x[1] };
        let [a, b] = turn.parts(x[2]).map(|v| v.tanh() * x[0]);
        a * b + a
    }

    // for its effect
    pub fn for_an_effect(x: &[f64]) -> f64 {
        let mut mean = Mean { ..Default::default() };
        let mut squares = Mean::default();
        for &x in x {
            mean.push(x);
            if x > 0.5 { squares.push(x * x); }
        }
        mean.mean * squares.mean
    }

    // a name for both, one after the other
    pub fn of_either(a: &Position, b: &V2) -> f64 {
        let v = V2 { x: a[0], y: b.x };
        let n = V2::norm(v);
        let v = *a * n;
        v.norm()
    }
}

#[test]
fn own_names() {
    laws!(of_literals(x: &vec![0.7, 1.3, 0.4]));
    laws!(of_parameters(a: V2 { x: 0.7, y: 1.3 }, b: &V2 { x: 0.4, y: 0.9 }));
    laws!(of_products(x: &vec![0.7, 1.3, 0.4]));
    laws!(for_an_effect(x: &vec![0.7, 1.3, 0.4]));
    laws!(elements_of_a_result(x: &vec![0.7, 1.3, 0.4]));
    laws!(of_matrices(a: &Position::new(0.7, 1.3), b: &V2 { x: 0.4, y: 0.9 }));
    laws!(of_either(a: &Position::new(0.7, 1.3), b: &V2 { x: 0.4, y: 0.9 }));
}
