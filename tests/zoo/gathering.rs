//! Values of structs that are gathered into a `Vec`, and methods that are named like those of iterators.

use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Pose {
    pub x: f64,
    pub turn: f64,
}

#[differentiable]
impl Pose {
    fn product(&self, other: &Self) -> Self {
        Self { x: self.x + other.x * self.turn.cos(), turn: self.turn + other.turn }
    }

    fn sum(&self, scale: f64) -> f64 {
        self.x + scale * self.turn
    }
}

#[differentiable]
fn pose(x: f64) -> Pose {
    Pose { x, turn: x * x }
}

#[differentiable]
fn squared(x: f64) -> f64 {
    x * x
}

zoo! {
    pub fn of_literals(xs: &[f64]) -> f64 {
        let poses: Vec<Pose> = xs.chunks_exact(2).map(|c| Pose { x: c[0], turn: 2.0 * c[1] }).collect();
        let moved: Vec<Pose> = poses.iter().map(|p| p.product(p)).collect();
        let end = moved.iter().fold(poses[0], |end, p| end.product(p));
        end.x * end.turn + moved[0].sum(0.3)
    }

    pub fn of_calls(xs: &[f64]) -> f64 {
        let poses: Vec<_> = xs.iter().map(|&x| pose(x)).collect();
        let odd = poses.iter().enumerate().filter(|(i, _)| i % 2 == 1).map(|(_, p)| *p).collect::<Vec<Pose>>();
        let squares: Vec<_> = xs.iter().map(|&x| squared::<>(x)).collect();
        let pairs: Vec<[f64; 2]> = poses.iter().map(|p| [p.x, p.turn * xs[0]]).collect();
        let mut total = odd.iter().map(|p| p.x * p.turn).sum::<f64>();
        for (s, [a, b]) in squares.iter().zip(&pairs) {
            total += s * a - b;
        }
        total
    }

    pub fn of_states(x: f64, rate: f64) -> f64 {
        let mut state = Pose { x, turn: rate };
        let history: Vec<Pose> = (0..4)
            .map(|k| {
                state = state.product(&Pose { x: rate, turn: 0.1 * k as f64 });
                state
            })
            .collect();
        history.iter().map(|p| p.x * p.turn).sum::<f64>() + history.last().map_or(0.0, |p| p.sum(2.0)) + state.x
    }

    pub fn of_rows(xs: &[f64]) -> f64 {
        let rows: Vec<Vec<f64>> = xs.chunks(2).map(<[f64]>::to_vec).collect();
        let again: Vec<Vec<f64>> = xs.chunks(3).map(Vec::from).collect();
        let thrice: Vec<Vec<f64>> = again.iter().map(Vec::clone).chain(rows.iter().map(ToOwned::to_owned)).collect();
        thrice.iter().map(|row| row.iter().product::<f64>()).sum::<f64>() + rows[1][0]
    }

    pub fn of_running_sums(xs: &[f64]) -> f64 {
        let mut sum = 0.0;
        let sums: Vec<f64> = xs.iter().map(|x| { sum += x * x; sum * x }).collect();
        let mut level = 1.0;
        let levels: Vec<_> = sums.iter().map(|s| { level = 0.5 * level + s; level }).collect();
        sums.iter().zip(&levels).map(|(s, l)| s * l).sum()
    }

    pub fn chained(a: &Pose, b: &Pose, k: f64) -> f64 {
        let mut end = a.product(b).product(b);
        end = end.product(a).product(&pose(k));
        end.sum(k) * a.product(a).sum(0.5)
    }
}

#[test]
fn gathered() {
    laws!(of_literals(xs: &vec![0.3, 0.8, 1.2, -0.9]));
    laws!(of_calls(xs: &vec![0.3, 0.8, 1.2, -0.9]));
    laws!(of_states(x: 0.4, rate: 0.7));
    laws!(of_rows(xs: &vec![0.3, 0.8, 1.2, -0.9, 0.4]));
    laws!(of_running_sums(xs: &vec![0.3, 0.8, -1.2]));
    laws!(chained(a: &Pose { x: 0.3, turn: 0.4 }, b: &Pose { x: 0.8, turn: -0.2 }, k: 0.6));
}
