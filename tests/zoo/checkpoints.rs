//! Loops with snapshots of their state instead of residuals (cases 93, 95, 101 and their neighbours).

use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

zoo! {
    pub fn recurrence_in_blocks(x: f64, n: usize) -> f64 {
        let mut y = x;
        let mut total = 0.0;
        #[checkpoint(every = 3)]
        for i in 0..n {
            y = (y + 0.1 * i as f64).sin() * x;
            total += y * y;
        }
        total * y
    }

    pub fn recurrence_by_halves(x: f64, n: usize) -> f64 {
        let mut y = x;
        let mut total = 0.0;
        #[checkpoint(binomial = 3)]
        for i in 0..n {
            y = (y + 0.1 * i as f64).sin() * x;
            total += y * y;
        }
        total * y
    }

    /// A stencil over time with two buffers that change places.
    pub fn checkpointed_heat(start: &[f64], rate: f64, steps: usize) -> f64 {
        let n = start.len();
        let mut now = start.to_vec();
        let mut next = vec![0.0; n];
        #[checkpoint(binomial = 2)]
        for _ in 0..steps {
            for i in 1..n - 1 {
                next[i] = now[i] + rate * (now[i - 1] - 2.0 * now[i] + now[i + 1]) * now[i];
            }
            std::mem::swap(&mut now, &mut next);
        }
        let mut total = 0.0;
        for i in 0..n {
            total += now[i] * now[i];
        }
        total
    }

    /// The state is the caller's.
    pub fn march(state: &mut [f64], force: f64, steps: usize) {
        let h = 0.1 * force;
        #[checkpoint(every = 2)]
        for step in 0..steps {
            let (q, p) = (state[0], state[1]);
            state[0] = q + h * p;
            if step % 3 == 1 {
                continue;
            }
            state[1] = p - h * state[0].sin();
        }
        state[0] *= state[1];
    }

    /// The inputs of the iterations change after the loop, and the checkpoints are those of an inner loop.
    pub fn within_a_loop(xs: &[f64], steps: usize) -> f64 {
        let mut weights = xs.to_vec();
        let mut total = 0.0;
        for k in 0..xs.len() {
            let scale = xs[k].exp();
            let mut y = weights[k];
            let count = steps + k;
            #[checkpoint(binomial = 2)]
            for i in 0..count {
                let w = weights[(k + i) % 3];
                y = (y * w + scale).cos();
            }
            weights[k] = y * y;
            total += weights[0] * y;
        }
        total
    }

    pub fn loops_with_checkpoints_in_each_other(x: f64, n: usize) -> f64 {
        let mut y = x;
        #[checkpoint(every = 2)]
        for i in 0..n {
            let mut z = y + i as f64 * 0.1;
            #[checkpoint(binomial = 2)]
            for _ in 0..n {
                z = (z * x).sin();
            }
            y = y * z + x;
        }
        y
    }

    pub fn other_ranges(x: f64, n: u64) -> f64 {
        let mut y = x;
        let mut count = 0_usize;
        #[checkpoint(every = 2)]
        for i in (1..=n).rev() {
            y = (y / i as f64).sin() + x;
            count += 2;
        }
        #[checkpoint(binomial = 2)]
        for i in (0..n).step_by(2) {
            y = y * x + (i as f64 + count as f64) * y.cos();
            count += 1;
        }
        y * count as f64
    }

    pub fn growing_state(x: f64, n: usize) -> f64 {
        let mut ys = vec![x];
        #[checkpoint(every = 3)]
        for i in 0..n {
            let y = ys[i] * x;
            ys.push(y.sin());
        }
        ys[n] + ys[n / 2]
    }

    pub fn damped(q: f64, p: f64, h: f64) -> (f64, f64) {
        (q + h * p, p - h * q.sin() - 0.1 * p.exp() * h)
    }

    pub fn damp_all(qs: &mut [f64], by: f64) {
        for q in qs.iter_mut() {
            *q *= by.cos();
        }
    }

    /// Calls, whose pullbacks are residuals of one block of iterations.
    pub fn trajectory(q: f64, p: f64, steps: usize) -> f64 {
        let (mut q, mut p) = (q, p);
        let mut trace = [q, p, 0.5];
        #[checkpoint(binomial = 3)]
        for _ in 0..steps {
            let (moved, pushed) = damped(q, p, 0.1);
            q = moved;
            p = pushed;
            damp_all(&mut trace, q);
            trace[2] += p;
        }
        q * p + trace[0] * trace[2]
    }

    /// The loop is behind a call: the reverse sweep is a closure that may run again.
    pub fn checkpoints_of_a_callee(x: f64, n: usize) -> f64 {
        let a = recurrence_in_blocks(x, n);
        let mut total = 0.0;
        for i in 0..3 {
            total += recurrence_by_halves(a * x, n + i);
        }
        total * a
    }

    #[options(checkpoint)]
    pub fn checkpoints_in_a_checkpoint(x: f64, n: usize) -> f64 {
        let mut y = x.sin();
        #[checkpoint(binomial = 2)]
        for _ in 0..n {
            y = recurrence_by_halves(y * x, 3);
        }
        y
    }

    pub fn reruns_a_checkpoint(x: f64, n: usize) -> f64 {
        checkpoints_in_a_checkpoint(x * x, n) * x
    }

    pub fn matrix_power(a: &Matrix2<f64>, v: Vector2<f64>, n: usize) -> f64 {
        let mut v = v;
        #[checkpoint(every = 2)]
        for _ in 0..n {
            let w = a * v;
            v = w / w.norm();
        }
        v.dot(&v) + v[0]
    }

    pub fn dynamic_state(a: &DMatrix<f64>, v: &DVector<f64>, n: usize) -> f64 {
        let mut v = v.clone();
        #[checkpoint(binomial = 2)]
        for _ in 0..n {
            v = (a * &v).map(f64::tanh);
        }
        v.sum()
    }

    pub fn only_the_last_counts(xs: &[f64]) -> f64 {
        let mut best = 0.0;
        #[checkpoint(every = 2)]
        for i in 0..xs.len() {
            if xs[i] > best {
                best = xs[i];
            }
        }
        best * best
    }
}

#[test]
fn recurrences() {
    for n in [0, 1, 2, 3, 7, 20] {
        laws!(recurrence_in_blocks(x: 0.8, _: n));
        laws!(recurrence_by_halves(x: 0.8, _: n));
        laws!(growing_state(x: 0.8, _: n));
        laws!(trajectory(q: 0.5, p: -0.3, _: n));
    }
}

#[test]
fn states_in_memory() {
    for steps in [0, 1, 2, 9] {
        laws!(checkpointed_heat(start: &vec![0.1, 0.5, -0.3, 0.8, 0.2], rate: 0.2, _: steps));
        map_laws!(march(state: &mut vec![0.4, -0.2], force: 1.3, _: steps));
    }
    laws!(matrix_power(a: &Matrix2::new(0.9, 0.3, -0.2, 1.1), v: Vector2::new(0.3, 0.8), _: 5));
    laws!(dynamic_state(a: &DMatrix::from_row_slice(2, 2, &[0.9, 0.3, -0.2, 1.1]), v: &DVector::from_vec(vec![0.3, 0.8]), _: 6));
    laws!(only_the_last_counts(xs: &vec![0.1, 0.7, 0.3, 0.9]));
}

#[test]
fn loops_in_loops() {
    laws!(within_a_loop(xs: &vec![0.3, -0.4, 0.8], _: 3));
    for n in [0, 1, 4, 5] {
        laws!(loops_with_checkpoints_in_each_other(x: 0.7, _: n));
        laws!(other_ranges(x: 0.7, _: n as u64));
    }
}

#[test]
fn checkpoints_behind_calls() {
    laws!(checkpoints_of_a_callee(x: 0.8, _: 4));
    laws!(checkpoints_in_a_checkpoint(x: 0.8, _: 4));
    laws!(reruns_a_checkpoint(x: 0.8, _: 4));
}

mod counted {
    use chainrule::differentiable;
    use std::cell::Cell;

    thread_local! {
        static RUNS: Cell<usize> = const { Cell::new(0) };
    }

    /// Counts how often an iteration runs.
    fn factor(step: usize) -> f64 {
        RUNS.with(|runs| runs.set(runs.get() + 1));
        1.0 + 1e-3 * step as f64
    }

    #[differentiable]
    fn hundred_steps(x: f64) -> f64 {
        let mut y = x;
        #[checkpoint(binomial = 5)]
        for i in 0..100 {
            y = (y * factor(i)).sin() + x;
        }
        y
    }

    #[differentiable]
    fn hundred_steps_in_blocks(x: f64) -> f64 {
        let mut y = x;
        #[checkpoint(every = 10)]
        for i in 0..100 {
            y = (y * factor(i)).sin() + x;
        }
        y
    }

    #[differentiable]
    fn hundred_steps_kept(x: f64) -> f64 {
        let mut y = x;
        for i in 0..100 {
            y = (y * factor(i)).sin() + x;
        }
        y
    }

    fn runs(gradient: impl Fn(f64) -> f64) -> (usize, f64) {
        RUNS.with(|runs| runs.set(0));
        let gradient = gradient(0.3);
        (RUNS.with(Cell::get), gradient)
    }

    /// 316 steps forward are the optimum for 100 steps and 5 snapshots, beside the one run of each that is recorded; the
    /// last of the forward sweep makes the value.
    #[test]
    fn steps_that_run_again() {
        let (kept, expected) = runs(hundred_steps_kept::grad);
        assert_eq!(kept, 100);
        assert_eq!(runs(hundred_steps::grad), (316 + 100 + 1, expected));
        assert_eq!(chainrule::checkpoint::forward_steps(100, 5), 316);
        assert_eq!(runs(hundred_steps_in_blocks::grad), (200, expected));
    }
}
