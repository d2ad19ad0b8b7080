//! Slices hoisted out of loops, and near misses: a part of a sequence is taken only where every iteration touches it, at
//! an index that moves along with the loop's.

zoo! {
    // the lower triangle of a matrix, packed by columns
    pub fn packed_triangle(below: &[f64], x: &[f64], out: &mut [f64]) {
        let d = x.len();
        let mut start = 0;
        for i in 0..d {
            for j in i + 1..d {
                out[j] += below[start + j - i - 1] * x[i].sin();
            }
            start += d - i - 1;
        }
    }

    // three neighbours are read, one is written
    pub fn stencil(u: &[f64], rate: f64) -> f64 {
        let n = u.len();
        let mut v = vec![0.0; n];
        for i in 1..n - 1 {
            v[i] = u[i] + rate * (u[i - 1] - 2.0 * u[i] + u[i + 1]) * u[i];
        }
        let mut sum = 0.0;
        for i in 0..n {
            sum += v[i] * v[i];
        }
        sum
    }

    // nothing is touched where the loop runs no iteration, wherever it would begin
    pub fn begins_beyond_the_end(x: &[f64], from: usize, to: usize) -> f64 {
        let mut sum = x[0];
        for i in from..to {
            sum += x[i] * x[i - from + 1];
        }
        let none = to.saturating_sub(to.max(from));
        for i in 0..none {
            sum += x[from + i] * x[i];
        }
        sum
    }

    // the index of a term that only some iterations have
    pub fn only_sometimes(x: &[f64], far: usize) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            if i + far < x.len() {
                sum += x[i + far] * x[i];
            } else {
                sum += x[i].cos();
            }
        }
        sum
    }

    // what is written is also read next to it
    pub fn recurrence(x: &[f64]) -> f64 {
        let n = x.len();
        let mut y = x.to_vec();
        for i in 1..n {
            y[i] = y[i] * y[i - 1] + x[i];
        }
        y[n - 1]
    }

    // an index that runs the other way, one that skips, one that changes
    pub fn other_indices(x: &[f64]) -> f64 {
        let n = x.len();
        let mut sum = 0.0;
        for i in 0..n {
            sum += x[n - 1 - i] * x[i];
        }
        for i in 0..n / 2 {
            sum += x[2 * i] * x[i].exp();
        }
        for i in 0..n - 1 {
            let mut at = i;
            at += 1;
            sum += x[at] * x[i];
        }
        sum
    }

    // rows of a table, of which the loop reads one and writes another
    pub fn rows(a: Vec<Vec<f64>>, weights: &[f64]) -> f64 {
        let (m, n) = (a.len(), weights.len());
        let mut out = a.clone();
        for i in 1..m {
            for j in 0..n {
                out[i][j] = a[i - 1][j] * weights[j] + a[i][j] * a[i][j];
            }
        }
        let mut sum = 0.0;
        for i in 0..m {
            for j in 1..n {
                sum += out[i][j] * weights[j - 1];
            }
        }
        sum
    }

    // two rows of the table that is written
    pub fn rows_of_one_table(x: &[f64], m: usize) -> f64 {
        let n = x.len();
        let mut t = vec![vec![1.0; n]; m];
        for i in 1..m {
            for j in 0..n {
                t[i][j] += t[i - 1][j] * x[j];
            }
        }
        let mut sum = 0.0;
        for j in 0..n {
            sum += t[m - 1][j];
        }
        sum
    }

    // the length is asked for, and the loop's index is used as a number
    pub fn index_as_a_number(x: &mut [f64], scale: f64) {
        for i in 1..x.len() {
            x[i] *= scale * i as f64 / x.len() as f64;
        }
    }

    // backwards, with residuals
    pub fn backwards(x: &[f64], y: &[f64]) -> f64 {
        let mut product = 1.0;
        for i in (0..x.len()).rev() {
            product = (product * x[i] + y[i]).sin();
        }
        product
    }

    // bounds are no sums
    pub fn bounds(x: &[f64], a: usize, b: usize) -> f64 {
        let mut sum = 0.0;
        for i in a.min(b)..a.max(b) {
            sum += x[i] * x[i + 1 - a.min(b)];
        }
        for i in (a % 2)..x.len() {
            sum += x[i - a % 2].powi(3);
        }
        sum
    }

    // called with and without a derivative of the second argument
    pub fn dot_at(x: &[f64], y: &[f64], at: usize) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i] * y[at + i];
        }
        sum
    }

    // a weight of each row is read once, a list of lists holds still
    pub fn weighted_rows(scores: &[f64], rows: &[Vec<f64>]) -> f64 {
        let e: Vec<f64> = scores.iter().map(|s| s.exp()).collect();
        let z: f64 = e.iter().sum();
        let mut out = vec![0.1; rows[0].len()];
        for i in 0..e.len() {
            for j in 0..out.len() {
                out[j] += e[i] / z * rows[i][j] * rows[0][1];
            }
        }
        out.iter().map(|o| o * o).sum()
    }

    // what is read in one place is beyond the end where the loop does not run
    pub fn beyond_the_end(x: &[f64], n: usize) -> f64 {
        let w: Vec<f64> = x.iter().map(|x| x * x).collect();
        let mut s = x[0];
        for j in 0..n {
            s += w[w.len() - n] * x[j];
        }
        s
    }

    // .. is written by the loop, or read by some iterations only
    pub fn changed_where_it_is_read(x: &[f64]) -> f64 {
        let n = x.len();
        let mut w: Vec<f64> = x.iter().map(|x| x.sin()).collect();
        let mut v = vec![0.5; n];
        for i in 0..n {
            for j in 0..n {
                w[j] = w[i] * x[j] + 0.3;
            }
            for j in 0..n {
                v[j] *= if x[j] > 0.0 { v[i] * w[i] } else { x[j] };
            }
        }
        w.iter().zip(&v).map(|(w, v)| w * v).sum()
    }

    pub fn some_inactive(x: &[f64], y: &[f64]) -> f64 {
        let fixed = [2.0, -1.0, 0.5, 3.0];
        dot_at(x, &fixed, 1) * dot_at(x, y, 0) + dot_at(&fixed[..2], y, 1)
    }

    pub fn singles(x: &[f32], scale: f32) -> f32 {
        let mut out = vec![0.0; x.len()];
        for i in 1..x.len() {
            out[i - 1] = x[i] * scale;
        }
        let mut sum = 0.0;
        for i in 0..out.len() {
            sum += out[i] * x[i];
        }
        sum
    }
}

#[test]
fn parts_of_what_every_iteration_touches() {
    map_laws!(packed_triangle(
        below: &vec![0.5, -1.0, 2.0, 0.3, 0.7, -0.2],
        x: &vec![1.0, -0.5, 2.0, 0.1],
        out: &mut vec![1.0, 2.0, 3.0, 4.0]
    ));
    laws!(stencil(u: &vec![1.0, -2.0, 0.5, 3.0, 0.2], rate: 0.3));
    laws!(stencil(u: &vec![1.0, -2.0], rate: 0.3));
    laws!(rows(a: vec![vec![1.0, 2.0, -1.0], vec![0.5, -0.3, 2.0]], weights: &vec![0.2, 1.5, -0.7]));
    laws!(backwards(x: &vec![0.4, 1.2, -0.6], y: &vec![0.1, 0.2, 0.3]));
    laws!(bounds(x: &vec![0.4, 1.2, -0.6, 2.0, 0.3], _: 3, _: 1));
    map_laws!(index_as_a_number(x: &mut vec![1.0, -2.0, 0.5], scale: 1.5));
    laws!(weighted_rows(scores: &vec![0.4, -0.2], rows: &vec![vec![1.0, 2.0, -1.0], vec![0.5, -0.3, 2.0]]));
    laws!(some_inactive(x: &vec![0.4, 1.2, -0.6], y: &vec![0.1, 0.2, 0.3]));
}

#[test]
fn single_precision() {
    let (x, scale) = ([1.0_f32, -2.0, 0.5], 1.5_f32);
    let (x_bar, scale_bar) = simplified::singles::grad(&x, scale);
    // scale * (x1 x0 + x2 x1)
    assert_eq!(x_bar, [1.5 * -2.0, 1.5 * (1.0 + 0.5), 1.5 * -2.0]);
    assert_eq!(scale_bar, -2.0 + -1.0);
}

#[test]
fn near_misses() {
    laws!(begins_beyond_the_end(x: &vec![1.0, -2.0, 0.5], _: 7, _: 7));
    laws!(begins_beyond_the_end(x: &vec![1.0, -2.0, 0.5], _: 1, _: 2));
    laws!(only_sometimes(x: &vec![1.0, -2.0, 0.5, 0.3], _: 2));
    laws!(only_sometimes(x: &vec![1.0, -2.0, 0.5, 0.3], _: 9));
    laws!(recurrence(x: &vec![1.0, -2.0, 0.5, 0.3]));
    laws!(other_indices(x: &vec![1.0, -2.0, 0.5, 0.3]));
    laws!(beyond_the_end(x: &vec![1.0, -2.0, 0.5], _: 0));
    laws!(beyond_the_end(x: &vec![1.0, -2.0, 0.5], _: 1));
    laws!(changed_where_it_is_read(x: &vec![1.0, -2.0, 0.5, 0.3]));
    laws!(rows_of_one_table(x: &vec![1.0, -2.0, 0.5], _: 4));
}
