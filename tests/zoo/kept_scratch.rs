//! Scratch like that of `refills`, of which it would be wrong to fill it again.

use super::refills::simplified::weighted_norm;
use super::refills::{X, Y};

zoo! {
    pub fn mixed(w: &[f64], v: &[f64], out: &mut [f64]) {
        for i in 0..v.len() {
            out[i] = w[i] * v[i];
        }
        for i in 1..v.len() {
            out[i] += v[i - 1] * v[i] * w[0];
        }
    }

    #[plain]
    fn lengthen(v: &mut Vec<f64>) {
        v.push(1.5);
    }

    // the input changes after the loop, as a whole, by element, behind a reference, as a scalar
    pub fn input_changes(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut state = vec![0.0; n];
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] - state[i];
            }
            total += weighted_norm(&v, y);
            for i in 0..n {
                state[i] = v[i] * x[k] + y[i];
            }
        }
        total
    }

    pub fn argument_changes(x: &mut [f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..3 {
            for i in 0..n {
                v[i] = x[i] * y[k % n];
            }
            total += weighted_norm(&v, y);
            x[k % n] = total * x[0];
        }
        total
    }

    pub fn scalar_changes(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut shift = 0.5;
        let mut total: f64 = 0.0;
        let mut at = 1;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[at] - shift * y[i];
            }
            shift = shift * x[k];
            at = (at * 2 + k) % x.len();
            total += weighted_norm(&v, y) * shift;
        }
        total
    }

    // .. the index changes within the iteration, after the loop and before
    pub fn index_changes(x: &[f64], scale: f64) -> f64 {
        let n = 2;
        let mut v = vec![0.0; n];
        let mut total: f64 = 1.0;
        let mut start = 0;
        for k in 0..x.len() / 3 {
            for i in 0..n {
                v[i] = x[start + i] - scale * x[k];
            }
            start += 1;
            for i in 0..n {
                total += v[i] * v[0] * x[start] * total;
            }
            start += 2;
        }
        total
    }

    // some elements keep what they were
    pub fn filled_in_part(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n - 1 {
                v[i] = x[k] - y[i];
            }
            total += weighted_norm(&v, y);
            v[n - 1] = total;
        }
        for k in 0..x.len() {
            for i in 1..n {
                v[i] = x[k] * y[i];
            }
            for i in 0..n {
                total += v[i] * v[i];
            }
        }
        total
    }

    pub fn filled_on_condition(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                if x[k] > y[i] {
                    v[i] = x[k] - y[i];
                }
            }
            total += weighted_norm(&v, y);
        }
        total
    }

    pub fn left_early(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] - y[i];
                if y[i] > 1.0 {
                    break;
                }
            }
            total += weighted_norm(&v, y);
        }
        total
    }

    // elements that are not those of the index
    pub fn other_elements(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            v[n - 1] = x[k] * x[k];
            for l in 0..2 {
                for i in 0..n {
                    v[i / 2] = x[l] - y[i];
                }
                total += weighted_norm(&v, y);
            }
        }
        total
    }

    // elements that depend on others, as they were or as they are
    pub fn turned_around(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            v[k % n] = x[k];
            for l in 0..2 {
                for i in 0..n {
                    v[i] = v[n - 1 - i];
                }
                total += weighted_norm(&v, y) * x[l];
            }
        }
        total
    }

    pub fn added_up(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let (mut v, mut w) = (vec![0.0; n], vec![0.0; n]);
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] - 0.5 * v[n - 1 - i];
            }
            for i in 0..n {
                w[i] += x[k] * y[i];
            }
            total += weighted_norm(&v, &w);
        }
        total
    }

    // assigned twice
    pub fn assigned_twice(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] * y[i];
                v[n - 1 - i] = x[k] - y[i];
            }
            total += weighted_norm(&v, y);
        }
        total
    }

    // written again before and after it is read, and read before it is filled
    pub fn written_again(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] - y[i];
            }
            v[k % n] = x[k] * x[k];
            total += weighted_norm(&v, y);
        }
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] * y[i];
            }
            for i in 0..n {
                total += v[i] * v[n - 1 - i] * total;
                v[i] = total * 0.1;
            }
        }
        total
    }

    pub fn read_before(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.5; n];
        let mut w = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            total += weighted_norm(&v, y) + weighted_norm(&w, y);
            for i in 0..n {
                total += w[i] * w[0] * total;
            }
            for i in 0..n {
                v[i] = x[k] - y[i];
            }
            for i in 0..n {
                w[i] = x[k] - y[i];
            }
            total += weighted_norm(&w, &v);
        }
        total + v[0] * w[n - 1]
    }

    // filled by what is not cheap, or by another function
    pub fn filled_dearly(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let (mut v, mut w) = (vec![0.0; n], vec![0.0; n]);
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = (x[k] - y[i]).exp();
            }
            for i in 0..n {
                w[i] = weighted_norm(&v, y) * y[i];
            }
            total += weighted_norm(&v, &w);
            mixed(&w, y, &mut v);
            total += weighted_norm(&v, &w);
        }
        total
    }

    // longer by then than it was
    pub fn gets_longer(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        v.push(x[0] * y[0]);
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] - y[i];
            }
            for i in 0..v.len() {
                total += v[i] * v[0] * total.cos();
            }
        }
        total
    }

    #[options(wrt(x))]
    pub fn gets_longer_elsewhere(x: &[f64], data: &[f64]) -> f64 {
        let n = data.len();
        let mut v = vec![0.0; n];
        lengthen(&mut v);
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = data[k] - data[i];
            }
            for i in 0..n + 1 {
                total += v[i] * x[i % n] * x[k] * total.cos();
            }
        }
        total
    }

    // as long as an iteration says
    pub fn of_the_iteration(x: &[f64], y: &[f64]) -> f64 {
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            let n = 1 + k % y.len();
            let mut v = vec![0.0; n];
            for l in 0..2 {
                for i in 0..n {
                    v[i] = x[k] - y[i] * x[l];
                }
                total += weighted_norm(&v, y);
            }
        }
        total
    }

    // fewer iterations than elements, though the bound has the name of the length in another block
    pub fn rows_of_scratch(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; 2 * n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for half in 0..2 {
                for i in 0..n {
                    v[i] = x[k] - y[i];
                }
                total += weighted_norm(&v, x);
                v[n + half] = total;
            }
        }
        total
    }
}

#[test]
fn inputs_that_change() {
    laws!(input_changes(x: &X[..3].to_vec(), y: &Y.to_vec()));
    map_laws!(argument_changes(x: &mut X[..3].to_vec(), y: &Y.to_vec()));
    laws!(scalar_changes(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(index_changes(x: &X.to_vec(), scale: 0.4));
}

#[test]
fn not_filled() {
    laws!(filled_in_part(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(filled_on_condition(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(left_early(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(other_elements(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(turned_around(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(added_up(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(assigned_twice(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(written_again(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(read_before(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(filled_dearly(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(gets_longer(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(gets_longer_elsewhere(x: &X[..4].to_vec(), _: &[0.4, -0.2, 0.9, 1.3]));
    laws!(of_the_iteration(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(rows_of_scratch(x: &X.to_vec(), y: &Y.to_vec()));
}
