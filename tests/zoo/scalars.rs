//! Every scalar function that the standard library has, in both float types.

/// A function of one argument and its laws, in `f64` and `f32`, as a method and by its path.
macro_rules! scalar {
    ($($name:ident($x:ident at $point:expr)),* $(,)?) => {$(
        mod $name {
            zoo! {
                pub fn double($x: f64) -> f64 {
                    $x.$name() * ($x + 2.0)
                }

                pub fn single($x: f32) -> f32 {
                    f32::$name($x) - $x
                }
            }

            #[test]
            fn laws() {
                laws!(double(x: $point));
                laws!(single(x: $point as f32));
            }
        }
    )*};
}

scalar! {
    abs(x at -1.3), signum(x at -1.3), sqrt(x at 1.7), cbrt(x at -1.7), recip(x at 0.8),
    exp(x at 0.6), exp2(x at 0.6), exp_m1(x at 0.6), ln(x at 1.6), log2(x at 1.6), log10(x at 1.6), ln_1p(x at 0.6),
    sin(x at 0.9), cos(x at 0.9), tan(x at 0.9), asin(x at 0.3), acos(x at 0.3), atan(x at 0.9),
    sinh(x at 0.9), cosh(x at 0.9), tanh(x at 0.9), asinh(x at 0.9), acosh(x at 1.9), atanh(x at 0.3),
    floor(x at 1.4), ceil(x at 1.4), round(x at 1.2), round_ties_even(x at 1.2), trunc(x at -1.4), fract(x at -1.4),
    to_degrees(x at 0.9), to_radians(x at 0.9),
}

zoo! {
    pub fn powi_of_runtime(x: f64, n: i32) -> f64 {
        x.powi(n) + x.powi(2) * x.powi(-1)
    }

    pub fn powf_both(x: f64, p: f64) -> f64 {
        x.powf(p)
    }

    pub fn log_both(x: f64, base: f64) -> f64 {
        x.log(base)
    }

    pub fn hypot_both(x: f64, y: f64) -> f64 {
        x.hypot(y) * y
    }

    pub fn atan2_both(y: f64, x: f64) -> f64 {
        y.atan2(x) * x
    }

    pub fn mul_add_all(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c * a).mul_add(b, 2.0)
    }

    pub fn max_min(x: f64, y: f64) -> f64 {
        x.max(y) * x.min(y) + x.max(0.5) - y.min(0.5)
    }

    pub fn clamp_all(x: f64, low: f64, high: f64) -> f64 {
        x.clamp(low, high) * x + (x * 10.0).clamp(low, high) + (-x * 10.0).clamp(low, high)
    }

    pub fn copysign_both(x: f64, y: f64) -> f64 {
        x.copysign(y) * y
    }

    pub fn remainders(x: f64, y: f64) -> f64 {
        x % y + x.rem_euclid(y) * y + x.div_euclid(y)
    }

    pub fn sin_cos_pair(x: f64) -> f64 {
        let (s, c) = x.sin_cos();
        s * c + s
    }

    pub fn by_path(x: f64, y: f64) -> f64 {
        f64::sin(x) * f64::powf(y, x) + f64::max(x, y)
    }

    pub fn constants(x: f64) -> f64 {
        std::f64::consts::PI * x * x + f64::EPSILON + 1e-3 * x + 2f64 * x
    }

    pub fn many_divisions(x: f64, y: f64) -> f64 {
        x / y / (x + y) / 2.0 / x / (y / x)
    }

    pub fn double_negation(x: f64) -> f64 {
        -(-x * -(x * x))
    }
}

#[test]
fn of_two_and_more_arguments() {
    for n in [-2, -1, 0, 1, 2, 5] {
        laws!(powi_of_runtime(x: -1.3, _: n));
    }
    laws!(powf_both(x: 1.3, p: 2.5));
    laws!(log_both(x: 1.3, base: 2.5));
    laws!(hypot_both(x: -1.3, y: 2.5));
    laws!(atan2_both(y: -1.3, x: -2.5));
    laws!(mul_add_all(a: 1.3, b: -0.3, c: 0.7));
    laws!(max_min(x: 1.3, y: -0.3));
    laws!(max_min(x: -1.3, y: 0.3));
    laws!(clamp_all(x: 0.4, low: -1.1, high: 2.3));
    laws!(copysign_both(x: 1.3, y: -0.8));
    laws!(remainders(x: -7.3, y: 2.0));
    laws!(remainders(x: 7.3, y: -2.0));
}

#[test]
fn written_otherwise() {
    laws!(sin_cos_pair(x: 0.7));
    laws!(by_path(x: 0.7, y: 1.9));
    laws!(constants(x: 0.7));
    laws!(many_divisions(x: 0.7, y: 1.9));
    laws!(double_negation(x: 0.7));
}
