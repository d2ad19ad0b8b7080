//! Operators of the user's own types: `impl Mul<f64> for V3`, by value and by reference, generic and not.

use chainrule::{Differentiable, differentiable};
use std::ops::{Add, Div, Mul, Neg, Sub};
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct V3 {
    pub x: f64,
    pub y: f64,
    pub z: f64,
}
impl V3 {
    pub fn new(x: f64, y: f64, z: f64) -> Self {
        V3 { x, y, z }
    }
}
#[differentiable]
impl Add for V3 {
    type Output = V3;
    fn add(self, o: V3) -> V3 {
        V3 { x: self.x + o.x, y: self.y + o.y, z: self.z + o.z }
    }
}
#[differentiable]
impl Sub for V3 {
    type Output = V3;
    fn sub(self, o: V3) -> V3 {
        V3 { x: self.x - o.x, y: self.y - o.y, z: self.z - o.z }
    }
}
#[differentiable]
impl Neg for V3 {
    type Output = V3;
    fn neg(self) -> V3 {
        V3 { x: -self.x, y: -self.y, z: -self.z }
    }
}
#[differentiable]
impl Mul<f64> for V3 {
    type Output = V3;
    fn mul(self, s: f64) -> V3 {
        V3 { x: self.x * s, y: self.y * s, z: self.z * s }
    }
}
#[differentiable]
impl Mul<V3> for f64 {
    type Output = V3;
    fn mul(self, s: V3) -> V3 {
        s * self
    }
}
#[differentiable]
impl Mul for V3 {
    type Output = f64;
    fn mul(self, o: V3) -> f64 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Ray {
    pub o: V3,
    pub d: V3,
    pub hits: Vec<V3>,
}
zoo! {
    pub fn fields_of_results(a: &[V3], k: f64) -> f64 {
        let mut s = 0.0;
        for v in a {
            s += (-*v).x * (*v / k).y - (a[0] - *v).z * V3 { x: k, ..*v }.x;
        }
        s + ({
            let w = a[1] - a[0];
            w
        })
        .y
    }

    pub fn reflect(d: V3, n: V3) -> f64 { let r = d - n * (2.0 * (d * n)); r.x + 2.0 * r.y + 3.0 * r.z }
    pub fn at(ray: &Ray, t: f64) -> V3 { ray.o + ray.d * t }
    pub fn distance(ray: &Ray, p: &V3, t: f64) -> f64 { let q = at(ray, t) - *p; let m = -q; (q * m + (2.0 * q) * ray.d).sin() }
    pub fn total(ray: &Ray, s: f64) -> f64 { let mut sum = V3 { x: 0.0, y: s, z: 0.0 }; for h in &ray.hits { sum = sum + *h * s; } for k in 0..ray.hits.len() { sum = sum - ray.hits[k]; } sum * sum }
    pub fn folded(ray: &Ray, s: f64) -> f64 { let c = ray.hits.iter().fold(ray.o, |a, b| a + *b); (c * (1.0 / s)) * c }
    pub fn generic(a: f64, b: f64) -> f64 { inner(G { x: a, y: b }, b) }
    pub fn inner<T: num_traits::Float>(g: G<T>, k: T) -> T { let h = g * k + g; h.x * h.y }
    pub fn rows(a: &Row<3>, b: &Row<3>) -> f64 { a * b + &*a * &a.clone() }
    pub fn quats(a: Quat, b: Quat) -> f64 { let q = a * b * a; q.w + q.v.x * 2.0 + q.v.y / 3.0 }
    pub fn counted(a: V3, n: i32) -> f64 { let q = (a * f64::from(n)) / (a * a); q.x + q.y * q.z }
}
#[test]
fn of_vectors() {
    let (d, n) = (V3::new(1.0, -1.0, 0.3), V3::new(0.1, 0.9, 0.2));
    let r = Ray { o: d, d: n, hits: vec![d, n, d * 0.3] };
    laws!(reflect(d: d, n: n));
    laws!(distance(ray: &r.clone(), p: &n, t: 0.7));
    laws!(total(ray: &r.clone(), s: 0.7));
    laws!(folded(ray: &r.clone(), s: 0.7));
}

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct G<T> {
    pub x: T,
    pub y: T,
}
#[differentiable]
impl<T: num_traits::Float> Add for G<T> {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self { x: self.x + o.x, y: self.y + o.y }
    }
}
#[differentiable]
impl<T: num_traits::Float> Mul<T> for G<T> {
    type Output = Self;
    fn mul(self, k: T) -> Self {
        G { x: self.x * k, y: self.y * k }
    }
}
#[differentiable]
impl<'a, 'b, const N: usize> Mul<&'b Row<N>> for &'a Row<N> {
    type Output = f64;
    fn mul(self, o: &Row<N>) -> f64 {
        self.0.iter().zip(&o.0).map(|(a, b)| a * b).sum()
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Row<const N: usize>(pub [f64; N]);
/// quaternion rotation
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Quat {
    w: f64,
    v: V3,
}
#[differentiable]
impl Mul for Quat {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        Quat { w: self.w * o.w - self.v * o.v, v: o.v * self.w + self.v * o.w }
    }
}
#[differentiable]
impl Div<f64> for V3 {
    type Output = V3;
    fn div(self, s: f64) -> V3 {
        let r = 1.0 / s;
        V3 { x: self.x * r, y: self.y * r, z: self.z * r }
    }
}
#[test]
fn of_others() {
    let (d, n) = (V3::new(1.0, -1.0, 0.3), V3::new(0.1, 0.9, 0.2));
    laws!(generic(a: 0.7, b: 1.2));
    laws!(rows(a: &Row([1.0, 2.0, 3.0]), b: &Row([0.5, 1.5, 2.0])));
    laws!(quats(a: Quat { w: 0.3, v: d }, b: Quat { w: 0.8, v: n }));
    laws!(counted(a: n, _: 3));
    laws!(fields_of_results(a: &vec![d, n], k: 1.3));
}
