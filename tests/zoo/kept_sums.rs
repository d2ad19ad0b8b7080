//! Sums of values of types that the macro does not see: of most of them the reverse sweep needs no operand. And zeros that no sweep keeps.

use super::second_order::of_slice;
use chainrule::rules::{Kept, add, sub};
use chainrule::{Differentiable, differentiable};
use nalgebra::{DVector, Vector2};
use std::ops::{Add, Mul, Sub};

#[derive(Differentiable, Clone, Copy, Debug, PartialEq)]
pub struct V2 {
    pub x: f64,
    pub y: f64,
}

#[differentiable]
impl Add for V2 {
    type Output = V2;
    fn add(self, other: V2) -> V2 {
        V2 { x: self.x + other.x, y: other.y + self.y }
    }
}

#[differentiable]
impl Sub for V2 {
    type Output = V2;
    fn sub(self, other: V2) -> V2 {
        V2 { x: self.x - other.x, y: self.y - other.y }
    }
}

#[differentiable]
impl Mul<f64> for V2 {
    type Output = V2;
    fn mul(self, factor: f64) -> V2 {
        V2 { x: self.x * factor, y: self.y * factor }
    }
}

/// Names that are words of the language.
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Raw {
    pub r#type: f64,
    pub r#move: V2,
}

#[differentiable]
impl Sub for Raw {
    type Output = Raw;
    fn sub(self, other: Raw) -> Raw {
        Raw { r#type: self.r#type - other.r#type, r#move: self.r#move - other.r#move }
    }
}

/// A sum that is none field by field.
#[derive(Differentiable, Clone, Copy, Debug, PartialEq)]
pub struct Crossed {
    pub a: f64,
    pub b: f64,
}

#[differentiable]
impl Add for Crossed {
    type Output = Crossed;
    fn add(self, other: Crossed) -> Crossed {
        Crossed { a: self.a + other.b, b: self.b - other.a }
    }
}

#[differentiable]
impl Sub for Crossed {
    type Output = Crossed;
    fn sub(self, other: Crossed) -> Crossed {
        Crossed { a: other.a - self.a, b: self.b - other.b }
    }
}

/// A sum field by field, of which one field needs its operands.
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Both<T> {
    pub plain: V2,
    pub crossed: Crossed,
    pub scale: T,
    pub count: usize,
}

#[differentiable]
impl<T: chainrule::Real> Add for Both<T> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let plain = self.plain + other.plain;
        let crossed = self.crossed + other.crossed;
        Self { crossed, plain, scale: self.scale + other.scale, count: self.count + other.count }
    }
}

/// A sum whose parts have lengths.
#[derive(Differentiable, Clone, Debug)]
pub struct Series {
    pub values: Vec<f64>,
    pub offset: f64,
}

#[differentiable]
impl Add for Series {
    type Output = Series;
    fn add(self, other: Series) -> Series {
        let values = self.values.iter().zip(&other.values).map(|(a, b)| a + b).collect();
        Series { values, offset: self.offset + other.offset }
    }
}

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Pair(pub V2, pub f64);

#[differentiable]
impl Sub for Pair {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0, self.1 - other.1)
    }
}

#[derive(Differentiable, Clone, Copy, Debug)]
pub enum Way {
    Straight { r#in: f64 },
    Bent { r#in: f64, r#type: V2 },
}

#[differentiable]
pub fn series(x: &[f64], offset: f64) -> Series {
    Series { values: x.to_vec(), offset: offset * x[0] }
}

#[differentiable]
pub fn turned(v: &V2, angle: f64) -> V2 {
    V2 { x: v.x * angle.cos() - v.y * angle.sin(), y: v.x * angle.sin() + v.y * angle.cos() }
}

#[differentiable]
pub fn scaled(v: &DVector<f64>, s: f64) -> DVector<f64> {
    v * s
}

zoo! {
    // the sum starts anew in each iteration, and what is added is nowhere else
    pub fn attracted(x: &[f64]) -> f64 {
        let n = x.len() / 2;
        let mut ps = vec![V2 { x: 0.0, y: 0.0 }; n];
        for i in 0..n {
            ps[i] = V2 { x: x[2 * i], y: x[2 * i + 1] };
        }
        let mut vs = vec![V2 { x: 0.1, y: 0.0 }; n];
        for _ in 0..2 {
            for i in 0..n {
                let mut acc = V2 { x: 0.0, y: 0.0 };
                for j in 0..n {
                    if i != j {
                        let d = ps[j] - ps[i];
                        acc = acc + d * (1.0 / (d.x * d.x + d.y * d.y + 0.3).sqrt());
                    }
                }
                vs[i] = vs[i] + acc * x[0];
            }
            for i in 0..n {
                ps[i] = ps[i] + vs[i] * 0.2;
            }
        }
        ps[0].x * ps[n - 1].y + ps[0].y
    }

    // sums and differences whose operands are gone, in branches
    pub fn gone(x: &[f64]) -> f64 {
        let mut acc = V2 { x: x[0], y: 0.3 };
        for i in 0..x.len() {
            let step = V2 { x: x[i].sin(), y: x[i] * x[0] };
            acc = if acc.x > 0.5 { acc - step * acc.y } else { step + acc };
        }
        acc.x * acc.y
    }

    pub fn crossed(x: &[f64]) -> f64 {
        let mut acc = Crossed { a: x[0], b: 0.3 };
        for i in 0..x.len() {
            let step = Crossed { a: x[i].sin(), b: x[i] * acc.a };
            acc = acc + step;
            acc = Crossed { a: acc.b * x[0], b: acc.a } - acc;
        }
        acc.a * acc.b
    }

    pub fn both(x: &[f64]) -> f64 {
        let start = V2 { x: x[0], y: x[1] };
        let mut acc = Both { plain: start, crossed: Crossed { a: x[1], b: 0.2 }, scale: 0.4, count: 1 };
        for i in 0..x.len() {
            let crossed = Crossed { a: x[i] * acc.scale, b: x[i].cos() };
            let plain = V2 { x: acc.crossed.a * x[i], y: acc.scale };
            acc = acc + Both { plain, crossed, scale: x[i] * x[i], count: i };
        }
        acc.plain.x * acc.plain.y + acc.crossed.a * acc.crossed.b * acc.scale + acc.count as f64 * acc.scale
    }

    // no fixed zero, and lengths
    pub fn lengths(x: &[f64]) -> f64 {
        let mut acc = series(x, 0.5);
        for i in 0..3 {
            let next = series(x, acc.offset * x[i]);
            acc = acc + next;
        }
        acc.values.iter().map(|v| v * v).sum::<f64>() * acc.offset
    }

    pub fn differences(x: &[f64]) -> f64 {
        let mut acc = Pair(V2 { x: x[0], y: x[1] }, 1.0);
        for i in 0..x.len() {
            let next = Pair(V2 { x: acc.1, y: x[i] }, acc.0.x * x[i]);
            acc = next - acc;
        }
        acc.0.x * acc.0.y * acc.1
    }

    pub fn raw_names(x: &[f64]) -> f64 {
        let mut acc = Raw { r#type: x[0], r#move: V2 { x: x[1], y: 0.3 } };
        for i in 0..x.len() {
            let next = Raw { r#type: acc.r#move.x * x[i], r#move: V2 { x: x[i], y: acc.r#type } };
            acc = next - acc;
        }
        acc.r#type * acc.r#move.x * acc.r#move.y
    }

    pub fn raw_parts(x: &[f64]) -> f64 {
        let mut way = Way::Straight { r#in: x[0] };
        let mut sum = 0.2;
        for i in 0..x.len() {
            way = match way {
                Way::Straight { r#in } => Way::Bent { r#in: r#in * x[i], r#type: V2 { x: sum, y: x[i] } },
                Way::Bent { r#in, r#type } => Way::Straight { r#in: r#in + r#type.x * r#type.y },
            };
            if let Way::Bent { r#type, .. } = way {
                sum += r#type.x * x[i];
            }
        }
        sum
    }

    // values that are replaced, whose type tells the zero
    pub fn replaced(x: &[f64]) -> f64 {
        let mut v = V2 { x: 1.0, y: 0.2 };
        for i in 0..x.len() {
            let w = turned(&v, x[i]);
            v = turned(&w, w.x);
        }
        v.x * v.y
    }

    // .. and does not
    pub fn replaced_lists(x: &[f64]) -> f64 {
        let mut v = DVector::from_vec(x.to_vec());
        for i in 0..x.len() {
            let w = scaled(&v, x[i]);
            let s = w[0] * w[1];
            v = scaled(&w, s) + w;
        }
        v[0] * v[1]
    }

    pub fn assigned_in_branches(x: &[f64]) -> f64 {
        let mut v = V2 { x: x[0], y: 0.2 };
        let mut last = v;
        for i in 0..x.len() {
            if x[i] > 0.0 {
                v = turned(&last, x[i]) - v;
            } else {
                last = v + last;
            }
        }
        v.x * last.y + v.y * last.x
    }
}

/// Newton's law for two bodies, with a product with the Hessian.
#[differentiable(order = 2)]
pub fn pulled(x: &[f64]) -> f64 {
    let mut p = V2 { x: x[0], y: x[1] };
    let mut v = V2 { x: x[2], y: 0.4 };
    for _ in 0..3 {
        let mut acc = V2 { x: 0.0, y: 0.0 };
        for k in 0..2 {
            let d = V2 { x: k as f64, y: x[3] } - p;
            let force = 1.0 / (d.x * d.x + d.y * d.y + 0.5);
            acc = acc + V2 { x: d.x * force, y: d.y * force };
        }
        v = v + acc;
        p = p + V2 { x: v.x * x[2], y: v.y * x[2] };
    }
    p.x * p.y + v.x
}

const X: [f64; 6] = [0.3, -0.8, 1.1, 0.6, 0.9, -0.4];

#[test]
fn sums_of_unknown_types() {
    let x = X.to_vec();
    laws!(attracted(x: &x.clone()));
    laws!(gone(x: &x.clone()));
    laws!(crossed(x: &x.clone()));
    laws!(both(x: &x.clone()));
    laws!(lengths(x: &x.clone()));
    laws!(differences(x: &x.clone()));
    laws!(raw_names(x: &x.clone()));
    laws!(raw_parts(x: &x.clone()));
}

#[test]
fn zeros_of_unknown_types() {
    let x = X.to_vec();
    laws!(replaced(x: &x.clone()));
    laws!(replaced_lists(x: &x.clone()));
    laws!(assigned_in_branches(x: &x.clone()));
}

#[test]
fn products_with_the_hessian() {
    of_slice!(pulled, [0.3, -0.8, 0.7, 0.6]);
}

/// What is kept gives what the rule gives with the operands, and is of that size.
#[test]
fn what_is_kept() {
    let v = V2 { x: 0.3, y: -0.8 };
    let crossed = Crossed { a: 0.2, b: 0.9 };
    let both = Both { plain: v, crossed, scale: 1.0, count: 2 };
    assert_eq!(size_of_val(&add::keep(&v, &v)), 0);
    assert_eq!(size_of_val(&sub::keep(&Pair(v, 1.0), &Pair(v, 2.0))), 0);
    assert_eq!(size_of_val(&add::keep(&1.5, &2.5)), 0);
    assert_eq!(size_of_val(&sub::keep(&Vector2::new(1.0, 2.0), &DVector::from_vec(vec![1.0, 2.0]))), 0);
    assert_eq!(size_of_val(&add::keep(&crossed, &crossed)), 4 * size_of::<f64>());
    assert_ne!(size_of_val(&add::keep(&both, &both)), 0);

    let mut seed = both.zero_tangent();
    (seed.plain.x, seed.plain.y, seed.crossed.a, seed.crossed.b, seed.scale) = (0.1, 0.2, 0.3, 0.4, 0.5);
    let kept = add::keep(&both, &both);
    assert_eq!(kept.pull_0(&seed), add::pull_0(&both, &both, &seed));
    assert_eq!(kept.pull_1(&seed), add::pull_1(&both, &both, &seed));
    let kept = sub::keep(&crossed, &crossed);
    assert_eq!(kept.pull_0(&seed.crossed), sub::pull_0(&crossed, &crossed, &seed.crossed));
    assert_eq!(kept.pull_1(&seed.crossed), sub::pull_1(&crossed, &crossed, &seed.crossed));
    let kept = sub::keep(&v, &v);
    assert_eq!(kept.pull_0(&seed.plain), sub::pull_0(&v, &v, &seed.plain));
    assert_eq!(kept.pull_1(&seed.plain), sub::pull_1(&v, &v, &seed.plain));
}
