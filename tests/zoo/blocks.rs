//! Loops with `#[checkpoint(every = k)]`: blocks of iterations run again in the reverse sweep.

use chainrule::differentiable;
use nalgebra::{Matrix2, Vector2};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Iterations that have run, in either sweep.
static RUNS: AtomicUsize = AtomicUsize::new(0);

fn note(step: usize) -> f64 {
    RUNS.fetch_add(1, Ordering::Relaxed);
    1.0 / (step as f64 + 2.0)
}

zoo! {
    pub fn logistic(x: f64, r: f64, n: usize) -> f64 {
        let mut y = x;
        #[checkpoint(every = 3)]
        for _ in 0..n {
            y = r * y * (1.0 - y);
        }
        y
    }

    pub fn logistic_all_kept(x: f64, r: f64, n: usize) -> f64 {
        let mut y = x;
        for _ in 0..n {
            y = r * y * (1.0 - y);
        }
        y
    }

    pub fn index_counts(x: f64, n: usize, k: usize) -> f64 {
        let mut y = x;
        let mut s = 0.0;
        #[checkpoint(every = k)]
        for i in 2..n {
            y = (y + i as f64).sin();
            s += y * y * (i as f64);
        }
        s * y
    }

    pub fn strided_backwards(x: f64, n: u16) -> f64 {
        let mut y = x;
        #[checkpoint(every = 2)]
        for i in (0..n).step_by(3).rev() {
            y = y.sin() + y * (i as f64);
        }
        y * x
    }

    pub fn heat(u: &[f64], steps: usize, dt: f64) -> f64 {
        let mut now = u.to_vec();
        let mut next = u.to_vec();
        #[checkpoint(every = 4)]
        for _ in 0..steps {
            for i in 1..now.len() - 1 {
                let flux = now[i - 1] - 2.0 * now[i] + now[i + 1];
                next[i] = now[i] + dt * flux * now[i];
            }
            for i in 1..now.len() - 1 {
                now[i] = next[i];
            }
        }
        let mut s = 0.0;
        for i in 0..now.len() {
            s += now[i] * now[i];
        }
        s
    }

    pub fn in_place(xs: &mut [f64], a: f64, n: usize) {
        #[checkpoint(every = 2)]
        for step in 0..n {
            for i in 0..xs.len() {
                if xs[i] > 0.5 {
                    xs[i] *= a * xs[i];
                } else {
                    xs[i] = (xs[i] + step as f64).cos();
                }
            }
        }
    }

    pub fn overwritten_later(x: f64, n: usize) -> f64 {
        let mut a = x * x;
        let mut y = x;
        #[checkpoint(every = 2)]
        for _ in 0..n {
            y = (a * y).sin();
        }
        a = a * y * y;
        a + y
    }

    pub fn overwritten_before(x: f64, n: usize) -> f64 {
        let mut y = x;
        y = y * y * x;
        #[checkpoint(every = 2)]
        for _ in 0..n {
            y = (y * x).exp() * 0.1;
        }
        y = y.sin() * y;
        y
    }

    pub fn inside_of_a_loop(x: f64, n: usize) -> f64 {
        let mut y = x;
        for outer in 0..n {
            let a = y.cos();
            let mut z = a * y;
            #[checkpoint(every = 2)]
            for i in 0..outer + 2 {
                z = (z * a + i as f64).sin();
            }
            y = z * y + a;
        }
        y
    }

    pub fn of_a_loop(x: f64, n: usize) -> f64 {
        let mut y = x;
        #[checkpoint(every = 3)]
        for outer in 0..n {
            let a = y.cos();
            let mut z = a * y;
            #[checkpoint(every = 2)]
            for i in 0..outer + 2 {
                z = (z * a + i as f64).sin();
            }
            y = z * y + a;
        }
        y
    }

    pub fn in_a_branch(x: f64, n: usize) -> f64 {
        let mut y = x;
        if x > 0.0 {
            #[checkpoint(every = 2)]
            for _ in 0..n {
                y = y.sin() * x;
            }
        }
        y
    }

    pub fn kick(x: f64, a: f64) -> f64 {
        (x * a).sin()
    }

    pub fn kick_all(xs: &mut [f64], a: f64) {
        for i in 0..xs.len() {
            xs[i] = (xs[i] * a).sin() + 0.5 * xs[i];
        }
    }

    pub fn calls(x: f64, n: usize) -> f64 {
        let mut y = x;
        let mut v = vec![x, 0.3 * x];
        #[checkpoint(every = 3)]
        for _ in 0..n {
            y = kick(y, x) + v[1];
            kick_all(&mut v, y);
            v.swap(0, 1);
        }
        y * v[0]
    }

    pub fn grows(x: f64, n: usize) -> f64 {
        let mut v = vec![x];
        let mut y = x;
        #[checkpoint(every = 2)]
        for i in 0..n {
            let last = v[i];
            v.push(last.sin() * y);
            y = y * last;
        }
        v[n] + y
    }

    pub fn matrix_state(m: &Matrix2<f64>, v: &Vector2<f64>, n: usize) -> f64 {
        let mut w = *v;
        #[checkpoint(every = 2)]
        for _ in 0..n {
            w = m * w;
            w = w / (1.0 + w.dot(&w));
        }
        w.dot(v)
    }

    pub fn skips(x: f64, n: usize) -> f64 {
        let mut y = x;
        let mut count = 0usize;
        #[checkpoint(every = 3)]
        for i in 0..n {
            if i % 3 == 1 {
                continue;
            }
            count += 2;
            y = (y * count as f64).sin();
        }
        y * count as f64
    }

    pub fn while_inside(x: f64, n: usize) -> f64 {
        let mut y = x;
        #[checkpoint(every = 2)]
        for i in 0..n {
            let mut left = i;
            while left > 0 {
                y = y.sin() + 0.1 * y * y;
                left -= 1;
            }
        }
        y
    }

    pub fn noted(x: f64, n: usize) -> f64 {
        let mut y = x;
        #[checkpoint(every = 10)]
        for i in 0..n {
            let weight = note(i);
            y = (y * weight).sin() + x;
        }
        y
    }
}

#[test]
fn scalars() {
    for n in 0..9 {
        laws!(logistic(x: 0.3, r: 2.9, _: n));
    }
    for n in [0, 2, 3, 7] {
        for k in [1, 2, 3, 100] {
            laws!(index_counts(x: 0.7, _: n, _: k));
        }
    }
    laws!(strided_backwards(x: 0.7, _: 8));
    laws!(strided_backwards(x: 0.7, _: 0));
    laws!(overwritten_later(x: 0.8, _: 5));
    laws!(overwritten_before(x: 0.8, _: 5));
    laws!(in_a_branch(x: 0.8, _: 5));
    laws!(in_a_branch(x: -0.8, _: 5));
    laws!(skips(x: 0.8, _: 8));
    laws!(while_inside(x: 0.8, _: 5));
}

#[test]
fn sequences() {
    laws!(heat(u: &[0.1, 0.5, 0.9, 0.2, 0.4], _: 9, dt: 0.1));
    map_laws!(in_place(xs: &mut vec![0.2, 0.7, 0.9], a: 1.3, _: 5));
    laws!(grows(x: 0.8, _: 5));
    laws!(matrix_state(m: &Matrix2::new(0.3, -0.8, 0.9, 0.4), v: &Vector2::new(0.7, -0.2), _: 7));
}

#[test]
fn nested() {
    laws!(inside_of_a_loop(x: 0.8, _: 4));
    laws!(of_a_loop(x: 0.8, _: 7));
    laws!(calls(x: 0.8, _: 7));
}

#[test]
fn the_gradient_is_that_of_a_loop_that_keeps_everything() {
    for n in [0, 1, 3, 10, 50] {
        assert_eq!(
            simplified::logistic::value_and_grad(0.3, 3.7, n),
            simplified::logistic_all_kept::value_and_grad(0.3, 3.7, n)
        );
    }
}

#[test]
fn every_iteration_runs_twice() {
    RUNS.store(0, Ordering::Relaxed);
    let _ = simplified::noted::grad(0.4, 95);
    assert_eq!(RUNS.load(Ordering::Relaxed), 190);
}

#[differentiable(order = 2)]
fn second_order(x: f64, y: f64, n: usize) -> f64 {
    let mut z = x;
    #[checkpoint(every = 3)]
    for _ in 0..n {
        z = (z * y).sin() + x;
    }
    z
}

#[differentiable(order = 2)]
fn second_plain(x: f64, y: f64, n: usize) -> f64 {
    let mut z = x;
    for _ in 0..n {
        z = (z * y).sin() + x;
    }
    z
}

#[test]
fn hessian_vector_products() {
    for n in [0, 1, 5, 9] {
        let both = [second_order::hvp(0.3, 0.8, n, (0.7, -0.2)), second_plain::hvp(0.3, 0.8, n, (0.7, -0.2))];
        assert_eq!(both[0], both[1]);
    }
}
