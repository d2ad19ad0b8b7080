//! Loops whose residuals stand in frames, at the index of the iteration; and such whose residuals are pushed and popped.

use super::second_order::of_slice;

zoo! {
    // inner loops with any bounds, in both directions
    pub fn burgers(x: &[f64], viscosity: f64) -> f64 {
        let n = x.len();
        let (mut u, mut next) = (x.to_vec(), x.to_vec());
        for _ in 0..3 {
            for i in 1..n - 1 {
                next[i] = u[i] - 0.1 * u[i] * (u[i + 1] - u[i - 1]) + viscosity * (u[i + 1] - 2.0 * u[i] + u[i - 1]);
            }
            std::mem::swap(&mut u, &mut next);
        }
        u.iter().map(|u| u * u).sum()
    }

    pub fn layers(x: &[f64], w: &[f64]) -> f64 {
        let n = x.len();
        let mut h = x.to_vec();
        let mut sum = 0.0;
        for step in 0..2 {
            for i in (0..n).rev() {
                h[i] = (w[i] * h[i] + x[step]).tanh();
            }
            for i in step..n {
                sum += (h[i] * w[n - 1 - i]).exp();
            }
            for i in n..step {
                sum += (h[i] * w[0]).exp();
            }
        }
        sum
    }

    #[options(order = 2)]
    pub fn relaxed(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = x.to_vec();
        for _ in 0..2 {
            for i in 1..n {
                h[i] = (h[i] * h[i - 1]).sin() * x[i];
            }
        }
        h.iter().map(|h| h * h).sum()
    }

    // a loop in a loop in a loop, of which two save
    pub fn nested(x: &[f64], w: &[f64]) -> f64 {
        let n = x.len();
        let mut h = x.to_vec();
        let mut total = 0.0;
        for _ in 0..2 {
            for i in 0..n {
                let mut s = 0.1;
                for j in i..n {
                    let e = (h[i] * w[j]).sin();
                    s += e * e * h[j];
                }
                h[i] = s.cos() * w[i];
                total += s * s;
            }
        }
        total * h[0]
    }

    // the outer loop is fused with its reverse, and uses the memory of its frames again
    pub fn rows(x: &[f64], w: &[f64]) -> f64 {
        let n = w.len();
        let mut sum = 0.0;
        for row in 0..x.len() / n {
            let mut h = 0.3;
            for j in 0..n {
                h = (h * w[j] + x[row * n + j]).tanh();
            }
            sum += h * h;
        }
        sum
    }

    pub fn single_precision(x: &[f32]) -> f32 {
        let mut v = x.to_vec();
        for _ in 0..2 {
            for i in 1..v.len() {
                v[i] = (v[i] * v[i - 1]).sin();
            }
        }
        v.iter().sum()
    }

    // which way branches went, and how far a loop ran; the lists are exchanged, and their cotangents move
    pub fn best_path(trans: &[f64], emit: &[f64]) -> f64 {
        let k = 2;
        let mut score = emit[..k].to_vec();
        let mut bound = emit[..k].to_vec();
        for t in 1..emit.len() / k {
            let mut next = vec![f64::NEG_INFINITY; k];
            for j in 0..k {
                for i in 0..k {
                    let s = score[i] + trans[i * k + j] * bound[i];
                    if s > next[j] {
                        next[j] = s;
                    }
                }
                next[j] += emit[t * k + j];
            }
            if t % 2 == 1 {
                bound = next.clone();
            }
            score = next;
        }
        score[0].max(score[1]) + bound[0]
    }

    pub fn next_list(x: &[f64], w: &[f64]) -> Vec<f64> {
        let mut next = vec![0.0; x.len()];
        for i in 0..x.len() {
            next[i] = (x[i] * w[i]).sin();
        }
        next
    }

    pub fn counts(x: &[f64], ends: &[usize]) -> f64 {
        let mut v = x.to_vec();
        for _ in 0..2 {
            for i in 0..ends.len() {
                let end = if v[i] > 0.0 { ends[i] } else { 1 };
                for j in 0..end {
                    v[i] = (v[i] * v[j]).sin();
                }
            }
        }
        v[0] * v[2]
    }

    // an index that starts at what a call or a shadowed name gives
    pub fn offsets(x: &[f64], from: usize) -> f64 {
        let mut v = x.to_vec();
        for step in 0..2 {
            let from = from.min(step + 1);
            for i in from..v.len() {
                v[i] = (v[i] * v[i - from]).sin() + v[i];
            }
            for i in from + step..v.len() - step {
                v[i - step] *= v[i].cos();
            }
        }
        v[1] * v[2]
    }

    // what has no frame: iterations that are left out or end early, and what a branch saves
    pub fn steps(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        for _ in 0..2 {
            for i in (0..v.len()).step_by(2) {
                v[i] = v[i].sin() * x[i];
            }
            for i in 1..=2 {
                v[i] = v[i].sin() * x[i];
            }
        }
        v[0] * v[2]
    }

    pub fn left_early(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        for step in 0..2 {
            for i in 0..v.len() {
                v[i] = v[i].sin() * x[i];
                if i > step {
                    break;
                }
            }
        }
        v[0] * v[2]
    }

    pub fn skipped(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        for step in 0..2 {
            for i in 0..v.len() {
                if v[i] * v[i] > 0.4 {
                    v[i] = v[i].sin() * x[step];
                }
            }
        }
        v[0] * v[2]
    }

    // a variable that need not be an index
    pub fn numbers(x: f64, w: f64, n: i32) -> f64 {
        let mut y = x;
        for _ in 0..2 {
            for i in 0..n {
                y = (y * w).sin() + i as f64;
            }
        }
        y
    }

    // more of them inside than the loop has iterations
    pub fn inside(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut k = 0;
        while k < 2 {
            for i in 0..v.len() {
                let mut t = 0;
                while t < i {
                    v[i] = v[i].sin() * x[t];
                    t += 1;
                }
            }
            k += 1;
        }
        v[1] * v[2]
    }
}

const X: [f64; 5] = [0.3, -0.8, 1.1, 0.6, 0.9];
const W: [f64; 5] = [0.7, 0.2, -0.5, 1.2, 0.4];

#[test]
fn frames() {
    let (x, w) = (X.to_vec(), W.to_vec());
    laws!(burgers(x: &x.clone(), viscosity: 0.2));
    laws!(layers(x: &x.clone(), w: &w.clone()));
    laws!(relaxed(x: &x.clone()));
    laws!(nested(x: &x.clone(), w: &w.clone()));
    laws!(rows(x: &[X, W].concat(), w: &w.clone()));
    laws!(single_precision(x: &vec![0.3f32, -0.8, 1.1]));
    laws!(best_path(trans: &W[..4].to_vec(), emit: &[X, W].concat()));
    map_laws!(next_list(x: &x.clone(), w: &w.clone()));
    laws!(counts(x: &x.clone(), _: &[3, 2, 4]));
    laws!(offsets(x: &x.clone(), _: 2));
}

#[test]
#[should_panic]
fn a_seed_of_another_length() {
    let (_, pullback) = simplified::next_list::vjp(&X, &W);
    pullback(vec![1.0; 7]);
}

#[test]
fn near_misses() {
    let x = X.to_vec();
    laws!(steps(x: &x.clone()));
    laws!(left_early(x: &x.clone()));
    laws!(skipped(x: &x.clone()));
    laws!(numbers(x: 0.4, w: 0.9, _: 3));
    laws!(inside(x: &x.clone()));
}

#[test]
fn products_with_the_hessian() {
    use simplified::relaxed;
    of_slice!(relaxed, X);
}
