//! Assignments to several places at once: all values are those from before.

zoo! {
    pub fn arrays(x: &[f64], y: f64) -> f64 {
        let mut a = [x[0], y];
        let mut b = [x[1], x[2]];
        for _ in 0..3 {
            (a, b) = (b, a);
            a[0] *= b[1];
        }
        (a[0], b) = (b[0], a);
        a[0] * b[0] * b[0] + a[1] * b[1]
    }

    pub fn tuples(x: &[f64], y: f64) -> f64 {
        let (mut a, mut b, mut c) = ((x[0], y), (x[1], x[2]), y);
        (a, b) = (b, a);
        ((a, b), c) = ((b, a), a.0 * c);
        a.0 * b.0 * b.0 + a.1 * c
    }

    pub fn lists(x: &[f64], y: f64) -> f64 {
        let mut a = vec![x[0], y];
        let mut b = vec![x[1], x[2]];
        (a, b) = (b, a);
        a[0] * b[0] * b[0] + a[1]
    }

    pub fn buffers(x: &[f64], y: f64) -> f64 {
        let mut now = x.to_vec();
        let mut next = vec![0.0; 3];
        for _ in 0..3 {
            for i in 0..3 {
                next[i] = now[i] * y + 0.1 * now[(i + 1) % 3] * now[i];
            }
            (now, next) = (next, now);
        }
        now[0] + next[1] * now[2]
    }

    pub fn numbers(x: &[f64], y: f64) -> f64 {
        let mut v = x.to_vec();
        let (mut i, mut j) = (0, 1);
        let (mut a, mut b) = (x[0], y);
        for _ in 0..4 {
            v[j % 3] *= y;
            (i, j) = (j, i + j);
            (a, b) = (b, a + b * v[i % 3]);
        }
        v[0] * v[1] + a / b
    }

    pub fn element_that_is_unwrapped(x: &[f64], y: f64) -> f64 {
        let mut v = x.to_vec();
        let first = v.get_mut(1).unwrap();
        *first *= y;
        let mut pairs = vec![(v[0], y), (v[1], 2.0)];
        match pairs.last_mut().unwrap() {
            (a, b) => { *a *= y; *b += *a; }
        }
        pairs[1].0 * pairs[1].1
    }
}

#[test]
fn exchanges() {
    let x = vec![0.7, 1.3, 0.4];
    laws!(arrays(x: &x.clone(), y: 1.2));
    laws!(tuples(x: &x.clone(), y: 1.2));
    laws!(lists(x: &x.clone(), y: 1.2));
    laws!(buffers(x: &x.clone(), y: 1.2));
    laws!(numbers(x: &x.clone(), y: 1.2));
    laws!(element_that_is_unwrapped(x: &x.clone(), y: 1.2));
}
