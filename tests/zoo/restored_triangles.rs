//! Triangles that are filled from what they hold, in lists, arrays and matrices, which the reverse sweep brings back.

use super::restored::X;
use super::second_order::of_slice;
use nalgebra::DMatrix;

zoo! {
    // a triangle that is filled from what it holds, in one list
    #[options(order = 2)]
    pub fn triangle(x: &[f64]) -> f64 {
        let n = 3;
        let mut l = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let mut s = 0.3 * x[i] * x[j];
                if i == j {
                    s += 2.0;
                }
                for k in 0..j {
                    s -= l[i * n + k] * l[j * n + k];
                }
                l[i * n + j] = if i == j { s.sqrt() } else { s / l[j * n + j] };
            }
        }
        let mut sum = 0.0;
        for i in 0..n {
            sum += l[i * n + i].ln();
        }
        sum
    }

    // the same in a list of lists, in an array of arrays and in a matrix
    pub fn triangle_of_lists(x: &[f64]) -> Vec<Vec<f64>> {
        let n = x.len();
        let mut l = vec![vec![0.0; n]; n];
        for i in 0..n {
            for j in 0..=i {
                let mut s = if i == j { 2.0 } else { 0.3 * x[i] * x[j] };
                for k in 0..j {
                    s -= l[i][k] * l[j][k];
                }
                l[i][j] = if i == j { s.sqrt() } else { s / l[j][j] };
            }
        }
        l
    }

    pub fn triangle_of_arrays(x: &[f64; 3], mut l: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
        for i in 0..3 {
            for j in 0..i {
                let mut s = x[i] * x[j];
                for k in 0..=j {
                    s += l[i][k] * l[j][k] * l[k][k];
                }
                l[i][j] += s;
            }
        }
        l
    }

    pub fn triangle_of_a_matrix(x: &[f64]) -> f64 {
        let n = x.len();
        let mut l: DMatrix<f64> = DMatrix::zeros(n, n);
        for i in 0..n {
            for j in 0..=i {
                let mut s = if i == j { 2.0 } else { 0.3 * x[i] * x[j] };
                for k in 0..j {
                    s -= l[(i, k)] * l[(j, k)];
                }
                l[(i, j)] = if i == j { s.sqrt() } else { s / l[(j, j)] };
            }
        }
        l.sum()
    }

    // another list takes its place, shorter each time
    #[options(order = 2)]
    pub fn ever_shorter(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut sum = 0.0;
        for _ in 0..x.len() - 1 {
            for i in 1..v.len() {
                for j in 0..i {
                    sum += v[i] * v[j];
                }
            }
            let w: Vec<f64> = v.windows(2).map(|pair| pair[0] * pair[1] + 0.1 * pair[0]).collect();
            v = w;
        }
        sum * v[0]
    }
}

#[test]
fn filled_in_place() {
    let x = X.to_vec();
    laws!(triangle(x: &x.clone()));
    map_laws!(triangle_of_lists(x: &x.clone()));
    map_laws!(triangle_of_arrays(x: &[0.3, -0.8, 1.1], l: [[0.5, 0.2, 0.1], [0.4, 0.9, -0.3], [0.7, 0.2, 1.2]]));
    laws!(triangle_of_a_matrix(x: &x.clone()));
    laws!(ever_shorter(x: &x.clone()));
}

#[test]
fn products_with_the_hessian() {
    use simplified::{ever_shorter, triangle};
    of_slice!(triangle, X);
    of_slice!(ever_shorter, X);
}
