//! Estimation and pricing: filters, splines, trees, hidden Markov models, Gaussian processes.

use chainrule::{Differentiable, differentiable};
use nalgebra::{DMatrix, DVector, Matrix2, SMatrix, SVector};

#[derive(Differentiable, Clone, Debug)]
pub struct Kalman {
    pub x: SVector<f64, 2>,
    pub p: SMatrix<f64, 2, 2>,
    pub q: f64,
    pub r: f64,
}
#[differentiable]
impl Kalman {
    fn predict(&mut self, dt: f64) {
        let f = Matrix2::new(1.0, dt, 0.0, 1.0);
        self.x = f * self.x;
        self.p = f * self.p * f.transpose() + Matrix2::identity() * self.q;
    }
    fn update(&mut self, z: f64) -> f64 {
        let h = SMatrix::<f64, 1, 2>::new(1.0, 0.0);
        let y = z - (h * self.x)[(0, 0)];
        let s = (h * self.p * h.transpose())[(0, 0)] + self.r;
        let k = self.p * h.transpose() / s;
        self.x += k * y;
        self.p = (Matrix2::identity() - k * h) * self.p;
        -0.5 * (y * y / s + s.ln())
    }
}

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Quat {
    pub w: f64,
    pub x: f64,
    pub y: f64,
    pub z: f64,
}
#[differentiable]
impl Quat {
    fn mul(self, o: Quat) -> Quat {
        Quat {
            w: self.w * o.w - self.x * o.x - self.y * o.y - self.z * o.z,
            x: self.w * o.x + self.x * o.w + self.y * o.z - self.z * o.y,
            y: self.w * o.y - self.x * o.z + self.y * o.w + self.z * o.x,
            z: self.w * o.z + self.x * o.y - self.y * o.x + self.z * o.w,
        }
    }
    fn norm_sq(&self) -> f64 {
        self.w.powi(2) + self.x.powi(2) + self.y.powi(2) + self.z.powi(2)
    }
    fn normalized(mut self) -> Self {
        let n = self.norm_sq().sqrt();
        self.w /= n;
        self.x /= n;
        self.y /= n;
        self.z /= n;
        self
    }
    fn rotate(&self, v: [f64; 3]) -> [f64; 3] {
        let q = self.mul(Quat { w: 0.0, x: v[0], y: v[1], z: v[2] }).mul(Quat {
            w: self.w,
            x: -self.x,
            y: -self.y,
            z: -self.z,
        });
        [q.x, q.y, q.z]
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum SolveError {
    Singular(usize),
    NoConvergence,
}

zoo! {
pub fn kalman_loglik(k0: &Kalman, zs: &[f64], dt: f64) -> f64 {
    let mut k = k0.clone();
    let mut ll = 0.0;
    for &z in zs {
        k.predict(dt);
        ll += k.update(z);
    }
    ll
}

pub fn integrate_attitude(q0: Quat, omega: &[[f64; 3]], dt: f64) -> [f64; 3] {
    let mut q = q0;
    for w in omega.iter() {
        let n = (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]).sqrt();
        let dq = if n < 1e-12 {
            Quat { w: 1.0, x: 0.0, y: 0.0, z: 0.0 }
        } else {
            let (s, c) = (0.5 * n * dt).sin_cos();
            Quat { w: c, x: s * w[0] / n, y: s * w[1] / n, z: s * w[2] / n }
        };
        q = q.mul(dq).normalized();
    }
    q.rotate([1.0, 0.0, 0.0])
}

pub fn thomas(a: &[f64], b: &[f64], c: &[f64], d: &[f64]) -> Result<Vec<f64>, SolveError> {
    let n = b.len();
    let mut cp = vec![0.0; n];
    let mut dp = vec![0.0; n];
    if b[0] == 0.0 { return Err(SolveError::Singular(0)); }
    cp[0] = c[0] / b[0];
    dp[0] = d[0] / b[0];
    for i in 1..n {
        let m = b[i] - a[i] * cp[i - 1];
        if m.abs() < 1e-14 { return Err(SolveError::Singular(i)); }
        cp[i] = c[i] / m;
        dp[i] = (d[i] - a[i] * dp[i - 1]) / m;
    }
    let mut x = dp.clone();
    for i in (0..n - 1).rev() {
        x[i] = dp[i] - cp[i] * x[i + 1];
    }
    Ok(x)
}

pub fn thomas_total(a: &[f64], b: &[f64], c: &[f64], d: &[f64]) -> f64 {
    match thomas(a, b, c, d) {
        Ok(x) => x.iter().enumerate().map(|(i, x)| x * (i as f64 + 1.0)).sum(),
        Err(SolveError::Singular(_)) => b[0],
        Err(_) => d[0] * d[1],
    }
}
pub fn newton_total(a: f64, x0: f64) -> f64 { newton(a, x0).map(|x| x * x).unwrap_or(a) }
pub fn natural_spline(xs: &[f64], ys: &[f64], t: f64) -> f64 {
    let n = xs.len();
    let h: Vec<f64> = xs.windows(2).map(|w| w[1] - w[0]).collect();
    let mut alpha = vec![0.0; n];
    for i in 1..n - 1 {
        alpha[i] = 3.0 * ((ys[i + 1] - ys[i]) / h[i] - (ys[i] - ys[i - 1]) / h[i - 1]);
    }
    let (mut l, mut mu, mut z) = (vec![1.0; n], vec![0.0; n], vec![0.0; n]);
    for i in 1..n - 1 {
        l[i] = 2.0 * (xs[i + 1] - xs[i - 1]) - h[i - 1] * mu[i - 1];
        mu[i] = h[i] / l[i];
        z[i] = (alpha[i] - h[i - 1] * z[i - 1]) / l[i];
    }
    let mut c = vec![0.0; n];
    let mut b = vec![0.0; n - 1];
    let mut d = vec![0.0; n - 1];
    for j in (0..n - 1).rev() {
        c[j] = z[j] - mu[j] * c[j + 1];
        b[j] = (ys[j + 1] - ys[j]) / h[j] - h[j] * (c[j + 1] + 2.0 * c[j]) / 3.0;
        d[j] = (c[j + 1] - c[j]) / (3.0 * h[j]);
    }
    let k = match xs.iter().rposition(|&x| x <= t) { Some(k) => k.min(n - 2), None => 0 };
    let dx = t - xs[k];
    ys[k] + dx * (b[k] + dx * (c[k] + dx * d[k]))
}

pub fn newton(a: f64, x0: f64) -> Result<f64, SolveError> {
    let mut x = x0;
    for _ in 0..50 {
        let f = x * x * x - a;
        let df = 3.0 * x * x;
        if df.abs() < 1e-12 { return Err(SolveError::NoConvergence); }
        let step = f / df;
        x -= step;
        if step.abs() < 1e-12 { return Ok(x); }
    }
    Err(SolveError::NoConvergence)
}

pub fn binomial_tree(s0: f64, k: f64, r: f64, sigma: f64, t: f64, n: usize, american: bool) -> f64 {
    let dt = t / n as f64;
    let u = (sigma * dt.sqrt()).exp();
    let d = 1.0 / u;
    let p = ((r * dt).exp() - d) / (u - d);
    let disc = (-r * dt).exp();
    let mut values: Vec<f64> = (0..=n).map(|j| (k - s0 * u.powi(j as i32) * d.powi((n - j) as i32)).max(0.0)).collect();
    for step in (0..n).rev() {
        for j in 0..=step {
            let cont = disc * (p * values[j + 1] + (1.0 - p) * values[j]);
            values[j] = if american {
                let spot = s0 * u.powi(j as i32) * d.powi((step - j) as i32);
                cont.max(k - spot)
            } else {
                cont
            };
        }
    }
    values[0]
}

pub fn heston(params: &[f64; 5], noise: &[(f64, f64)], s0: f64, strike: f64) -> f64 {
    let [kappa, theta, xi, rho, v0] = *params;
    let dt = 1.0 / noise.len() as f64;
    let (mut s, mut v) = (s0, v0);
    for &(z1, z2) in noise {
        let w2 = rho * z1 + (1.0 - rho * rho).sqrt() * z2;
        let vp = v.max(0.0);
        s *= ((-0.5 * vp) * dt + (vp * dt).sqrt() * z1).exp();
        v += kappa * (theta - vp) * dt + xi * (vp * dt).sqrt() * w2;
    }
    (s - strike).max(0.0)
}

pub fn viterbi_like(log_a: &[Vec<f64>], log_b: &[Vec<f64>], obs: &[usize]) -> f64 {
    let n = log_a.len();
    let mut delta: Vec<f64> = (0..n).map(|i| log_b[i][obs[0]]).collect();
    for &o in &obs[1..] {
        let next: Vec<f64> = (0..n)
            .map(|j| {
                let best = (0..n).map(|i| delta[i] + log_a[i][j]).fold(f64::NEG_INFINITY, f64::max);
                best + log_b[j][o]
            })
            .collect();
        delta = next;
    }
    delta.into_iter().fold(f64::NEG_INFINITY, |a, b| a.max(b))
}

pub fn hmm_forward(pi: &[f64], a: &[[f64; 2]; 2], b: &[[f64; 3]; 2], obs: &[usize]) -> f64 {
    let mut alpha = [pi[0] * b[0][obs[0]], pi[1] * b[1][obs[0]]];
    let mut ll = 0.0;
    for (t, &o) in obs.iter().enumerate() {
        if t > 0 {
            let mut next = [0.0; 2];
            for (j, slot) in next.iter_mut().enumerate() {
                *slot = alpha.iter().zip(a.iter()).map(|(al, row)| al * row[j]).sum::<f64>() * b[j][o];
            }
            alpha = next;
        }
        let c: f64 = alpha.iter().sum();
        alpha.iter_mut().for_each(|x| *x /= c);
        ll += c.ln();
    }
    ll
}

pub fn gp_loglik(xs: &[f64], y: &DVector<f64>, log_len: f64, log_noise: f64) -> Option<f64> {
    let n = xs.len();
    let len = log_len.exp();
    let k = DMatrix::from_fn(n, n, |i, j| {
        let d = (xs[i] - xs[j]) / len;
        let base = (-0.5 * d * d).exp();
        if i == j { base + log_noise.exp() } else { base }
    });
    let chol = k.cholesky()?;
    let alpha = chol.solve(y);
    Some(-0.5 * y.dot(&alpha) - 0.5 * chol.ln_determinant() - 0.5 * n as f64 * (2.0 * std::f64::consts::PI).ln())
}

pub fn dtw(a: &[f64], b: &[f64]) -> f64 {
    let (n, m) = (a.len(), b.len());
    let mut d = vec![vec![f64::INFINITY; m + 1]; n + 1];
    d[0][0] = 0.0;
    for i in 1..=n {
        for j in 1..=m {
            let cost = (a[i - 1] - b[j - 1]).powi(2);
            let best = d[i - 1][j].min(d[i][j - 1]).min(d[i - 1][j - 1]);
            d[i][j] = cost + best;
        }
    }
    d[n][m].sqrt()
}
}
#[test]
fn kalman() {
    let k = Kalman { x: SVector::from([0.1, 0.9]), p: Matrix2::new(1.0, 0.1, 0.1, 2.0), q: 0.1, r: 0.4 };
    laws!(kalman_loglik(k: &k, zs: &vec![0.3, 1.2, 1.9], dt: 0.7));
}
#[test]
fn quat() {
    map_laws!(integrate_attitude(q: Quat { w: 0.9, x: 0.1, y: 0.2, z: -0.3 }, w: &vec![[0.1, 0.2, 0.3], [0.3, -0.2, 0.4]], dt: 0.3));
}
#[test]
fn tri() {
    laws!(thomas_total(a: &vec![0.0, 1.0, 0.5], b: &vec![4.0, 5.0, 3.0], c: &vec![1.0, 0.5, 0.0], d: &vec![1.0, 2.0, 3.0]));
    laws!(natural_spline(xs: &vec![0.0, 1.0, 2.5, 3.0], ys: &vec![1.0, 0.2, 0.7, -0.3], t: 1.7));
}
#[test]
fn newt() {
    laws!(newton_total(a: 2.0, x0: 1.0));
}
#[test]
fn fin() {
    laws!(binomial_tree(s0: 100.0, k: 105.0, r: 0.03, s: 0.2, t: 1.0, _: 5, _: true));
    laws!(binomial_tree(s0: 100.0, k: 105.0, r: 0.03, s: 0.2, t: 1.0, _: 5, _: false));
    laws!(heston(p: &[1.5, 0.04, 0.3, -0.5, 0.05], noise: &vec![(0.1, 0.3), (-0.4, 0.2), (0.6, -0.5)], s0: 1.0, k: 0.9));
}
#[test]
fn hmm() {
    laws!(viterbi_like(a: &vec![vec![-0.3, -1.0], vec![-0.7, -0.4]], b: &vec![vec![-0.2, -2.0], vec![-1.5, -0.3]], _: &[0, 1, 1]));
    laws!(hmm_forward(pi: &vec![0.4, 0.6], a: &[[0.7, 0.3], [0.2, 0.8]], b: &[[0.5, 0.3, 0.2], [0.1, 0.3, 0.6]], _: &[0, 2, 1]));
}
#[test]
fn gp() {
    map_laws!(gp_loglik(xs: &vec![0.1, 0.7, 1.5], y: &DVector::from_vec(vec![0.3, -0.2, 0.8]), l: 0.1, n: -1.0));
}
#[test]
fn dt() {
    laws!(dtw(a: &vec![1.0, 2.0, 3.5], b: &vec![0.9, 2.5, 2.7, 3.3]));
}
