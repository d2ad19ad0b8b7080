//! Structs that borrow and change: a position in a list that moves on, a window that is widened.

use chainrule::{Differentiable, differentiable};

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Cursor<'a> {
    data: &'a [f64],
    at: usize,
}

#[differentiable]
impl<'a> Cursor<'a> {
    fn is_at_the_end(&self) -> bool {
        self.at >= self.data.len()
    }

    fn step(&mut self) -> f64 {
        let value = self.data[self.at];
        self.at += 1;
        value * value
    }

    fn next(&mut self) -> Option<f64> {
        if self.is_at_the_end() {
            return None;
        }
        Some(self.step())
    }
}

#[derive(Clone, Debug, Differentiable)]
pub struct Model {
    k: f64,
    w: Vec<f64>,
}

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Agent<'m> {
    model: &'m Model,
    x: f64,
    v: f64,
    at: usize,
}

#[differentiable]
impl<'m> Agent<'m> {
    fn step(&mut self, dt: f64) {
        self.v -= dt * self.model.k * self.x;
        self.x += dt * self.v;
    }

    fn learn(&mut self) -> Option<f64> {
        let w = *self.model.w.get(self.at)?;
        self.at += 1;
        self.x += w;
        match self.model.w.get(self.at) {
            Some(next) => Some(next * w),
            None => Some(w),
        }
    }

    fn energy(&self) -> f64 {
        0.5 * self.v * self.v + 0.5 * self.model.k * self.x * self.x
    }
}

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Window<'a> {
    data: &'a [f64],
    from: usize,
    gain: f64,
}

#[differentiable]
impl<'a> Window<'a> {
    fn sum(&self, n: usize) -> f64 {
        self.data[self.from..].iter().take(n).sum::<f64>() * self.gain
    }

    fn at_or(&self, i: usize, other: f64) -> f64 {
        match self.data.get(self.from + i) {
            Some(value) => value * self.gain,
            None => other,
        }
    }
}

zoo! {
    pub fn stepped(data: &[f64], gain: f64) -> f64 {
        let mut cursor = Cursor { data, at: 0 };
        let mut s = gain;
        while !cursor.is_at_the_end() {
            s = s * cursor.step() + gain;
        }
        s
    }

    pub fn stepped_by_next(data: &[f64], gain: f64) -> f64 {
        let own: Vec<f64> = data.iter().map(|x| x * gain).collect();
        let mut cursor = Cursor { data: &own, at: 0 };
        let mut s = gain;
        while let Some(value) = cursor.next() {
            s = s * value + gain;
            if s > 10.0 {
                cursor.at += 1;
            }
        }
        s
    }

    // straight code: each call sees another window
    pub fn moved_by_hand(data: &[f64], gain: f64) -> f64 {
        let mut window = Window { data, from: 0, gain };
        let mut s = window.sum(2);
        window.from += 1;
        s += window.sum(2) * s;
        window = Window { data: &data[1..], ..window };
        s * window.sum(1)
    }

    pub fn moved_and_damped(data: &[f64], gain: f64) -> f64 {
        let mut window = Window { data, from: 0, gain };
        let mut s = 0.0;
        while window.from + 2 <= data.len() {
            s += window.sum(2) * window.at_or(3, gain * gain);
            window.from += 1;
            window.gain *= 0.9;
            if s > 4.0 {
                window = Window { data: &data[1..], ..window };
            }
        }
        s
    }

    pub fn many_agents(model: &Model, xs: &[f64], dt: f64) -> f64 {
        let mut agents: Vec<Agent<'_>> = xs.iter().map(|&x| Agent { model, x, v: 0.1, at: 0 }).collect();
        for _ in 0..3 {
            for agent in agents.iter_mut() {
                agent.step(dt);
            }
            let mean = agents.iter().map(|agent| agent.x).sum::<f64>() / agents.len() as f64;
            for agent in &mut agents {
                agent.v -= 0.1 * (agent.x - mean);
            }
        }
        agents.iter().map(|agent| agent.energy()).sum()
    }

    pub fn pushed_agents(model: &Model, xs: &[f64], dt: f64) -> f64 {
        let mut agents = Vec::new();
        for &x in xs {
            agents.push(Agent { model, x, v: x, at: 0 });
        }
        let mut s = 0.0;
        for i in 0..agents.len() {
            agents[i].step(dt);
            while let Some(learnt) = agents[i].learn() {
                s += learnt;
            }
            s += agents[i].energy();
        }
        s
    }

    pub fn calls_what_moves(data: &[f64], gain: f64) -> f64 {
        stepped(data, gain) * moved_and_damped(&data[1..], gain)
    }
}

#[test]
fn cursors() {
    let data = vec![0.7, 0.1, 1.2, 0.5, 0.9];
    laws!(stepped(data: &data.clone(), gain: 1.3));
    laws!(stepped_by_next(data: &data.clone(), gain: 1.3));
    laws!(stepped_by_next(data: &data.clone(), gain: 7.0));
    laws!(moved_by_hand(data: &data.clone(), gain: 1.3));
    laws!(moved_and_damped(data: &data.clone(), gain: 1.3));
    laws!(moved_and_damped(data: &data.clone(), gain: 3.3));
    laws!(calls_what_moves(data: &data.clone(), gain: 1.3));
    let model = Model { k: 1.3, w: vec![0.1, -0.3, 0.4] };
    laws!(many_agents(model: &model.clone(), xs: &vec![0.7, 0.3], dt: 0.4));
    laws!(pushed_agents(model: &model.clone(), xs: &vec![0.7, 0.3], dt: 0.4));
}
