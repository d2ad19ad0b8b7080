//! States of checkpointed loops that move, and inputs that change around them.

zoo! {
    pub fn moved_state(x: f64, n: usize) -> f64 {
        let mut v = vec![x, x * x, 0.3];
        #[checkpoint(every = 2)]
        for i in 0..n {
            let old = v.clone();
            let mut new = vec![old[1].sin(), old[2] * x, old[0]];
            new[i % 3] += old[i % 3] * 0.5;
            v = new;
        }
        v[0] + v[1] * v[2]
    }

    pub fn input_moved_later(x: f64, n: usize) -> f64 {
        let v = vec![x, x * x];
        let mut y = x;
        #[checkpoint(binomial = 2)]
        for i in 0..n {
            y = (y * v[i % 2]).sin();
        }
        let w = v;
        let mut total = y;
        for a in w {
            total += a * y;
        }
        total
    }

    pub fn returned_state(x: f64, n: usize) -> Vec<f64> {
        let mut v = vec![x, x * x];
        #[checkpoint(binomial = 3)]
        for i in 0..n {
            v[i % 2] = (v[0] * v[1]).sin() + v[i % 2];
        }
        v
    }

    pub fn parameter_as_state(mut v: Vec<f64>, mut y: f64, flip: bool, n: usize) -> f64 {
        let mut up = flip;
        let mut pair = (y, 0.5);
        #[checkpoint(every = 3)]
        for i in 0..n {
            if up {
                v[i % 2] *= y;
                pair.0 = pair.1 * v[0];
            } else {
                y = y.cos() + pair.0;
            }
            up = !up || y > 1.2;
        }
        v[0] * v[1] + y * pair.0
    }

    pub fn changed_between(x: f64, n: usize) -> f64 {
        let mut a = x;
        let mut y = x;
        for _ in 0..3 {
            #[checkpoint(binomial = 2)]
            for _ in 0..n {
                y = (y * a).sin() + 0.1;
            }
            a = a * y;
            #[checkpoint(every = 2)]
            for _ in 0..n {
                a = (y + a).cos();
            }
            y *= a;
        }
        y
    }

    pub fn reads_other_parameter(xs: &mut [f64], ys: &mut [f64], n: usize) {
        #[checkpoint(binomial = 2)]
        for i in 0..n {
            for j in 0..xs.len() {
                xs[j] = (xs[j] * ys[j] + i as f64).sin();
            }
        }
        for j in 0..ys.len() {
            ys[j] = ys[j] * xs[j] * ys[j];
        }
    }

    pub fn optional_state(x: f64, n: usize) -> f64 {
        let mut best: Option<f64> = None;
        let mut y = x;
        #[checkpoint(every = 2)]
        for _ in 0..n {
            y = (3.0 * y).sin();
            best = match best {
                Some(b) if b > y => Some(b * 0.9),
                _ => Some(y * y),
            };
        }
        match best {
            Some(b) => b * x,
            None => x,
        }
    }
}

#[test]
fn states_that_move() {
    for n in [0, 1, 2, 5, 8] {
        laws!(moved_state(x: 0.8, _: n));
        laws!(input_moved_later(x: 0.8, _: n));
        map_laws!(returned_state(x: 0.8, _: n));
        laws!(parameter_as_state(v: vec![0.7, 1.3], y: 0.9, _: true, _: n));
        laws!(changed_between(x: 0.8, _: n));
        map_laws!(reads_other_parameter(xs: &mut vec![0.2, 0.7], ys: &mut vec![1.3, -0.4], _: n));
        laws!(optional_state(x: 0.8, _: n));
    }
}
