//! Lists that the reverse sweep brings back, in functions that lend them, that run again, and that call themselves; and such where that
//! would be wrong.

use super::restored::X;

zoo! {
    // what lends the list in an inner loop
    pub fn dot(v: &[f64], x: &[f64]) -> f64 {
        let mut sum = 0.1;
        for i in 0..v.len() {
            sum += v[i] * v[i] * x[i];
        }
        sum
    }

    pub fn lent_in_a_loop(x: &[f64]) -> f64 {
        let mut v = vec![0.3; x.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 1..x.len() {
                sum += dot(&v, x) * x[j];
                sum += dot(&v[j..], x);
            }
            v[i] = x[i] * sum.cos();
        }
        sum
    }

    // .. and where it changes, before and after that
    pub fn lent_where_it_changes(x: &[f64]) -> f64 {
        let mut v = vec![0.3; x.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += dot(&v, x);
            for j in 0..x.len() {
                sum += v[j] * v[i] * x[j];
            }
            v[i] = dot(&v[1..], x) * sum.cos();
            sum += dot(&v, x) * v[0];
            v[0] *= x[i];
        }
        sum
    }

    // the function runs again before its reverse sweep
    #[options(checkpoint)]
    pub fn run_again(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut sum = 0.3;
        for i in 1..x.len() {
            for j in 0..i {
                sum += v[j] * x[i] * v[i];
            }
            v[i] *= sum.sin();
        }
        sum * v[1]
    }

    pub fn calls_what_runs_again(x: &[f64]) -> f64 {
        let y = run_again(x);
        y * y * x[0]
    }

    // each call of a recursion has a list of its own
    pub fn halved(x: &[f64], depth: usize) -> f64 {
        let mut v = x.to_vec();
        let mut sum = 0.0;
        for i in 0..v.len() {
            for j in 0..v.len() {
                sum += v[i] * v[j];
            }
            v[i] = 0.5 * sum.sin();
        }
        if depth == 0 { sum } else { halved(&v, depth - 1) * v[0] + sum }
    }

    // what must not be brought back so: a callee changes it
    pub fn doubled(v: &mut [f64], x: &[f64]) {
        for i in 0..v.len() {
            v[i] *= x[i];
        }
    }

    pub fn lent_for_writing(x: &[f64]) -> f64 {
        let mut v = vec![0.5; x.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum += v[j] * v[i] * x[j];
            }
            doubled(&mut v, x);
            v[i] = sum;
        }
        sum
    }

    // nor this, with snapshots
    pub fn with_checkpoints(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut sum = 0.0;
        #[checkpoint(every = 2)]
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum += v[j] * v[i] * x[j];
            }
            v[i] = sum.sin();
        }
        sum
    }
}

#[test]
fn restored() {
    let x = X.to_vec();
    laws!(lent_in_a_loop(x: &X[..4].to_vec()));
    laws!(lent_where_it_changes(x: &X[..4].to_vec()));
    laws!(run_again(x: &x.clone()));
    laws!(calls_what_runs_again(x: &x.clone()));
    laws!(halved(x: &X[..3].to_vec(), _: 2));
}

#[test]
fn near_misses() {
    let x = X.to_vec();
    laws!(lent_for_writing(x: &X[..4].to_vec()));
    laws!(with_checkpoints(x: &x.clone()));
}
