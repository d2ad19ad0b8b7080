//! Functions that call themselves and each other.

zoo! {
    // HARD_CASES 55
    pub fn power_product(x: f64, n: usize) -> f64 {
        if n == 0 {
            return 1.0;
        }
        x * power_product(x - 1.0, n - 1)
    }

    // 56
    pub fn scale_rest(xs: &mut [f64], factor: f64) -> f64 {
        if xs.is_empty() {
            return factor;
        }
        xs[0] *= factor;
        let next = factor * xs[0].cos();
        if next < 0.1 {
            return next;
        }
        scale_rest(&mut xs[1..], next)
    }

    pub fn tree_sum(xs: &[f64]) -> f64 {
        if xs.len() == 1 {
            return xs[0].sin();
        }
        let middle = xs.len() / 2;
        let left = tree_sum(&xs[..middle]);
        let right = tree_sum(&xs[middle..]);
        left * right + left
    }

    // both ways go on, and a number decides
    pub fn up_or_down(x: f64, n: usize) -> f64 {
        if x > 1.0 {
            if n == 0 { x.sin() } else { up_or_down(x * 0.5, n - 1) * x }
        } else {
            let y = x * x;
            if n == 0 { y } else { up_or_down(3.0 * x + 1.0, n - 1) + y }
        }
    }

    // nothing is returned, and the end of the recursion owns nothing
    pub fn halved(xs: &mut [f64], factor: f64) {
        if xs.len() > 1 {
            let middle = xs.len() / 2;
            for i in 0..middle {
                xs[i] *= factor * xs[middle + i];
            }
            halved(&mut xs[..middle], factor);
            halved(&mut xs[middle..], factor);
        }
    }

    // the end saves more than the steps
    pub fn ends_in_a_loop(x: f32, n: usize) -> f32 {
        if n > 0 {
            return x * ends_in_a_loop(x * x * 0.5, n - 1);
        }
        let mut y = x;
        for _ in 0..3 {
            y = (x * y).sin() + y;
        }
        y
    }

    // near miss: what follows the branch is reversed before it
    pub fn goes_on_behind(x: f64, n: usize) -> f64 {
        let mut y = x;
        if n > 0 {
            y = goes_on_behind(y.sin(), n - 1) * x;
        }
        y * y + x
    }

    // a closure calls the function around it
    pub fn by_a_closure(x: f64, n: usize) -> f64 {
        if n == 0 {
            return x.sin();
        }
        let part = |t: f64| by_a_closure(t, n - 1);
        part(x * 0.5) * part(x + 0.1)
    }

    pub fn in_a_loop(x: f64, n: usize) -> f64 {
        let mut s = x;
        for k in 0..n {
            s += in_a_loop(x * 0.5, k) * s;
        }
        s
    }

    #[options(checkpoint)]
    pub fn even(x: f64, n: usize) -> f64 {
        if n == 0 { x } else { odd(x * x, n - 1) }
    }

    // 57: one of the two is checkpointed, so that neither pullback contains the other
    pub fn odd(x: f64, n: usize) -> f64 {
        if n == 0 { x.sin() } else { even(x.cos(), n - 1) + x }
    }

    #[options(checkpoint)]
    pub fn step(xs: &mut [f64], a: f64, bs: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 1..xs.len() {
            xs[i] = xs[i - 1].sin() * a + xs[i] * bs[i];
            s += xs[i] * xs[i];
        }
        xs[0] *= s;
        s
    }

    // a checkpointed callee: its residual is its arguments
    pub fn steps(xs: &[f64], a: f64, bs: &[f64], n: usize) -> f64 {
        let mut ys = xs.to_vec();
        let mut s = 0.0;
        for _ in 0..n {
            s += step(&mut ys, a, bs);
        }
        s * ys[1]
    }

    #[options(checkpoint)]
    pub fn of_owned(xs: Vec<f64>, mut a: f64) -> f64 {
        a *= xs[0];
        a.exp() * xs[1]
    }

    pub fn of_checkpointed(x: f64, y: f64) -> f64 {
        let v = vec![x, y];
        of_owned(v, y) + of_owned(vec![y, y * x], 2.0)
    }
}

#[test]
fn recursion() {
    laws!(power_product(x: 5.3, _: 4));
    map_laws!(scale_rest(xs: &mut vec![0.7, 0.4, 1.1], factor: 1.2));
    map_laws!(scale_rest(xs: &mut vec![0.7, 1.4, 1.1, 0.3], factor: 0.9));
    laws!(tree_sum(xs: &vec![0.7, 0.4, 1.1, 0.3, 0.9]));
    laws!(up_or_down(x: 0.7, _: 5));
    laws!(up_or_down(x: 2.7, _: 3));
    map_laws!(halved(xs: &mut vec![0.7, 0.4, 1.1, 0.3, 0.9], factor: 1.2));
    laws!(ends_in_a_loop(x: 0.7_f32, _: 2));
    laws!(goes_on_behind(x: 0.7, _: 3));
    laws!(by_a_closure(x: 0.7, _: 3));
    laws!(in_a_loop(x: 0.7, _: 4));
    // d/dx x (x-1) (x-2) (x-3) (x-4) at 5
    assert_eq!(simplified::power_product::grad(5.0, 4), 154.0);
}

#[test]
fn mutual_recursion() {
    laws!(even(x: 0.7, _: 5));
    laws!(odd(x: 0.7, _: 4));
}

#[test]
fn checkpointed_callees() {
    laws!(step(xs: &mut vec![0.7, 0.4, 1.1], a: 0.9, bs: &vec![0.3, 0.2, 0.8]));
    laws!(steps(xs: &vec![0.7, 0.4, 1.1], a: 0.9, bs: &vec![0.3, 0.2, 0.8], _: 3));
    laws!(of_owned(xs: vec![0.7, 0.4], a: 0.9));
    laws!(of_checkpointed(x: 0.7, y: 0.4));
}
