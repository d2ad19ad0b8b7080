//! One operator for values and for references: those that pass their operands on share the rule of the one that computes.

use chainrule::{Differentiable, differentiable};
use std::ops::{Add, Mul, Neg, Sub};

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct V {
    pub x: f64,
    pub y: f64,
}

#[differentiable]
impl Add for V {
    type Output = V;
    fn add(self, o: V) -> V {
        V { x: self.x + o.x, y: self.y + o.y }
    }
}
#[differentiable]
impl Add<&V> for V {
    type Output = V;
    fn add(self, o: &V) -> V {
        self + *o
    }
}
#[differentiable]
impl Add<V> for &V {
    type Output = V;
    fn add(self, o: V) -> V {
        o + self
    }
}
#[differentiable]
impl<'a> Add<&'a V> for &V {
    type Output = V;
    fn add(self, o: &'a V) -> V {
        (*self) + o.clone()
    }
}

#[differentiable]
impl Sub for &V {
    type Output = V;
    fn sub(self, o: &V) -> V {
        V { x: self.x - o.x, y: self.y - o.y }
    }
}
#[differentiable]
impl Sub for V {
    type Output = V;
    fn sub(self, o: V) -> V {
        &self - &o
    }
}
#[differentiable]
impl Sub<&V> for V {
    type Output = V;
    fn sub(self, o: &V) -> V {
        (&self).sub(o)
    }
}

#[differentiable]
impl Neg for V {
    type Output = V;
    fn neg(self) -> V {
        V { x: -self.x, y: -self.y }
    }
}
#[differentiable]
impl Neg for &V {
    type Output = V;
    fn neg(self) -> V {
        -*self
    }
}

#[differentiable]
impl Mul<f64> for V {
    type Output = V;
    fn mul(self, s: f64) -> V {
        V { x: self.x * s, y: self.y * s.sin() }
    }
}
#[differentiable]
impl Mul<f64> for &V {
    type Output = V;
    fn mul(self, s: f64) -> V {
        let v = *self;
        v * s
    }
}
#[differentiable]
impl Mul<&f64> for &V {
    type Output = V;
    fn mul(self, s: &f64) -> V {
        V::mul(*self, *s)
    }
}
#[differentiable]
impl Mul<V> for f64 {
    type Output = V;
    fn mul(self, v: V) -> V {
        v * self
    }
}
#[differentiable]
impl Mul<&V> for f64 {
    type Output = V;
    fn mul(self, v: &V) -> V {
        return self * *v;
    }
}
#[differentiable]
impl Mul for V {
    type Output = f64;
    fn mul(self, v: V) -> f64 {
        self.x * v.x + self.y * v.y
    }
}
#[differentiable]
impl Mul<&V> for &V {
    type Output = f64;
    fn mul(self, v: &V) -> f64 {
        *self * *v
    }
}

zoo! {
    pub fn every_form(a: &V, b: V, s: f64) -> f64 {
        let c = a + &b;
        let d = &c - a;
        let e = -&d * s + b;
        let g = 2.0 * &e + &e * &s - b * 3.0;
        let h = a + g - &e;
        (h + a) * (&g * 0.5) + &h * a
    }
}

#[test]
fn forms() {
    laws!(every_form(a: &V { x: 1.0, y: 2.0 }, b: V { x: 0.3, y: -0.2 }, s: 0.7));
}
