//! Bodies, payoffs, diffusion, robots: structs of structs whose methods take `Copy` types by value.

use chainrule::{Differentiable, differentiable, stop_gradient};
use nalgebra::{Matrix2, Matrix3, Matrix4, SMatrix, Vector2, Vector3, Vector4};

#[derive(Differentiable, Clone, Copy, Debug, PartialEq)]
pub struct V2 {
    pub x: f64,
    pub y: f64,
}
#[differentiable]
impl V2 {
    pub fn dot2(self, o: V2) -> f64 {
        self.x * o.x + self.y * o.y
    }
    pub fn length(self) -> f64 {
        self.dot2(self).sqrt()
    }
    pub fn plus(self, o: V2) -> V2 {
        V2 { x: self.x + o.x, y: self.y + o.y }
    }
    pub fn scale(self, s: f64) -> V2 {
        V2 { x: self.x * s, y: self.y * s }
    }
    pub fn perp(&self) -> V2 {
        V2 { x: -self.y, y: self.x }
    }
    pub fn lerp(&self, o: &Self, t: f64) -> Self {
        Self { x: self.x + t * (o.x - self.x), ..*self }.fix(o, t)
    }
    fn fix(self, o: &Self, t: f64) -> Self {
        Self { y: self.y * (1.0 - t) + o.y * t, ..self }
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Body {
    pub pos: V2,
    pub vel: V2,
    pub mass: f64,
    #[no_diff]
    pub fixed: bool,
}
#[derive(Differentiable, Clone, Debug)]
pub struct World {
    pub bodies: Vec<Body>,
    pub g: f64,
    pub time: f64,
}
#[differentiable]
impl World {
    fn forces(&self) -> Vec<V2> {
        let mut out = vec![V2 { x: 0.0, y: 0.0 }; self.bodies.len()];
        for i in 0..self.bodies.len() {
            for j in (i + 1)..self.bodies.len() {
                let (a, b) = (&self.bodies[i], &self.bodies[j]);
                let d = V2 { x: b.pos.x - a.pos.x, y: b.pos.y - a.pos.y };
                let r2 = d.dot2(d) + 0.01;
                let f = self.g * a.mass * b.mass / (r2 * r2.sqrt());
                out[i] = out[i].plus(d.scale(f));
                out[j].x -= f * d.x;
                out[j].y -= f * d.y;
            }
        }
        out
    }
    fn step(&mut self, dt: f64) {
        let f = self.forces();
        for (b, f) in self.bodies.iter_mut().zip(f.iter()) {
            if b.fixed {
                continue;
            }
            b.vel = b.vel.plus(f.scale(dt / b.mass));
            b.pos = b.pos.plus(b.vel.scale(dt));
        }
        self.time += dt;
    }
    fn energy(&self) -> f64 {
        let kin: f64 = self.bodies.iter().map(|b| 0.5 * b.mass * b.vel.dot2(b.vel)).sum();
        let mut pot = 0.0;
        for (i, a) in self.bodies.iter().enumerate() {
            for b in self.bodies.iter().skip(i + 1) {
                pot -= self.g * a.mass * b.mass / ((a.pos.x - b.pos.x).hypot(a.pos.y - b.pos.y) + 0.1);
            }
        }
        kin + pot
    }
}
#[derive(Differentiable, Clone, Debug)]
pub enum Payoff {
    Call {
        strike: f64,
    },
    Put(f64),
    Digital {
        strike: f64,
        #[no_diff]
        sharpness: f64,
    },
    Basket(Vec<Payoff2>),
}
#[derive(Differentiable, Clone, Debug)]
pub struct Payoff2 {
    pub weight: f64,
    pub strike: f64,
}
#[differentiable]
impl Payoff {
    fn value(&self, s: f64) -> f64 {
        match *self {
            Payoff::Call { strike } => (s - strike).max(0.0),
            Payoff::Put(k) => (k - s).max(0.0),
            Payoff::Digital { strike, sharpness } => 1.0 / (1.0 + (-(s - strike) * stop_gradient(sharpness)).exp()),
            Payoff::Basket(ref parts) => parts.iter().map(|p| p.weight * (s - p.strike).max(0.0)).sum(),
        }
    }
}
zoo! {
pub fn n_body(w0: &World, n: usize) -> f64 {
    let mut w = w0.clone();
    for _ in 0..n { w.step(0.05); }
    w.energy() + w.bodies.last().map(|b| b.pos.x).unwrap_or(0.0) * w.time
}
pub fn polygon_area(pts: &[V2]) -> f64 {
    let n = pts.len();
    0.5 * (0..n).map(|i| { let (p, q) = (pts[i], pts[(i + 1) % n]); p.x * q.y - q.x * p.y }).sum::<f64>().abs()
}
pub fn path_length(pts: &[V2], closed: bool) -> f64 {
    let mut len = pts.windows(2).map(|w| V2 { x: w[1].x - w[0].x, y: w[1].y - w[0].y }.length()).sum::<f64>();
    if closed { if let [first, .., last] = pts { len += V2 { x: first.x - last.x, y: first.y - last.y }.length(); } }
    len
}
pub fn lerped(a: V2, b: V2, t: f64) -> f64 { a.lerp(&b, t).perp().dot2(b) + a.lerp(&b, t * t).length() }
pub fn closest_on_segment(p: V2, a: V2, b: V2) -> f64 {
    let ab = V2 { x: b.x - a.x, y: b.y - a.y };
    let ap = V2 { x: p.x - a.x, y: p.y - a.y };
    let t = (ap.dot2(ab) / ab.dot2(ab)).clamp(0.0, 1.0);
    let c = a.plus(ab.scale(t));
    (p.x - c.x).hypot(p.y - c.y)
}
pub fn payoff_mean(p: &Payoff, paths: &[f64]) -> f64 { paths.iter().map(|&s| p.value(s)).sum::<f64>() / paths.len() as f64 }
pub fn portfolio(ps: &[Payoff], w: &[f64], s: f64) -> f64 { ps.iter().zip(w).fold(0.0, |acc, (p, w)| acc + w * p.value(s)) }
pub fn asian_mc(s0: f64, r: f64, sigma: f64, z: &[Vec<f64>]) -> f64 {
    let mut total = 0.0;
    'paths: for path in z {
        let mut s = s0;
        let mut sum = 0.0;
        let dt = 1.0 / path.len() as f64;
        for z in path {
            s *= ((r - 0.5 * sigma.powi(2)) * dt + sigma * dt.sqrt() * z).exp();
            if s < 0.7 * s0 { continue 'paths; }
            sum += s;
        }
        total += (sum / path.len() as f64 - s0).max(0.0);
    }
    (-r).exp() * total / z.len() as f64
}
pub fn crank_nicolson(u0: &[f64], k: f64, dt: f64, steps: usize) -> Vec<f64> {
    let n = u0.len();
    let r = k * dt / 2.0;
    let mut u = u0.to_vec();
    let (mut c, mut d) = (vec![0.0; n], vec![0.0; n]);
    for _ in 0..steps {
        for i in 0..n {
            let left = if i > 0 { u[i - 1] } else { 0.0 };
            let right = u.get(i + 1).copied().unwrap_or(0.0);
            d[i] = u[i] + r * (left - 2.0 * u[i] + right);
        }
        c[0] = -r / (1.0 + 2.0 * r);
        d[0] /= 1.0 + 2.0 * r;
        for i in 1..n {
            let m = 1.0 / (1.0 + 2.0 * r + r * c[i - 1]);
            c[i] = -r * m;
            d[i] = (d[i] + r * d[i - 1]) * m;
        }
        u[n - 1] = d[n - 1];
        for i in (0..n - 1).rev() { u[i] = d[i] - c[i] * u[i + 1]; }
    }
    u
}
pub fn ekf_step(x: Vector3<f64>, p: Matrix3<f64>, u: Vector2<f64>, z: Vector2<f64>, lm: Vector2<f64>) -> (Vector3<f64>, f64) {
    let dt = 0.1;
    let th = x[2];
    let xp = Vector3::new(x[0] + u[0] * dt * th.cos(), x[1] + u[0] * dt * th.sin(), th + u[1] * dt);
    let mut f = Matrix3::identity();
    f[(0, 2)] = -u[0] * dt * th.sin();
    f[(1, 2)] = u[0] * dt * th.cos();
    let pp = f * p * f.transpose() + Matrix3::identity() * 0.01;
    let d = Vector2::new(lm.x - xp.x, lm.y - xp.y);
    let q = d.norm_squared();
    let zh = Vector2::new(q.sqrt(), d.y.atan2(d.x) - xp.z);
    let h = SMatrix::<f64, 2, 3>::new(-d.x / q.sqrt(), -d.y / q.sqrt(), 0.0, d.y / q, -d.x / q, -1.0);
    let s = h * pp * h.transpose() + Matrix2::identity() * 0.1;
    let k = pp * h.transpose() * s.try_inverse().unwrap();
    let mut innov = z - zh;
    while innov[1] > std::f64::consts::PI { innov[1] -= 2.0 * std::f64::consts::PI; }
    (xp + k * innov, s.determinant().ln())
}
pub fn forward_kinematics(angles: &[f64], lengths: &[f64]) -> (f64, f64, f64) {
    angles.iter().zip(lengths.iter()).fold((0.0, 0.0, 0.0), |(x, y, th), (a, l)| {
        let th = th + a;
        (x + l * th.cos(), y + l * th.sin(), th)
    })
}
pub fn ik_error(angles: [f64; 3], lengths: [f64; 3], target: (f64, f64)) -> f64 {
    let (x, y, _) = forward_kinematics(&angles, &lengths);
    let (tx, ty) = target;
    let reg: f64 = angles.windows(2).map(|p| (p[1] - p[0]).powi(2)).sum();
    ((x - tx).powi(2) + (y - ty).powi(2)).sqrt() + 0.01 * reg
}
pub fn homogeneous(rpy: [f64; 3], t: [f64; 3], pts: &[Vector4<f64>]) -> Vec<Vector4<f64>> {
    let [r, p, y] = rpy;
    let (sr, cr) = r.sin_cos(); let (sp, cp) = p.sin_cos(); let (sy, cy) = y.sin_cos();
    let m = Matrix4::new(
        cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr, t[0],
        sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr, t[1],
        -sp, cp * sr, cp * cr, t[2],
        0.0, 0.0, 0.0, 1.0);
    pts.iter().map(|p| m * p).collect()
}
}
#[test]
fn bodies() {
    let b =
        |x: f64, y: f64, m: f64, fixed| Body { pos: V2 { x, y }, vel: V2 { x: 0.1 * y, y: -0.2 * x }, mass: m, fixed };
    let w = World {
        bodies: vec![b(0.0, 0.1, 2.0, true), b(1.0, 0.2, 1.0, false), b(-0.5, 0.8, 0.5, false)],
        g: 0.7,
        time: 0.0,
    };
    laws!(n_body(w: &w, _: 3));
    let pts = vec![V2 { x: 0.0, y: 0.1 }, V2 { x: 1.0, y: 0.0 }, V2 { x: 1.2, y: 0.9 }];
    laws!(polygon_area(p: &pts.clone()));
    laws!(path_length(p: &pts.clone(), _: true));
    laws!(path_length(p: &pts.clone(), _: false));
    laws!(lerped(a: pts[0], b: pts[2], t: 0.3));
    laws!(closest_on_segment(p: V2 { x: 0.4, y: 0.7 }, a: pts[0], b: pts[2]));
}
#[test]
fn pay() {
    for p in [
        Payoff::Call { strike: 1.0 },
        Payoff::Put(1.1),
        Payoff::Digital { strike: 1.0, sharpness: 10.0 },
        Payoff::Basket(vec![Payoff2 { weight: 0.5, strike: 0.9 }, Payoff2 { weight: 0.2, strike: 1.3 }]),
    ] {
        laws!(payoff_mean(p: &p, paths: &vec![0.5, 1.7, 2.5]));
    }
    laws!(portfolio(p: &vec![Payoff::Call { strike: 1.0 }, Payoff::Put(1.1)], w: &vec![0.3, 0.7], s: 1.05));
    laws!(asian_mc(s: 1.0, r: 0.03, sigma: 0.2, z: &vec![vec![0.1, 0.5, -0.2], vec![-0.3, -2.5, 0.4], vec![0.9, 0.3, 0.1]]));
}
#[test]
fn rest() {
    map_laws!(crank_nicolson(u: &vec![0.1, 0.5, 0.9, 0.4], k: 0.7, dt: 0.1, _: 3));
    map_laws!(ekf_step(x: Vector3::new(0.1, 0.2, 0.3), p: Matrix3::new(1.0, 0.1, 0.0, 0.1, 1.2, 0.2, 0.0, 0.2, 0.9), u: Vector2::new(1.0, 0.2), z: Vector2::new(2.0, 0.3), lm: Vector2::new(2.0, 1.0)));
    map_laws!(forward_kinematics(a: &vec![0.1, 0.2, 0.3], l: &vec![1.0, 0.8, 0.5]));
    laws!(ik_error(a: [0.1, 0.2, 0.3], l: [1.0, 0.8, 0.5], t: (1.0, 1.0)));
    map_laws!(homogeneous(r: [0.1, 0.2, 0.3], t: [1.0, 2.0, 3.0], p: &vec![Vector4::new(0.1, 0.2, 0.3, 1.0), Vector4::new(1.1, -0.2, 0.3, 1.0)]));
}
