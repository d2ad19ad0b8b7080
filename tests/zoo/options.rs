//! `Option`s that are not taken apart by a pattern: `unwrap_or`, `map_or`, `map` and their kin, and elements that may not be
//! there.

use chainrule::{Differentiable, differentiable};

#[derive(Clone, Copy, Debug, Differentiable)]
pub struct Part {
    low: f64,
    k: f64,
}

/// An optional part with a field that is named like one of its own.
#[derive(Clone, Debug, Differentiable)]
pub struct Whole {
    high: Option<Part>,
    middle: Option<Part>,
    low: f64,
}

#[differentiable]
impl Whole {
    fn tried(&self) -> Option<f64> {
        let high = self.high?;
        Some(high.k * self.low)
    }

    fn tried_twice(&self) -> Option<f64> {
        Some(self.high?.k * self.low - self.middle?.low * self.low)
    }
}

zoo! {
    pub fn parts_of_the_receiver(whole: &Whole) -> f64 {
        whole.tried().unwrap_or(whole.low) * whole.tried_twice().unwrap_or(2.0)
    }

    pub fn unwrapped_or(x: Option<f64>, y: f64) -> f64 {
        x.unwrap_or(y * y) * y
    }

    pub fn unwrapped_or_default(x: Option<f64>, y: f64) -> f64 {
        x.unwrap_or_default() * y + y.sin()
    }

    pub fn unwrapped_or_else(x: Option<f64>, y: f64) -> f64 {
        x.unwrap_or_else(|| y.sin()) * y
    }

    pub fn mapped_or(x: Option<f64>, y: f64) -> f64 {
        x.map_or(y, |x| x * x * y) + x.map_or(0.0, f64::sin)
    }

    pub fn mapped_or_else(x: Option<f64>, y: f64) -> f64 {
        x.map_or_else(|| y * y, |x| x * y)
    }

    pub fn mapped(x: Option<f64>, y: f64) -> Option<f64> {
        let z = x.map(|x| x * y).map(f64::cos);
        z.and_then(|z| if z > 0.5 { Some(z * y) } else { None })
    }

    pub fn mapped_and_unwrapped(x: Option<f64>, y: f64) -> f64 {
        let scale = 2.0 * y;
        x.as_ref().map(|x| x * scale).unwrap_or(y)
    }

    /// The default is evaluated in any case, after the receiver.
    pub fn default_with_effect(x: Option<f64>, mut y: f64) -> f64 {
        let z = x.unwrap_or({
            y *= 2.0;
            y * y
        });
        z * y
    }

    pub fn half_of_positive(x: f64) -> Option<f64> {
        if x > 0.0 { Some(0.5 * x) } else { None }
    }

    pub fn result_of_a_call(x: f64, y: f64) -> f64 {
        half_of_positive(x).unwrap_or(y * y) + half_of_positive(y).map_or(x, |half| half * x)
    }

    pub fn checked_half(x: f64) -> Result<f64, String> {
        if x > 0.0 { Ok(0.5 * x) } else { Err("not positive".to_owned()) }
    }

    pub fn result_or(x: f64, y: f64) -> f64 {
        let half = checked_half(x).unwrap_or(y * y);
        half + checked_half(y).map_or(x, |y| x * y) + checked_half(x * y).unwrap_or_default()
    }

    /// The receiver is copied before the default changes it.
    pub fn changed_by_its_default(x: f64, y: f64) -> f64 {
        let mut option = Some(x);
        let z = option.unwrap_or({
            option = Some(y);
            y
        });
        z * option.unwrap_or(1.0) * option.map_or(x, |y| x * y)
    }

    pub fn of_points(p: Option<(f64, f64)>, x: f64) -> f64 {
        let (a, b) = p.unwrap_or((x, 1.0));
        p.map_or(x, |(a, b)| a * b) + a * x * b
    }

    pub fn of_a_vector(p: Option<Vec<f64>>, x: f64) -> f64 {
        let v = p.unwrap_or_default();
        v.iter().map(|v| v * v * x).sum::<f64>() + x
    }

    pub fn popped_or(mut xs: Vec<f64>, x: f64) -> f64 {
        let last = xs.pop().unwrap_or(x);
        let next = xs.pop().map_or(x * x, |next| next * last);
        last * next + xs.iter().sum::<f64>()
    }

    pub fn inactive_options(x: f64, #[no_diff] scale: Option<f64>, n: Option<usize>) -> f64 {
        x.powi(n.unwrap_or(2) as i32) * scale.unwrap_or(3.0) * scale.map_or(1.0, |s| s + 1.0)
    }

    pub fn in_a_loop(xs: &[Option<f64>], y: f64) -> f64 {
        let mut s = 0.0;
        for x in xs.iter() {
            s = s * x.unwrap_or(y) + x.map_or(y, |x| x * s);
        }
        s
    }

    pub fn first_and_last(xs: &[f64], y: f64) -> f64 {
        let mut s = y;
        if let Some(x) = xs.first() {
            s *= x;
        }
        if let Some(&x) = xs.last() {
            s += x * x;
        }
        s
    }

    pub fn first_by_match(xs: &[f64], y: f64) -> f64 {
        match xs.first() {
            Some(x) if *x > 1.0 => x * y,
            Some(x) => x + y,
            None => y * y,
        }
    }

    pub fn last_by_let_else(xs: &[f64], y: f64) -> f64 {
        let Some(x) = xs.last().copied() else {
            return y;
        };
        x * y * y
    }

    pub fn last_by_question_mark(xs: &[f64], y: f64) -> Option<f64> {
        let x = xs.last()?;
        Some(*x * y + xs.first()?)
    }

    pub fn by_index(xs: &[f64], i: usize, y: f64) -> f64 {
        let mut s = xs.get(i).copied().unwrap_or(y * y);
        if let Some(x) = xs.get(i + 1) && *x > 0.0 {
            s *= x;
        }
        s + xs.get(2).map_or(y, |x| x * y)
    }

    pub fn defaults_in_defaults(xs: &mut [f64], i: usize, y: f64) -> f64 {
        xs[0] *= y;
        xs.get(i).copied().unwrap_or(if y < xs.get(i / 2).copied().unwrap_or(y) { xs[0] * y } else { y })
    }

    pub fn first_mutably(xs: &mut [f64], y: f64) -> f64 {
        if let Some(x) = xs.first_mut() {
            *x *= y;
        }
        if let Some(x) = xs.get_mut(1) {
            *x += y * y;
        }
        xs.iter().sum()
    }

    pub fn last_while_popping(mut xs: Vec<f64>, y: f64) -> f64 {
        let mut s = y;
        while let Some(x) = xs.last() {
            s = s * x + y;
            xs.pop();
        }
        s
    }

    pub fn first_or_reference(xs: &[f64], y: f64) -> f64 {
        *xs.first().unwrap_or(&1.0) * y + xs.last().copied().unwrap_or_default()
    }

    pub fn concatenated(a: &[f64], b: &[f64; 2], rows: &[[f64; 2]]) -> f64 {
        let joined = [a, b].concat();
        let flat = rows.concat();
        let ends = [&a[1..], &joined[..2]].concat();
        let mut s = 0.0;
        for (i, x) in joined.iter().enumerate() {
            s = s * x + flat[i % flat.len()];
        }
        s * ends[0] + ends[ends.len() - 1]
    }
}

#[test]
fn with_defaults() {
    for given in [Some(0.7), None] {
        laws!(unwrapped_or(x: given, y: 1.2));
        laws!(unwrapped_or_default(x: given, y: 1.2));
        laws!(unwrapped_or_else(x: given, y: 1.2));
        laws!(mapped_or(x: given, y: 1.2));
        laws!(mapped_or_else(x: given, y: 1.2));
        laws!(mapped_and_unwrapped(x: given, y: 1.2));
        laws!(default_with_effect(x: given, y: 1.2));
        laws!(inactive_options(x: 1.2, _: given, _: given.map(|_| 3)));
    }
    map_laws!(mapped(x: Some(0.7), y: 1.2));
    map_laws!(mapped(x: Some(1.7), y: 1.2));
    map_laws!(mapped(x: None::<f64>, y: 1.2));
    laws!(in_a_loop(xs: &vec![Some(0.7), None, Some(1.3)], y: 0.4));
}

#[test]
fn of_other_things() {
    laws!(result_of_a_call(x: 0.7, y: 1.2));
    laws!(result_of_a_call(x: -0.7, y: 1.2));
    laws!(result_of_a_call(x: 0.7, y: -1.2));
    laws!(result_or(x: 0.7, y: 1.2));
    laws!(result_or(x: -0.7, y: 1.2));
    laws!(result_or(x: 0.7, y: -1.2));
    laws!(changed_by_its_default(x: 0.7, y: 1.2));
    laws!(of_points(p: Some((0.7, 0.4)), x: 1.2));
    laws!(of_points(p: None::<(f64, f64)>, x: 1.2));
    laws!(of_a_vector(p: Some(vec![0.7, 0.4]), x: 1.2));
    laws!(of_a_vector(p: None::<Vec<f64>>, x: 1.2));
    laws!(popped_or(xs: vec![0.7, 0.4, 1.3], x: 1.2));
    laws!(popped_or(xs: vec![0.7], x: 1.2));
    laws!(popped_or(xs: Vec::<f64>::new(), x: 1.2));
}

#[test]
fn elements_that_may_not_be_there() {
    for xs in [vec![], vec![0.7], vec![1.7, 0.4, 0.9]] {
        laws!(first_and_last(xs: &xs.clone(), y: 1.2));
        laws!(first_by_match(xs: &xs.clone(), y: 1.2));
        laws!(last_by_let_else(xs: &xs.clone(), y: 1.2));
        map_laws!(last_by_question_mark(xs: &xs.clone(), y: 1.2));
        laws!(by_index(xs: &xs.clone(), _: 0, y: 1.2));
        laws!(defaults_in_defaults(xs: &mut [&[0.3], &xs[..]].concat(), _: 3, y: 1.2));
        laws!(defaults_in_defaults(xs: &mut [&[0.3], &xs[..]].concat(), _: 9, y: 1.2));
        laws!(first_mutably(xs: &mut xs.clone(), y: 1.2));
        laws!(last_while_popping(xs: xs.clone(), y: 1.2));
        laws!(first_or_reference(xs: &xs.clone(), y: 1.2));
    }
    laws!(concatenated(a: &vec![0.7, 0.4, 1.3], b: &[0.3, 0.6], rows: &vec![[0.2, 0.9], [1.1, 0.5]]));
}

#[test]
fn of_the_receiver() {
    let (high, middle) = (Some(Part { low: 5.0, k: 2.0 }), Some(Part { low: 0.7, k: 1.0 }));
    laws!(parts_of_the_receiver(whole: &Whole { high, middle, low: 3.0 }));
    laws!(parts_of_the_receiver(whole: &Whole { high, middle: None, low: 3.0 }));
    laws!(parts_of_the_receiver(whole: &Whole { high: None, middle, low: 3.0 }));
}
