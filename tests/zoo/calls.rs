//! Calls of other differentiable functions.

/// Of another module.
pub mod elsewhere {
    zoo! {
        pub fn cubed(x: f64) -> f64 {
            x * x * x
        }
    }
}

/// Not differentiable, and called with inactive arguments only.
fn table(n: usize) -> f64 {
    1.0 / (n as f64 + 1.0)
}

zoo! {
    pub fn square(x: f64) -> f64 {
        x * x
    }

    pub fn scale(a: f64, x: f64) -> f64 {
        a * x.sin()
    }

    pub fn dot(xs: &[f64], ys: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() {
            s += xs[i] * ys[i];
        }
        s
    }

    pub fn scale_in_place(xs: &mut [f64], a: f64) {
        for i in 0..xs.len() {
            xs[i] *= a;
        }
    }

    pub fn of_itself_twice(x: f64) -> f64 {
        scale(x, x)
    }

    pub fn dot_with_itself(xs: &[f64]) -> f64 {
        dot(xs, xs)
    }

    pub fn nested_arguments(x: f64, y: f64) -> f64 {
        scale(square(x), scale(y, square(x * y)))
    }

    pub fn active_here_and_there(x: f64, y: f64) -> f64 {
        scale(x, 2.0) + scale(2.0, y) * scale(x, y) + scale(3.0, 4.0)
    }

    pub fn of_another_module(x: f64) -> f64 {
        elsewhere::simplified::cubed(x) + super::super::calls::elsewhere::unsimplified::cubed(x * 2.0)
    }

    pub fn inactive_callee(x: f64, n: usize) -> f64 {
        let t = table(n);
        x * t + table(2)
    }

    pub fn unused_call(x: f64) -> f64 {
        let _ = square(x);
        square(x + 1.0);
        x
    }

    pub fn in_loop(xs: &[f64]) -> f64 {
        let mut s = 0.5;
        for x in xs {
            s = scale(s, *x) + square(*x);
        }
        s
    }

    pub fn in_branch(x: f64, y: f64) -> f64 {
        if x > y { scale(x, y) } else { square(x) }
    }

    pub fn mutates_between_reads(xs: &[f64], a: f64) -> f64 {
        let mut ys = xs.to_vec();
        let before = ys[0] * ys[1];
        scale_in_place(&mut ys, a);
        let after = ys[0] * ys[1];
        scale_in_place(&mut ys, before);
        before * after + ys[0]
    }

    pub fn parts_of_one_slice(xs: &mut [f64], a: f64) {
        scale_in_place(&mut xs[..2], a);
        scale_in_place(&mut xs[1..], a * a);
        scale_in_place(xs, 2.0);
    }

    pub fn slices_of_slices(xs: &[f64]) -> f64 {
        let n = xs.len() / 2;
        dot(&xs[..n], &xs[n..2 * n]) + dot(&xs[1..], &xs[1..])
    }

    pub fn sliding(xs: &[f64]) -> f64 {
        let mut s = 0.0;
        for i in 0..xs.len() - 1 {
            s += dot(&xs[i..i + 2], &xs[i..i + 2]) * s + square(xs[i]);
        }
        s
    }

    pub fn fill_out(x: f64, out: &mut [f64]) {
        out[0] = x * x;
        out[1] = x.exp() * out[0];
    }

    pub fn out_parameter(x: f64) -> f64 {
        let mut out = [0.0; 2];
        fill_out(x, &mut out);
        out[0] * out[1]
    }

    pub fn out_parameter_in_loop(xs: &[f64]) -> f64 {
        let mut out = vec![0.0; 2];
        let mut s = 0.0;
        for &x in xs {
            fill_out(x, &mut out);
            s += out[0] * out[1];
        }
        s
    }

    pub fn inactive_output(x: f64, log: &mut [f64]) -> f64 {
        fill_out(2.0, log);
        x * x
    }

    pub fn pair(x: f64, y: f64) -> (f64, f64) {
        (x * y, x + y)
    }

    pub fn takes_pair_apart(x: f64, y: f64) -> f64 {
        let (p, s) = pair(x, y);
        let (q, _) = pair(p, s);
        let both = pair(q, x);
        p * s + q + both.0 * both.1
    }

    pub fn array_of(x: f64) -> [f64; 2] {
        [x, x * x]
    }

    pub fn takes_array_apart(x: f64) -> f64 {
        let a = array_of(x);
        let b = array_of(a[1]);
        a[0] * b[1] + b[0]
    }

    pub fn with_local_function(x: f64) -> f64 {
        #[chainrule::differentiable]
        fn local(x: f64) -> f64 {
            x.cos() * x
        }
        local(x) + local(x * 2.0)
    }

    #[options(wrt(x))]
    pub fn only_x(x: f64, y: f64) -> f64 {
        x * x * y
    }

    pub fn of_excluded(x: f64, n: usize) -> f64 {
        only_x(x, n as f64)
    }
}

#[test]
fn of_scalars() {
    laws!(of_itself_twice(x: 0.7));
    laws!(nested_arguments(x: 0.7, y: 1.2));
    laws!(active_here_and_there(x: 0.7, y: 1.2));
    laws!(of_another_module(x: 0.7));
    laws!(inactive_callee(x: 0.7, _: 3));
    laws!(unused_call(x: 0.7));
    laws!(in_loop(xs: &vec![0.7, 0.2, 1.1]));
    laws!(in_branch(x: 0.7, y: 1.2));
    laws!(in_branch(x: 1.7, y: 1.2));
    laws!(with_local_function(x: 0.7));
}

#[test]
fn of_slices() {
    laws!(dot_with_itself(xs: &vec![0.7, 0.2, 1.1]));
    laws!(slices_of_slices(xs: &vec![0.7, 0.2, 1.1, 0.4, 0.9]));
    laws!(sliding(xs: &vec![0.7, 0.2, 1.1, 0.4, 0.9]));
}

#[test]
fn with_mutation() {
    laws!(mutates_between_reads(xs: &vec![0.7, 0.2, 1.1], a: 1.4));
    map_laws!(parts_of_one_slice(xs: &mut vec![0.7, 0.2, 1.1], a: 1.4));
    laws!(out_parameter(x: 0.7));
    laws!(out_parameter_in_loop(xs: &vec![0.7, 0.2, 1.1]));
    laws!(inactive_output(x: 0.7, log: &mut [0.0, 0.0]));
}

#[test]
fn of_aggregates() {
    map_laws!(pair(x: 0.7, y: 1.2));
    laws!(takes_pair_apart(x: 0.7, y: 1.2));
    map_laws!(array_of(x: 0.7));
    laws!(takes_array_apart(x: 0.7));
}

#[test]
fn with_respect_to_some() {
    laws!(only_x(x: 0.7, _: 1.2));
    laws!(of_excluded(x: 0.7, _: 2));
}

/// Generated code must not hide a variable of the user's behind a name of its own.
mod names {
    zoo! {
        pub fn half(part: f64, value: f64) -> f64 {
            part * value.sin()
        }

        pub fn of_the_users(xs: &[f64], term: f64) -> f64 {
            let mut sum = 0.3;
            for &part in xs {
                sum += half(part, term) * sum;
            }
            sum
        }

        pub fn of_references(value: &f64, pullback: &f64) -> f64 {
            value * pullback.exp() * value
        }
    }

    #[test]
    fn hide_nothing() {
        laws!(of_the_users(xs: &vec![0.7, 0.2, 1.1], term: 0.4));
        laws!(of_references(value: &0.7, pullback: &0.4));
    }
}

mod added_to_themselves {
    zoo! {
        pub fn two(x: f64, y: f64) -> (f64, f64) {
            (x * y, x + y)
        }

        /// Parts of a result whose type the macro does not see.
        pub fn doubled_parts(x: f64, y: f64) -> f64 {
            let mut p = two(x, y);
            if p.0 < 100.0 {
                p.1 += p.1;
                p.0 += p.1;
            }
            p.0 * p.1
        }

        /// A variable with the name that generated code gives to such a part.
        pub fn named_term(x: f64, y: f64) -> f64 {
            let mut term = two(x, y);
            if term.0 < 100.0 {
                term.1 += term.1;
                term.0 += term.1;
            }
            term.0 * term.1
        }

        /// Scratch space that is given up after the call, which the call's result depends on.
        pub fn through_scratch(x: f64, y: f64) -> f64 {
            let mut scratch = [y; 3];
            let sum = written_and_read(x, &mut scratch);
            sum * y
        }

        pub fn written_and_read(x: f64, scratch: &mut [f64; 3]) -> f64 {
            scratch[1] = x * scratch[0];
            scratch[2] += scratch[1] * x;
            scratch[1] * scratch[2]
        }
    }

    #[test]
    fn parts() {
        laws!(named_term(x: 0.7, y: 1.3));
        laws!(through_scratch(x: 0.7, y: 1.3));
        laws!(doubled_parts(x: 0.7, y: 1.3));
    }
}
