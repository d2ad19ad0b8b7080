//! `if` as value and as statement; assertions.

zoo! {
    /// The value of a branch has a second name.
    pub fn named_twice(x: f64, y: f64) -> f64 {
        let a = if x > y { x * y } else { y.sin() };
        let b = a;
        let c = if y > 0.0 { b * a } else { a };
        a * x + b + c
    }

    /// The first reading of `xs[i]` is only compared.
    pub fn compared_then_read(xs: &[f64]) -> f64 {
        let mut s = 0.5;
        for i in 0..xs.len() {
            let x = xs[i];
            if x > 0.0 {
                s += xs[i].sin() * s;
            }
        }
        s
    }

    pub fn value(x: f64, y: f64) -> f64 {
        let z = if x > y { x * y } else { x.sin() + y };
        z * x
    }

    pub fn statement(x: f64) -> f64 {
        let mut y = x;
        if x > 0.0 {
            y *= x;
            y = y.sin();
        } else {
            y = -y * 2.0;
        }
        y * y
    }

    pub fn empty_branch(x: f64) -> f64 {
        let mut y = x;
        if x > 0.0 {
        } else {
            y *= x;
        }
        if x < 0.0 {
            y += x.exp();
        }
        y
    }

    pub fn always_true(x: f64) -> f64 {
        let mut y = x * x;
        if true {
            if x > 1.0 {
                y *= x;
            } else {
                y /= x;
            }
        }
        y
    }

    pub fn else_if_chain(x: f64, n: usize) -> f64 {
        if n == 0 {
            x
        } else if n == 1 {
            let y = x * x;
            y.cos()
        } else if n == 2 {
            let t = x + 1.0;
            t * t * x
        } else {
            2.0
        }
    }

    pub fn nested_values(x: f64, y: f64) -> f64 {
        let a = if x > 0.0 {
            let b = if y > 0.0 { x * y } else { x - y };
            b * b
        } else {
            let c = x.exp();
            if y > c { c } else { y * c }
        };
        a + x
    }

    pub fn tuple_of_branch(x: f64, y: f64) -> f64 {
        let (a, b) = if x > y { (x * x, y) } else { (y, x * y) };
        a * b
    }

    pub fn declared_before(x: f64) -> f64 {
        let y;
        if x > 0.0 {
            y = x.ln();
        } else {
            y = x * 3.0;
        }
        y * y
    }

    pub fn condition_assigned_before(x: f64) -> f64 {
        let mut y = x;
        let positive = y > 0.0;
        y = -y;
        if positive {
            y *= x;
        }
        if y > 0.0 {
            y += x;
        }
        y
    }

    pub fn branch_in_operand(x: f64) -> f64 {
        x * if x > 1.0 { x.sqrt() } else { x } + { if x > 2.0 { 1.0 } else { x } }
    }

    pub fn branch_in_loop(xs: &[f64]) -> f64 {
        let mut s = 1.0;
        for x in xs {
            if *x > 0.0 {
                s *= *x;
                if s > 1.0 {
                    let t = s.sqrt();
                    s = t * x;
                }
            } else {
                s = s - x * x;
            }
        }
        s
    }

    pub fn maximum_of_slice(xs: &[f64]) -> f64 {
        let mut best = xs[0];
        for i in 1..xs.len() {
            if xs[i] > best {
                best = xs[i];
            }
        }
        best * best
    }

    pub fn position_of_maximum(xs: &[f64], ys: &[f64]) -> f64 {
        let mut at = 0;
        for i in 1..xs.len() {
            at = if xs[i] > xs[at] { i } else { at };
        }
        xs[at] * ys[at]
    }

    pub fn folded_constant(x: f64) -> f64 {
        const SQUARE: bool = 2 > 1;
        if SQUARE { x * x } else { x }
    }

    pub fn asserted(x: f64, xs: &[f64]) -> f64 {
        assert!(x > 0.0, "x is {x}");
        assert_eq!(xs.len(), 2);
        debug_assert!(xs[0] != 7.0);
        let y = x.ln();
        assert!(y.is_finite());
        y * xs[0]
    }

    pub fn kink_avoided(x: f64) -> f64 {
        if x < 1.0 { x } else { x.sqrt() }
    }

    pub fn mutable_in_branch(xs: &mut [f64], on: bool) {
        if on {
            xs[0] *= xs[1];
            xs[1] = xs[0] * xs[0];
        } else {
            xs[1] = 0.0;
        }
    }
}

#[test]
fn on_both_sides() {
    laws!(compared_then_read(xs: &vec![0.3, -0.6, 0.9]));
    for (x, y) in [(1.3, 0.7), (-0.6, 0.7), (0.4, -0.8), (-0.4, -0.8), (2.5, 0.1)] {
        laws!(value(x: x, y: y));
        laws!(statement(x: x));
        laws!(empty_branch(x: x));
        laws!(always_true(x: x));
        laws!(nested_values(x: x, y: y));
        laws!(tuple_of_branch(x: x, y: y));
        laws!(declared_before(x: x));
        laws!(condition_assigned_before(x: x));
        laws!(branch_in_operand(x: x));
        laws!(folded_constant(x: x));
        laws!(kink_avoided(x: x));
    }
    for n in 0..4 {
        laws!(else_if_chain(x: 0.7, _: n));
    }
}

/// The root has an infinite slope at 0, and nobody takes that way.
#[test]
fn the_kink_that_a_branch_avoids() {
    assert_eq!((simplified::kink_avoided::grad(0.0), simplified::kink_avoided::jvp(0.0, 1.0).1), (1.0, 1.0));
    assert_eq!((unsimplified::kink_avoided::grad(0.0), unsimplified::kink_avoided::jvp(0.0, 1.0).1), (1.0, 1.0));
}

#[test]
fn in_loops() {
    laws!(branch_in_loop(xs: &vec![0.7, -0.2, 2.5, 1.1]));
    laws!(maximum_of_slice(xs: &vec![0.7, -0.2, 2.5, 1.1]));
    laws!(position_of_maximum(xs: &vec![0.7, -0.2, 2.5, 1.1], ys: &vec![1.0, 2.0, 3.0, 4.0]));
}

#[test]
fn second_names() {
    laws!(named_twice(x: 0.7, y: 0.4));
    laws!(named_twice(x: 0.2, y: 0.4));
    laws!(named_twice(x: 0.2, y: -0.4));
}

#[test]
fn with_mutation() {
    map_laws!(mutable_in_branch(xs: &mut vec![0.7, -0.2], _: true));
    map_laws!(mutable_in_branch(xs: &mut vec![0.7, -0.2], _: false));
}

#[test]
fn assertions_stay() {
    laws!(asserted(x: 0.7, xs: &vec![1.0, 2.0]));
    assert!(std::panic::catch_unwind(|| simplified::asserted::grad(-1.0, &[1.0, 2.0])).is_err());
    assert!(std::panic::catch_unwind(|| simplified::asserted::jvp(1.0, &[1.0], (1.0, &[0.0]))).is_err());
}
