//! Tables of which the reverse sweep reads what no later assignment changes, and those that are only nearly so.

use super::restored::X;
use super::second_order::of_slice;
use nalgebra::DMatrix;

zoo! {
    // each step reads the one before
    #[options(order = 2)]
    pub fn recurrence(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.3; n + 1];
        for t in 0..n {
            h[t + 1] = (x[t] * h[t]).tanh() + 0.2 * h[t] * h[t];
        }
        h[n] * h[1]
    }

    // downwards, by the counter and by what is subtracted from the end
    #[options(order = 2)]
    pub fn downwards(x: &[f64]) -> f64 {
        let n = x.len();
        let mut b = vec![0.7; n + 1];
        for t in (0..n).rev() {
            b[t] = x[t] * b[t + 1] * b[t + 1] + 0.1;
        }
        let mut c = vec![0.4; n + 1];
        for k in 0..n {
            c[n - 1 - k] = x[k] * c[n - k] * b[k];
        }
        b[0] + c[0]
    }

    // rows of a table from the rows before, the borders before that
    #[options(order = 2)]
    pub fn rows(x: &[f64]) -> f64 {
        let n = x.len();
        let mut u = vec![vec![0.0; n]; 5];
        for i in 0..n {
            u[0][i] = x[i];
        }
        for t in 0..4 {
            for i in 1..n - 1 {
                u[t + 1][i] = u[t][i] - 0.3 * u[t][i] * (u[t][i] - u[t][i - 1]) + 0.1 * u[t][i + 1] * u[t][i + 1];
            }
        }
        let mut sum = 0.0;
        for i in 0..n {
            sum += u[4][i] * u[3][i];
        }
        sum
    }

    // both neighbours, the row before and the one at hand
    pub fn neighbours(x: &[f64]) -> Vec<Vec<f64>> {
        let n = x.len();
        let mut d = vec![vec![0.5; n + 1]; n + 1];
        for i in 1..=n {
            for j in 1..=n {
                let (up, left, corner) = (d[i - 1][j], d[i][j - 1], d[i - 1][j - 1]);
                d[i][j] = x[i - 1] * up * left + 0.3 * corner * x[j - 1] - up * corner;
            }
        }
        d
    }

    // decompositions in place, in one list: an index is a row and a column
    #[options(order = 2)]
    pub fn cholesky(x: &[f64]) -> f64 {
        let n = 3;
        let mut l = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..n {
                l[i * n + j] = 0.2 * x[i] * x[j] + if i == j { 2.0 } else { 0.1 };
            }
        }
        for j in 0..n {
            for k in 0..j {
                for i in j..n {
                    l[i * n + j] -= l[i * n + k] * l[j * n + k];
                }
            }
            l[j * n + j] = l[j * n + j].sqrt();
            for i in j + 1..n {
                l[i * n + j] /= l[j * n + j];
            }
        }
        (0..n).map(|i| l[i * n + i].ln()).sum()
    }

    #[options(order = 2)]
    pub fn triangular(x: &[f64]) -> f64 {
        let n = 3;
        let mut m = vec![1.0; n * n];
        for i in 0..n {
            let row = i * n;
            for j in 0..n {
                m[row + j] = x[i] + 0.3 * x[j] * x[i] + if i == j { 3.0 } else { 0.0 };
            }
        }
        for k in 0..n {
            for i in k + 1..n {
                m[i * n + k] /= m[k * n + k];
                for j in k + 1..n {
                    m[i * n + j] -= m[i * n + k] * m[k * n + j];
                }
            }
        }
        m[0] * m[4] * m[8]
    }

    // matrices, arrays of arrays, parts of states
    pub fn in_a_matrix(x: &[f64]) -> f64 {
        let n = x.len();
        let mut a: DMatrix<f64> = DMatrix::from_element(n + 1, 2, 0.4);
        for t in 0..n {
            a[(t + 1, 0)] = x[t] * a[(t, 0)] * a[(t, 1)] + 0.1;
            a[(t + 1, 1)] = a[(t, 1)] * a[(t, 1)] - x[t] * a[(t, 0)];
        }
        a[(n, 0)] + a[(n, 1)]
    }

    // nothing is saved, and the rows go on all the same
    pub fn linear_in_a_matrix(x: &[f64]) -> f64 {
        let n = x.len();
        let mut a: DMatrix<f64> = DMatrix::from_element(n + 1, 2, 0.4);
        for t in 0..n {
            a[(t + 1, 0)] = 0.5 * a[(t, 0)] + x[t];
        }
        a[(n, 0)]
    }

    pub fn states(x: &[f64; 3], mut s: [[f64; 2]; 4]) -> [[f64; 2]; 4] {
        for t in 0..3 {
            s[t + 1][0] = (x[t] * s[t][0] + 0.5 * s[t][1]).sin();
            s[t + 1][1] = (0.4 * s[t][0] * s[t][1] - x[t]).exp();
        }
        s
    }

    pub fn of_the_caller(x: &[f64], h: &mut [f64]) -> f64 {
        let mut sum = 0.0;
        for t in 1..h.len() {
            h[t] = h[t - 1] * h[t - 1] * x[t - 1] + 0.2;
            sum += h[t - 1];
        }
        sum
    }

    // a table for each iteration of a loop around it
    pub fn table_in_a_loop(x: &[f64]) -> f64 {
        let n = x.len();
        let mut sum = 0.0;
        for s in 0..n {
            let mut h = vec![x[s]; n];
            for t in s + 1..n {
                h[t] = h[t - 1] * x[t] + 0.1 * h[t - 1] * h[s];
            }
            for t in 0..n {
                sum += h[t] * h[t];
            }
        }
        sum
    }

    // the branches of a choice assign to one element; behind it another one does
    #[options(order = 2)]
    pub fn in_branches(x: &[f64]) -> f64 {
        let n = 3;
        let mut l = vec![vec![0.3; n]; n];
        let mut sum = 0.0;
        for i in 0..n {
            for j in 0..=i {
                let mut s = if i == j { 2.0 } else { 0.3 * x[i] * x[j] };
                for k in 0..j {
                    s -= l[i][k] * l[j][k];
                }
                if i == j {
                    l[i][j] = s.sqrt();
                } else {
                    l[i][j] = (s / l[j][j]).exp();
                }
            }
        }
        for i in 0..n {
            if x[i] > 0.0 {
                l[i][i] = l[i][i].sqrt() * x[i];
            } else {
                l[i][i] = x[i].exp();
            }
            sum += l[i][i] * l[i][0];
        }
        sum
    }

    pub fn behind_a_branch(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.5; n + 1];
        for t in 0..n {
            if x[t] > 0.0 {
                h[t + 1] = (h[t] * x[t]).exp();
            } else {
                h[t + 1] = (h[t] * x[t]).sin();
                h[t] = (0.3 * h[t]).exp();
            }
            h[t + 1] = (h[t + 1] * h[t]).tanh() + (h[t + 1] * 0.1).exp();
        }
        h.iter().sum()
    }

    // every second one, from the end
    pub fn every_second(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.6; n + 2];
        for t in (0..n).step_by(2).rev() {
            h[t] = x[t] * h[t + 2] * h[t + 1] + 0.3;
        }
        h[0]
    }

    // near misses: another pass changes what the first has read
    #[options(order = 2)]
    pub fn passes(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.5; n + 1];
        for _ in 0..3 {
            for t in 0..n {
                h[t + 1] = (x[t] * h[t]).sin() * h[t] + 0.1;
            }
            h[0] = h[n] * 0.3;
        }
        h[n]
    }

    pub fn squared_afterwards(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.5; n + 1];
        for t in 0..n {
            h[t + 1] = x[t] * h[t] * h[t];
        }
        for t in 0..n {
            h[t] *= h[t] * x[t];
        }
        h.iter().sum()
    }

    // .. the next iteration does
    pub fn against_the_counter(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = x.to_vec();
        for t in 1..n {
            h[t - 1] = h[t] * h[t] * x[t - 1];
        }
        let mut g = x.to_vec();
        for t in (1..n).rev() {
            g[t] = g[t - 1] * g[t] * h[t - 1];
        }
        let mut f = x.to_vec();
        for t in 0..n - 1 {
            f[t] = f[t] * f[t + 1];
        }
        h[0] + g[n - 1] + f[0] * f[n - 1]
    }

    // .. a later statement does
    pub fn twice_in_an_iteration(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.5; n + 1];
        for t in 0..n {
            h[t + 1] = x[t] * h[t];
            h[t + 1] = h[t + 1] * h[t + 1] + h[t] * h[t];
            h[t] = h[t] * h[t + 1];
        }
        h[n] * h[0]
    }

    // .. an inner loop does
    pub fn again_and_again(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.5; n + 1];
        for t in 0..n {
            for _ in 0..3 {
                h[t + 1] = h[t + 1] * h[t] * x[t] + 0.4;
            }
        }
        h[n] + h[1]
    }

    // rows that overlap
    pub fn overlapping_rows(x: &[f64]) -> f64 {
        let mut l = vec![0.6; 12];
        for j in 1..4 {
            for i in 0..4 {
                l[i * 2 + j] = l[i * 2 + j - 1] * x[j - 1] + 0.2 * l[i * 2 + j];
            }
        }
        l.iter().sum()
    }

    // what is not a counter
    pub fn moving_offset(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.5; n + 4];
        let mut p = 1;
        for t in 0..n {
            h[p + 1] = h[p] * h[p] * x[t] + 0.1;
            p = if p == 2 { 0 } else { p + 1 };
        }
        h.iter().sum()
    }

    pub fn moving_bound(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.5; 2 * n];
        let mut m = 0;
        for _ in 0..n {
            for i in m..n {
                h[i - m + 1] = h[i - m] * h[i - m] * x[i] + 0.3;
            }
            m += 1;
        }
        h.iter().sum()
    }

    // the index of the row, not of the column, goes on
    pub fn columns_again(x: &[f64]) -> f64 {
        let n = x.len();
        let mut u = vec![vec![0.5; n]; n + 1];
        for t in 0..n {
            for s in 0..n {
                u[s][0] = u[t][n - 1] * x[s] + u[s][0] * u[s][0];
                u[t + 1][n - 1] = u[t][0] * u[s][0];
            }
        }
        u[n][n - 1] + u[0][0]
    }
}

#[test]
fn lasting_elements() {
    let x = X.to_vec();
    laws!(recurrence(x: &x.clone()));
    laws!(downwards(x: &x.clone()));
    laws!(rows(x: &[0.4, -0.3, 0.9, 0.2, 0.6]));
    map_laws!(neighbours(x: &x.clone()));
    laws!(cholesky(x: &x.clone()));
    laws!(triangular(x: &x.clone()));
    laws!(in_a_matrix(x: &x.clone()));
    laws!(linear_in_a_matrix(x: &x.clone()));
    map_laws!(of_the_caller(x: &x.clone(), h: &mut [0.5, 0.2, -0.4, 0.9]));
    map_laws!(states(x: &[0.3, -0.8, 1.1], s: [[0.5, 0.2], [0.4, 0.9], [0.7, 0.2], [0.1, 0.3]]));
    laws!(table_in_a_loop(x: &x.clone()));
    laws!(in_branches(x: &x.clone()));
    laws!(every_second(x: &[0.4, -0.3, 0.9, 0.2, 0.6]));
}

#[test]
fn elements_that_change_again() {
    let x = X.to_vec();
    laws!(passes(x: &x.clone()));
    laws!(squared_afterwards(x: &x.clone()));
    laws!(against_the_counter(x: &x.clone()));
    laws!(behind_a_branch(x: &[0.4, 0.3, 0.9, -0.2, 0.6]));
    laws!(twice_in_an_iteration(x: &x.clone()));
    laws!(again_and_again(x: &x.clone()));
    laws!(overlapping_rows(x: &x.clone()));
    laws!(moving_offset(x: &[0.4, -0.3, 0.9, 0.2, 0.6]));
    laws!(moving_bound(x: &[0.4, -0.3, 0.9, 0.2]));
    laws!(columns_again(x: &x.clone()));
}

#[test]
fn products_with_the_hessian() {
    use simplified::{cholesky, downwards, in_branches, passes, recurrence, rows, triangular};
    of_slice!(recurrence, X);
    of_slice!(downwards, X);
    of_slice!(rows, [0.4, -0.3, 0.9, 0.2, 0.6]);
    of_slice!(cholesky, X);
    of_slice!(in_branches, X);
    of_slice!(triangular, X);
    of_slice!(passes, X);
}
