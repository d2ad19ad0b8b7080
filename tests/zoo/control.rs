//! Control, statistics and iterative linear algebra: traits with generic callers, trees by index, generic matrices.

use chainrule::{Differentiable, differentiable};
use nalgebra::{DMatrix, DVector, Matrix2, Vector2};
use num_traits::Float;
use std::f64::consts::PI;

#[differentiable]
pub trait Dynamics {
    fn deriv(&self, x: &[f64; 2], u: f64) -> [f64; 2];
    fn cost(&self, x: &[f64; 2], u: f64) -> f64 {
        x[0] * x[0] + 0.1 * x[1] * x[1] + 0.01 * u * u
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Pendulum {
    pub length: f64,
    pub damping: f64,
}
#[differentiable]
impl Dynamics for Pendulum {
    fn deriv(&self, x: &[f64; 2], u: f64) -> [f64; 2] {
        [x[1], -9.81 / self.length * x[0].sin() - self.damping * x[1] + u]
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Cart {
    pub mass: f64,
}
#[differentiable]
impl Dynamics for Cart {
    fn deriv(&self, x: &[f64; 2], u: f64) -> [f64; 2] {
        [x[1], u / self.mass]
    }
    fn cost(&self, x: &[f64; 2], u: f64) -> f64 {
        (x[0] - 1.0).abs() + 0.5 * u * u
    }
}
#[derive(Clone, Debug)]
pub enum Node {
    Const(usize),
    Var(usize),
    Add(usize, usize),
    Mul(usize, usize),
    Sin(usize),
}
#[derive(Differentiable, Clone, Debug)]
pub struct Gmm<const K: usize> {
    pub logits: [f64; K],
    pub means: [f64; K],
    pub log_sigma: [f64; K],
}
#[differentiable]
impl<const K: usize> Gmm<K> {
    fn nll(&self, xs: &[f64]) -> f64 {
        let z = {
            let m = self.logits.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
            m + self.logits.iter().map(|l| (l - m).exp()).sum::<f64>().ln()
        };
        -xs.iter()
            .map(|x| {
                let mut terms = [0.0; K];
                for k in 0..K {
                    let s = self.log_sigma[k].exp();
                    let r = (x - self.means[k]) / s;
                    terms[k] = self.logits[k] - z - 0.5 * r * r - self.log_sigma[k];
                }
                let m = terms.iter().cloned().fold(f64::MIN, f64::max);
                m + terms.iter().map(|t| (t - m).exp()).sum::<f64>().ln()
            })
            .sum::<f64>()
    }
}
#[derive(Differentiable, Clone, Debug)]
pub struct Mat<T, const R: usize, const C: usize> {
    pub data: [[T; C]; R],
}
#[differentiable]
impl<T: Float, const R: usize, const C: usize> Mat<T, R, C> {
    fn mul_vec(&self, v: &[T; C]) -> [T; R] {
        let mut out = [T::zero(); R];
        for i in 0..R {
            for j in 0..C {
                out[i] = out[i] + self.data[i][j] * v[j];
            }
        }
        out
    }
    fn frob(&self) -> T {
        let mut s = T::zero();
        for row in self.data.iter() {
            for v in row {
                s = s + *v * *v;
            }
        }
        s.sqrt()
    }
}

#[derive(Differentiable, Clone, Debug)]
pub struct Samples<T> {
    pub values: Vec<Vec<T>>,
    pub ends: Option<(T, T)>,
}

zoo! {
pub fn sampled(s: &Samples<f64>) -> f64 {
    let inner: f64 = s.values.iter().flatten().map(|v| v * v).sum();
    match s.ends {
        Some((a, b)) => inner * a + b,
        None => inner,
    }
}
pub fn rollout<D: Dynamics + Clone + Differentiable + 'static>(d: &D, x0: [f64; 2], us: &[f64], dt: f64) -> f64 {
    let mut x = x0;
    let mut total = 0.0;
    for &u in us {
        total += d.cost(&x, u) * dt;
        let k1 = d.deriv(&x, u);
        let mid = [x[0] + 0.5 * dt * k1[0], x[1] + 0.5 * dt * k1[1]];
        let k2 = d.deriv(&mid, u);
        x.iter_mut().zip(k2).for_each(|(x, k)| *x += dt * k);
    }
    total
}
pub fn rollout_pendulum(d: &Pendulum, x: [f64; 2], us: &[f64]) -> f64 { rollout(d, x, us, 0.1) }
pub fn rollout_cart(d: &Cart, x: [f64; 2], us: &[f64]) -> f64 { rollout(d, x, us, 0.1) }
pub fn gmm(g: &Gmm<3>, xs: &[f64]) -> f64 { g.nll(xs) }
pub fn expression(#[no_diff] nodes: &[Node], consts: &[f64], vars: &[f64]) -> f64 {
    let mut vals: Vec<f64> = Vec::with_capacity(nodes.len());
    for n in nodes {
        let v = match *n {
            Node::Const(i) => consts[i],
            Node::Var(i) => vars[i],
            Node::Add(a, b) => vals[a] + vals[b],
            Node::Mul(a, b) => vals[a] * vals[b],
            Node::Sin(a) => vals[a].sin(),
        };
        vals.push(v);
    }
    *vals.last().unwrap()
}
pub fn expression_rec(#[no_diff] nodes: &[Node], at: usize, consts: &[f64], vars: &[f64]) -> f64 {
    match &nodes[at] {
        Node::Const(i) => consts[*i],
        Node::Var(i) => vars[*i],
        Node::Add(a, b) => expression_rec(nodes, *a, consts, vars) + expression_rec(nodes, *b, consts, vars),
        Node::Mul(a, b) => { let l = expression_rec(nodes, *a, consts, vars); if l == 0.0 { return 0.0; } l * expression_rec(nodes, *b, consts, vars) }
        Node::Sin(a) => expression_rec(nodes, *a, consts, vars).sin(),
    }
}
pub fn simpson(a: f64, b: f64, k: f64, depth: usize) -> f64 {
    let f = |x: f64| (k * x).sin() / (1.0 + x * x);
    let m = 0.5 * (a + b);
    let whole = (b - a) / 6.0 * (f(a) + 4.0 * f(m) + f(b));
    if depth == 0 { return whole; }
    simpson(a, m, k, depth - 1) + simpson(m, b, k, depth - 1)
}
pub fn matvecs(m: &Mat<f64, 2, 3>, v: [f64; 3]) -> f64 { let y = m.mul_vec(&v); y[0] * y[1] + m.frob() }
pub fn quantile_loss(pred: &[f64], y: &[f64], q: f64) -> f64 {
    pred.iter().zip(y).map(|(p, y)| { let e = y - p; if e >= 0.0 { q * e } else { (q - 1.0) * e } }).sum::<f64>() / pred.len() as f64
}
pub fn trimmed_mean(xs: &[f64], k: usize) -> f64 {
    let mut v = xs.to_vec();
    v.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let inner = &v[k..v.len() - k];
    inner.iter().sum::<f64>() / inner.len() as f64
}
pub fn autocorrelation(xs: &[f64], max_lag: usize) -> Vec<f64> {
    let mean = xs.iter().sum::<f64>() / xs.len() as f64;
    let c: Vec<f64> = xs.iter().map(|x| x - mean).collect();
    let var: f64 = c.iter().map(|x| x * x).sum();
    (1..=max_lag).map(|lag| c[..c.len() - lag].iter().zip(&c[lag..]).map(|(a, b)| a * b).sum::<f64>() / var).collect()
}
pub fn conv2d(img: &[Vec<f64>], k: &[[f64; 3]; 3]) -> f64 {
    let (h, w) = (img.len(), img[0].len());
    let mut s = 0.0;
    for i in 1..h - 1 {
        for j in 1..w - 1 {
            let mut acc = 0.0;
            for (di, row) in k.iter().enumerate() {
                for (dj, kv) in row.iter().enumerate() { acc += kv * img[i + di - 1][j + dj - 1]; }
            }
            s += if acc > 0.0 { acc } else { 0.1 * acc };
        }
    }
    s
}
pub fn ar_forecast(coef: &[f64], hist: &[f64], steps: usize) -> Vec<f64> {
    let mut h = hist.to_vec();
    let p = coef.len();
    while h.len() < hist.len() + steps {
        let next = h.iter().rev().take(p).zip(coef).map(|(x, c)| x * c).sum::<f64>();
        h.push(next);
    }
    h.split_off(hist.len())
}
pub fn cg(a: &DMatrix<f64>, b: &DVector<f64>, iters: usize) -> DVector<f64> {
    let mut x = DVector::zeros(b.len());
    let mut r = b - a * &x;
    let mut p = r.clone();
    let mut rs = r.dot(&r);
    for _ in 0..iters {
        let ap = a * &p;
        let alpha = rs / p.dot(&ap);
        x += &p * alpha;
        r -= &ap * alpha;
        let rs_new = r.dot(&r);
        if rs_new.sqrt() < 1e-10 { break; }
        p = &r + &p * (rs_new / rs);
        rs = rs_new;
    }
    x
}
pub fn power_iteration(a: &DMatrix<f64>, n: usize) -> f64 {
    let mut v = DVector::from_element(a.nrows(), 1.0);
    let mut lambda = 0.0;
    for _ in 0..n {
        let w = a * &v;
        lambda = v.dot(&w) / v.dot(&v);
        v = w.normalize();
    }
    lambda
}
pub fn ridge(x: &DMatrix<f64>, y: &DVector<f64>, lambda: f64) -> Option<f64> {
    let n = x.ncols();
    let gram = x.transpose() * x + DMatrix::identity(n, n) * lambda;
    let w = gram.cholesky()?.solve(&(x.transpose() * y));
    let res = y - x * &w;
    Some(res.norm_squared() + lambda * w.norm_squared())
}
pub fn ridge_or(x: &DMatrix<f64>, y: &DVector<f64>, lambda: f64) -> f64 { ridge(x, y, lambda).unwrap_or(f64::INFINITY) }
pub fn levenberg(xs: &[f64], ys: &[f64], p0: [f64; 2]) -> [f64; 2] {
    let mut p = p0;
    let mut mu = 0.1;
    for _ in 0..3 {
        let (mut jtj, mut jtr) = (Matrix2::zeros(), Vector2::zeros());
        for (x, y) in xs.iter().zip(ys) {
            let e = (p[1] * x).exp();
            let r = y - p[0] * e;
            let j = Vector2::new(e, p[0] * x * e);
            jtj += j * j.transpose();
            jtr += j * r;
        }
        let step = (jtj + Matrix2::identity() * mu).try_inverse().map(|inv| inv * jtr);
        match step {
            Some(s) => { p[0] += s[0]; p[1] += s[1]; mu *= 0.5; }
            None => mu *= 10.0,
        }
    }
    p
}
pub fn doppler(signal: &[(f64, f64)], f0: f64) -> f64 {
    let n = signal.len() as f64;
    let (re, im) = signal.iter().enumerate().fold((0.0, 0.0), |(re, im), (k, &(a, b))| {
        let (s, c) = (-2.0 * PI * f0 * k as f64 / n).sin_cos();
        (re + a * c - b * s, im + a * s + b * c)
    });
    (re.powi(2) + im.powi(2)).sqrt().ln_1p()
}
}
#[test]
fn ctl() {
    laws!(sampled(s: &Samples { values: vec![vec![0.3, 0.4], vec![0.5]], ends: Some((1.2, 0.7)) }));
    laws!(sampled(s: &Samples { values: vec![vec![0.3, 0.4], vec![0.5]], ends: None }));
    laws!(rollout_pendulum(d: &Pendulum { length: 1.1, damping: 0.2 }, x: [0.4, -0.1], us: &vec![0.1, -0.3, 0.2]));
    laws!(rollout_cart(d: &Cart { mass: 1.4 }, x: [0.4, -0.1], us: &vec![0.1, -0.3, 0.2]));
    laws!(gmm(g: &Gmm { logits: [0.1, 0.2, -0.3], means: [0.0, 1.0, 2.0], log_sigma: [0.1, -0.2, 0.3] }, xs: &vec![0.2, 1.4, 3.0]));
    let nodes = [Node::Var(0), Node::Const(0), Node::Mul(0, 1), Node::Sin(2), Node::Add(3, 0), Node::Mul(4, 4)];
    laws!(expression(_: &nodes, c: &vec![1.7], v: &vec![0.6]));
    laws!(expression_rec(_: &nodes, _: 5, c: &vec![1.7], v: &vec![0.6]));
    laws!(simpson(a: 0.1, b: 1.4, k: 2.2, _: 3));
    laws!(matvecs(m: &Mat { data: [[0.1, 0.2, 0.3], [0.4, 0.5, -0.6]] }, v: [1.0, 2.0, 3.0]));
}
#[test]
fn stat() {
    laws!(quantile_loss(p: &vec![0.1, 0.9], y: &vec![0.4, 0.2], q: 0.3));
    laws!(trimmed_mean(x: &vec![0.4, 3.0, -1.0, 0.9, 1.4], _: 1));
    map_laws!(autocorrelation(x: &vec![0.4, 3.0, -1.0, 0.9, 1.4], _: 2));
    laws!(conv2d(img: &vec![vec![0.1, 0.5, 0.3, 0.2], vec![0.2, -0.6, 0.4, 0.3], vec![0.7, 0.1, 0.2, 0.5], vec![0.2, 0.3, -0.8, 0.1]], k: &[[0.1, 0.2, -0.3], [0.4, 0.5, 0.6], [-0.7, 0.8, 0.2]]));
    map_laws!(ar_forecast(c: &vec![0.5, 0.3], h: &vec![1.0, 2.0, 1.5], _: 3));
    laws!(doppler(s: &vec![(0.1, 0.4), (0.5, -0.2), (0.3, 0.9)], f: 0.7));
}
#[test]
fn la() {
    let a = DMatrix::from_row_slice(3, 3, &[4.0, 1.0, 0.5, 1.0, 3.0, 0.2, 0.5, 0.2, 2.0]);
    map_laws!(cg(a: &a.clone(), b: &DVector::from_vec(vec![1.0, 2.0, 3.0]), _: 2));
    laws!(power_iteration(a: &a.clone(), _: 3));
    laws!(ridge_or(x: &DMatrix::from_row_slice(3, 2, &[1.0, 0.2, 0.3, 1.4, -0.5, 0.6]), y: &DVector::from_vec(vec![1.0, 2.0, 3.0]), l: 0.3));
    map_laws!(levenberg(x: &vec![0.0, 0.5, 1.0], y: &vec![1.0, 1.6, 2.8], p: [0.9, 0.9]));
}
