//! Scratch that an iteration fills by cheap arithmetic and then only reads, whose reverse fills it again.

use super::second_order::of_slice;
use chainrule::differentiable;

zoo! {
    // what reads the scratch
    pub fn weighted_norm(v: &[f64], w: &[f64]) -> f64 {
        let mut sum: f64 = 0.5;
        for i in 0..v.len() {
            sum += v[i] * v[i] * w[i] * v[0];
        }
        sum.sin()
    }

    // a point less a centre, lent to a callee, in two loops
    pub fn by_centres(points: &[f64], centres: &[f64], w: &[f64]) -> f64 {
        let d = w.len();
        let mut v = vec![0.0; d];
        let mut terms = vec![0.0; centres.len() / d];
        let mut sum = 0.0;
        for p in 0..points.len() / d {
            for c in 0..centres.len() / d {
                for i in 0..d {
                    v[i] = points[p * d + i] - centres[c * d + i];
                }
                terms[c] = weighted_norm(&v, w);
            }
            for c in 0..centres.len() / d {
                sum += terms[c] * terms[0];
            }
        }
        sum
    }

    // lent on, to what fills another scratch
    #[options(order = 2)]
    pub fn by_two_scratches(points: &[f64], centres: &[f64]) -> f64 {
        let d = 2;
        let mut v = vec![0.0; d];
        let mut scaled = vec![0.0; d];
        let mut sum = 0.0;
        for p in 0..points.len() / d {
            let mut product = 1.0;
            for c in 0..centres.len() / d {
                for i in 0..d {
                    v[i] = points[p * d + i] - 2.0 * centres[c * d + i];
                }
                for i in 0..d {
                    scaled[i] = v[i] * v[0] + v[1];
                }
                product *= scaled[0] * scaled[1] + v[1] * v[0];
            }
            sum += product;
        }
        sum
    }

    // elements that inner loops read
    #[options(order = 2)]
    pub fn quadratic_forms(points: &[f64], centres: &[f64], q: &[f64]) -> f64 {
        let d = 2;
        let mut v = vec![0.0; d];
        let mut product = 1.0;
        for p in 0..points.len() / d {
            for c in 0..centres.len() / d {
                for i in 0..d {
                    v[i] = points[p * d + i] - centres[c * d + i];
                }
                let mut form = 0.0;
                for i in 0..d {
                    for j in 0..d {
                        form += q[i * d + j] * v[i] * v[j];
                    }
                }
                product = product * 0.5 + form * form;
            }
        }
        product
    }

    // an array, of other floats, in a loop that is not counted, in a branch of which it is filled
    pub fn array_in_a_branch(x: &[f32], n: usize) -> f32 {
        let mut v = [0.0f32; 3];
        let mut y = x[0];
        let mut k = 0;
        while k < n {
            if y > 0.0 {
                for i in 0..3 {
                    v[i] = x[i] * 0.5 - x[2 - i];
                }
                for i in 0..3 {
                    y += v[i] * v[(i + 1) % 3] * y;
                }
            } else {
                y = 0.3 - y;
            }
            k += 1;
        }
        y
    }

    // the loop that fills it does more than that, and fills two
    pub fn with_more_beside(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let (mut v, mut w) = (vec![0.0; n], vec![0.0; n]);
        let mut total: f64 = 1.0;
        for k in 0..x.len() {
            for i in 0..n {
                let d = x[k] - y[i];
                let half = 0.5 * d;
                v[i] = half * y[i];
                total += half.sin();
                w[i] = d + x[0];
            }
            total = total * 0.1 + weighted_norm(&v, &w) * weighted_norm(&w, &v);
        }
        total
    }

    // as long as it says itself; upwards and downwards; in two loops, from what is fixed by then
    pub fn filled_in_two_loops(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut roots = vec![0.0; n];
        for i in 0..n {
            roots[i] = (1.0 + y[i] * y[i]).sqrt();
        }
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..v.len() {
                v[i] = roots[i] * x[k];
            }
            total += weighted_norm(&v, y) * total;
        }
        for k in 0..x.len() {
            for i in (0..n).rev() {
                v[i] = x[k] - roots[i] * y[k];
            }
            total += weighted_norm(y, &v).sin() * x[k];
        }
        total
    }

    // from a value of the iteration, and from an index that counts along
    pub fn from_the_iteration(x: &[f64], y: &[f64]) -> f64 {
        let n = 2;
        let mut v = vec![0.0; n];
        let mut total: f64 = 1.0;
        let mut start = 0;
        for k in 0..x.len() / 3 {
            for l in 0..2 {
                let scale = (x[k] * y[l]).exp();
                for i in 0..n {
                    v[i] = scale * x[start + i];
                }
                total = total * weighted_norm(&v, y) + scale;
            }
            start += 3;
        }
        total
    }

    // one iteration whose reverse follows it: what it has filled is there
    pub fn filled_once(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let mut v = vec![0.0; n];
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] * y[i];
            }
            for i in 0..n {
                total += (v[i] * v[0]).sin();
            }
        }
        total
    }

    // .. of which an inner loop changes nothing either, and one beside that has another
    pub fn filled_on_two_levels(x: &[f64], y: &[f64]) -> f64 {
        let n = y.len();
        let (mut v, mut w) = (vec![0.0; n], vec![0.0; n]);
        let mut total: f64 = 0.0;
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] * y[i];
            }
            for l in 0..x.len() {
                for i in 0..n {
                    w[i] = v[i] + x[l];
                }
                total += weighted_norm(&w, y) * weighted_norm(&v, &w);
            }
        }
        total
    }

    // checkpoints, by two iterations
    pub fn with_checkpoints(x: &[f64], y: &[f64], n: usize) -> f64 {
        let d = y.len();
        let mut v = vec![0.0; d];
        let mut total: f64 = 1.0;
        #[checkpoint(every = 2)]
        for k in 0..n {
            for l in 0..2 {
                for i in 0..d {
                    v[i] = x[k] - y[i] * x[l];
                }
                total = total.sin() + weighted_norm(&v, y);
            }
        }
        total
    }

    // floats of any type
    pub fn of_any_float<T: num_traits::Float>(x: &[T], y: &[T]) -> T {
        let n = y.len();
        let mut v = vec![T::zero(); n];
        let mut total = T::one();
        for k in 0..x.len() {
            for i in 0..n {
                v[i] = x[k] - y[i];
            }
            for i in 0..n {
                total = total * v[i] + v[0] * v[i];
            }
        }
        total
    }

    // several results, row by row and at once
    #[options(jacobian = reverse)]
    pub fn many_results(x: &[f64], y: &[f64]) -> Vec<f64> {
        let n = y.len();
        let mut out = vec![0.0; x.len()];
        let mut v = vec![0.0; n];
        for k in 0..x.len() {
            for l in 0..2 {
                for i in 0..n {
                    v[i] = x[k] - y[i] * x[l];
                }
                for i in 0..n {
                    for j in 0..n {
                        out[k] += v[i] * v[j] * v[i];
                    }
                }
            }
        }
        out
    }
}

pub const X: [f64; 6] = [0.3, -0.8, 1.2, 0.45, -0.6, 0.9];
pub const Y: [f64; 3] = [0.7, 1.1, 0.4];

#[test]
fn lent_as_a_whole() {
    laws!(by_centres(points: &X.to_vec(), centres: &vec![0.1, 0.2, -0.4, 0.6], w: &vec![0.8, 1.3]));
    laws!(by_centres(points: &vec![], centres: &vec![0.1, 0.2], w: &vec![0.8, 1.3]));
    laws!(by_two_scratches(points: &X.to_vec(), centres: &vec![0.1, 0.2, -0.4, 0.6]));
    laws!(with_more_beside(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(filled_in_two_loops(x: &X[..3].to_vec(), y: &Y.to_vec()));
    laws!(from_the_iteration(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(filled_on_two_levels(x: &X[..2].to_vec(), y: &Y.to_vec()));
    laws!(with_checkpoints(x: &X.to_vec(), y: &Y.to_vec(), _: 5));
}

#[test]
fn elements_of_inner_loops() {
    laws!(quadratic_forms(points: &X.to_vec(), centres: &vec![0.1, 0.2, -0.4, 0.6], q: &vec![0.8, 1.3, -0.2, 0.5]));
    laws!(array_in_a_branch(x: &vec![0.4f32, -0.3, 0.6], _: 4));
    laws!(filled_once(x: &X.to_vec(), y: &Y.to_vec()));
    laws!(of_any_float(x: &X[..3].to_vec(), y: &Y.to_vec()));
    map_laws!(many_results(x: &X[..3].to_vec(), y: &Y.to_vec()));
}

/// Σ vᵢ³, and what couples the elements.
#[differentiable(order = 2)]
fn cubes(v: &[f64], scale: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..v.len() {
        sum += scale * v[i] * v[i] * v[0];
    }
    sum
}

/// Scratch that is lent, and scratch of which inner loops read the elements.
#[differentiable(order = 2)]
fn lent_and_read(x: &[f64]) -> f64 {
    let (n, d) = (x.len() / 2, 2);
    let (mut v, mut w) = (vec![0.0; d], [0.0; 3]);
    let mut terms = vec![0.0; n];
    let mut sum = 0.0;
    for k in 0..n {
        for l in 0..n {
            for i in 0..d {
                v[i] = x[k * d + i] * x[l] - x[l * d + i];
            }
            for i in 0..3 {
                w[i] = x[i] - 0.5 * x[k];
            }
            terms[l] = cubes(&v, x[k]);
            for i in 0..3 {
                for j in 0..i {
                    terms[l] += w[i] * w[j] * x[j];
                }
            }
        }
        for l in 0..n {
            sum += (terms[l] * terms[0]).sin();
        }
    }
    sum
}

#[differentiable(order = 2)]
fn of_a_caller(x: &[f64]) -> f64 {
    let y = lent_and_read(x);
    y * y + x[0] * y
}

#[test]
fn products_with_the_hessian() {
    of_slice!(lent_and_read, X);
    of_slice!(of_a_caller, X);
}

#[test]
fn several_rows_at_once() {
    let (x, y) = (&X[..5], &Y);
    let together = simplified::many_results::jacobian(x, y);
    let (value, pullback) = simplified::many_results::vjp(x, y);
    for row in 0..value.len() {
        let unit: Vec<f64> = (0..value.len()).map(|at| f64::from(u8::from(at == row))).collect();
        let (x_bar, y_bar) = pullback(unit);
        for (column, expected) in x_bar.iter().chain(&y_bar).enumerate() {
            let found = together[(row, column)];
            assert!((found - expected).abs() <= 1e-14 * (1.0 + expected.abs()), "{row}, {column}: {found}, {expected}");
        }
    }
}
