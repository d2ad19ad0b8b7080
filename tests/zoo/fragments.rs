//! Functions that `macro_rules!` makes: types, expressions, patterns and names that come from its caller.

use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Pair {
    y: f64,
    s: f64,
}

#[differentiable]
pub fn squared(x: f64) -> f64 {
    x * x + 1.0
}

/// A polynomial whose type the caller gives.
macro_rules! polynomial {
    ($name:ident, $t:ty) => {
        #[derive(Differentiable, Clone, Debug)]
        pub struct $name {
            pub constant: $t,
            pub others: Vec<$t>,
        }
        #[differentiable]
        impl $name {
            pub fn at(&self, x: $t) -> $t {
                self.others.iter().fold(self.constant, |sum, other| sum * x + other)
            }
        }
    };
}
polynomial!(Polynomial, f64);

// `$y` is also the name of a variable of the macro, and another variable than that
macro_rules! functions {
    ($y:ident, $s:ident, $e:expr, $slice:ty, $vector:ty, $float:ty, $single:ty, $count:expr, $f:path, $few:pat, $low:literal,
     $op:tt, $square:expr, $text:literal, $first:stmt, $body:block) => {
        zoo! {
            pub fn types_of_parameters(x: $slice, w: $vector, a: [$float; $count]) -> $float {
                let total: $float = x.iter().zip(&w).map(|(x, w)| x * w).sum::<$float>();
                let zero = <$float>::default();
                let mut sums = <Vec<$float>>::new();
                for k in 0..$count { sums.push(total * a[$count - 1 - k] + zero); }
                <$float>::sin(sums[0]) * sums[1].max(<$float>::MIN) * sums[$count - 1]
            }
            pub fn changed(x: &mut [$float], k: $single) {
                let wide = k as $float;
                x[0] *= wide;
                let y: $float = x[1];
                x[1] = y * <$float>::from(k);
            }
            pub fn kept_together($y: f64) -> f64 {
                let v: Vec<$float> = vec![2.0 * $e, -$e];
                let w = vec![$e; 2];
                assert!(3.0 * $e != 0.0, $text);
                2.0 * $e - $y / $e + v[0] * v[1] * w[1]
            }
            pub fn patterns_and_literals(x: f64, n: usize) -> f64 {
                let scale = match n { $few => 3.0 * x, _ => -$low * x * x };
                scale * x - $low
            }
            pub fn operators_and_paths(a: f64, b: f64) -> f64 {
                let square = $square;
                (a $op b $op a) * $f(b) + square(a) * $f($low)
            }
            pub fn conditions($y: f64) -> f64 {
                if $e > 1.0 || $e < -2.0 { $y * $y } else if !($e > 0.5) && $y > 0.0 { $y } else { -$y.powi(3) }
            }
            pub fn assigned($s: &mut [f64], $y: f64) {
                $s[0] = $e;
                $s[1] *= $e;
                $s[0] -= $e * $s[1];
            }
            pub fn early($y: f64) -> Option<f64> {
                let y = if $e > 0.0 { Some($e * $y) } else { None }?;
                Some(y * $y)
            }
            pub fn statements($y: f64) -> f64 {
                let y = 3.0;
                $first;
                $s * $y * y
            }
            pub fn whole_body($y: f64) -> f64 $body
            // two variables are called `y` here, and two are called `s`
            pub fn two_of_a_name($y: f64) -> f64 {
                let y = 2.0 * $y;
                let s = Pair { y, s: $e };
                let Pair { y, s: $s } = s;
                let mut total = y.sin() * $e;
                for s in vec![y, $y, $s] {
                    let f = |y: f64| y * s + $s;
                    total += f($y) * s - y;
                }
                assert!(total.abs() < 1e9, "{} {}", y, $y);
                total
            }
            pub fn method_of_made_type(p: &Polynomial, x: f64) -> f64 { p.at(x) * p.constant }
        }
    };
}
functions!(
    y, s, y + 0.25, &[f64], Vec<f64>, f64, f32, 1 + 2, super::squared, 0 | 2..=3, 0.5, -, |t| t * t + 1.0, "not zero",
    let s = y * y.sin(), { let s = y * y; s.sin() + y }
);

#[test]
fn fragments() {
    laws!(types_of_parameters(x: &vec![1.0, 2.0], w: vec![0.5, -0.25], a: [0.3, 0.7, 1.1]));
    map_laws!(changed(x: &mut vec![1.0, 2.0], k: 1.5_f32));
    laws!(kept_together(y: 1.3));
    for n in 0..3 {
        laws!(patterns_and_literals(x: 1.3, _: n));
    }
    laws!(operators_and_paths(a: 0.7, b: 2.0));
    for y in [0.9, 0.5, 0.1, -0.6, -3.0] {
        laws!(conditions(y: y));
    }
    map_laws!(assigned(s: &mut vec![1.0, 2.0], y: 0.4));
    map_laws!(early(y: 1.3));
    map_laws!(early(y: -1.3));
    laws!(statements(y: 0.4));
    laws!(whole_body(y: 0.4));
    laws!(method_of_made_type(p: &Polynomial { constant: 1.0, others: vec![2.0, 0.5] }, x: 2.0));
}

#[test]
fn names() {
    laws!(two_of_a_name(y: 0.7));
    let y = 0.7_f64;
    let inner = 2.0 * y;
    let expected =
        inner.sin() * (y + 0.25) + [inner, y, y + 0.25].iter().map(|s| (y * s + y + 0.25) * s - inner).sum::<f64>();
    assert!((simplified::two_of_a_name(0.7) - expected).abs() < 1e-12);
}
