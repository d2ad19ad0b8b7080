//! Reverse loops that run upwards because their iterations are independent, with inner loops, branches and integers that count
//! along; and those that have to run downwards.

zoo! {
    // the offset of a row counts along
    pub fn packed_rows(q: &[f64], x: &[f64], out: &mut [f64]) {
        let mut start = 0;
        for i in 0..x.len() {
            for j in 0..i + 1 {
                out[i] += q[start + j] * x[j];
            }
            start += i + 1;
        }
    }

    // from a number that is not zero, by two
    pub fn every_other(x: &[f64], y: &mut [f64]) {
        let mut at = 1;
        for i in 0..y.len() {
            for j in 0..2 {
                y[i] += x[at + j] * x[at];
            }
            at += 2;
        }
    }

    // two counters, one of them downwards
    pub fn from_both_ends(x: &[f64], y: &mut [f64], n: usize) {
        let mut up = 0;
        let mut down = 5;
        for i in 0..n {
            for j in 0..2 {
                y[i] += x[up + j] * x[down - j];
            }
            up += 1;
            down -= 1;
        }
    }

    // read before and behind its step
    pub fn between(x: &[f64], y: &mut [f64]) {
        let mut at = 0;
        for i in 0..y.len() {
            for j in 0..2 {
                y[i] += x[at + j] * x[at + j];
            }
            at += 2;
            for j in 0..2 {
                y[i] -= x[at + j] * x[at - j];
            }
        }
    }

    // rows of a matrix, with a branch inside
    pub fn rows_with_branches(a: &[f64], x: &[f64], out: &mut [f64]) {
        let n = x.len();
        for i in 0..out.len() {
            for j in 0..n {
                if j % 2 == i % 2 {
                    out[i] += a[i * n + j] * x[j];
                } else {
                    out[i] -= x[j] * 0.5;
                }
            }
        }
    }

    // near miss: another loop goes on counting
    pub fn counts_on(x: &[f64], y: &mut [f64], z: &mut [f64]) {
        let mut at = 0;
        for i in 0..y.len() {
            for j in 0..2 {
                y[i] += x[at + j] * x[at + j];
            }
            at += 1;
        }
        for i in 0..z.len() {
            for j in 0..2 {
                z[i] += x[at + j] * x[at + j];
            }
            at += 1;
        }
    }

    // near miss: another loop counts before, and does not read
    pub fn counted_before(x: &[f64], y: &mut [f64], skip: usize) {
        let mut at = 0;
        for _ in 0..skip {
            at += 1;
        }
        for i in 0..y.len() {
            for j in 0..2 {
                y[i] += x[at + j] * x[at + j];
            }
            at += 1;
        }
    }

    // near miss: starts from a parameter
    pub fn from_a_parameter(x: &[f64], y: &mut [f64], first: usize) {
        let mut at = first;
        for i in 0..y.len() {
            for j in 0..2 {
                y[i] += x[at + j] * x[at + j];
            }
            at += 1;
        }
    }

    // near miss: an iteration reads what the one before has written
    pub fn chain(x: &[f64], y: &mut [f64]) {
        let mut at = 0;
        for i in 1..y.len() {
            for j in 0..2 {
                y[i] += y[i - 1] * x[at + j];
            }
            at += 1;
        }
    }

    // near miss: an inner loop counts
    pub fn inner_loop_counts(x: &[f64], y: &mut [f64]) {
        let mut at = 0;
        for i in 0..y.len() {
            for _ in 0..i {
                for j in 0..2 {
                    y[i] += x[at + j] * x[at + j];
                }
                at += 1;
            }
        }
    }

    // near miss: values are saved
    pub fn products(x: &[f64], y: &mut [f64]) {
        let mut at = 0;
        for i in 0..y.len() {
            for j in 0..2 {
                y[i] *= x[at + j].sin();
            }
            at += 2;
        }
    }
}

const X: [f64; 8] = [0.3, -0.8, 1.1, 0.6, 0.9, -0.4, 0.7, 1.3];

#[test]
fn independent_iterations() {
    map_laws!(packed_rows(q: &X[..6].to_vec(), x: &X[5..].to_vec(), out: &mut vec![0.1, 0.2, 0.3]));
    map_laws!(every_other(x: &X.to_vec(), y: &mut vec![0.5, -0.3, 0.8]));
    map_laws!(from_both_ends(x: &X[..6].to_vec(), y: &mut vec![0.1, 0.2, 0.3, 0.4], _: 3));
    map_laws!(between(x: &X.to_vec(), y: &mut vec![0.1, 0.2, 0.3]));
    map_laws!(rows_with_branches(a: &X[..6].to_vec(), x: &X[5..].to_vec(), out: &mut vec![0.1, 0.2]));
}

#[test]
fn near_misses() {
    map_laws!(counts_on(x: &X.to_vec(), y: &mut vec![0.1, 0.2], z: &mut vec![0.3, 0.4, 0.5]));
    map_laws!(counted_before(x: &X.to_vec(), y: &mut vec![0.1, 0.2], _: 3));
    map_laws!(from_a_parameter(x: &X.to_vec(), y: &mut vec![0.1, 0.2], _: 2));
    map_laws!(chain(x: &X.to_vec(), y: &mut vec![0.1, 0.2, 0.3, 0.4]));
    map_laws!(inner_loop_counts(x: &X.to_vec(), y: &mut vec![0.1, 0.2, 0.3, 0.4]));
    map_laws!(products(x: &X.to_vec(), y: &mut vec![0.1, 0.2, 0.3, 0.4]));
}
