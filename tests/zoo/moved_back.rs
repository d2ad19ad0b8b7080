//! Lists whose elements move, or give way to others, which the reverse sweep moves back; and such of which it cannot.

use super::second_order::of_slice;

zoo! {
    // elements change places
    pub fn swapped(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut sum = 0.0;
        for i in 1..v.len() {
            for j in 0..v.len() {
                sum += v[j] * v[i] * x[j];
            }
            v.swap(i, 0);
            v[i] += 0.1 * sum;
        }
        sum
    }

    // two lists exchange what they hold
    pub fn exchanged(x: &[f64]) -> f64 {
        let mut old = x.to_vec();
        let mut new = vec![0.0; x.len()];
        for _ in 0..3 {
            for i in 0..x.len() {
                let mut s = 0.0;
                for j in 0..x.len() {
                    s += old[j] * old[i] * x[j];
                }
                new[i] = s.sin();
            }
            std::mem::swap(&mut old, &mut new);
        }
        old[0] * old[1]
    }

    pub fn buffers(x: &[f64], viscosity: f64) -> f64 {
        let n = x.len();
        let (mut u, mut next) = (x.to_vec(), x.to_vec());
        let mut sum = 0.0;
        for step in 0..3 {
            for i in 1..n - 1 {
                let flow = u[i] * (u[i + 1] - u[i - 1]);
                next[i] = u[i] - 0.1 * flow + viscosity * (u[i + 1] - 2.0 * u[i] + u[i - 1]) * u[0];
            }
            std::mem::swap(&mut u, &mut next);
            if step == 1 {
                u.reverse();
                sum += u[1] * u[2];
            }
        }
        sum + u[1] * next[2]
    }

    // .. one of which is new in each step
    pub fn fresh_buffer(x: &[f64], steps: usize) -> f64 {
        let n = x.len();
        let mut u = x.to_vec();
        let mut sum = 0.0;
        for _ in 0..steps {
            let mut next = vec![0.1; n];
            for i in 1..n - 1 {
                next[i] = u[i] * (u[i + 1] - u[i - 1]) + u[i] * u[0];
            }
            std::mem::swap(&mut u, &mut next);
            for i in 0..n {
                for j in 0..n {
                    sum += next[i] * u[j] * x[i];
                }
                u[i] += 0.1 * sum;
            }
        }
        sum * u[1]
    }

    #[options(order = 2)]
    pub fn sorted_and_rotated(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum += v[j] * v[i] * x[j];
            }
            v[i] = (sum * x[i]).sin();
            v.sort_by(|a, b| a.total_cmp(b));
            v[1..].rotate_left(1);
            v.swap(0, i);
        }
        sum
    }

    // lists that others take the place of
    #[options(order = 2)]
    pub fn copied_and_filled(x: &[f64]) -> f64 {
        let n = x.len();
        let mut v = x.to_vec();
        let mut w = [0.3; 4];
        let mut sum = 0.0;
        for i in 0..n {
            let mut next = vec![0.0; n];
            for j in 0..n {
                for k in 0..n {
                    sum += v[j] * v[k] * w[k % 4] * x[i];
                }
                next[j] = sum.sin();
            }
            v.copy_from_slice(&next);
            v[..2].fill(x[i] * sum.cos());
            w[1..3].copy_from_slice(&next[..2]);
            if i == 1 {
                w.fill(sum.sin());
            }
        }
        sum * w[2]
    }

    // what must not be brought back so: a partner that grows
    pub fn growing_partner(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut w = vec![0.5; x.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 0..v.len() {
                sum += v[j] * v[0] * x[j % x.len()];
            }
            w.push(sum.sin());
            v[0] += 0.1 * sum;
            std::mem::swap(&mut v, &mut w);
            v[i] *= 0.5;
        }
        sum + w[0]
    }

    // what is written over what is read
    pub fn copied_within(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut sum = 0.0;
        for i in 1..x.len() {
            for j in 0..x.len() {
                sum += v[j] * v[i] * x[j];
            }
            v.copy_within(1.., 0);
            v[i] = sum.sin();
        }
        sum
    }
}

const X: [f64; 5] = [0.3, -0.8, 1.1, 0.6, 0.9];

#[test]
fn moved_back() {
    let x = X.to_vec();
    laws!(swapped(x: &x.clone()));
    laws!(exchanged(x: &x.clone()));
    laws!(buffers(x: &x.clone(), viscosity: 0.2));
    laws!(fresh_buffer(x: &x.clone(), _: 3));
    laws!(sorted_and_rotated(x: &x.clone()));
    laws!(copied_and_filled(x: &X[..4].to_vec()));
}

#[test]
fn near_misses() {
    let x = X.to_vec();
    laws!(growing_partner(x: &x.clone()));
    laws!(copied_within(x: &x.clone()));
}

#[test]
fn products_with_the_hessian() {
    use simplified::{copied_and_filled, sorted_and_rotated};
    of_slice!(sorted_and_rotated, X);
    of_slice!(copied_and_filled, X[..4]);
}
