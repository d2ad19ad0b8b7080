//! Choices that have a value where a way leaves behind statements of its own: `let y = match x { Some(x) => { let s = scale?; s * x } .. };`.

use chainrule::{Differentiable, differentiable};

#[derive(Debug, Clone)]
pub enum Failure {
    NoScale,
    NoPoint(usize),
}

#[derive(Differentiable, Clone, Debug)]
pub struct Settings {
    scale: Option<f64>,
    rate: f64,
    points: Vec<f64>,
}

#[derive(Differentiable, Clone, Debug)]
pub enum State {
    Idle,
    Ramp { v: f64, t: f64 },
    Cruise(f64),
    Stop { from: f64 },
}

#[differentiable]
fn point(s: &Settings, k: usize) -> Result<f64, Failure> {
    s.points.get(k).copied().ok_or(Failure::NoPoint(k))
}

zoo! {
    pub fn in_ok(s: &Settings, leg: &Option<f64>, k: usize) -> Result<f64, Failure> {
        Ok(match leg {
            Some(q) => {
                let scale = s.scale.ok_or(Failure::NoScale)?;
                let p = point(s, k)?;
                scale * q * p
            }
            None if k > 1 => point(s, k - 2)? * s.rate,
            None => s.rate,
        })
    }
    pub fn of_ok(s: &Settings, leg: &Option<f64>, k: usize) -> Option<f64> {
        in_ok(s, leg, k).ok()
    }

    pub fn of_structs(s: &Settings, k: usize) -> Option<f64> {
        let inner = match k {
            0 => Settings { scale: None, rate: s.scale?, points: vec![] },
            1 => {
                let v = s.scale?;
                if v > 10.0 {
                    return None;
                }
                Settings { scale: Some(v * v), ..s.clone() }
            }
            2 => return Some(s.rate),
            _ => {
                if s.points.len() < k {
                    return s.scale;
                }
                s.clone()
            }
        };
        let (a, b) = if k > 0 { let v = inner.scale?; (v, [v, inner.rate]) } else { (inner.rate, [1.0, 2.0]) };
        Some(a * b[0] + b[1] * inner.rate)
    }

    pub fn of_lists_in_a_loop(s: &Settings, xs: &[f64]) -> f64 {
        let mut total = 0.0;
        let mut best = vec![1.0];
        for (i, x) in xs.iter().enumerate() {
            let v = match i % 3 {
                0 => { if *x < 0.0 { continue; } vec![*x, total] }
                1 => { let Some(p) = s.points.get(i) else { break }; vec![p * x] }
                _ => { if *x > 5.0 { return total; } best.clone() }
            };
            total += v.iter().sum::<f64>() * s.rate;
            best = v;
        }
        total * best[0]
    }

    pub fn machine(v0: f64, a: f64, n: usize) -> f64 {
        let mut state = State::Idle;
        let mut way = 0.0;
        for k in 0..n {
            state = match state {
                State::Idle => State::Ramp { v: v0, t: 0.0 },
                State::Ramp { v, t } if t > 0.25 => State::Cruise(v * a),
                State::Ramp { v, t } => { way += v * 0.1; State::Ramp { v: v + a * 0.1, t: t + 0.1 } }
                State::Cruise(v) if k % 7 == 6 => State::Stop { from: v },
                State::Cruise(v) => { way += v * 0.1; State::Cruise(v * 0.99) }
                State::Stop { from } => { if from < 0.1 { return way * from; } State::Stop { from: from * 0.5 } }
            };
        }
        way + match &state {
            State::Stop { from } => *from,
            State::Cruise(v) | State::Ramp { v, .. } => v * v,
            State::Idle => 0.0,
        }
    }
}

#[test]
fn missing_values() {
    let with = Settings { scale: Some(0.3), rate: 0.7, points: vec![0.4, 0.9] };
    let without = Settings { scale: None, ..with.clone() };
    for s in [&with, &without] {
        for k in 0..5 {
            map_laws!(of_structs(s: &s.clone(), _: k));
            map_laws!(of_ok(s: &s.clone(), leg: &Some(1.2), _: k));
            map_laws!(of_ok(s: &s.clone(), leg: &None, _: k));
        }
    }
    assert!(matches!(simplified::in_ok(&with, &Some(1.2), 7), Err(Failure::NoPoint(7))));
    for xs in [vec![0.3, 0.2, 0.7, -1.0, 0.4], vec![0.3, 0.2, 0.7, 1.0, 0.4, 0.2], vec![0.3, 0.2, 7.0, 1.0]] {
        laws!(of_lists_in_a_loop(s: &with.clone(), xs: &xs));
    }
    for n in [0, 1, 3, 8, 12, 20] {
        laws!(machine(v0: 0.5, a: 0.7, _: n));
    }
}
