//! Closures: bound to a name, used in place, with captures by value, by reference and by `&mut`.

/// `x^2 sin x`
#[chainrule::differentiable]
pub fn bump(x: f64) -> f64 {
    x * x * x.sin()
}

zoo! {
    pub fn named(x: f64, a: f64) -> f64 {
        let phi = |x: f64| a * x.sin();
        phi(x) + phi(x * x) * phi(a)
    }

    pub fn in_place(x: f64, y: f64) -> f64 {
        (|u: f64| u * y)(x) + (|u, v| u * v - u)(x, y)
    }

    pub fn annotated_result(x: f64) -> f64 {
        let cube = |v: f64| -> f64 {
            let w = v * v;
            w * v
        };
        cube(x) - cube(2.0 * x)
    }

    pub fn shadowed_capture(x: f64, a: f64) -> f64 {
        let phi = |v: f64| a * v;
        let a = x.exp();
        let x = phi(a);
        phi(x) * a
    }

    pub fn parameter_named_as_capture(x: f64, y: f64) -> f64 {
        let g = |y: f64| y * x;
        let h = |x: f64| g(x) + y;
        h(y) * g(h(x))
    }

    pub fn local_in_closure(x: f64) -> f64 {
        let y = x.cos();
        let f = |v: f64| {
            let x = v * y;
            let y = x * x;
            y + x
        };
        f(x) * y + f(y)
    }

    pub fn nested_calls(x: f64) -> f64 {
        let f = |v: f64| v.sin() * x;
        f(f(f(x)))
    }

    pub fn captured_mutable(x: f64, n: usize) -> f64 {
        let mut s = x;
        let mut add = |v: f64| s += v * s;
        for i in 0..n {
            add(x * i as f64);
        }
        add(x);
        s * x
    }

    pub fn counting(x: f64) -> f64 {
        let mut state = x;
        let mut next = || {
            state = state.sin() + 1.0;
            state
        };
        let a = next();
        let b = next();
        (next() - a) * b + next()
    }

    pub fn in_tuple(x: f64) -> f64 {
        let mut state = x;
        let mut next = || {
            state *= x;
            state
        };
        let (a, b) = (next(), next());
        let pair = [next(), next()];
        a * pair[0] + b * pair[1]
    }

    pub fn moved_copy(x: f64) -> f64 {
        let mut a = x;
        let keep = move |v: f64| a * v;
        a *= 3.0;
        keep(x) + a
    }

    pub fn moved_state(x: f64) -> f64 {
        let mut a = x;
        let mut step = move || {
            a = a * a + 0.1;
            a
        };
        let (p, q) = (step(), step());
        a += 1.0;
        p * q + a
    }

    // state of its own, asked for only where the first condition does not hold
    pub fn moved_state_in_a_condition(x: f64) -> f64 {
        let mut n = 1u64;
        let mut next = move || {
            n = n * 5 % 7;
            n as f64 / 7.0
        };
        let mut t = x;
        for _ in 0..4 {
            if t < 1.0 || next() < 0.6 {
                t += 0.3 * x;
            }
            let both = t > 0.9 && next() > 0.4;
            if both {
                t *= x;
            }
        }
        t + next() * x + n as f64 * x
    }

    pub fn moved_array(x: f64) -> f64 {
        let mut w = [x, 2.0 * x];
        let keep = move |i: usize| w[i] * w[1 - i];
        w[0] = 5.0;
        keep(0) + w[0] * x
    }

    pub fn slice_argument(xs: &[f64]) -> f64 {
        let energy = |v: &[f64]| {
            let mut s = 0.0;
            for i in 0..v.len() {
                s += v[i] * v[i];
            }
            s
        };
        energy(xs) * energy(&xs[1..])
    }

    pub fn reference_arguments(x: f64, y: f64) -> f64 {
        let dot = |a: &f64, b: &f64| *a * *b + a * b;
        let z = x * y;
        dot(&x, &z) + dot(&z, &y)
    }

    pub fn mutable_argument(x: f64) -> f64 {
        let scale = |v: &mut f64, k: f64| *v *= k;
        let mut a = x;
        scale(&mut a, x);
        scale(&mut a, 3.0);
        a
    }

    pub fn mutable_slice_argument(xs: &mut [f64], k: f64) {
        let scale = |v: &mut [f64]| {
            for i in 0..v.len() {
                v[i] *= k;
            }
        };
        scale(xs);
        scale(&mut xs[1..]);
    }

    pub fn tuple_parameter(x: f64, y: f64) -> f64 {
        let area = |(a, b): (f64, f64)| a * b;
        let swap = |(a, b)| (b, a * 2.0);
        let pair = (x, y.sin());
        area(pair) + area(swap((x, y)))
    }

    pub fn branching(x: f64) -> f64 {
        let leaky = |v: f64| if v > 0.0 { v * v } else { 0.1 * v };
        leaky(x) + leaky(-x) * 3.0
    }

    pub fn early_return(x: f64) -> f64 {
        let f = |v: f64| {
            if v > 1.0 {
                return v.ln();
            }
            let w = v * v;
            if w > 0.25 {
                return w;
            }
            w - v
        };
        f(x) * f(0.4 * x) + f(2.0 * x)
    }

    pub fn returns_last(x: f64) -> f64 {
        let f = |v: f64| {
            return v * v.sin();
        };
        f(x)
    }

    pub fn looping(x: f64, n: usize) -> f64 {
        let power = |v: f64, n: usize| {
            let mut p = 1.0;
            for _ in 0..n {
                p *= v;
            }
            p
        };
        power(x, n) + power(x * x, 2)
    }

    pub fn closure_of_closure(x: f64, a: f64) -> f64 {
        let inner = |v: f64| v * a;
        let outer = |v: f64| inner(v) + inner(v * v);
        let a = outer(x);
        outer(a)
    }

    /// Perturbation confusion (HARD_CASES 94): the inner slope must not see the outer direction.
    pub fn nested_slopes(x: f64) -> f64 {
        let slope = |y: f64| {
            let product = |z: f64| x * z;
            let h = 1e-3;
            (product(y + h) - product(y - h)) / (2.0 * h)
        };
        x * slope(x)
    }

    pub fn calls_functions(x: f64) -> f64 {
        let f = |v: f64| bump(v) * v;
        let square_root = f64::sqrt;
        f(x) + square_root(x * 2.0)
    }

    pub fn alias_of_closure(x: f64) -> f64 {
        let f = |v: f64| v.exp() * x;
        let g = &f;
        let h = f;
        g(x) + h(0.5)
    }

    pub fn in_condition(x: f64, t: f64) -> f64 {
        let gap = |v: f64| v * v - t;
        let mut y = x;
        while gap(y).abs() > 1e-13 {
            y = 0.5 * (y + t / y);
        }
        if gap(y) > 1.0 { y } else { y * t }
    }

    pub fn inert_closure(xs: &[f64], n: usize) -> f64 {
        let wrap = |i: usize| (i * 3 + 1) % n;
        let mut s = 0.0;
        for i in 0..n {
            let k = wrap(i);
            s += xs[k] * xs[wrap(k)];
        }
        s
    }

    pub fn captured_by_opaque(xs: &[f64], a: f64) -> f64 {
        let b = &xs[1];
        let above = |v: f64| v > *b;
        let mut s = a;
        for x in xs {
            if above(*x) {
                s *= x;
            }
        }
        s
    }

    /// What the closures capture goes by the name of their parameters.
    pub fn captured_under_another_name(xs: &[f64], x: f64) -> f64 {
        let limit = &x;
        let below = |x: f64| x < *limit;
        let same = |v: f64| v - x;
        let mut y = 0.1;
        while below(y) {
            y = 2.0 * y + xs[0];
        }
        if xs.iter().any(|x| same(*x) > 0.0) { y * x } else { y + x }
    }

    pub fn shadowing_closure(x: f64) -> f64 {
        let f = |v: f64| v.sin() * x;
        let f = |v: f64| f(v) * v;
        let f = |v: f64| f(f(v));
        f(x)
    }

    pub fn unused_closure(x: f64) -> f64 {
        let _f = |v: f64| v * x;
        x * x
    }

    pub fn loop_carried(x: f64, n: usize) -> f64 {
        let step = |y: f64, t: f64| y + 0.1 * (x * y - t * y * y);
        let mut y = x;
        for i in 0..n {
            let k1 = step(y, i as f64);
            y = step(k1, 0.5);
        }
        y
    }

    #[options(wrt(x))]
    pub fn inactive_capture(x: f64, table: &[f64]) -> f64 {
        let lookup = |i: usize| table[i] * 2.0;
        x * lookup(1) + lookup(0)
    }
}

#[test]
fn called_by_name() {
    laws!(named(x: 0.7, a: 1.3));
    laws!(in_place(x: 0.7, y: 1.3));
    laws!(annotated_result(x: 0.7));
    laws!(nested_calls(x: 0.7));
    laws!(tuple_parameter(x: 0.7, y: 1.3));
    laws!(calls_functions(x: 0.7));
    laws!(alias_of_closure(x: 0.7));
    laws!(unused_closure(x: 0.7));
    laws!(inactive_capture(x: 0.7, _: &[1.0, 2.0]));
}

#[test]
fn see_the_names_of_their_definition() {
    laws!(shadowed_capture(x: 0.7, a: 1.3));
    laws!(parameter_named_as_capture(x: 0.7, y: 1.3));
    laws!(local_in_closure(x: 0.7));
    laws!(closure_of_closure(x: 0.7, a: 0.4));
    laws!(nested_slopes(x: 0.7));
    laws!(shadowing_closure(x: 0.7));
    laws!(captured_under_another_name(xs: &vec![0.3, 0.6], x: 0.9));
    laws!(captured_under_another_name(xs: &vec![0.3, 1.6], x: 0.9));
    let slope = simplified::nested_slopes::grad(0.7);
    assert!((slope - 1.4).abs() < 1e-9, "{slope}");
}

#[test]
fn with_state() {
    laws!(captured_mutable(x: 0.7, _: 4));
    laws!(counting(x: 0.7));
    laws!(in_tuple(x: 0.7));
    laws!(moved_copy(x: 0.7));
    laws!(moved_state_in_a_condition(x: 0.3));
    laws!(moved_state_in_a_condition(x: 0.9));
    laws!(moved_state(x: 0.7));
    laws!(moved_array(x: 0.7));
}

#[test]
fn with_references() {
    laws!(slice_argument(xs: &vec![0.3, -0.6, 0.9]));
    laws!(reference_arguments(x: 0.7, y: 1.3));
    laws!(mutable_argument(x: 0.7));
    map_laws!(mutable_slice_argument(xs: &mut vec![0.3, -0.6, 0.9], k: 1.7));
    laws!(captured_by_opaque(xs: &vec![0.3, -0.6, 0.9], a: 0.4));
}

#[test]
fn with_control_flow() {
    laws!(branching(x: 0.7));
    laws!(branching(x: -0.7));
    laws!(early_return(x: 0.7));
    laws!(early_return(x: 1.7));
    laws!(returns_last(x: 0.7));
    laws!(looping(x: 0.7, _: 3));
    laws!(in_condition(x: 1.0, t: 2.0));
    laws!(loop_carried(x: 0.7, _: 3));
    laws!(inert_closure(xs: &vec![0.3, -0.6, 0.9, 0.5], _: 4));
}
