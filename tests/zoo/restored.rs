//! Lists, matrices and floats that the reverse sweep brings back to what they were, and such of which that would be wrong or no gain.

use super::second_order::of_slice;
use nalgebra::DMatrix;
use num_traits::Float;

zoo! {
    // a product with a matrix has to be pulled before the change of the matrix is undone
    pub fn products_behind_changes(x: &[f64]) -> f64 {
        let mut m = DMatrix::from_row_slice(2, 2, &x[..4]);
        let mut sum = 0.0;
        for k in 0..3 {
            let mut w = DMatrix::from_row_slice(2, 1, &x[k..k + 2]);
            w *= 0.5;
            for i in 0..2 {
                for j in 0..2 {
                    sum += m[(i, j)] * m[(j, i)] * x[i];
                }
            }
            let v = &w * 2.0;
            m[(k % 2, 0)] += sum;
            let y = &m * &v;
            sum += y.dot(&y) * 0.1;
        }
        sum
    }

    // an inner loop reads a list that the outer loop changes afterwards
    #[options(order = 2)]
    pub fn scaled_chain(x: &[f64]) -> f64 {
        let k = 3;
        let mut alpha = vec![0.4; k];
        let mut sum = 0.0;
        for step in 0..2 {
            let mut next = vec![0.0; k];
            for j in 0..k {
                let mut s = 0.0;
                for i in 0..k {
                    s += alpha[i] * x[(i + 2 * j + step) % x.len()];
                }
                next[j] = s * x[j];
            }
            let mut total = 0.1;
            for j in 0..k {
                total += next[j] * next[j];
            }
            sum += total.ln();
            for j in 0..k {
                alpha[j] = next[j] / total;
            }
        }
        sum + alpha[1]
    }

    // a float that the outer loop changes
    pub fn normalised(x: &[f64], n: usize) -> f64 {
        let mut norm = 1.5;
        let mut sum = 0.0;
        for i in 0..n {
            let mut square = 0.2;
            for j in 0..x.len() {
                square += x[j] * x[j] / norm;
                sum += x[i] / norm;
            }
            norm = square.sqrt() + norm;
        }
        sum
    }

    // a list of the caller's
    pub fn relaxed(u: &mut [f64], w: &[f64], steps: usize) {
        for _ in 0..steps {
            for i in 0..u.len() {
                let mut s = 0.0;
                for j in 0..u.len() {
                    s += w[(i + j) % w.len()] * u[j] * u[i];
                }
                u[i] = s.sin();
            }
        }
    }

    // .. of which a part is read before, and that has another cotangent in the end
    pub fn relaxed_and_read(u: &mut [f64], w: &[f64]) -> f64 {
        let mut sum = u[0] * u[1];
        for i in 1..u.len() {
            for j in 0..i {
                sum += u[j] * u[j] * w[i];
            }
            u[i] += sum * u[i - 1];
        }
        sum * u[2]
    }

    // a list of the loop's, which is changed while it is read
    pub fn prefix_products(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            let mut p = vec![x[i]; 3];
            for k in 1..3 {
                let mut s = 0.3;
                for m in 0..k {
                    s += p[m] * p[m] * x[m];
                }
                p[k] = s * p[k];
            }
            sum += p[2];
        }
        sum
    }

    // .. which is filled, and then read over and over
    pub fn filled_once(x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            let mut v = vec![0.0; 3];
            for k in 0..3 {
                v[k] = (x[i] * x[k]).sin();
            }
            for j in 0..x.len() {
                for k in 0..3 {
                    sum += v[k] * x[j] * v[0];
                }
            }
        }
        sum
    }

    // in branches, and in a loop that is left
    pub fn until_small(x: &[f64], mut u: Vec<f64>) -> Vec<f64> {
        let mut i = 0;
        loop {
            let mut s = 0.1;
            for j in 0..u.len() {
                s += u[j] * x[i] * u[i];
            }
            if s > 0.4 {
                u[i] = s;
            } else if s > 0.2 {
                u[i] += s * x[i];
            } else {
                break;
            }
            i += 1;
            if i == x.len() || u[i - 1] > 5.0 {
                break;
            }
        }
        u
    }

    pub fn leaves_early(x: &[f64], limit: f64) -> f64 {
        let mut u = [0.5; 3];
        for i in 0..x.len() {
            let mut s = 0.0;
            for j in 0..3 {
                s += u[j] * u[j] * x[i];
            }
            if s > limit {
                return s * u[0];
            }
            if i % 2 == 1 {
                continue;
            }
            u[i % 3] = s + x[i];
        }
        u[0] + u[1] * u[2]
    }

    // coefficients without derivatives
    #[options(wrt(x))]
    pub fn moving_weights(x: &[f64], data: &[f64]) -> f64 {
        let mut weights = vec![1.0; 3];
        let mut y = 0.5;
        for step in 0..data.len() {
            for j in 0..2 {
                for k in 0..3 {
                    y = (y * weights[k] + x[k]).sin() + weights[j] * y;
                }
            }
            for k in 0..3 {
                weights[k] = 0.5 * weights[k] + data[step];
            }
        }
        y
    }

    // of any type of float
    pub fn any_float<T: Float>(x: &[T]) -> T {
        let mut v = vec![T::one(); x.len()];
        let mut sum = T::zero();
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum = sum + v[j] * v[i] * x[j];
            }
            v[i] = sum.sin();
        }
        sum
    }

    // as often written as read, but fewer times in the text
    pub fn springs(start: &[[f64; 2]], k: f64) -> f64 {
        let n = start.len();
        let mut at = start.to_vec();
        let mut speed = vec![[0.1, 0.0]; n];
        for _ in 0..3 {
            for i in 0..n - 1 {
                let (dx, dy) = (at[i + 1][0] - at[i][0], at[i + 1][1] - at[i][1]);
                let length = (dx * dx + dy * dy).sqrt();
                let force = k * (length - 1.0) / length;
                speed[i][0] += 0.1 * force * dx;
                speed[i][1] += 0.1 * force * dy;
                speed[i + 1][0] -= 0.1 * force * dx;
                speed[i + 1][1] -= 0.1 * force * dy;
            }
            for i in 1..n {
                at[i][0] += 0.1 * speed[i][0];
                at[i][1] += 0.1 * speed[i][1];
            }
        }
        at[n - 1][0] * at[1][1]
    }

    // two loops that go on where the other ended, and what comes between
    pub fn in_two_loops(x: &[f64]) -> f64 {
        let mut v = vec![0.2; x.len()];
        let mut y = 0.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                y += v[j] * x[i] * v[i];
            }
            v[i] += y;
        }
        v[1] = y * v[0];
        v[0] *= v[1];
        for i in (0..x.len()).rev() {
            for j in 0..x.len() {
                y += v[j] * v[j] * x[i];
            }
            v[i] -= x[i] * y;
        }
        v[2] * v[1]
    }

    // several rows of the Jacobian at once
    #[options(jacobian = reverse)]
    pub fn many_rows(x: &[f64]) -> Vec<f64> {
        let mut v = vec![0.4; x.len()];
        let mut sum = 0.3;
        for i in 0..x.len() {
            for j in 0..x.len() {
                sum += v[j] * x[i] * v[i];
            }
            v[i] = sum.sin() * x[i];
        }
        v
    }

    // what must not be brought back so: it grows
    pub fn growing(x: &[f64]) -> f64 {
        let mut v = vec![x[0]];
        let mut sum = 0.0;
        for i in 1..x.len() {
            for j in 0..v.len() {
                sum += v[j] * x[i] * v[0];
            }
            v.push(sum);
            v[0] = sum * x[i];
        }
        sum
    }

    // it moves into another
    pub fn moved_on(x: &[f64]) -> f64 {
        let mut lists: Vec<Vec<f64>> = Vec::new();
        for i in 0..x.len() {
            let mut v = vec![x[i]; 3];
            for k in 1..3 {
                for m in 0..k {
                    v[k] += v[m] * v[m];
                }
                v[0] *= v[k];
            }
            lists.push(v);
        }
        lists[0][1] * lists[1][0]
    }

    // read and written by the same loop only
    pub fn one_by_one(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        for i in 1..v.len() {
            v[i] = v[i] * v[i - 1];
        }
        v[2]
    }
}

pub const X: [f64; 5] = [0.3, -0.8, 1.1, 0.6, 0.9];

#[test]
fn restored() {
    let x = X.to_vec();
    laws!(products_behind_changes(x: &x.clone()));
    laws!(scaled_chain(x: &x.clone()));
    laws!(normalised(x: &x.clone(), _: 4));
    map_laws!(relaxed(u: &mut X[..4].to_vec(), w: &x.clone(), _: 2));
    laws!(relaxed_and_read(u: &mut X[..4].to_vec(), w: &x.clone()));
    laws!(prefix_products(x: &x.clone()));
    laws!(filled_once(x: &x.clone()));
    for scale in [1.0, 0.5, -1.0] {
        let u: Vec<f64> = X.iter().map(|x| scale * x).collect();
        map_laws!(until_small(x: &x.clone(), u: u.clone()));
    }
    for limit in [0.3, 0.7, 1.5, 20.0] {
        laws!(leaves_early(x: &x.clone(), limit: limit));
    }
    laws!(moving_weights(x: &x.clone(), _: &[0.3, 0.4, 0.1, 0.9]));
    laws!(any_float(x: &x.clone()));
    laws!(any_float(x: &vec![0.3_f32, -0.8, 1.1]));
    laws!(springs(start: &vec![[0.0, 0.1], [1.2, 0.3], [2.1, -0.2], [3.3, 0.1]], k: 0.7));
    laws!(in_two_loops(x: &X[..4].to_vec()));
    map_laws!(many_rows(x: &x.clone()));
}

#[test]
fn near_misses() {
    let x = X.to_vec();
    laws!(growing(x: &x.clone()));
    laws!(moved_on(x: &x.clone()));
    laws!(one_by_one(x: &x.clone()));
}

#[test]
fn products_with_the_hessian() {
    use simplified::scaled_chain;
    of_slice!(scaled_chain, X);
}

#[test]
fn several_rows_at_once() {
    let together = simplified::many_rows::jacobian(&X);
    let (value, pullback) = simplified::many_rows::vjp(&X);
    for row in 0..value.len() {
        let unit: Vec<f64> = (0..value.len()).map(|at| f64::from(u8::from(at == row))).collect();
        for (column, expected) in pullback(unit).into_iter().enumerate() {
            let found: f64 = together[(row, column)];
            assert!((found - expected).abs() <= 1e-14 * (1.0 + expected.abs()), "{row}, {column}: {found}, {expected}");
        }
    }
}
