//! `VecDeque`: windows, delay lines, queues of work.

use chainrule::{Differentiable, differentiable};
use std::collections::VecDeque;
#[derive(Differentiable, Clone, Debug)]
pub struct Delay {
    pub line: VecDeque<f64>,
    pub gain: f64,
}
#[differentiable]
impl Delay {
    fn process(&mut self, x: f64) -> f64 {
        let delayed = self.line.pop_front().unwrap_or(0.0);
        let y = x + self.gain * delayed;
        self.line.push_back(y);
        y
    }
}
zoo! {
pub fn window_sum(xs: &[f64], w: usize) -> f64 {
    let mut q = VecDeque::new();
    let mut s = 0.0;
    let mut out = 0.0;
    for x in xs {
        q.push_back(*x * *x);
        s += x * x;
        if q.len() > w { s -= q.pop_front().unwrap(); }
        out += s * s;
    }
    out + q[0]
}
pub fn moving_mean(xs: &[f64], w: usize) -> f64 {
    let mut q: VecDeque<f64> = VecDeque::with_capacity(w);
    let mut s = 0.0;
    for &x in xs {
        if q.len() == w { q.pop_front(); }
        q.push_back(x);
        let m = q.iter().sum::<f64>() / q.len() as f64;
        s += m * m;
    }
    s
}
pub fn breadth_first(x: f64, depth: usize) -> f64 {
    let mut q = VecDeque::new();
    q.push_back((x, 0));
    let mut total = 0.0;
    while let Some((v, d)) = q.pop_front() {
        total += v * v;
        if d < depth {
            q.push_back((v * 0.5, d + 1));
            q.push_front((v.sin(), d + 1));
        }
    }
    total
}
pub fn both_ends(x: f64, y: f64) -> f64 {
    let mut q = VecDeque::new();
    q.push_back(x);
    q.push_front(y);
    q.push_back(x * y);
    q[1] *= 3.0;
    if let Some(last) = q.back_mut() { *last += y; }
    let a = q.pop_back().unwrap();
    let b = *q.front().unwrap();
    for v in q.iter_mut() { *v *= a; }
    q.iter().rev().zip([1.0, 2.0]).map(|(v, w)| v * w).sum::<f64>() + a * b
}
pub fn echo(d0: &Delay, xs: &[f64]) -> f64 {
    let mut d = d0.clone();
    xs.iter().map(|x| { let y = d.process(*x); y * y }).sum()
}
pub fn max_in_window(xs: &[f64], w: usize) -> f64 {
    let mut dq: VecDeque<usize> = VecDeque::new();
    let mut s = 0.0;
    for i in 0..xs.len() {
        while let Some(&b) = dq.back() { if xs[b] <= xs[i] { dq.pop_back(); } else { break; } }
        dq.push_back(i);
        if dq[0] + w <= i { dq.pop_front(); }
        if i + 1 >= w { s += xs[dq[0]] * (i as f64); }
    }
    s
}
}
#[test]
fn queues() {
    laws!(window_sum(x: &vec![1.0, 2.0, 0.5, 3.0], _: 2));
    laws!(moving_mean(x: &vec![1.0, 2.0, 0.5, 3.0], _: 2));
    laws!(breadth_first(x: 0.7, _: 2));
    laws!(both_ends(x: 0.7, y: 1.3));
    laws!(echo(d: &Delay { line: VecDeque::from(vec![0.1, 0.2]), gain: 0.5 }, x: &vec![1.0, 2.0, 0.5, 3.0]));
    laws!(max_in_window(x: &vec![1.0, 2.0, 0.5, 3.0, 0.2, 0.1], _: 3));
}
