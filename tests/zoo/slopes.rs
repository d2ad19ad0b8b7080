//! Functions of one float: reverse mode by their slope.

const TABLE: [f64; 5] = [0.7, -0.2, 1.3, 0.4, -0.9];

zoo! {
    /// Everything passes `a`.
    pub fn through_one_variable(x: f64) -> f64 {
        let a = (0.5 * x).abs();
        let mut numerator: f64 = TABLE[0];
        for i in 1..5 {
            numerator = numerator * a + TABLE[i];
        }
        let tail = (-0.5 * a * a).exp() * numerator / (a + 1.0);
        if x > 0.0 { 1.0 - tail } else { tail }
    }

    /// A parameter that is overwritten, and names that generated code would like to have.
    pub fn overwritten(mut x: f64, n: usize) -> f64 {
        let slope = 2.0 * x;
        for k in 0..n {
            x = x * slope.cos() + (k as f64);
        }
        let result_bar = x * slope;
        result_bar - x
    }

    pub fn until_it_is_large(x: f32) -> f32 {
        let mut y = x;
        let mut steps = 0;
        while y < 10.0 && steps < 20 {
            y = y * y + 0.5 * x;
            steps += 1;
        }
        y
    }

    /// Sine and cosine of the same angle: the value may not read the derivative.
    pub fn sine_and_cosine(x: f64) -> f64 {
        let s = x.sin();
        let c = x.cos();
        s * c + s
    }

    pub fn within_an_array(x: f64, weights: [usize; 3]) -> f64 {
        let mut powers = [x; 3];
        for i in 1..3 {
            powers[i] = powers[i - 1] * x;
        }
        let mut sum = 0.0;
        for i in 0..3 {
            sum += powers[i] * weights[i] as f64;
        }
        sum
    }

    /// Called in a loop, where each pullback is kept.
    pub fn calls(x: f64, y: f64) -> f64 {
        let mut sum = 0.0;
        for i in 0..4 {
            sum += through_one_variable(x * i as f64 - y) * overwritten(y, i);
        }
        sum
    }

    // near misses, which keep their reverse sweep

    /// A root may have an infinite slope, over which a zero cotangent wins.
    pub fn strong_zero(x: f64) -> f64 {
        x * x.sqrt()
    }

    /// What the callee's slope is, is not known here.
    pub fn calls_one(x: f64) -> f64 {
        strong_zero(x) * x
    }

    pub fn with_a_slice(x: f64, weights: &[f64]) -> f64 {
        let mut y = x;
        for weight in weights {
            y = (y * weight).sin();
        }
        y
    }

    #[options(checkpoint)]
    pub fn checkpointed(x: f64, n: usize) -> f64 {
        let mut y = x;
        for _ in 0..n {
            y = (y * x).sin() + 0.1;
        }
        y
    }
}

#[test]
fn slopes() {
    for x in [0.7, -1.3, 0.0] {
        laws!(sine_and_cosine(x: x));
        laws!(within_an_array(x: x, _: [3, 1, 2]));
    }
    laws!(through_one_variable(x: 0.7));
    laws!(through_one_variable(x: -1.3));
    laws!(overwritten(x: 0.7, _: 0));
    laws!(overwritten(x: 0.7, _: 4));
    laws!(until_it_is_large(x: 1.3f32));
    laws!(calls(x: 0.4, y: 0.9));
    laws!(strong_zero(x: 0.7));
    laws!(calls_one(x: 0.7));
    laws!(with_a_slice(x: 0.7, weights: &vec![0.3, 1.2]));
    laws!(checkpointed(x: 0.7, _: 5));
}

#[test]
fn a_pullback_owns_its_slope_only() {
    use simplified::{overwritten, through_one_variable, until_it_is_large, within_an_array};
    assert_eq!(size_of_val(&through_one_variable::vjp(0.7).1), size_of::<f64>());
    assert_eq!(size_of_val(&overwritten::vjp(0.7, 4).1), size_of::<f64>());
    assert_eq!(size_of_val(&until_it_is_large::vjp(1.3).1), size_of::<f32>());
    assert_eq!(size_of_val(&within_an_array::vjp(0.7, [3, 1, 2]).1), size_of::<f64>());
}

/// Where a partial is infinite, reverse mode stays as it was.
#[test]
fn a_zero_cotangent_wins_over_an_infinite_slope() {
    assert_eq!(simplified::strong_zero::grad(0.0), 0.0);
    assert_eq!(simplified::strong_zero::vjp(0.0).1(1.0), 0.0);
    assert_eq!(simplified::calls_one::vjp(0.0).1(1.0), 0.0);
}
