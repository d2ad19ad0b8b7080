//! What functions do that were written with no thought of differentiation: text that configures, maps of constants, arrays from
//! functions, parts of slices in patterns.

use chainrule::{Differentiable, differentiable};
use nalgebra::Vector2;
use std::collections::{BTreeMap, HashMap};

#[derive(Clone, Debug)]
pub struct Config {
    pub method: String,
}

#[derive(Differentiable, Clone, Debug)]
pub struct Pid {
    kp: f64,
    ki: f64,
    kd: f64,
    integral: f64,
    prev: Option<f64>,
}
#[differentiable]
impl Pid {
    fn update(&mut self, error: f64, dt: f64) -> f64 {
        self.integral += error * dt;
        let derivative = match self.prev {
            Some(p) => (error - p) / dt,
            None => 0.0,
        };
        self.prev = Some(error);
        self.kp * error + self.ki * self.integral + self.kd * derivative
    }
    fn reset(&mut self) {
        self.integral = 0.0;
        self.prev = None;
    }
}

fn next(k: &mut usize) -> usize {
    *k += 1;
    *k - 1
}

zoo! {
    pub fn control(pid0: &Pid, target: f64, n: usize) -> f64 {
        let mut pid = pid0.clone();
        let (mut x, mut v) = (0.0, 0.0);
        let mut cost = 0.0;
        for k in 0..n {
            if k == n / 2 { pid.reset(); }
            let u = pid.update(target - x, 0.1);
            v += 0.1 * (u - 0.5 * v);
            x += 0.1 * v;
            cost += (target - x).powi(2);
        }
        cost
    }

    pub fn gram_schmidt(vs: &[Vec<f64>]) -> f64 {
        let mut basis: Vec<Vec<f64>> = Vec::new();
        for v in vs {
            let mut w = v.clone();
            for b in &basis {
                let dot: f64 = w.iter().zip(b).map(|(x, y)| x * y).sum();
                for (wi, bi) in w.iter_mut().zip(b) { *wi -= dot * bi; }
            }
            let norm = w.iter().map(|x| x * x).sum::<f64>().sqrt();
            if norm > 1e-9 { basis.push(w.into_iter().map(|x| x / norm).collect()); }
        }
        basis.iter().flatten().enumerate().map(|(i, x)| x * i as f64).sum()
    }

    pub fn interpolated(xs: &[f64], ys: &[f64], x: f64) -> f64 {
        let i = match xs.binary_search_by(|v| v.partial_cmp(&x).unwrap()) { Ok(i) => return ys[i], Err(i) => i.clamp(1, xs.len() - 1) };
        let t = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
        ys[i - 1] + t * (ys[i] - ys[i - 1])
    }
    pub fn interpolated_by_partition(xs: &[f64], ys: &[f64], x: f64) -> f64 {
        let i = xs.iter().position(|&v| v > x).unwrap_or(xs.len() - 1).max(1);
        let i = xs.partition_point(|v| *v <= x).clamp(1, xs.len() - 1).min(i.max(1));
        let t = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
        ys[i - 1] * (1.0 - t) + t * ys[i]
    }

    pub fn into_parts(x: f32, y: f32) -> (f64, f64) {
        let p: (f64, f64) = (x.into(), y.into());
        if x > 0.6 {
            return (p.0, x.into());
        }
        (p.1 * p.0, x.into())
    }

    pub fn into_arguments(x: f32, y: f64) -> Option<f64> {
        let a: [f64; 2] = [x.into(), y];
        let g = |u: f64, v: f64| u * v;
        let c: f64 = if y > 0.0 { x.into() } else { y };
        if y > 3.0 {
            return Some(x.into());
        }
        Some(a[0] * a[1] * g(x.into(), y) + c)
    }

    pub fn index_before_value(xs: &[f64], v: &Vector2<f64>) -> f64 {
        let mut vs = vec![*v, *v * 2.0, *v * 3.0];
        let mut k = 0;
        vs[next(&mut k)] += *v * xs[k];
        vs[next(&mut k)] *= xs[next(&mut k)];
        vs[0].norm() + vs[1].dot(v) + vs[2].x
    }

    pub fn value_before_index(xs: &[f64]) -> f64 {
        let mut ys = vec![1.0, 2.0, 3.0];
        let mut k = 0;
        ys[next(&mut k)] += xs[k];
        ys[next(&mut k)] *= xs[next(&mut k)];
        ys[0] * ys[1] + ys[2]
    }

    pub fn arrays_from_functions(q: [f64; 4], v: [f64; 3]) -> [f64; 3] {
        let [w, x, y, z] = q;
        let u = [x, y, z];
        let t: [f64; 3] = std::array::from_fn(|i| 2.0 * w * u[i] * v[(i + 1) % 3]);
        std::array::from_fn(|i| v[i] + w * t[i])
    }
    pub fn nested_arrays(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
        std::array::from_fn(|i| std::array::from_fn(|j| (0..2).map(|k| a[i][k] * b[k][j]).sum()))
    }
    pub fn by_text(x: f64, name: &str) -> f64 {
        match name {
            "relu" => x.max(0.0),
            "tanh" | "tanh2" => x.tanh(),
            "softplus" if x > 20.0 => x,
            "softplus" => x.exp().ln_1p(),
            other => panic!("unknown by_text {other}"),
        }
    }
    pub fn by_part_of_text(x: f64, #[no_diff] cfg: &Config) -> f64 {
        let name = cfg.method.as_str();
        match name { "sin" => x.sin(), _ => match &cfg.method[..] { "cos" => x.cos(), _ => x } }
    }
    pub fn slices_of_three(v: &[f64]) -> f64 {
        let mut total = 0.0;
        for chunk in v.chunks(3) {
            let &[a, b, c] = chunk else { continue };
            total += (a * a + b * b + c * c).sqrt();
        }
        for w in v.windows(2) { if let &[a, b] = w { total += a * b; } if let [a, b] = *w { total -= a / b; } }
        total
    }
    pub fn head_and_tail(v: &[f64]) -> f64 {
        if let Some((head, tail)) = v.split_first() { head * 2.0 + tail.iter().product::<f64>() } else { 0.0 }
    }
    pub fn backwards(v: &[f64]) -> f64 {
        match v.split_last() { None => 1.0, Some((x, rest)) => x * backwards(rest) + 1.0 }
    }
    pub fn three_of_them(v: &[f64]) -> Option<f64> {
        let (x, rest) = v.split_first()?;
        let [a, b] = rest else { return None };
        Some(x * a * b)
    }

    pub fn looked_up(x: f64, #[no_diff] table: &HashMap<String, f64>) -> f64 {
        let base = table.get("base").unwrap();
        let best = table.values().cloned().fold(0.0, f64::max);
        x * base + x * x * table["scale"] * best
    }

    pub fn looked_up_in_a_loop(xs: &[f64], #[no_diff] names: &[String], #[no_diff] table: &BTreeMap<String, f64>) -> f64 {
        let mut acc = 1.0;
        for (x, name) in xs.iter().zip(names) {
            let w = table.get(name).unwrap();
            acc += acc * x * w;
            if let Some(v) = table.get(name.as_str()) { acc *= v * x; }
            match table.get("zz") { Some(z) => acc *= z, None => acc += x * x }
        }
        acc
    }
}

#[test]
fn variants_that_change_behind_a_reference() {
    let pid = Pid { kp: 1.0, ki: 0.2, kd: 0.05, integral: 0.0, prev: None };
    laws!(control(pid0: &pid, target: 1.0, _: 6));
}

#[test]
fn searches_and_bases() {
    let (xs, ys) = (vec![0.0, 1.0, 2.0], vec![0.3, 0.2, 0.7]);
    laws!(gram_schmidt(vs: &vec![vec![1.0, 0.5], vec![0.3, 0.9]]));
    laws!(interpolated(xs: &xs.clone(), ys: &ys.clone(), x: 1.4));
    laws!(interpolated_by_partition(xs: &xs.clone(), ys: &ys.clone(), x: 1.4));
}

#[test]
fn constants() {
    let config = Config { method: "cos".into() };
    laws!(by_text(x: 0.4, _: "softplus"));
    laws!(by_text(x: 0.4, _: "tanh2"));
    laws!(by_part_of_text(x: 0.4, _: &config));
    let table: HashMap<String, f64> = [("scale".to_owned(), 2.0), ("base".to_owned(), 3.0)].into();
    laws!(looked_up(x: 0.7, _: &table));
    let table: BTreeMap<String, f64> = [("scale".to_owned(), 2.0), ("base".to_owned(), 3.0)].into();
    let names = ["base".to_owned(), "scale".to_owned()];
    laws!(looked_up_in_a_loop(xs: &vec![0.5, 0.7], _: &names, _: &table));
}

#[test]
fn conversions_and_order() {
    map_laws!(into_parts(x: 0.5_f32, y: 0.25_f32));
    map_laws!(into_parts(x: 0.75_f32, y: 0.25_f32));
    map_laws!(into_arguments(x: 0.5_f32, y: 0.25));
    map_laws!(into_arguments(x: 0.5_f32, y: 3.25));
    let xs = vec![0.3, 0.7, 1.9];
    laws!(index_before_value(xs: &xs.clone(), v: &Vector2::new(0.4, -0.3)));
    laws!(value_before_index(xs: &xs.clone()));
}

#[test]
fn parts() {
    map_laws!(arrays_from_functions(q: [0.9, 0.1, 0.2, 0.3], v: [1.0, 2.0, 3.0]));
    map_laws!(nested_arrays(a: &[[0.9, 0.1], [0.2, 0.3]], b: &[[0.5, -0.1], [0.7, 0.4]]));
    let v = vec![3.0, 1.0, 2.0, 0.5];
    laws!(slices_of_three(v: &v.clone()));
    laws!(head_and_tail(v: &v.clone()));
    laws!(head_and_tail(v: &Vec::<f64>::new()));
    laws!(backwards(v: &v.clone()));
    map_laws!(three_of_them(v: &vec![3.0, 1.0, 2.0]));
}

/// A builder, which hands itself on.
#[derive(Differentiable, Clone, Debug)]
struct Samples {
    scale: f64,
    xs: Vec<f64>,
}

#[differentiable]
impl Samples {
    const JITTER: f64 = 0.5;

    fn add(&mut self, x: f64) -> &mut Self {
        self.xs.push(x);
        self
    }

    fn total(&self) -> f64 {
        self.xs.iter().map(|x| x * x * self.scale).sum::<f64>() + Self::JITTER * self.scale
    }
}

#[test]
fn builders() {
    let mut samples = Samples { scale: 2.0, xs: Vec::new() };
    samples.add(0.5).add(1.5);
    let gradient = samples.total_grad();
    assert_eq!((gradient.scale, gradient.xs), (3.0, vec![2.0, 6.0]));
}

/// Methods and functions of which only the derivatives are called are not dead.
mod only_differentiated {
    #![deny(dead_code)]
    use chainrule::{Differentiable, differentiable};

    #[derive(Differentiable, Clone)]
    struct Lever {
        arm: f64,
    }

    #[differentiable]
    impl Lever {
        fn moment(&self, force: f64) -> f64 {
            self.arm * force
        }
    }

    #[differentiable]
    fn square(x: f64) -> f64 {
        x * x
    }

    #[test]
    fn quietly() {
        let (lever, force) = Lever { arm: 2.0 }.moment_grad(3.0);
        assert_eq!((lever.arm, force, square::grad(3.0)), (3.0, 2.0, 6.0));
    }
}

#[differentiable]
fn half(x: f64) -> Result<f64, String> {
    if x < 0.0 { Err("negative".into()) } else { Ok(x.sqrt()) }
}
#[differentiable]
fn res(x: f64) -> Result<f64, String> {
    let y = half(x).map_err(|e| format!("bad: {e}"))?;
    Ok(y * x)
}
#[derive(Debug, PartialEq)]
enum Problem {
    Empty,
    Bad(String),
}
#[differentiable]
fn okor(xs: &[f64]) -> Result<f64, Problem> {
    let first = xs.first().ok_or(Problem::Empty)?;
    let last = xs.last().copied().ok_or_else(|| Problem::Bad("x".into()))?;
    Ok(first * last * half(*first).map_err(Problem::Bad)?)
}
#[differentiable]
fn opt(x: f64) -> Option<f64> {
    let y = half(x).ok()?;
    Some(y * x)
}
#[differentiable]
fn looped(xs: &[f64]) -> Result<f64, String> {
    let mut t = 1.0;
    for (i, x) in xs.iter().enumerate() {
        t *= half(*x).map_err(|e| format!("{e} at {i}"))?;
    }
    Ok(t)
}
#[differentiable]
fn network2(layers: &[Vec<f64>], x: &[f64]) -> f64 {
    layers.iter().fold(x.to_vec(), |h, l| h.iter().zip(l).map(|(a, b)| a * b).collect()).iter().sum()
}
#[differentiable]
fn sum_opt(xs: &[Option<f64>]) -> f64 {
    xs.iter().map(|x| x.unwrap_or(1.0)).product::<f64>() + xs.iter().flatten().count() as f64
}

#[test]
fn failures_that_change_their_type() {
    assert_eq!(res::jvp(4.0, 1.0), (Ok(8.0), Ok(3.0)));
    assert_eq!(res(-1.0), Err("bad: negative".into()));
    assert_eq!(res::jvp(-1.0, 1.0).0, Err("bad: negative".to_string()));
    assert_eq!(okor::jvp(&[4.0, 3.0], &[0.0, 1.0]).1.unwrap(), 8.0);
    assert_eq!(okor::jvp(&[], &[]).0, Err(Problem::Empty));
    assert_eq!(okor::jvp(&[-1.0], &[1.0]).0, Err(Problem::Bad("negative".into())));
    assert_eq!(opt::jvp(4.0, 1.0), (Some(8.0), Some(3.0)));
    assert_eq!(opt::jvp(-4.0, 1.0).0, None);
    assert_eq!(looped::jvp(&[4.0, 9.0], &[1.0, 0.0]), (Ok(6.0), Ok(0.75)));
    assert_eq!(looped::jvp(&[4.0, -9.0], &[1.0, 0.0]).0, Err("negative at 1".into()));
    let (_, p) = looped::vjp(&[4.0, 9.0]);
    assert_eq!(p(Ok(1.0)), vec![0.75, 1.0 / 3.0]);
    assert_eq!(network2::grad(&[vec![2.0, 3.0], vec![0.5, 0.25]], &[1.0, 2.0]).1, vec![1.0, 0.75]);
    assert_eq!(sum_opt::jvp(&[Some(2.0), None], &[Some(1.0), None]).0, 3.0);
}
