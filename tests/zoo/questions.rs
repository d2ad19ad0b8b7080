//! Methods that read what they are called on and give no float, and methods that write into an argument; what is asked of a value that
//! changes elsewhere.

use chainrule::{Differentiable, differentiable};

#[derive(Clone, Debug, Differentiable)]
pub struct Sim {
    x: f64,
    t: usize,
}

#[differentiable]
impl Sim {
    fn step(&mut self, k: f64) {
        self.x = self.x * k + 0.1;
        self.t += 1;
    }

    fn is_done(&self) -> bool {
        self.t >= 4 || self.x > 100.0
    }

    fn left(&self) -> usize {
        4 - self.t
    }

    fn is_above(&self, level: f64, others: &[f64]) -> bool {
        self.x > level && others.iter().all(|other| *other < self.x)
    }

    const fn phase(&self) -> (usize, bool) {
        (self.t / 2, self.t % 2 == 0)
    }

    #[no_diff]
    fn log(&self) {
        assert!(self.x.is_finite());
    }

    /// One question asks another.
    fn is_late(&self) -> bool {
        !self.is_done() && self.left() < 2
    }
}

/// What a trait asks.
#[differentiable]
pub trait Process {
    fn advance(&mut self, by: f64);
    fn level(&self) -> f64;
    fn has_ended(&self) -> bool;
    fn ends_below(&self, limit: f64) -> bool {
        self.has_ended() && self.level() < limit
    }
}

#[differentiable]
impl Process for Sim {
    fn advance(&mut self, by: f64) {
        self.step(by);
    }

    fn level(&self) -> f64 {
        self.x
    }

    fn has_ended(&self) -> bool {
        self.is_done()
    }
}

/// The right-hand side of a differential equation.
#[derive(Clone, Debug, Differentiable)]
pub struct Field {
    rates: Vec<f64>,
}

#[differentiable]
impl Field {
    fn slope(&self, y: &[f64], out: &mut [f64]) {
        for i in 0..y.len() {
            out[i] = -self.rates[i] * y[i] + 0.1 * y[(i + 1) % y.len()];
        }
    }

    fn march(&self, y: &mut [f64], h: f64, n: usize) {
        let mut slope = vec![0.0; y.len()];
        let mut half = vec![0.0; y.len()];
        for _ in 0..n {
            self.slope(y, &mut slope);
            for i in 0..y.len() {
                half[i] = y[i] + 0.5 * h * slope[i];
            }
            self.slope(&half, &mut slope);
            for (y, slope) in y.iter_mut().zip(&slope) {
                *y += h * slope;
            }
        }
    }
}

zoo! {
    pub fn until_done(x: f64, k: f64) -> f64 {
        let mut sim = Sim { x, t: 0 };
        while !sim.is_done() {
            sim.step(k);
        }
        sim.x
    }

    pub fn counted(x: f64, k: f64) -> f64 {
        let mut sim = Sim { x, t: 0 };
        let weights = [1.0, x, k, 0.5, 0.3];
        for _ in 0..sim.left() {
            sim.step(k);
            if sim.is_late() {
                break;
            }
        }
        sim.x * weights[sim.left()]
    }

    pub fn asked_between(x: f64, k: f64) -> f64 {
        let mut sim = Sim { x, t: 0 };
        let mut sum = 0.0;
        loop {
            sim.step(k);
            sim.log();
            let done = sim.is_done();
            if sim.is_above(x, &[0.1 * k, 0.2]) {
                sum += sim.x;
            }
            if done && k > 0.0 {
                return sum * sim.left() as f64 + sim.x;
            }
            let (phase, even) = sim.phase();
            sum += if even { phase as f64 * sim.x } else { x };
        }
    }

    pub fn asked_by_a_trait(x: f64, k: f64) -> f64 {
        let mut sim = Sim { x, t: 0 };
        while !sim.has_ended() {
            sim.advance(k);
        }
        if sim.ends_below(3.0) { sim.level() * k } else { sim.level() }
    }

    pub fn marched(field: &Field, y0: &[f64], h: f64) -> f64 {
        let mut y = y0.to_vec();
        field.march(&mut y, h, 3);
        y.iter().map(|y| y * y).sum()
    }

    pub fn found_once(x: f64) -> f64 {
        let mut found = None;
        let mut y = x;
        for k in 0..5 {
            y *= x;
            if found.is_none() && y < 0.3 {
                found = Some((k, y));
            }
        }
        match found {
            Some((k, at)) => y + k as f64 * at,
            None => y,
        }
    }

    pub fn remembered(x: f64, y: f64, n: usize) -> f64 {
        let mut memo: [Option<f64>; 12] = [None; 12];
        memo[0] = Some(x);
        memo[1] = Some(y);
        let mut stack = vec![n];
        while let Some(&k) = stack.last() {
            if memo[k].is_some() {
                stack.pop();
                continue;
            }
            match (memo[k - 1], memo[k - 2]) {
                (Some(a), Some(b)) => {
                    memo[k] = Some(a * 0.7 + b.sin());
                    stack.pop();
                }
                (None, _) => stack.push(k - 1),
                (_, None) => stack.push(k - 2),
            }
        }
        memo[n].unwrap() * memo.iter().flatten().count() as f64
    }

    pub fn until_all_are_small(x: &[f64]) -> f64 {
        let mut r = x.to_vec();
        while r.iter().map(|v| v * v).fold(0.0, f64::max) > 0.1 || r.chunks_exact(2).any(|pair| pair[0] > pair[1] + 3.0) {
            for v in r.iter_mut() {
                *v *= 0.5;
            }
        }
        r.iter().sum()
    }

    pub fn looked_up(xs: &[f64], key: Option<usize>, c: bool) -> f64 {
        let start = key.and_then(|k| xs.get(k).copied()).unwrap_or(0.5);
        let other = if c { xs.first().copied() } else { None };
        match other {
            Some(other) => start * other,
            None => start * start,
        }
    }
}

#[test]
fn methods_that_ask() {
    for k in [0.8, -0.7] {
        laws!(until_done(x: 0.7, k: k));
        laws!(counted(x: 0.7, k: k));
        laws!(asked_by_a_trait(x: 0.7, k: k));
    }
    laws!(until_done(x: 7.0, k: 6.0));
    laws!(asked_between(x: 0.7, k: 1.2));
    laws!(marched(field: &Field { rates: vec![0.5, 1.2, 0.3] }, y0: &vec![1.0, -0.4, 0.6], h: 0.2));
}

#[test]
fn questions_to_what_changes() {
    laws!(found_once(x: 0.7));
    laws!(found_once(x: 1.1));
    laws!(remembered(x: 0.4, y: 0.9, _: 9));
    laws!(until_all_are_small(x: &vec![0.7, -3.2, 0.1]));
    for key in [Some(1), Some(9), None] {
        laws!(looked_up(xs: &vec![0.4, 0.9, 1.4], _: key, _: true));
        laws!(looked_up(xs: &vec![0.4, 0.9, 1.4], _: key, _: false));
    }
}
