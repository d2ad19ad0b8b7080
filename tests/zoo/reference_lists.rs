//! Lists of references, which a pullback puts together again from what it is lent and what it owns.

zoo! {
    pub fn parts_in_order(x: &[f64], y: &[f64]) -> f64 {
        let mut s = 1.0;
        for part in [&x[0..2], &y[1..3], x] {
            s = s * part[0] + part[1];
        }
        s
    }

    // where a part began is not where the variable is behind
    pub fn named_parts(x: &[f64]) -> f64 {
        let mut at = 1;
        let parts = [&x[at..at + 2], &x[0..2]];
        at += 1;
        let mut s = x[at];
        for part in parts.iter() {
            s = s * part[0] + part[1];
            at -= 1;
        }
        s * parts[0][1] * x[at]
    }

    pub fn parts_with_weights(x: &[f64], w: f64) -> f64 {
        let parts = [(&x[0..2], 2.0), (&x[2..4], w), (&x[1..3], x[0])];
        let mut s = 1.0;
        for (part, weight) in parts {
            s = s * part[0] * weight + part[1];
        }
        s
    }

    pub fn own_parts(x: &[f64]) -> f64 {
        let a = [x[0] * x[1], x[1]];
        let b = vec![x[2].sin(), x[3]];
        let lists = vec![&a[..], &b, x];
        let mut s = 1.0;
        for list in &lists {
            s = s * list[0] + list[1];
        }
        s + a[0] * b[1]
    }

    pub fn numbers(x: f64, y: f64) -> f64 {
        let (a, b) = (x * y, y.sin());
        let mut s = 1.0;
        for v in [&a, &b, &x] {
            s = s * v + v * v;
        }
        s
    }

    pub fn lists_of_a_loop(x: &[f64], n: usize) -> f64 {
        let mut s = 1.0;
        let mut at = 0;
        for i in 0..n {
            let parts = [&x[i..i + 2], &x[at..at + 2]];
            for part in parts {
                s = s * part[0] + part[1];
            }
            at += 1;
            if i > 0 {
                for part in [&x[0..i], &x[i..], &x[at..]] {
                    s += part[0] * s;
                }
            }
        }
        s
    }

    // what a list referred to changes behind it, and between its items
    pub fn of_what_changes(x: &[f64]) -> f64 {
        let mut a = vec![x[0], x[1] * x[1]];
        let mut s = 1.0;
        for part in [&a[..], x] {
            s = s * part[0] + part[1];
        }
        a[0] *= s;
        for part in [&a[..1], &a[1..], x] {
            s += part[0] * s;
        }
        a[1] += s;
        a[0] * a[1]
    }

    pub fn of_a_parameter_that_changes(x: &mut [f64], y: &[f64]) -> f64 {
        let lists = vec![&x[..], y];
        let s = lists[0][1] * lists[1][0];
        x[1] = s * y[1];
        s * x[0]
    }

    pub fn changing_floats(x: &[f64], n: usize) -> f64 {
        let (mut a, mut s) = (x[0], x[1]);
        for _ in 0..n {
            for (part, weight) in [(&x[0..2], a), (&x[1..3], s)] {
                s = s * part[0] * weight + 0.1 * part[1];
            }
            a = 0.3 * s;
        }
        a * s
    }
}

#[test]
fn reference_lists() {
    let x = vec![0.7, -0.4, 1.2, 0.9];
    laws!(parts_in_order(x: &x.clone(), y: &vec![0.3, 0.8, -0.6]));
    laws!(named_parts(x: &x.clone()));
    laws!(parts_with_weights(x: &x.clone(), w: 0.4));
    laws!(own_parts(x: &x.clone()));
    laws!(numbers(x: 0.7, y: -0.3));
    laws!(of_what_changes(x: &x.clone()));
    laws!(of_a_parameter_that_changes(x: &mut vec![0.7, -0.4], y: &vec![0.3, 0.8]));
    laws!(changing_floats(x: &x.clone(), _: 3));
    laws!(lists_of_a_loop(x: &x.clone(), _: 3));
}
