//! Rays, recurrences, intervals, iterative solvers, curves of rates, particles.

use chainrule::{Differentiable, differentiable};
use nalgebra::Vector3;
use std::collections::HashMap;

#[derive(Differentiable, Clone, Debug)]
pub struct Ray {
    pub origin: Vector3<f64>,
    pub dir: Vector3<f64>,
}
#[derive(Differentiable, Clone, Debug)]
pub enum Shape {
    Sphere { center: Vector3<f64>, radius: f64 },
    Plane { normal: Vector3<f64>, d: f64 },
}
#[differentiable]
impl Shape {
    fn hit(&self, ray: &Ray) -> Option<f64> {
        match self {
            Shape::Sphere { center, radius } => {
                let oc = ray.origin - center;
                let b = oc.dot(&ray.dir);
                let disc = b * b - (oc.norm_squared() - radius * radius);
                if disc < 0.0 {
                    return None;
                }
                let t = -b - disc.sqrt();
                if t > 1e-4 { Some(t) } else { None }
            }
            Shape::Plane { normal, d } => {
                let denom = normal.dot(&ray.dir);
                if denom.abs() < 1e-9 {
                    return None;
                }
                let t = (d - normal.dot(&ray.origin)) / denom;
                (t > 1e-4).then_some(t)
            }
        }
    }
    fn normal_at(&self, p: Vector3<f64>) -> Vector3<f64> {
        match self {
            Shape::Sphere { center, radius } => (p - center) / *radius,
            Shape::Plane { normal, .. } => *normal,
        }
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Rnn {
    pub wx: Vec<Vec<f64>>,
    pub wh: Vec<Vec<f64>>,
    pub b: Vec<f64>,
    pub out: Vec<f64>,
}
#[differentiable]
impl Rnn {
    fn cell(&self, x: &[f64], h: &[f64]) -> Vec<f64> {
        (0..h.len())
            .map(|i| {
                let mut z = self.b[i];
                for (j, xj) in x.iter().enumerate() {
                    z += self.wx[i][j] * xj;
                }
                for (j, hj) in h.iter().enumerate() {
                    z += self.wh[i][j] * hj;
                }
                z.tanh()
            })
            .collect()
    }
    fn run(&self, seq: &[Vec<f64>]) -> f64 {
        let mut h = vec![0.0; self.b.len()];
        for x in seq {
            h = self.cell(x, &h);
        }
        h.iter().zip(&self.out).map(|(a, b)| a * b).sum()
    }
}
#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Interval {
    pub lo: f64,
    pub hi: f64,
}
#[differentiable]
impl Interval {
    fn mul(self, o: Interval) -> Interval {
        let ps = [self.lo * o.lo, self.lo * o.hi, self.hi * o.lo, self.hi * o.hi];
        let (mut lo, mut hi) = (ps[0], ps[0]);
        for &p in &ps[1..] {
            if p < lo {
                lo = p;
            }
            if p > hi {
                hi = p;
            }
        }
        Interval { lo, hi }
    }
    fn width(&self) -> f64 {
        self.hi - self.lo
    }
}
zoo! {
pub fn trace(shapes: &[Shape], ray: &Ray, light: Vector3<f64>) -> f64 {
    let mut best: Option<(f64, usize)> = None;
    for (i, s) in shapes.iter().enumerate() {
        if let Some(t) = s.hit(ray) {
            if best.map_or(true, |(b, _)| t < b) { best = Some((t, i)); }
        }
    }
    let Some((t, i)) = best else { return 0.0 };
    let p = ray.origin + ray.dir * t;
    let n = shapes[i].normal_at(p);
    let l = (light - p).normalize();
    n.dot(&l).max(0.0) / (1.0 + 0.1 * t * t)
}
pub fn rnn(net: &Rnn, seq: &[Vec<f64>]) -> f64 { net.run(seq).powi(2) }
pub fn intervals(a: Interval, b: Interval, n: usize) -> f64 { let mut x = a; for _ in 0..n { x = x.mul(b); } x.width() }
pub fn gauss_seidel(a: &[Vec<f64>], b: &[f64], sweeps: usize, omega: f64) -> Vec<f64> {
    let n = b.len();
    let mut x = vec![0.0; n];
    for _ in 0..sweeps {
        for i in 0..n {
            let sigma: f64 = a[i].iter().zip(&x).enumerate().filter(|(j, _)| *j != i).map(|(_, (aij, xj))| aij * xj).sum();
            x[i] = (1.0 - omega) * x[i] + omega * (b[i] - sigma) / a[i][i];
        }
    }
    x
}
pub fn qr_gs<const M: usize, const N: usize>(a: &[[f64; N]; M]) -> ([[f64; N]; M], [[f64; N]; N]) {
    let mut q = *a;
    let mut r = [[0.0; N]; N];
    for j in 0..N {
        for k in 0..j {
            r[k][j] = (0..M).map(|i| q[i][k] * q[i][j]).sum();
            for i in 0..M { q[i][j] -= r[k][j] * q[i][k]; }
        }
        r[j][j] = q.iter().map(|row| row[j] * row[j]).sum::<f64>().sqrt();
        for row in q.iter_mut() { row[j] /= r[j][j]; }
    }
    (q, r)
}
pub fn qr_sum(a: &[[f64; 2]; 3]) -> f64 { let (q, r) = qr_gs(a); q[0][0] * r[0][1] + q[2][1] * r[1][1] + r[0][0] }
pub fn horner(c: &[f64], x: f64) -> (f64, f64) { c.iter().rev().fold((0.0, 0.0), |(p, d), &c| (p * x + c, d * x + p)) }
pub fn newton_poly(c: &[f64], x0: f64, max: usize) -> f64 {
    let mut x = x0;
    let mut k = 0;
    loop {
        let (p, d) = horner(c, x);
        let dx = p / d;
        x -= dx;
        k += 1;
        if dx.abs() < 1e-12 || k >= max { break x; }
    }
}
pub fn bilinear(grid: &[Vec<f64>], x: f64, y: f64) -> f64 {
    let (i, j) = (x.floor() as usize, y.floor() as usize);
    let (fx, fy) = (x - x.floor(), y - y.floor());
    let (i1, j1) = ((i + 1).min(grid.len() - 1), (j + 1).min(grid[0].len() - 1));
    let top = grid[i][j] * (1.0 - fy) + grid[i][j1] * fy;
    let bottom = grid[i1][j] * (1.0 - fy) + grid[i1][j1] * fy;
    top * (1.0 - fx) + bottom * fx
}
pub fn yield_curve(ts: &[f64], rates: &[f64], cashflows: &[(f64, f64)]) -> f64 {
    let rate = |t: f64| -> f64 {
        match ts.iter().position(|&x| x >= t) {
            Some(0) => rates[0],
            Some(i) => { let w = (t - ts[i - 1]) / (ts[i] - ts[i - 1]); rates[i - 1] * (1.0 - w) + rates[i] * w }
            None => *rates.last().unwrap(),
        }
    };
    cashflows.iter().map(|&(t, c)| c * (-rate(t) * t).exp()).sum()
}
pub fn particle_filter(weights: &[f64], xs: &[f64], z: f64, noise: &[f64]) -> f64 {
    let moved: Vec<f64> = xs.iter().zip(noise).map(|(x, n)| x + 0.1 * x.sin() + n).collect();
    let mut w: Vec<f64> = weights.iter().zip(&moved).map(|(w, x)| w * (-0.5 * (z - x).powi(2)).exp()).collect();
    let total: f64 = w.iter().sum();
    w.iter_mut().for_each(|w| *w /= total);
    let ess = 1.0 / w.iter().map(|w| w * w).sum::<f64>();
    let mean: f64 = w.iter().zip(moved.iter()).map(|(w, x)| w * x).sum();
    if ess < 1.5 { mean } else { mean + 0.01 * ess }
}
pub fn chamfer(a: &[[f64; 2]], b: &[[f64; 2]]) -> f64 {
    let one = |p: &[[f64; 2]], q: &[[f64; 2]]| -> f64 {
        p.iter().map(|u| q.iter().map(|v| (u[0] - v[0]).powi(2) + (u[1] - v[1]).powi(2)).min_by(|x, y| x.total_cmp(y)).unwrap()).sum::<f64>() / p.len() as f64
    };
    one(a, b) + one(b, a)
}
pub fn mpc(x0: f64, us: &[f64], q: f64, r: f64) -> f64 {
    us.iter().scan(x0, |x, u| { *x = 0.9 * *x + u - 0.1 * x.powi(3); Some(q * *x * *x + r * u * u) }).sum()
}
pub fn triplet(#[no_diff] emb: &HashMap<usize, usize>, table: &[[f64; 2]], margin: f64) -> f64 {
    let d = |i: usize, j: usize| ((table[i][0] - table[j][0]).powi(2) + (table[i][1] - table[j][1]).powi(2)).sqrt();
    let (a, p, n) = (emb[&0], emb[&1], emb[&2]);
    (d(a, p) - d(a, n) + margin).max(0.0)
}
}
#[test]
fn geo() {
    let shapes = vec![
        Shape::Sphere { center: Vector3::new(0.0, 0.1, 5.0), radius: 1.2 },
        Shape::Plane { normal: Vector3::new(0.0, 1.0, 0.1), d: -1.0 },
    ];
    laws!(trace(s: &shapes.clone(), r: &Ray { origin: Vector3::new(0.0, 0.0, 0.0), dir: Vector3::new(0.05, 0.02, 1.0) }, l: Vector3::new(2.0, 3.0, 0.0)));
    laws!(trace(s: &shapes.clone(), r: &Ray { origin: Vector3::new(0.0, 0.0, 0.0), dir: Vector3::new(0.05, -0.8, 0.6) }, l: Vector3::new(2.0, 3.0, 0.0)));
    laws!(intervals(a: Interval { lo: -0.3, hi: 0.8 }, b: Interval { lo: 0.5, hi: 1.3 }, _: 2));
    laws!(bilinear(g: &vec![vec![0.1, 0.4, 0.2], vec![0.5, -0.3, 0.6]], x: 0.4, y: 1.3));
    laws!(chamfer(a: &vec![[0.1, 0.2], [0.7, 0.9]], b: &vec![[0.2, 0.15], [0.6, 1.1], [2.0, 0.3]]));
    let emb = HashMap::from([(0, 0), (1, 2), (2, 1)]);
    laws!(triplet(_: &emb, t: &vec![[0.1, 0.2], [0.3, 0.9], [1.1, 0.4]], m: 0.5));
}
#[test]
fn num() {
    laws!(rnn(n: &Rnn { wx: vec![vec![0.1, 0.2], vec![-0.3, 0.4]], wh: vec![vec![0.5, 0.1], vec![0.2, -0.6]], b: vec![0.1, -0.1], out: vec![0.7, 0.8] }, s: &vec![vec![0.5, 0.1], vec![-0.4, 0.9]]));
    map_laws!(gauss_seidel(a: &vec![vec![4.0, 1.0], vec![0.5, 3.0]], b: &vec![1.0, 2.0], _: 3, w: 1.1));
    laws!(qr_sum(a: &[[1.0, 0.5], [0.3, 2.0], [-0.7, 0.4]]));
    laws!(newton_poly(c: &vec![-2.0, 0.3, 1.0], x: 1.0, _: 20));
    laws!(yield_curve(t: &vec![0.5, 1.0, 3.0], r: &vec![0.01, 0.02, 0.03], c: &vec![(0.3, 1.0), (0.8, 2.0), (2.0, 1.5), (5.0, 3.0)]));
    laws!(particle_filter(w: &vec![0.3, 0.3, 0.4], x: &vec![0.1, 0.9, 1.7], z: 1.0, n: &vec![0.05, -0.1, 0.02]));
    laws!(mpc(x: 0.8, u: &vec![0.1, -0.2, 0.05], q: 1.0, r: 0.1));
}
