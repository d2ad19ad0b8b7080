//! `match`, `if let`, `let else`, `while let`; constructors of the standard library.

/// How to combine, without a derivative of its own.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    Power(i32),
    Scaled { by: usize },
    Plain,
}

fn twice(f: impl Fn(usize) -> usize) -> usize {
    f(1) + f(2)
}

zoo! {
    // in copied source the names of a pattern start behind what is matched, and end with the `if` or the `while`
    #[options(wrt(y))]
    pub fn names_in_copied_source(y: f64, x: usize, o: Option<usize>) -> f64 {
        let n = twice(|k| (if let Some(x) = o { x + k } else { x }) + x);
        let m = twice(|k| {
            let (mut rest, mut sum) = (vec![k, 4], 0);
            while let Some(x) = rest.pop() {
                sum += x;
            }
            sum * x
        });
        let l = twice(|k| if let (Some(x), true) = (o, x > 2) && x > k { x } else { x + 100 });
        (y * n as f64).sin() * (l * m) as f64
    }

    // HARD_CASES 18
    pub fn match_on_integer(x: f64, n: usize) -> f64 {
        match n {
            0 => x * x,
            1 | 2 => x.sin(),
            3..=5 => {
                let y = x.exp();
                y * x
            }
            k if k % 2 == 0 => x * k as f64,
            _ => 1.0 / x,
        }
    }

    pub fn match_on_float(x: f64, y: f64) -> f64 {
        match x * y {
            v if v > 1.0 => v.ln() * x,
            v if v < 0.0 => v * v,
            v => v * y,
        }
    }

    pub fn match_on_tuple(x: f64, a: bool, b: bool) -> f64 {
        match (a, b) {
            (true, true) => x * x,
            (true, false) => x.cos(),
            (false, _) => x,
        }
    }

    pub fn match_on_inactive_enum(x: f64, #[no_diff] mode: Mode) -> f64 {
        let y = match mode {
            Mode::Power(n) => x.powi(n),
            Mode::Scaled { by } => x * by as f64,
            Mode::Plain => x,
        };
        y * x
    }

    // 19
    pub fn arm_returns(x: f64, n: usize) -> f64 {
        let y = match n {
            0 => return x * 3.0,
            1 => x * x,
            _ => return x.sin(),
        };
        y.exp()
    }

    pub fn arms_with_statements(xs: &[f64], n: usize) -> f64 {
        let mut s = 1.0;
        for i in 0..xs.len() {
            match (i + n) % 3 {
                0 => s += xs[i],
                1 => {
                    s *= xs[i];
                    if s > 10.0 {
                        break;
                    }
                }
                _ => continue,
            }
            s = s.sin() + xs[0];
        }
        s
    }

    // 25, 51
    pub fn if_let(x: Option<f64>, y: f64) -> f64 {
        if let Some(x) = x { x * y } else { y * y }
    }

    pub fn option_by_reference(x: &Option<f64>, y: f64) -> f64 {
        let mut s = y;
        if let Some(x) = x {
            s *= x * x;
        }
        s
    }

    pub fn match_option(x: Option<f64>, y: f64) -> f64 {
        match x {
            Some(x) if x > 1.0 => x.ln() * y,
            Some(x) => x * x * y,
            None => y.sin(),
        }
    }

    pub fn let_else(x: Option<f64>, y: f64) -> f64 {
        let Some(x) = x else {
            return y * y;
        };
        let z = x * y;
        z * x
    }

    pub fn option_in_loop(xs: &[Option<f64>]) -> f64 {
        let mut s = 1.0;
        for i in 0..xs.len() {
            let Some(x) = xs[i] else { continue };
            s *= x;
        }
        s
    }

    pub fn unwrapped(x: Option<f64>, y: Option<f64>) -> f64 {
        x.unwrap() * y.expect("a value") + x.unwrap()
    }

    pub fn builds_options(x: f64, y: f64) -> f64 {
        let a = if x > y { Some(x * y) } else { None };
        let b = Some(x);
        match (a, b) {
            (Some(p), Some(q)) => p * q,
            (None, Some(q)) => q * q * y,
            _ => 0.0,
        }
    }

    pub fn if_let_chain(x: Option<f64>, y: f64) -> f64 {
        if y > 0.0
            && let Some(x) = x
            && x > 0.5
        {
            return x * y;
        }
        y * 3.0
    }

    pub fn slice_patterns(xs: &[f64]) -> f64 {
        match xs {
            [] => 0.0,
            [x] => x * x,
            [first, .., last] => first * last,
        }
    }

    pub fn array_pattern(xs: [f64; 3]) -> f64 {
        let [a, b, c] = xs;
        a * b + c.sin() * a
    }

    pub fn while_let(x: f64) -> f64 {
        let mut rest = Some(x);
        let mut s = 0.0;
        while let Some(y) = rest {
            s += y * y;
            rest = if y > 1.0 { Some(y * 0.5) } else { None };
        }
        s
    }

    pub fn safe_division(x: f64, y: f64) -> Result<f64, ()> {
        if y == 0.0 {
            return Err(());
        }
        Ok(x / y)
    }

    pub fn chained_results(x: f64, y: f64) -> Result<f64, ()> {
        let a = safe_division(x, y)?;
        let b = safe_division(a * a, x)?;
        Ok(a + b)
    }

    pub fn described_division(x: f64, y: f64) -> Result<f64, String> {
        if y == 0.0 {
            return Err(format!("{x} by zero"));
        }
        Ok(x / y)
    }

    pub fn described_twice(x: f64, y: f64) -> Result<f64, String> {
        let z = described_division(x, y)?;
        Ok(z * described_division(z, x)?)
    }

    pub fn nested_match(x: f64, n: usize, m: usize) -> f64 {
        match n {
            0 => match m {
                0 => x,
                _ => x * x,
            },
            _ => {
                if m > 3 {
                    x.sin()
                } else {
                    match m {
                        1 => x.cos() * x,
                        _ => x.exp(),
                    }
                }
            }
        }
    }
}

#[test]
fn matches() {
    for n in [0, 2, 4, 8, 9] {
        laws!(match_on_integer(x: 0.7, _: n));
    }
    laws!(match_on_float(x: 1.7, y: 1.2));
    laws!(match_on_float(x: -1.7, y: 1.2));
    laws!(match_on_float(x: 0.7, y: 0.2));
    laws!(match_on_tuple(x: 0.7, _: true, _: true));
    laws!(match_on_tuple(x: 0.7, _: true, _: false));
    laws!(match_on_tuple(x: 0.7, _: false, _: false));
    laws!(match_on_inactive_enum(x: 0.7, _: Mode::Power(3)));
    laws!(match_on_inactive_enum(x: 0.7, _: Mode::Scaled { by: 4 }));
    laws!(match_on_inactive_enum(x: 0.7, _: Mode::Plain));
    for n in [0, 1, 2] {
        laws!(arm_returns(x: 0.7, _: n));
        laws!(arms_with_statements(xs: &vec![0.7, 0.4, 1.1, 3.0, 0.3, 0.8], _: n));
        laws!(nested_match(x: 0.7, _: 0, _: n));
        laws!(nested_match(x: 0.7, _: 1, _: n));
    }
    laws!(nested_match(x: 0.7, _: 1, _: 5));
}

#[test]
fn options() {
    laws!(if_let(x: Some(0.7), y: 1.2));
    laws!(if_let(x: None::<f64>, y: 1.2));
    laws!(option_by_reference(x: &Some(0.7), y: 1.2));
    laws!(option_by_reference(x: &None::<f64>, y: 1.2));
    laws!(match_option(x: Some(0.7), y: 1.2));
    laws!(match_option(x: Some(1.7), y: 1.2));
    laws!(match_option(x: None::<f64>, y: 1.2));
    laws!(let_else(x: Some(0.7), y: 1.2));
    laws!(let_else(x: None::<f64>, y: 1.2));
    laws!(option_in_loop(xs: &vec![Some(0.7), None, Some(1.3)]));
    laws!(unwrapped(x: Some(0.7), y: Some(1.3)));
    laws!(builds_options(x: 1.7, y: 1.2));
    laws!(builds_options(x: 0.7, y: 1.2));
    laws!(if_let_chain(x: Some(0.7), y: 1.2));
    laws!(if_let_chain(x: Some(0.2), y: 1.2));
    laws!(if_let_chain(x: None::<f64>, y: 1.2));
    laws!(while_let(x: 2.7));
    laws!(names_in_copied_source(y: 0.7, _: 5, _: Some(7)));
    laws!(names_in_copied_source(y: 0.7, _: 5, _: None));
}

#[test]
fn results() {
    map_laws!(safe_division(x: 0.7, y: 1.2));
    map_laws!(chained_results(x: 0.7, y: 1.2));
}

/// The failure of a call is the failure of its gradient.
macro_rules! failures {
    ($module:ident) => {
        use $module::*;
        assert_eq!(described_twice(3.0, 2.0), Ok(0.75));
        assert_eq!(described_twice::grad(3.0, 2.0), Ok((0.25, -0.75)));
        assert_eq!(described_twice::value_and_grad(3.0, 2.0), Ok((0.75, (0.25, -0.75))));
        assert_eq!(described_twice::grad(3.0, 0.0), Err("3 by zero".to_owned()));
        let (value, pullback) = described_twice::vjp(3.0, 2.0);
        // x/y · (x/y)/x = x/y²
        assert_eq!(value, Ok(0.75));
        assert_eq!(pullback(Ok(1.0)), (0.25, -0.75));
        let (value, pullback) = described_twice::vjp(3.0, 0.0);
        assert_eq!(value, Err("3 by zero".to_owned()));
        assert_eq!(pullback(Err(())), (0.0, 0.0));
        assert_eq!(described_twice::jvp(3.0, 2.0, (0.0, 1.0)), (Ok(0.75), Ok(-0.75)));
    };
}

#[test]
fn failures() {
    {
        failures!(simplified);
    }
    failures!(unsimplified);
}

#[test]
fn slices() {
    laws!(slice_patterns(xs: &vec![0.7]));
    laws!(slice_patterns(xs: &vec![0.7, 1.4, 0.2]));
    laws!(array_pattern(xs: [0.7, 1.4, 0.2]));
}
