//! Integers beside floats, in one value.

use chainrule::Differentiable;

#[derive(Clone, Debug, Differentiable)]
pub struct Walk {
    pub at: usize,
    pub y: f64,
}

zoo! {
    pub fn part_of_a_tuple(x: &[f64]) -> f64 {
        let mut s = (0usize, 1.0);
        for _ in 0..3 {
            s.1 = s.1 * x[s.0] + x[s.0 + 1];
            s.0 += 2;
        }
        s.1
    }

    pub fn by_a_step(x: &[f64]) -> f64 {
        let mut s = (0usize, 1.0);
        let step = x.len() / 4;
        for i in 0..2 {
            s.1 = s.1 * x[s.0] + x[s.0 + 1];
            s.0 += step + i;
        }
        s.1 * x[s.0 - 1]
    }

    pub fn field_by_a_step(x: &[f64]) -> f64 {
        let mut walk = Walk { at: 0, y: 1.0 };
        let step = x.len() / 4;
        for i in 0..3 {
            walk.y = walk.y * x[walk.at] + x[i];
            walk.at += step;
        }
        walk.at -= 2 * step;
        walk.y * x[walk.at]
    }

    pub fn tuples_in_a_list(x: &[f64]) -> f64 {
        let mut s = [(0usize, 1.0), (1usize, 0.5)];
        for i in 0..3 {
            for k in 0..2 {
                s[k].1 = s[k].1 * x[s[k].0] + x[i];
                s[k].0 += k + 1;
            }
        }
        s[0].1 * s[1].1
    }

    pub fn largest_and_where(x: &[f64]) -> f64 {
        let mut best = (x[0], 0usize);
        for i in 1..x.len() {
            if x[i] > best.0 {
                best.0 = x[i];
                best.1 = i;
            }
        }
        best.1 /= 2;
        best.0 * x[best.1]
    }
}

#[test]
fn integer_fields() {
    let x: Vec<f64> = (0..8).map(|i| 0.3 + 0.17 * i as f64).collect();
    laws!(part_of_a_tuple(x: &x.clone()));
    laws!(by_a_step(x: &x.clone()));
    laws!(field_by_a_step(x: &x.clone()));
    laws!(tuples_in_a_list(x: &x.clone()));
    laws!(largest_and_where(x: &x.clone()));
}
