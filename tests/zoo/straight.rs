//! Straight-line code: bindings, shadowing, blocks, tuples, casts.

zoo! {
    pub fn product(x: f64, y: f64) -> f64 {
        x * y
    }

    pub fn quotient_of_constant(x: f64) -> f64 {
        3.0 / x
    }

    pub fn identity(x: f64) -> f64 {
        x
    }

    pub fn shadowed(x: f64) -> f64 {
        let x = x * x;
        let x = x.sin() + x;
        x * x
    }

    pub fn mutated(x: f64, y: f64) -> f64 {
        let mut s = x;
        s = s * y;
        s += x;
        s = s.exp() - y;
        s
    }

    pub fn compound(x: f64, y: f64) -> f64 {
        let mut s = x;
        s *= y;
        s -= x * y;
        s /= y;
        s += s;
        s *= s;
        s + x
    }

    pub fn remainder_assigned(x: f64, y: f64) -> f64 {
        let mut s = x * x;
        s %= y;
        s
    }

    pub fn blocks(x: f64) -> f64 {
        let y = {
            let x = x + 1.0;
            x * x
        };
        ({ y.ln() }) * { x }
    }

    pub fn tuples(x: f64, y: f64) -> f64 {
        let (a, b) = (x * y, x - y);
        let pair = (a, (b, a * b));
        let (c, (d, e)) = pair;
        pair.0 * c + d * (pair.1).1 + e
    }

    pub fn swap_by_tuple(x: f64, y: f64) -> f64 {
        let (mut a, mut b) = (x, y);
        (a, b) = (b * b, a);
        a - b * a
    }

    pub fn mutable_parameter(mut x: f64) -> f64 {
        x *= x;
        x += 1.0;
        x * x
    }

    pub fn cast_of_integer(x: f64, n: usize) -> f64 {
        let half = n as f64 / 2.0;
        x * half + n as f64
    }

    pub fn unused_result(x: f64) -> f64 {
        let _ = x.exp();
        let _unused = x.sin();
        x * x
    }

    pub fn constant(_x: f64) -> f64 {
        4.0
    }

    pub fn same_variable_four_times(x: f64) -> f64 {
        x * x * x * x
    }

    // a suffix is what the type of a receiver follows from
    pub fn literals_with_suffixes(x: f64) -> f64 {
        let a = (-1.0_f64).abs() + (0.5_f64).sin();
        let pair = (0.5_f64, (-2.0_f64).exp());
        let b = -3.0_f64;
        a * x + pair.1 * (1.0_f64 + 2.0).sqrt() * x * x + b.abs() * pair.0
    }

    pub fn assigned_later(x: f64) -> f64 {
        let y;
        y = x * x;
        y.sin()
    }
}

#[test]
fn arithmetic() {
    laws!(product(x: 2.0, y: -3.0));
    laws!(quotient_of_constant(x: 0.7));
    laws!(identity(x: 0.7));
    laws!(same_variable_four_times(x: 1.3));
}

#[test]
fn bindings() {
    laws!(shadowed(x: 1.1));
    laws!(mutated(x: 0.4, y: -0.8));
    laws!(compound(x: 0.4, y: -0.8));
    laws!(remainder_assigned(x: 1.7, y: 0.8));
    laws!(blocks(x: 0.3));
    laws!(mutable_parameter(x: 1.2));
    laws!(assigned_later(x: 1.2));
}

#[test]
fn tuples_and_casts() {
    laws!(tuples(x: 1.2, y: 0.7));
    laws!(literals_with_suffixes(x: 1.2));
    laws!(swap_by_tuple(x: 1.2, y: 0.7));
    laws!(cast_of_integer(x: 1.5, _: 3));
}

#[test]
fn what_does_not_matter() {
    laws!(unused_result(x: 1.2));
    laws!(constant(x: 1.2));
}
