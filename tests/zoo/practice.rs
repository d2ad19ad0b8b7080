//! Functions of robotics, statistics, finance, signal processing and graphics, as they are written without a thought of derivatives.

use chainrule::{Differentiable, differentiable};
use std::f64::consts::{FRAC_PI_2, PI, TAU};
pub const G: f64 = 9.81;
pub static TABLE: [f64; 3] = [0.1, 0.5, 2.0];
pub(crate) mod physics {
    pub const C_D: f64 = 0.47;
}

// ---- ODE solver with a trait and generics
#[differentiable]
pub trait System<const N: usize> {
    fn rhs(&self, t: f64, y: &[f64; N]) -> [f64; N];
}
#[derive(Differentiable, Clone, Debug)]
pub struct Pendulum {
    pub length: f64,
    pub damping: f64,
}
#[differentiable]
impl System<2> for Pendulum {
    fn rhs(&self, _t: f64, y: &[f64; 2]) -> [f64; 2] {
        [y[1], -G / self.length * y[0].sin() - self.damping * y[1]]
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Decay(pub f64);
#[differentiable]
impl System<1> for Decay {
    #[inline]
    fn rhs(&self, t: f64, y: &[f64; 1]) -> [f64; 1] {
        [-self.0 * y[0] * (1.0 + 0.1 * t)]
    }
}
// ---- builder
#[derive(Differentiable, Clone, Debug, Default)]
pub struct Contract {
    pub spot: f64,
    pub strike: f64,
    pub rate: f64,
    pub vol: f64,
    #[no_diff]
    pub name: String,
}
#[differentiable]
impl Contract {
    pub fn with_spot(mut self, s: f64) -> Self {
        self.spot = s;
        self
    }
    pub fn with_vol(self, vol: f64) -> Self {
        Self { vol, ..self }
    }
    pub fn intrinsic(&self) -> f64 {
        (self.spot - self.strike).max(0.0)
    }
    pub fn value(&self, t: f64) -> f64 {
        let d1 = ((self.spot / self.strike).ln() + (self.rate + 0.5 * self.vol.powi(2)) * t) / (self.vol * t.sqrt());
        let d2 = d1 - self.vol * t.sqrt();
        self.spot * logistic(1.7 * d1) - self.strike * (-self.rate * t).exp() * logistic(1.7 * d2)
    }
}
#[differentiable]
#[inline]
#[must_use]
/// A logistic function.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct State {
    pub pos: [f64; 2],
    pub vel: [f64; 2],
    pub steps: u32,
}

zoo! {
    pub fn rk4<const N: usize, S: System<N>>(s: &S, y0: [f64; N], h: f64, n: usize) -> [f64; N] where S: Differentiable + 'static {
        let mut y = y0;
        for i in 0..n {
            let t = i as f64 * h;
            let k1 = s.rhs(t, &y);
            let y2: [f64; N] = std::array::from_fn(|j| y[j] + 0.5 * h * k1[j]);
            let k2 = s.rhs(t + 0.5 * h, &y2);
            let y3: [f64; N] = std::array::from_fn(|j| y[j] + 0.5 * h * k2[j]);
            let k3 = s.rhs(t + 0.5 * h, &y3);
            let y4: [f64; N] = std::array::from_fn(|j| y[j] + h * k3[j]);
            let k4 = s.rhs(t + h, &y4);
            for j in 0..N { y[j] += h / 6.0 * (k1[j] + 2.0 * k2[j] + 2.0 * k3[j] + k4[j]); }
        }
        y
    }
    pub fn swing(p: &Pendulum, angle: f64) -> f64 { let y: [f64; 2] = euler(p, [angle, 0.0], 0.01, 20); y[0] * y[0] + y[1] }
    pub fn euler<const N: usize, S>(s: &S, y0: [f64; N], h: f64, n: usize) -> [f64; N] where S: System<N> + Differentiable + 'static {
        let mut y = y0;
        for i in 0..n { let k = s.rhs(i as f64 * h, &y); for (y, k) in y.iter_mut().zip(&k) { *y += h * k; } }
        y
    }
    pub fn decayed(d: &Decay, y: f64) -> f64 { euler(d, [y], 0.1, 5)[0] }
    pub fn built(o: Contract, s: f64, v: f64, t: f64) -> f64 { let o = o.with_spot(s).with_vol(v); o.value(t) + o.intrinsic() }

    #[allow(unused_mut, clippy::let_and_return)]
    #[must_use]
    pub(crate) fn attributed(x: f64, #[no_diff] scale: f64) -> f64 {
        #[allow(unused_variables)]
        let unused = 3;
        let y = if cfg!(debug_assertions) { x * scale } else { scale * x };
        debug_assert!(y.is_finite(), "y = {y}");
        debug_assert_ne!(scale, 0.0);
        y.sin() * TABLE[1] + physics::C_D * y * PI / TAU + FRAC_PI_2
    }
    pub fn counts(xs: &[f64]) -> f64 {
        let n = xs.len();
        let mean = xs.iter().sum::<f64>() / n as f64;
        let var = xs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
        let skew = xs.iter().map(|&x| ((x - mean) / var.sqrt()).powi(3)).sum::<f64>() * n as f64 / ((n - 1) * (n - 2)) as f64;
        skew + var.ln() - (n as f64).sqrt()
    }
    pub fn ballistic(s0: State, drag: f64) -> f64 {
        let mut s = s0;
        while s.pos[1] >= 0.0 && s.steps < 30 {
            let speed = s.vel[0].hypot(s.vel[1]);
            let a = s.vel.map(|v| -drag * speed * v);
            s.vel = [s.vel[0] + 0.05 * a[0], s.vel[1] + 0.05 * (a[1] - G)];
            s.pos = [s.pos[0] + 0.05 * s.vel[0], s.pos[1] + 0.05 * s.vel[1]];
            s.steps += 1;
        }
        s.pos[0] + s.pos[1] * 0.1
    }
    pub fn shadowed(x: f64) -> f64 { let x = x * 2.0; let x = { let x = x.sin(); x * x }; let x = if x > 0.5 { x } else { 1.0 - x }; x }
    pub fn early(xs: &[f64], tol: f64) -> Option<f64> {
        if xs.is_empty() { return None; }
        let mut best = None;
        for (i, &x) in xs.iter().enumerate() {
            if x < tol { continue; }
            best = match best { None => Some((i, x)), Some((_, b)) if x > b => Some((i, x)), old => old };
        }
        let (i, x) = best?;
        Some(x * (i + 1) as f64)
    }
    pub fn best_so_far(xs: &[f64]) -> f64 {
        let mut best: Option<f64> = None;
        for &x in xs { best = Some(match best { Some(b) if b > x => b, _ => x }); }
        best.unwrap_or(0.0)
    }
    pub fn impl_trait(#[no_diff] f: impl Fn(usize) -> usize, xs: &[f64]) -> f64 { xs[f(1)] * xs[f(0)] }
    pub fn fir<'a>(taps: &'a [f64], signal: &'a [f64]) -> Vec<f64> {
        signal.windows(taps.len()).map(|w| w.iter().zip(taps.iter().rev()).map(|(s, t)| s * t).sum()).collect()
    }
    pub fn biquad(b: [f64; 3], a: [f64; 2], xs: &[f64]) -> f64 {
        let (mut z1, mut z2) = (0.0, 0.0);
        let mut energy = 0.0;
        for &x in xs {
            let y = b[0] * x + z1;
            (z1, z2) = (b[1] * x - a[0] * y + z2, b[2] * x - a[1] * y);
            energy += y * y;
        }
        energy
    }
    pub fn goertzel(xs: &[f64], freq: f64) -> f64 {
        let w = TAU * freq; let c = 2.0 * w.cos();
        let (s1, s2) = xs.iter().fold((0.0, 0.0), |(s1, s2), x| (x + c * s1 - s2, s1));
        s1 * s1 + s2 * s2 - c * s1 * s2
    }
    pub fn cubic_roots(p: f64, q: f64) -> f64 {
        let disc = -(4.0 * p.powi(3) + 27.0 * q * q);
        match disc {
            d if d > 0.0 => { let r = 2.0 * (-p / 3.0).sqrt(); let t = (3.0 * q / (p * r)).acos() / 3.0; r * t.cos() }
            d if d < 0.0 => { let s = (q * q / 4.0 + p * p * p / 27.0).sqrt(); (-q / 2.0 + s).cbrt() + (-q / 2.0 - s).cbrt() }
            _ => 0.0,
        }
    }
    pub fn bisect(target: f64, lo0: f64, hi0: f64) -> f64 {
        let f = |x: f64| x * x * x - target;
        let (mut lo, mut hi) = (lo0, hi0);
        let mut iter = 0;
        let x = loop {
            let mid = 0.5 * (lo + hi);
            if iter >= 8 { break mid; }
            if f(lo) * f(mid) <= 0.0 { hi = mid } else { lo = mid }
            iter += 1;
        };
        x - f(x) / (3.0 * x * x)
    }
    pub fn kahan(xs: &[f64]) -> f64 {
        let (mut sum, mut c) = (0.0f64, 0.0f64);
        for x in xs.iter().copied() { let t = sum + x; if sum.abs() >= x.abs() { c += (sum - t) + x } else { c += (x - t) + sum } sum = t; }
        sum + c
    }
    pub fn lerp_color(a: (f64, f64, f64), b: (f64, f64, f64), t: f64) -> (f64, f64, f64) {
        let mix = |x: f64, y: f64| x.mul_add(1.0 - t, y * t).clamp(0.0, 1.0).powf(1.0 / 2.2);
        (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
    }
    pub fn schlick(n1: f64, n2: f64, cos: f64) -> f64 { let r0 = ((n1 - n2) / (n1 + n2)).powi(2); r0 + (1.0 - r0) * (1.0 - cos).powi(5) }
    pub fn sharpe(returns: &[f64], rf: f64) -> f64 {
        let excess: Vec<_> = returns.iter().map(|r| r - rf).collect();
        let n = excess.len() as f64;
        let mu = excess.iter().sum::<f64>() / n;
        let sigma = (excess.iter().map(|e| (e - mu).powi(2)).sum::<f64>() / n).sqrt();
        if sigma == 0.0 { return 0.0 }
        mu / sigma * 252f64.sqrt()
    }
    pub fn npv(flows: &[(u32, f64)], rate: f64) -> f64 { flows.iter().map(|&(year, c)| c / (1.0 + rate).powi(year as i32)).sum() }
    pub fn irr_step(flows: &[f64], r: f64) -> f64 {
        let (f, df) = flows.iter().enumerate().fold((0.0, 0.0), |(f, df), (k, c)| { let d = (1.0 + r).powi(k as i32); (f + c / d, df - k as f64 * c / (d * (1.0 + r))) });
        r - f / df
    }
    pub fn rosenbrock(x: &[f64]) -> f64 { x.windows(2).map(|w| match w { [a, b] => 100.0 * (b - a * a).powi(2) + (1.0 - a).powi(2), _ => unreachable!() }).sum() }
    pub fn huber(rs: &[f64], delta: f64) -> f64 { rs.iter().map(|r| { let a = r.abs(); if a <= delta { 0.5 * r * r } else { delta * (a - 0.5 * delta) } }).sum() }
    pub fn softmax_ce(logits: &[f64], target: usize) -> f64 {
        let max = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exps: Vec<f64> = logits.iter().map(|l| (l - max).exp()).collect();
        let total: f64 = exps.iter().sum();
        -(exps[target] / total).ln()
    }
    pub fn dh_chain(joints: &[f64], lengths: &[f64]) -> [f64; 2] {
        let mut angle: f64 = 0.0;
        let mut p = [0.0; 2];
        for (q, l) in joints.iter().zip(lengths) { angle += q; p[0] += l * angle.cos(); p[1] += l * f64::sin(angle); }
        p
    }
    pub fn by_label(xs: &[f64], n: usize) -> f64 {
        let mut s: f64 = 0.0;
        'rows: for i in 0..n { for j in 0..xs.len() { if (i + j) % 4 == 3 { continue 'rows; } if i * j > 5 { break 'rows; } s += xs[j] * (i as f64 + 1.0) * s.cos(); } }
        s
    }
}
#[test]
fn users() {
    let v = || vec![1.0, 2.5, 0.6, 3.0, 1.5];
    let p = Pendulum { length: 1.2, damping: 0.1 };
    map_laws!(rk4(s: &p.clone(), y0: [0.5, 0.1], h: 0.02, _: 3));
    laws!(swing(p: &p.clone(), angle: 0.7));
    laws!(decayed(d: &Decay(0.3), y: 2.0));
    let o = Contract { spot: 1.0, strike: 0.9, rate: 0.05, vol: 0.2, name: "x".into() };
    assert_eq!(o.name, "x");
    laws!(built(o: o.clone(), s: 1.1, v: 0.3, t: 0.5));
    laws!(attributed(x: 1.1, _: 0.5));
    laws!(counts(xs: &v()));
    laws!(ballistic(s0: State { pos: [0.0, 1.0], vel: [3.0, 2.0], steps: 0 }, drag: 0.1));
    laws!(shadowed(x: 0.3));
    laws!(shadowed(x: 0.9));
    map_laws!(early(xs: &v(), tol: 0.8));
    map_laws!(early(xs: &vec![], tol: 0.8));
    laws!(best_so_far(xs: &v()));
    laws!(impl_trait(_: |i| i + 1, xs: &v()));
    map_laws!(fir(taps: &vec![0.5, 0.2], signal: &v()));
    laws!(biquad(b: [0.2, 0.3, 0.1], a: [0.1, -0.2], xs: &v()));
    laws!(goertzel(xs: &v(), freq: 0.1));
    laws!(cubic_roots(p: -3.0, q: 1.0));
    laws!(cubic_roots(p: 3.0, q: 1.0));
    laws!(bisect(target: 2.0, lo0: 0.5, hi0: 2.3));
    laws!(kahan(xs: &v()));
    map_laws!(lerp_color(a: (0.1, 0.2, 0.3), b: (0.9, 0.5, 0.6), t: 0.3));
    laws!(schlick(n1: 1.0, n2: 1.5, cos: 0.7));
    laws!(sharpe(returns: &v(), rf: 0.1));
    laws!(npv(flows: &vec![(0, -100.0), (1, 60.0), (2, 70.0)], rate: 0.1));
    laws!(irr_step(flows: &vec![-100.0, 60.0, 70.0], r: 0.1));
    laws!(rosenbrock(x: &v()));
    laws!(huber(rs: &v(), delta: 1.2));
    laws!(softmax_ce(logits: &v(), _: 2));
    map_laws!(dh_chain(joints: &vec![0.1, 0.5], lengths: &vec![1.0, 0.7]));
    laws!(by_label(xs: &v(), _: 5));
}
