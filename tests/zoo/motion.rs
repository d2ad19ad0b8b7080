//! Motion and curves: transforms, integrators with events, controllers, splines, registration.

use chainrule::{Differentiable, differentiable};
use nalgebra::{Matrix3, Vector2, Vector3};

#[derive(Differentiable, Clone, Copy, Debug, Default)]
pub struct State {
    pub pos: [f64; 2],
    pub vel: [f64; 2],
}
impl std::ops::Add for State {
    type Output = State;
    fn add(self, o: State) -> State {
        State {
            pos: [self.pos[0] + o.pos[0], self.pos[1] + o.pos[1]],
            vel: [self.vel[0] + o.vel[0], self.vel[1] + o.vel[1]],
        }
    }
}

#[derive(Differentiable, Clone, Debug)]
pub struct Pid {
    pub kp: f64,
    pub ki: f64,
    pub kd: f64,
    integral: f64,
    last: Option<f64>,
}
#[differentiable]
impl Pid {
    pub fn new(kp: f64, ki: f64, kd: f64) -> Self {
        Self { kp, ki, kd, integral: 0.0, last: None }
    }
    pub fn step(&mut self, err: f64, dt: f64) -> f64 {
        self.integral = (self.integral + err * dt).clamp(-10.0, 10.0);
        let d = self.last.map(|l| (err - l) / dt).unwrap_or(0.0);
        self.last = Some(err);
        self.kp * err + self.ki * self.integral + self.kd * d
    }
}

#[differentiable]
pub trait Potential {
    fn energy(&self, r: f64) -> f64;
    fn force(&self, r: f64) -> f64;
}
#[derive(Differentiable, Clone, Debug)]
pub struct LennardJones {
    pub eps: f64,
    pub sigma: f64,
}
#[differentiable]
impl Potential for LennardJones {
    fn energy(&self, r: f64) -> f64 {
        let s6 = (self.sigma / r).powi(6);
        4.0 * self.eps * (s6 * s6 - s6)
    }
    fn force(&self, r: f64) -> f64 {
        let s6 = (self.sigma / r).powi(6);
        24.0 * self.eps * (2.0 * s6 * s6 - s6) / r
    }
}

fn fact(n: usize) -> f64 {
    (1..=n).map(|k| k as f64).product()
}

zoo! {
pub fn fft(re: &mut [f64], im: &mut [f64]) {
    let n = re.len();
    if n <= 1 { return; }
    let mut j = 0;
    for i in 1..n {
        let mut bit = n >> 1;
        while j & bit != 0 { j ^= bit; bit >>= 1; }
        j |= bit;
        if i < j { re.swap(i, j); im.swap(i, j); }
    }
    let mut len = 2;
    while len <= n {
        let ang = -2.0 * std::f64::consts::PI / len as f64;
        let (wi, wr) = ang.sin_cos();
        for i in (0..n).step_by(len) {
            let (mut cr, mut ci) = (1.0, 0.0);
            for k in 0..len / 2 {
                let (ur, ui) = (re[i + k], im[i + k]);
                let (vr, vi) = (re[i + k + len / 2] * cr - im[i + k + len / 2] * ci, re[i + k + len / 2] * ci + im[i + k + len / 2] * cr);
                re[i + k] = ur + vr; im[i + k] = ui + vi;
                re[i + k + len / 2] = ur - vr; im[i + k + len / 2] = ui - vi;
                let t = cr * wr - ci * wi;
                ci = cr * wi + ci * wr;
                cr = t;
            }
        }
        len <<= 1;
    }
}
pub fn spectrum_power(x: &[f64]) -> f64 {
    let mut re = x.to_vec();
    let mut im = vec![0.0; x.len()];
    fft(&mut re, &mut im);
    re.iter().zip(im.iter()).map(|(r, i)| r * r + i * i).enumerate().map(|(k, p)| p * k as f64).sum()
}
pub fn fft_tuples(x: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let n = x.len();
    if n == 1 { return vec![x[0]]; }
    let even: Vec<(f64, f64)> = x.iter().step_by(2).copied().collect();
    let odd: Vec<(f64, f64)> = x.iter().skip(1).step_by(2).copied().collect();
    let e = fft_tuples(&even);
    let o = fft_tuples(&odd);
    let mut out = vec![(0.0, 0.0); n];
    for k in 0..n / 2 {
        let th = -2.0 * std::f64::consts::PI * k as f64 / n as f64;
        let t = (th.cos() * o[k].0 - th.sin() * o[k].1, th.cos() * o[k].1 + th.sin() * o[k].0);
        out[k] = (e[k].0 + t.0, e[k].1 + t.1);
        out[k + n / 2] = (e[k].0 - t.0, e[k].1 - t.1);
    }
    out
}
pub fn rk4_closure(y0: [f64; 2], k: f64, c: f64, n: usize, dt: f64) -> [f64; 2] {
    let f = |y: &[f64; 2]| [y[1], -k * y[0] - c * y[1]];
    let axpy = |y: &[f64; 2], d: &[f64; 2], h: f64| [y[0] + h * d[0], y[1] + h * d[1]];
    let mut y = y0;
    for _ in 0..n {
        let k1 = f(&y);
        let k2 = f(&axpy(&y, &k1, dt / 2.0));
        let k3 = f(&axpy(&y, &k2, dt / 2.0));
        let k4 = f(&axpy(&y, &k3, dt));
        for i in 0..2 { y[i] += dt / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]); }
    }
    y
}
pub fn bouncing_ball(h0: f64, g: f64, e: f64, n: usize) -> (f64, f64) {
    let (mut s, mut t) = (State { pos: [0.0, h0], vel: [1.0, 0.0] }, 0.0);
    let mut bounces = 0;
    let dt = 0.05;
    while bounces < 2 && t < n as f64 {
        let next = State { pos: [s.pos[0] + dt * s.vel[0], s.pos[1] + dt * s.vel[1]], vel: [s.vel[0], s.vel[1] - g * dt] };
        if next.pos[1] < 0.0 {
            let frac = s.pos[1] / (s.pos[1] - next.pos[1]);
            s = State { pos: [s.pos[0] + frac * dt * s.vel[0], 0.0], vel: [next.vel[0], -e * next.vel[1]] };
            t += frac * dt;
            bounces += 1;
            continue;
        }
        s = next;
        t += dt;
    }
    (s.pos[0], t)
}
pub fn pid_loop(kp: f64, ki: f64, kd: f64, target: f64) -> f64 {
    let mut pid = Pid::new(kp, ki, kd);
    let mut x = 0.0_f64;
    let mut v = 0.0_f64;
    (0..20).map(|_| {
        let u = pid.step(target - x, 0.1);
        v += 0.1 * (u - 0.2 * v);
        x += 0.1 * v;
        (target - x).abs()
    }).sum()
}
pub fn chain_energy(p: &LennardJones, xs: &[f64]) -> f64 {
    let mut e = 0.0;
    for (i, xi) in xs.iter().enumerate() {
        for xj in &xs[i + 1..] {
            let r = (xi - xj).abs();
            if r > 2.5 * p.sigma { continue; }
            e += p.energy(r) + 0.1 * p.force(r);
        }
    }
    e
}
pub fn generic_rk<const N: usize>(y: [f64; N], a: &[[f64; N]; N], h: f64) -> [f64; N] {
    let mut d = [0.0; N];
    for i in 0..N { for j in 0..N { d[i] += a[i][j] * y[j]; } }
    let mut out = y;
    for (o, di) in out.iter_mut().zip(d.iter()) { *o += h * di; }
    out
}
pub fn three_steps(y: [f64; 3], a: &[[f64; 3]; 3], h: f64) -> [f64; 3] {
    let y1 = generic_rk(y, a, h);
    let y2 = generic_rk::<3>(y1, a, h * 0.5);
    generic_rk(y2, a, h * 0.25)
}
pub fn bspline(knots: &[f64], ctrl: &[[f64; 2]], deg: usize, t: f64) -> [f64; 2] {
    let mut k = deg;
    while k + 1 < knots.len() - deg - 1 && knots[k + 1] <= t { k += 1; }
    let mut d: Vec<[f64; 2]> = (0..=deg).map(|j| ctrl[j + k - deg]).collect();
    for r in 1..=deg {
        for j in (r..=deg).rev() {
            let i = j + k - deg;
            let alpha = (t - knots[i]) / (knots[i + deg + 1 - r] - knots[i]);
            for c in 0..2 { d[j][c] = (1.0 - alpha) * d[j - 1][c] + alpha * d[j][c]; }
        }
    }
    d[deg]
}
pub fn bezier(pts: &[Vector2<f64>], t: f64) -> Vector2<f64> {
    let mut p = pts.to_vec();
    while p.len() > 1 {
        p = p.windows(2).map(|w| w[0] * (1.0 - t) + w[1] * t).collect();
    }
    p[0]
}
pub fn bernstein(ctrl: &[f64], t: f64) -> f64 {
    let n = ctrl.len() - 1;
    ctrl.iter().enumerate().map(|(i, c)| {
        let binom = fact(n) / (fact(i) * fact(n - i));
        c * binom * t.powi(i as i32) * (1.0 - t).powi((n - i) as i32)
    }).sum::<f64>()
}
pub fn bisect(c: f64, mut lo: f64, mut hi: f64) -> f64 {
    let f = |x: f64| x * x * x - c;
    let mut flo = f(lo);
    for _ in 0..40 {
        let mid = 0.5 * (lo + hi);
        let fm = f(mid);
        if fm.signum() == flo.signum() { lo = mid; flo = fm; } else { hi = mid; }
        if hi - lo < 1e-9 { break; }
    }
    let x = 0.5 * (lo + hi);
    x - f(x) / (3.0 * x * x)
}
pub fn ransac_loss(points: &[(f64, f64)], a: f64, b: f64, c: f64) -> f64 {
    let norm = (a.powi(2) + b.powi(2)).sqrt();
    points.iter().map(|&(x, y)| {
        let r = (a * x + b * y + c) / norm;
        match r.abs() {
            d if d < 0.1 => 0.5 * r * r,
            d if d < 1.0 => 0.1 * (d - 0.05),
            _ => 0.095,
        }
    }).sum()
}
pub fn icp_residual(src: &[Vector3<f64>], dst: &[Vector3<f64>], rx: f64, ry: f64, rz: f64, t: Vector3<f64>) -> f64 {
    let (sx, cx) = rx.sin_cos();
    let (sy, cy) = ry.sin_cos();
    let (sz, cz) = rz.sin_cos();
    let r = Matrix3::new(cz, -sz, 0.0, sz, cz, 0.0, 0.0, 0.0, 1.0)
        * Matrix3::new(cy, 0.0, sy, 0.0, 1.0, 0.0, -sy, 0.0, cy)
        * Matrix3::new(1.0, 0.0, 0.0, 0.0, cx, -sx, 0.0, sx, cx);
    let mut total = 0.0;
    for s in src {
        let q = r * s + t;
        let best = dst.iter().map(|d| (q - d).norm_squared()).fold(f64::MAX, f64::min);
        total += best.min(4.0);
    }
    total / src.len() as f64
}
}
#[test]
fn ffts() {
    map_laws!(fft(re: &mut vec![1.0, 0.5, -0.3, 0.2], im: &mut vec![0.0, 0.1, 0.2, 0.3]));
    laws!(spectrum_power(x: &vec![1.0, 0.5, -0.3, 0.2]));
    map_laws!(fft_tuples(x: &vec![(1.0, 0.5), (-0.3, 0.2), (0.3, 0.1), (0.7, -1.0)]));
}
#[test]
fn ode() {
    map_laws!(rk4_closure(y: [1.0, 0.3], k: 2.0, c: 0.3, _: 4, dt: 0.1));
    map_laws!(bouncing_ball(h: 1.0, g: 9.81, e: 0.77, _: 10));
    laws!(pid_loop(kp: 1.3, ki: 0.4, kd: 0.1, t: 1.0));
    laws!(chain_energy(p: &LennardJones { eps: 0.5, sigma: 1.0 }, xs: &vec![0.0, 1.1, 2.3, 5.0]));
    map_laws!(three_steps(y: [1.0, 2.0, 3.0], a: &[[0.1, 0.2, 0.3], [0.4, -0.5, 0.6], [0.7, 0.8, -0.9]], h: 0.3));
}
#[test]
fn curves() {
    map_laws!(bspline(knots: &vec![0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 3.0, 3.0], ctrl: &vec![[0.0, 1.0], [1.0, 2.0], [2.0, 0.5], [3.0, -1.0], [4.0, 0.2]], _: 2, t: 1.4));
    map_laws!(bezier(p: &vec![Vector2::new(0.0, 1.0), Vector2::new(1.0, 2.0), Vector2::new(2.0, 0.3)], t: 0.3));
    laws!(bernstein(c: &vec![1.0, 0.3, 0.7], t: 0.4));
    laws!(bisect(c: 2.0, lo: 1.0, hi: 2.0));
}
#[test]
fn fits() {
    laws!(ransac_loss(p: &vec![(0.1, 0.2), (0.5, 0.4), (2.0, -1.0)], a: 0.6, b: -0.8, c: 0.05));
    laws!(icp_residual(src: &vec![Vector3::new(0.1, 0.2, 0.3), Vector3::new(1.0, 0.0, 0.5)], dst: &vec![Vector3::new(0.15, 0.2, 0.25), Vector3::new(1.1, 0.1, 0.4)], rx: 0.1, ry: 0.2, rz: -0.1, t: Vector3::new(0.1, 0.0, -0.1)));
}
