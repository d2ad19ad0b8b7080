//! Loops: ranges, iterators, `while`, trip counts that depend on outer indices.

zoo! {
    pub fn sum_of_squares(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() {
            s += xs[i] * xs[i];
        }
        s
    }

    pub fn horner(c: &[f64], x: f64) -> f64 {
        let mut y = 0.0;
        for i in (0..c.len()).rev() {
            y = y * x + c[i];
        }
        y
    }

    pub fn stepped(xs: &[f64]) -> f64 {
        let mut p = 1.0;
        for i in (0..xs.len()).step_by(2) {
            p *= xs[i];
        }
        for i in (1..=xs.len() - 1).step_by(3) {
            p = p.sin() * xs[i] + p;
        }
        p
    }

    pub fn inclusive(x: f64, n: usize) -> f64 {
        let mut s = x;
        for i in 1..=n {
            s += s * x / i as f64;
        }
        s
    }

    pub fn power_by_loop(x: f64, n: usize) -> f64 {
        let mut t = 1.0;
        for _ in 0..n {
            t *= x;
        }
        t
    }

    pub fn recurrence_of_500(x: f64, a: f64) -> f64 {
        let mut y = x;
        for _ in 0..500 {
            y = (a * y).sin() + 0.5 * y;
        }
        y
    }

    pub fn never_entered(x: f64, n: usize) -> f64 {
        let mut y = x * x;
        for i in 0..n {
            y = y * (i as f64) + x;
        }
        y
    }

    pub fn triangular(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() {
            for j in 0..i {
                s += xs[i] * xs[j].sin();
            }
            for j in i + 1..xs.len() {
                s -= (xs[j] - xs[i]).powi(2);
            }
        }
        s
    }

    pub fn iterated(xs: &[f64]) -> f64 {
        let mut s = 1.0;
        for x in xs {
            s *= x + 1.0;
        }
        for x in xs.iter() {
            s += x * s;
        }
        for &x in xs.iter().rev() {
            s = s.tanh() + x;
        }
        s
    }

    pub fn zipped(xs: &[f64], ys: &[f64]) -> f64 {
        let mut s = 0.0;
        for (x, y) in xs.iter().zip(ys) {
            s += x * y;
        }
        for (i, (x, y)) in xs.iter().zip(ys.iter()).enumerate() {
            s += (x - y) * i as f64 * s;
        }
        s
    }

    pub fn enumerated(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        for (i, &x) in xs.iter().enumerate() {
            if i % 2 == 0 {
                s += x.exp();
            } else {
                s -= x * s;
            }
        }
        s
    }

    pub fn zipped_three(xs: &[f64], ys: &[f64], zs: &[f64]) -> f64 {
        let mut s = 0.0;
        for ((x, y), z) in xs.iter().zip(ys).zip(zs) {
            s += x * y * z;
        }
        s
    }

    pub fn counted_while(x: f64, n: usize) -> f64 {
        let mut i = 0;
        let mut y = x;
        while i < n {
            y = y * y + x;
            i += 1;
        }
        y * i as f64
    }

    pub fn newton_sqrt(a: f64) -> f64 {
        let mut x = a;
        while (x * x - a).abs() > 1e-14 * a {
            x = 0.5 * (x + a / x);
        }
        x
    }

    pub fn while_over_active(x: f64) -> f64 {
        let mut y = x;
        let mut n = 0;
        while y < 10.0 && n < 100 {
            y *= x;
            n += 1;
        }
        y + x
    }

    pub fn loop_in_branch_in_loop(xs: &[f64], n: usize) -> f64 {
        let mut s = 0.3;
        for i in 0..n {
            if i % 3 == 1 {
                for j in 0..i {
                    s += s * xs[j % xs.len()];
                }
            } else if s > 0.0 {
                let mut k = 0;
                while k < i {
                    s = (s * xs[k % xs.len()]).cos();
                    k += 2;
                }
            }
        }
        s
    }

    pub fn local_in_body(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() {
            let mut t = xs[i];
            t *= t;
            t = t.sin() * xs[i];
            let pair = [t, t * t];
            s += pair[0] * pair[1];
        }
        s
    }

    pub fn exit_value(xs: &[f64]) -> f64 {
        let mut last = 0.0;
        let mut k = 0;
        for i in 0..xs.len() {
            last = xs[i] * 2.0;
            k = i;
        }
        last * xs[k]
    }

    pub fn integer_index_computed(xs: &[f64]) -> f64 {
        let n = xs.len();
        let mut s = 0.0;
        for i in 0..n {
            let j = (i * 7 + 3) % n;
            let k = if j > 1 { j - 1 } else { j };
            s += xs[i] * xs[j] * xs[k];
        }
        s
    }

    pub fn fibonacci_of_floats(x: f64, y: f64, n: usize) -> f64 {
        let (mut a, mut b) = (x, y);
        for _ in 0..n {
            (a, b) = (b, a * b);
        }
        b
    }
}

#[test]
fn over_ranges() {
    laws!(sum_of_squares(xs: &vec![1.0, -2.0, 0.5]));
    laws!(horner(c: &[1.0, -2.0, 0.5], x: 1.3));
    laws!(stepped(xs: &vec![1.0, -2.0, 0.5, 1.1, 0.3, 0.8]));
    laws!(inclusive(x: 0.7, _: 4));
    laws!(power_by_loop(x: 1.1, _: 7));
    laws!(recurrence_of_500(x: 0.4, a: 0.9));
    laws!(fibonacci_of_floats(x: 0.9, y: 1.1, _: 5));
}

#[test]
fn of_no_iterations() {
    laws!(never_entered(x: 0.7, _: 0));
    laws!(power_by_loop(x: 1.1, _: 0));
    laws!(sum_of_squares(xs: &Vec::<f64>::new()));
    laws!(counted_while(x: 0.7, _: 0));
    laws!(iterated(xs: &Vec::<f64>::new()));
}

#[test]
fn nested() {
    laws!(triangular(xs: &vec![0.3, -0.6, 0.9, 1.3]));
    laws!(loop_in_branch_in_loop(xs: &vec![0.3, 0.6, 0.9], _: 7));
    laws!(local_in_body(xs: &vec![0.3, -0.6, 0.9, 1.3]));
    laws!(exit_value(xs: &vec![0.3, -0.6, 0.9, 1.3]));
    laws!(integer_index_computed(xs: &vec![0.3, -0.6, 0.9, 1.3, 0.7]));
}

#[test]
fn over_slices() {
    laws!(iterated(xs: &vec![0.3, -0.6, 0.9]));
    laws!(zipped(xs: &[0.3, -0.6, 0.9], ys: &vec![0.5, 0.2, 0.8, 100.0]));
    laws!(enumerated(xs: &vec![0.3, -0.6, 0.9]));
    laws!(zipped_three(xs: &vec![0.3, -0.6], ys: &vec![0.7, 0.1], zs: &vec![1.1, 1.2]));
}

#[test]
fn of_unknown_length() {
    laws!(counted_while(x: 0.4, _: 4));
    laws!(newton_sqrt(a: 2.0));
    laws!(while_over_active(x: 1.7));
}
