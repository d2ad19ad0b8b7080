//! Derivatives that read the result of an operation, which the reverse sweep has in the place that it brings back; and such where
//! it is not there.

use super::second_order::of_slice;

zoo! {
    // a quotient whose result is read by inner loops
    #[options(order = 2)]
    pub fn normalised(x: &[f64]) -> f64 {
        let n = x.len();
        let mut alpha = vec![0.5; n];
        let mut sum = 0.0;
        for k in 0..3 {
            let mut next = vec![0.1; n];
            for i in 0..n {
                for j in 0..n {
                    next[j] += alpha[i] * x[(i + k) % n] * x[j];
                }
            }
            let mut total = 1.0;
            for i in 0..n {
                total += next[i] * next[i];
            }
            for i in 0..n {
                alpha[i] = next[i] / total;
            }
            sum += total.ln();
        }
        sum * alpha[0]
    }

    // in place, of the element itself and of others
    pub fn functions_in_place(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = x.to_vec();
        let mut total = 0.0;
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    total += h[i] * h[j] * x[k];
                }
            }
            h[k] = h[k].exp();
            h[(k + 1) % n] = (h[k] * x[k]).tanh();
            h[k] = h[k] / (1.5 + x[k] * h[(k + 1) % n]);
            if x[k] > 0.0 {
                h[k] = (h[k] * h[k] + 0.3).sqrt();
            }
        }
        total * h[0]
    }

    // nothing reads the first result before the second takes its place
    pub fn overwritten_unread(x: &[f64]) -> f64 {
        let n = x.len();
        let mut h = vec![0.0; n];
        let mut sum = 0.0;
        for k in 0..n {
            h[k] = x[k] / (1.0 + x[0] * x[0]);
            h[k] = (h[k] * x[k]).exp();
            h[(k + 1) % n] = x[k].tanh();
        }
        for k in 0..n {
            for i in 0..n {
                sum += h[i] * x[k] * h[k];
            }
        }
        sum
    }

    // a float, and fields of a list of tuples
    pub fn floats_and_fields(x: &[f64]) -> f64 {
        let mut s = 0.4;
        let mut pairs = vec![(0.3, 0.7); x.len()];
        let mut total = 0.0;
        for k in 0..x.len() {
            for j in 0..x.len() {
                total += s * x[j] * pairs[j].0 * pairs[k].1;
            }
            s = x[k] / (s * s + 1.0);
            pairs[k].0 = (pairs[k].1 * x[k]).exp();
            pairs[k].1 = s / pairs[k].0;
        }
        total * s
    }
}

const X: [f64; 4] = [0.3, -0.8, 1.1, 0.6];

#[test]
fn results_in_place() {
    let x = X.to_vec();
    laws!(normalised(x: &x.clone()));
    laws!(functions_in_place(x: &x.clone()));
    laws!(overwritten_unread(x: &x.clone()));
    laws!(floats_and_fields(x: &x.clone()));
}

#[test]
fn products_with_the_hessian() {
    use simplified::normalised;
    of_slice!(normalised, X);
}
