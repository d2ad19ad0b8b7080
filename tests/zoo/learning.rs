//! Learning and linear algebra: kernels, networks, volatility, factorisations by hand.

use chainrule::{Differentiable, differentiable};

use num_traits::Float;

#[derive(Differentiable, Clone, Debug)]
pub enum Kernel {
    Rbf { len: f64, var: f64 },
    Matern(f64),
    Linear,
    Sum(Vec<f64>),
}
#[differentiable]
impl Kernel {
    pub fn eval(&self, x: &[f64], y: &[f64]) -> f64 {
        let d2: f64 = x.iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum();
        match self {
            Kernel::Rbf { len, var } => var * (-0.5 * d2 / (len * len)).exp(),
            Kernel::Matern(l) => {
                let r = (d2 + 1e-9).sqrt() / l;
                (1.0 + r) * (-r).exp()
            }
            Kernel::Linear => x.iter().zip(y.iter()).map(|(a, b)| a * b).sum::<f64>(),
            Self::Sum(ws) => ws.iter().enumerate().map(|(k, w)| w * (-(k as f64 + 1.0) * d2).exp()).sum(),
        }
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Layer {
    pub w: Vec<Vec<f64>>,
    pub b: Vec<f64>,
}
#[differentiable]
impl Layer {
    fn forward(&self, x: &[f64]) -> Vec<f64> {
        self.w
            .iter()
            .zip(&self.b)
            .map(|(row, b)| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + b)
            .map(|z| z.tanh())
            .collect()
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Mlp {
    pub layers: Vec<Layer>,
}
#[differentiable]
impl Mlp {
    fn forward(&self, x: &[f64]) -> Vec<f64> {
        let mut h = x.to_vec();
        for layer in &self.layers {
            h = layer.forward(&h);
        }
        h
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Garch {
    pub omega: f64,
    pub alpha: f64,
    pub beta: f64,
}
#[differentiable]
impl Garch {
    const FLOOR: f64 = 1e-8;
    fn loglik(&self, returns: &[f64]) -> f64 {
        let var0 = returns.iter().map(|r| r * r).sum::<f64>() / returns.len() as f64;
        let mut h = var0;
        let mut ll = 0.0;
        let mut prev: Option<f64> = None;
        for &r in returns {
            if let Some(p) = prev {
                h = self.omega + self.alpha * p * p + self.beta * h;
            }
            let h_safe = h.max(Self::FLOOR);
            ll -= 0.5 * (h_safe.ln() + r * r / h_safe);
            prev = Some(r);
        }
        ll
    }
}
#[derive(Debug, Clone)]
#[allow(dead_code)]
pub enum OptError {
    Diverged { iter: usize },
    BadInput(String),
}
impl From<String> for OptError {
    fn from(s: String) -> Self {
        OptError::BadInput(s)
    }
}

zoo! {
pub fn gram(k: &Kernel, xs: &[Vec<f64>]) -> f64 {
    let n = xs.len();
    let mut s = 0.0;
    for i in 0..n { for j in i..n { s += k.eval(&xs[i], &xs[j]) * if i == j { 1.0 } else { 2.0 }; } }
    s
}
pub fn mlp_loss(net: &Mlp, data: &[(Vec<f64>, f64)]) -> f64 {
    data.iter().map(|(x, y)| { let p = net.forward(x); (p[0] - y).powi(2) }).sum::<f64>() / data.len() as f64
}
pub fn log_sum_exp(xs: &[f64]) -> f64 {
    let m = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if m.is_infinite() { return m; }
    m + xs.iter().map(|x| (x - m).exp()).sum::<f64>().ln()
}
pub fn softmax_ce(logits: &[Vec<f64>], labels: &[usize]) -> f64 {
    logits.iter().zip(labels).map(|(l, &y)| log_sum_exp(l) - l[y]).sum::<f64>() / labels.len() as f64
}
pub fn softmax<const N: usize>(x: [f64; N]) -> [f64; N] {
    let m = x.iter().cloned().fold(f64::MIN, |a, b| if a > b { a } else { b });
    let e = x.map(|v| (v - m).exp());
    let s: f64 = e.iter().sum();
    e.map(|v| v / s)
}
pub fn attention(q: [f64; 3], keys: &[[f64; 3]; 4]) -> f64 {
    let scores: [f64; 4] = std::array::from_fn(|i| (0..3).map(|d| q[d] * keys[i][d]).sum::<f64>() / 3f64.sqrt());
    let p = softmax(scores);
    p.iter().zip(keys).map(|(p, k)| p * k[0]).sum()
}
pub fn garch(g: &Garch, r: &[f64]) -> f64 { g.loglik(r) }
pub fn black_scholes<T: Float>(s: T, k: T, r: T, sigma: T, t: T) -> T {
    let half = T::from(0.5).unwrap();
    let d1 = ((s / k).ln() + (r + half * sigma * sigma) * t) / (sigma * t.sqrt());
    let d2 = d1 - sigma * t.sqrt();
    s * cdf(d1) - k * (-r * t).exp() * cdf(d2)
}
pub fn cdf<T: Float>(x: T) -> T {
    let k = T::one() / (T::one() + T::from(0.2316419).unwrap() * x.abs());
    let coef = [0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
    let mut poly = T::zero();
    for &c in coef.iter().rev() { poly = k * (T::from(c).unwrap() + poly); }
    let pdf = (-x * x / T::from(2.0).unwrap()).exp() / T::from(2.506628274631).unwrap();
    let tail = pdf * poly;
    if x >= T::zero() { T::one() - tail } else { tail }
}
pub fn implied_vol(price: f64, s: f64, k: f64) -> Result<f64, OptError> {
    if price <= 0.0 { return Err(OptError::BadInput(format!("price {price}"))); }
    let mut sigma = 0.3;
    for iter in 0.. {
        let c = black_scholes(s, k, 0.01, sigma, 1.0);
        let h = 1e-4;
        let vega = (black_scholes(s, k, 0.01, sigma + h, 1.0) - black_scholes(s, k, 0.01, sigma - h, 1.0)) / (2.0 * h);
        let step = (c - price) / vega;
        sigma -= step;
        if step.abs() < 1e-10 { break; }
        if iter > 30 { return Err(OptError::Diverged { iter }); }
    }
    Ok(sigma)
}
pub fn implied_total(price: f64, s: f64, k: f64) -> f64 { match implied_vol(price, s, k) { Ok(v) => v, Err(OptError::Diverged { iter }) if iter > 3 => price, Err(_) => -1.0 } }
pub fn cholesky_by_hand<const N: usize>(a: &[[f64; N]; N]) -> Option<[[f64; N]; N]> {
    let mut l = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let s: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            if i == j {
                let d = a[i][i] - s;
                if d <= 0.0 { return None; }
                l[i][i] = d.sqrt();
            } else {
                l[i][j] = (a[i][j] - s) / l[j][j];
            }
        }
    }
    Some(l)
}
pub fn logdet(a: &[[f64; 3]; 3]) -> f64 {
    let Some(l) = cholesky_by_hand(a) else { return f64::NAN };
    2.0 * (0..3).map(|i| l[i][i].ln()).sum::<f64>()
}
pub fn lu_solve(a: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let n = b.len();
    let mut m: Vec<Vec<f64>> = a.to_vec();
    let mut x = b.to_vec();
    for c in 0..n {
        let mut p = c;
        for r in c + 1..n { if m[r][c].abs() > m[p][c].abs() { p = r; } }
        m.swap(c, p);
        x.swap(c, p);
        for r in c + 1..n {
            let f = m[r][c] / m[c][c];
            for k in c..n { let t = m[c][k]; m[r][k] -= f * t; }
            x[r] -= f * x[c];
        }
    }
    for c in (0..n).rev() {
        for k in c + 1..n { x[c] = x[c] - m[c][k] * x[k]; }
        x[c] /= m[c][c];
    }
    x
}
pub fn moving_average(xs: &[f64], w: usize) -> Vec<f64> {
    let mut out = Vec::with_capacity(xs.len());
    let mut acc = 0.0;
    for (i, x) in xs.iter().enumerate() {
        acc += x;
        if i >= w { acc -= xs[i - w]; }
        out.push(acc / (i + 1).min(w) as f64);
    }
    out
}
pub fn biquad(xs: &[f64], b: [f64; 3], a: [f64; 2]) -> f64 {
    let (mut x1, mut x2, mut y1, mut y2) = (0.0, 0.0, 0.0, 0.0);
    xs.iter().map(|&x| {
        let y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
        x2 = x1; x1 = x; y2 = y1; y1 = y;
        y * y
    }).sum()
}
pub fn gradient_descent(a: f64, b: f64, lr: f64, n: usize) -> (f64, f64) {
    let f = |x: f64, y: f64| (a - x).powi(2) + b * (y - x * x).powi(2);
    let (mut x, mut y) = (0.0, 0.0);
    let mut best = f64::INFINITY;
    for _ in 0..n {
        let gx = -2.0 * (a - x) - 4.0 * b * x * (y - x * x);
        let gy = 2.0 * b * (y - x * x);
        x -= lr * gx;
        y -= lr * gy;
        let v = f(x, y);
        if v < best { best = v; } else { break; }
    }
    (x, best)
}
}
#[test]
fn ml() {
    let xs = vec![vec![0.1, 0.4], vec![0.7, -0.2], vec![1.1, 0.9]];
    laws!(gram(k: &Kernel::Rbf { len: 0.7, var: 1.2 }, xs: &xs.clone()));
    laws!(gram(k: &Kernel::Matern(0.7), xs: &xs.clone()));
    laws!(gram(k: &Kernel::Linear, xs: &xs.clone()));
    laws!(gram(k: &Kernel::Sum(vec![0.3, 0.5]), xs: &xs.clone()));
    let net = Mlp {
        layers: vec![
            Layer { w: vec![vec![0.1, 0.2], vec![-0.3, 0.4]], b: vec![0.1, 0.0] },
            Layer { w: vec![vec![0.5, -0.6]], b: vec![0.2] },
        ],
    };
    laws!(mlp_loss(net: &net, data: &vec![(vec![0.1, 0.2], 0.3), (vec![-0.5, 0.7], -0.2)]));
    laws!(log_sum_exp(x: &vec![0.1, 3.0, 500.0]));
    laws!(softmax_ce(l: &vec![vec![0.1, 0.5], vec![1.0, -0.3]], _: &[0, 1]));
    laws!(attention(q: [0.1, 0.2, 0.3], k: &[[0.1, 0.2, 0.3], [1.0, -0.3, 0.2], [0.4, 0.5, 0.6], [-0.5, 0.2, 0.9]]));
}
#[test]
fn fin() {
    laws!(garch(g: &Garch { omega: 0.1, alpha: 0.2, beta: 0.6 }, r: &vec![0.3, -0.5, 0.2, 0.7]));
    laws!(implied_total(p: 0.2, s: 1.0, k: 1.05));
    laws!(implied_total(p: -0.2, s: 1.0, k: 1.05));
}
#[test]
fn la() {
    laws!(logdet(a: &[[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]]));
    map_laws!(lu_solve(a: &vec![vec![0.1, 2.0, 1.0], vec![3.0, 1.0, 0.4], vec![1.0, 0.5, 2.0]], b: &vec![1.0, 2.0, 3.0]));
    map_laws!(moving_average(xs: &vec![1.0, 2.0, 3.0, 5.0], _: 2));
    laws!(biquad(xs: &vec![1.0, 0.2, -0.4, 0.6], b: [0.3, 0.2, 0.1], a: [-0.5, 0.25]));
    map_laws!(gradient_descent(a: 1.0, b: 1.5, lr: 0.05, _: 6));
}
