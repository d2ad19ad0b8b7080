//! Gradients whose first term for an element is assigned, and those in which it has to be added to a zero.

zoo! {
    // every element once
    pub fn sum_of_squares(x: &[f64], scale: f64) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += (scale * x[i]).powi(2);
        }
        sum
    }

    // neighbours: the last element is left out by the loop
    pub fn neighbours(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() - 1 {
            let a = 1.0 - x[i];
            let b = x[i + 1] - x[i] * x[i];
            sum += a * a + 100.0 * b * b;
        }
        sum
    }

    // elements before and behind the loop's
    pub fn in_the_middle(x: &[f64], from: usize, to: usize) -> f64 {
        let mut sum = x[0];
        for i in from..to {
            sum += x[i + 1].sin();
        }
        sum * x[1]
    }

    // an index below that of the loop
    pub fn shifted_down(x: &[f64], n: usize) -> f64 {
        let mut product = 1.0;
        for i in 2..n {
            product *= x[i - 2] + 2.0;
        }
        product
    }

    // the rows of a matrix
    pub fn layer(weights: &[f64], x: &[f64]) -> f64 {
        let cols = x.len();
        let rows = weights.len() / cols;
        let mut sum = 0.0;
        for i in 0..rows {
            let mut y: f64 = 0.0;
            for j in 0..cols {
                y += weights[i * cols + j] * x[j];
            }
            sum += y.tanh();
        }
        sum
    }

    // some of the rows, and the width first
    pub fn later_rows(table: &[f64], width: usize, from: usize, to: usize) -> f64 {
        let mut sum = 0.0;
        for row in from..to {
            for j in 0..width {
                sum += table[width * row + j].exp();
            }
        }
        sum
    }

    // two loops, of which the second adds to what the first assigns
    pub fn twice(x: &[f64; 5]) -> f64 {
        let mut sum = 0.0;
        for i in 1..5 {
            sum += x[i] * x[i];
        }
        let mut product = 1.0;
        for i in 0..4 {
            product *= x[i];
        }
        sum * product
    }

    // one parameter is not used, one is a number
    pub fn with_others(x: &[f64], _unused: &[f64], y: f64, z: Vec<f64>) -> f64 {
        let mut sum = z[0];
        for i in 0..x.len() {
            sum += x[i].cos() * y;
        }
        sum
    }

    // two terms for the same element, one of them in a branch
    pub fn branch_on_the_same(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i] * 3.0;
            if x[i] > 0.5 {
                sum += x[i] * x[i];
            }
        }
        sum
    }

    pub fn singles(x: &[f32], n: usize) -> f32 {
        let mut sum = 0.0;
        for i in 0..n {
            sum += x[i].powi(2);
        }
        sum
    }

    pub fn generic<T: num_traits::Float>(x: &[T], n: usize) -> T {
        let mut sum = T::zero();
        for i in 0..n {
            sum = sum + x[i] * x[i];
        }
        sum
    }

    // near miss: only some iterations touch their element
    pub fn sometimes(x: &[f64], limit: usize) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            if i < limit {
                sum += x[i] * x[i];
            }
        }
        sum
    }

    // near miss: the loop is left early
    pub fn left_early(x: &[f64], limit: f64) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i] * x[i];
            if sum > limit {
                break;
            }
        }
        sum
    }

    // near miss: two iterations touch one element
    pub fn crossing(x: &[f64], n: usize) -> f64 {
        let mut sum = 0.0;
        for i in 0..n {
            sum += x[i] * x[n - 1 - i] * x[i % 2];
        }
        sum
    }

    // near miss: an earlier term
    pub fn before_the_loop(x: &[f64]) -> f64 {
        let mut product = 1.0;
        for i in 0..x.len() {
            product *= x[i];
        }
        product * x[2] * x[2]
    }

    // near misses: rows that overlap, triangles, strides with gaps, the same row again
    pub fn overlapping_rows(x: &[f64], width: usize, rows: usize) -> f64 {
        let mut sum = 0.0;
        for i in 0..rows {
            for j in 0..width + 1 {
                sum += x[i * width + j].sin();
            }
        }
        sum
    }

    pub fn triangle(x: &[f64], n: usize) -> f64 {
        let mut sum = 0.0;
        for i in 0..n {
            for j in 0..i {
                sum += x[i * n + j].sin();
            }
        }
        sum
    }

    pub fn with_gaps(x: &[f64], stride: usize, rows: usize) -> f64 {
        let mut sum = 0.0;
        for i in 0..rows {
            for j in 0..stride - 1 {
                sum += x[i * stride + j].sin();
            }
        }
        sum
    }

    pub fn again(x: &[f64], times: usize) -> f64 {
        let mut sum: f64 = 0.0;
        for _ in 0..times {
            for j in 0..x.len() {
                sum += x[j].sin() * sum.cos();
            }
        }
        sum
    }

    pub fn batches(weights: &[f64], x: &[f64], batches: usize) -> f64 {
        let n = weights.len();
        let mut sum = 0.0;
        for b in 0..batches {
            for j in 0..n {
                sum += weights[j] * x[b * n + j];
            }
        }
        sum * sum
    }

    // near miss: the width changes
    pub fn growing_rows(x: &[f64], rows: usize) -> f64 {
        let mut width = 1;
        let mut sum = 0.0;
        for i in 0..rows {
            for j in 0..width {
                sum += x[i * width + j].sin();
            }
            width += 1;
        }
        sum
    }
}

const X: [f64; 6] = [0.3, -0.8, 1.1, 0.6, 0.9, -0.4];

#[test]
fn every_element_is_assigned_once() {
    laws!(sum_of_squares(x: &X.to_vec(), scale: 0.7));
    laws!(neighbours(x: &X.to_vec()));
    laws!(neighbours(x: &vec![0.4]));
    laws!(twice(x: &[0.3, -0.8, 1.1, 0.6, 0.9]));
    laws!(with_others(x: &X.to_vec(), _unused: &vec![1.0, 2.0], y: 0.4, z: vec![0.1, 0.2]));
    laws!(branch_on_the_same(x: &X.to_vec()));
    laws!(layer(weights: &X.to_vec(), x: &vec![0.2, -0.5]));
    laws!(layer(weights: &vec![0.4, 0.2, 0.1, 0.3, -0.6], x: &vec![0.2, -0.5]));
}

#[test]
fn what_a_loop_leaves_out_is_zero() {
    for (from, to) in [(0, 5), (1, 4), (2, 2), (4, 1), (0, 0)] {
        laws!(in_the_middle(x: &X.to_vec(), _: from, _: to));
    }
    for n in [0, 1, 2, 3, 8] {
        laws!(shifted_down(x: &X.to_vec(), _: n));
    }
    for (width, from, to) in [(2, 0, 3), (3, 1, 2), (2, 1, 1), (1, 2, 0), (0, 0, 4), (0, 2, 4)] {
        laws!(later_rows(table: &X.to_vec(), _: width, _: from, _: to));
    }
}

#[test]
fn elements_of_other_types() {
    let mut into = [7.0_f32; 3];
    assert_eq!(simplified::singles::grad_into(&[1.0, 2.0, 3.0], 2, &mut into), 5.0);
    assert_eq!(into, [2.0, 4.0, 0.0]);
    let mut into = [7.0_f64; 3];
    assert_eq!(simplified::generic::grad_into(&[1.0, 2.0, 3.0], 2, &mut into), 5.0);
    assert_eq!(into, [2.0, 4.0, 0.0]);
    assert_eq!(simplified::generic::grad(&[1.0_f32, 2.0, 3.0], 2), [2.0, 4.0, 0.0]);
}

#[test]
fn near_misses() {
    laws!(sometimes(x: &X.to_vec(), _: 4));
    laws!(left_early(x: &X.to_vec(), limit: 1.0));
    laws!(crossing(x: &X.to_vec(), _: 5));
    laws!(before_the_loop(x: &X.to_vec()));
    laws!(overlapping_rows(x: &X.to_vec(), _: 2, _: 2));
    laws!(triangle(x: &vec![0.3, -0.8, 1.1, 0.6, 0.9, -0.4, 0.2, 0.5, 0.7], _: 3));
    laws!(with_gaps(x: &X.to_vec(), _: 3, _: 2));
    laws!(again(x: &X.to_vec(), _: 3));
    laws!(batches(weights: &vec![0.4, -0.3], x: &X.to_vec(), _: 3));
    laws!(growing_rows(x: &X.to_vec(), _: 2));
}
