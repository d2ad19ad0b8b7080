//! Conditions that change something, and conversions between floats.

zoo! {
    // an integer that a condition in a loop advances, and a statement behind it: the reverse sweep cannot count it back
    pub fn advanced_by_a_condition(x: f64, y: f64, ys: &[f64], n: usize) -> f64 {
        let (mut x, mut y) = (x, y);
        let mut k: usize = (n + 2) % 4;
        for i in 0..3 {
            if {
                k += 1;
                y
            } < 0.5
            {
                y += ys[(k + k) % 4] * x;
                x *= ys[i];
            }
        }
        k += 1;
        x * ys[k % 4] + y
    }

    /// Halves a value and says what it was.
    pub fn halve(x: &mut f64) -> f64 {
        let before = *x;
        *x *= 0.5;
        before
    }

    pub fn assigned_in_if(a: f64, b: f64) -> f64 {
        let mut a = a;
        if { a *= b; a } > 1.0 { a * b } else { a - b }
    }

    pub fn assigned_in_while(x: f64) -> f64 {
        let mut y = x;
        let mut s = 0.0;
        while { y = y * y * 0.8; y > 0.1 } {
            s += y * x;
        }
        s + y
    }

    pub fn called_in_while(x: f64, y: f64) -> f64 {
        let mut x = x;
        let mut s = y;
        while halve(&mut x) > 0.3 {
            s = s * y + x;
            if s > 4.0 {
                continue;
            }
            s *= x;
        }
        s * x
    }

    pub fn called_on_both_sides(x: f64, y: f64) -> f64 {
        let (mut x, mut y) = (x, y);
        if halve(&mut x) * y < halve(&mut y) + x { x * y } else { x - y * y }
    }

    /// The right operand of `&&` and `||` runs in one case only.
    pub fn lazily(x: f64, y: f64) -> f64 {
        let mut x = x;
        let both = y > 1.0 && halve(&mut x) > 0.5;
        let one = y > 2.0 || { x *= y; x > 1.0 };
        let neither = !(halve(&mut x) > y);
        x * if both { y } else { 1.0 } * if one { y * y } else { 2.0 } + if neither { x } else { y }
    }

    pub fn counted_in_condition(x: f64, n: usize) -> f64 {
        let mut y = x;
        let mut i = 0;
        while { i += 1; i < n } {
            y = y * x + i as f64;
        }
        y * i as f64
    }

    pub fn counted_in_guard(x: f64, n: usize) -> f64 {
        let mut y = x;
        let mut asked = 0;
        for i in 0..n {
            y = match i {
                0 if { asked += 1; asked > 3 } => y,
                1 | 2 if { asked += 2; asked > 3 } => y * x,
                _ => y + x * asked as f64,
            };
        }
        y * asked as f64
    }

    pub fn popped_in_condition(mut xs: Vec<f64>, mut stack: Vec<usize>, y: f64) -> f64 {
        let mut s = y;
        while stack.pop().is_some() {
            s *= y;
        }
        while xs.pop().is_some() {
            s += y * xs.iter().sum::<f64>();
        }
        s
    }

    pub fn left_in_condition(x: Option<f64>, y: f64) -> Option<f64> {
        let mut s = y;
        while s < x? {
            s *= 1.0 + y;
        }
        Some(s)
    }

    pub fn left_lazily(x: f64, y: Option<f64>) -> Option<f64> {
        if x > 0.0 && y? > x {
            return Some(x * y?);
        }
        let large = x < -2.0 || y? > 1.0;
        if large { Some(x * x) } else { Some(x + y?) }
    }

    pub fn left_in_scrutinee(x: f64, y: Option<f64>) -> Option<f64> {
        let z = match y? > x {
            true => x * x,
            false => x,
        };
        if let Some(w) = Some(y? * z) {
            return Some(w * x);
        }
        None
    }

    pub fn scrutinee_with_effect(x: f64, y: f64) -> f64 {
        let mut x = x;
        match { x *= y; x > 1.0 } {
            true => x * y,
            false => x + y,
        }
    }

    pub fn from_single(x: f32, y: f64) -> f64 {
        let wide: f64 = x.into();
        f64::from(x) * y + f64::from(x * x) * wide
    }

    pub fn into_double(x: f32) -> f64 {
        let y = x * x;
        y.into()
    }

    pub fn from_others(x: f64, n: u32, flag: bool) -> f64 {
        let weight: f64 = n.into();
        x * f64::from(n) * weight + f64::from(flag) * x + f64::from(x > 0.0) + f64::from(2.0 * x)
    }

    pub fn of_single_call(x: f32) -> f64 {
        f64::from(single_square(x)) * 2.0
    }

    pub fn single_square(x: f32) -> f32 {
        x * x
    }
}

#[test]
fn integers_that_conditions_advance() {
    for n in 0..4 {
        laws!(advanced_by_a_condition(x: 0.5, y: 0.3, ys: &vec![-0.4, 0.2, -0.7, -0.3], _: n));
    }
}

#[test]
fn conditions_that_change_something() {
    laws!(halve(x: &mut 0.7));
    laws!(assigned_in_if(a: 0.7, b: 1.2));
    laws!(assigned_in_if(a: 1.7, b: 1.2));
    laws!(assigned_in_while(x: 1.1));
    laws!(assigned_in_while(x: 0.2));
    laws!(called_in_while(x: 2.7, y: 1.2));
    laws!(called_in_while(x: 0.2, y: 1.2));
    laws!(called_on_both_sides(x: 0.7, y: 1.2));
    laws!(called_on_both_sides(x: 1.7, y: 1.2));
    for y in [0.7, 1.2, 2.3] {
        laws!(lazily(x: 1.7, y: y));
        laws!(lazily(x: 0.4, y: y));
    }
    laws!(counted_in_condition(x: 0.7, _: 4));
    laws!(counted_in_condition(x: 0.7, _: 0));
    laws!(counted_in_guard(x: 0.7, _: 5));
    laws!(popped_in_condition(xs: vec![0.7, 0.4, 1.3], _: vec![1, 2], y: 1.2));
    map_laws!(left_in_condition(x: Some(3.0), y: 0.7));
    map_laws!(left_in_condition(x: None::<f64>, y: 0.7));
    for x in [0.7, 1.7, -0.7, -2.7] {
        map_laws!(left_lazily(x: x, y: Some(1.2)));
        map_laws!(left_lazily(x: x, y: Some(0.2)));
        map_laws!(left_lazily(x: x, y: None::<f64>));
        map_laws!(left_in_scrutinee(x: x, y: Some(0.8)));
        map_laws!(left_in_scrutinee(x: x, y: None::<f64>));
    }
    laws!(scrutinee_with_effect(x: 0.7, y: 1.2));
    laws!(scrutinee_with_effect(x: 1.7, y: 1.2));
}

#[test]
fn conversions() {
    laws!(from_single(x: 0.7_f32, y: 1.2));
    laws!(into_double(x: 0.7_f32));
    laws!(of_single_call(x: 0.7_f32));
    laws!(from_others(x: 0.7, _: 3, _: true));
}
