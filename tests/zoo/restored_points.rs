//! Points with operators and methods of the user's, which the reverse sweep brings back, and such of which that would be wrong.

use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct V2 {
    pub x: f64,
    pub y: f64,
}

#[differentiable]
impl std::ops::Add for V2 {
    type Output = V2;
    fn add(self, other: V2) -> V2 {
        V2 { x: self.x + other.x, y: self.y + other.y }
    }
}

#[differentiable]
impl std::ops::Sub for V2 {
    type Output = V2;
    fn sub(self, other: V2) -> V2 {
        V2 { x: self.x - other.x, y: self.y - other.y }
    }
}

#[differentiable]
impl std::ops::Mul<f64> for V2 {
    type Output = V2;
    fn mul(self, factor: f64) -> V2 {
        V2 { x: self.x * factor, y: self.y * factor }
    }
}

#[differentiable]
impl V2 {
    fn size(self) -> f64 {
        (self.x * self.x + self.y * self.y + 0.1).sqrt()
    }

    fn inner(&self, other: &V2) -> f64 {
        self.x * other.x - self.y * other.y
    }

    fn turn(&mut self, angle: f64) {
        let x = self.x;
        self.x = x * angle.cos() - self.y * angle.sin();
        self.y += x * angle;
    }
}

zoo! {
    // operators of the user's, and methods by value
    pub fn chain(x: &[f64]) -> f64 {
        let n = x.len() / 2;
        let mut p = vec![V2 { x: 0.0, y: 0.3 }; n];
        for i in 0..n {
            p[i].x = x[2 * i];
            p[i].y = x[2 * i + 1];
        }
        let mut v = vec![V2 { x: 0.0, y: 0.0 }; n];
        for _ in 0..2 {
            for i in 0..n - 1 {
                let d = p[i + 1] - p[i];
                let size = d.size();
                let force = d * (x[0] * (size - 0.1) / size);
                v[i] = v[i] + force * 0.1;
                v[i + 1] = v[i + 1] - force * 0.1;
            }
            for i in 0..n {
                p[i] = p[i] + v[i] * 0.3;
            }
        }
        p[n - 1].size() * p[0].size()
    }

    // methods that change what they are called on, which inner loops read
    pub fn turned(x: &[f64]) -> f64 {
        let mut list = vec![V2 { x: 0.4, y: 0.3 }; x.len()];
        let mut one = list[0].clone();
        let mut sum = 0.0;
        for i in 0..x.len() {
            list[i].x = x[i];
            for j in 0..x.len() {
                sum += list[i].x * list[j].y * list[j].x * one.x * one.y;
            }
            list[i].turn(x[i] * sum);
            one.turn(sum);
            one.x += list[i].y * list[i].x;
        }
        sum * one.y
    }

    // .. once each, and beside others of the same list
    pub fn turned_once(x: &[f64]) -> f64 {
        let start = V2 { x: x[0], y: x[1] };
        let mut one = start.clone();
        let mut list = vec![start; 3];
        let mut sum = 0.0;
        for i in 0..3 {
            list[i].x *= x[i];
            for j in 0..3 {
                sum += one.x * list[j].x * one.y * list[i].y;
            }
            one.turn(x[i] * 0.3);
            sum += list[i].inner(&list[(i + 1) % 3]);
        }
        sum
    }

    pub fn repeated_and_changed(x: f64, y: f64) -> f64 {
        let mut point = V2 { y: 0.5, x };
        point.x *= y;
        let points = vec![point; 2];
        y * points[1].y * points[0].x
    }

    // what the reverse sweep multiplies by has to be read before the change is undone
    pub fn factors_behind_changes(x: &[f64]) -> f64 {
        let mut list = vec![V2 { x: x[0], y: x[1] }; 2];
        let mut sum = 0.0;
        for i in 0..3 {
            let factor = x[i].sin();
            for j in 0..2 {
                sum += list[j].x * list[1 - j].y * factor;
            }
            list[i % 2].x += sum;
            sum += factor * list[0].x;
        }
        sum
    }
}

const POINTS: [f64; 6] = [0.3, -0.8, 1.1, 0.6, 0.9, -0.4];

#[test]
fn restored_points() {
    laws!(chain(x: &POINTS.to_vec()));
    laws!(turned(x: &POINTS[..3].to_vec()));
    laws!(turned_once(x: &POINTS[..3].to_vec()));
    laws!(repeated_and_changed(x: 0.4, y: 0.7));
    laws!(factors_behind_changes(x: &POINTS[..3].to_vec()));
}
