//! References that are chosen where they are used: `f(if c { &a } else { &b })`.

use chainrule::Differentiable;
#[derive(Differentiable, Clone, Debug)]
pub struct P {
    pub x: f64,
    pub ys: Vec<f64>,
}
zoo! {
    pub fn squares(xs: &[f64], k: f64) -> f64 { xs.iter().map(|x| x * x).sum::<f64>() * k }
    pub fn pick(x: &f64, y: f64) -> f64 { x * y }
    pub fn chosen_argument(a: &[f64], b: &[f64], n: usize) -> f64 { squares(if n > 2 { a } else { b }, a[0]) }
    pub fn chosen_by_match(a: &[f64], b: &[f64], n: usize) -> f64 { 2.0 * squares(match n { 0 => &a[1..], 1 => b, _ => &b[..1] }, b[0]) + a[0] }
    pub fn chosen_twice(a: &[f64], b: &[f64], n: usize) -> f64 { let s = squares(if n > 2 { a } else { b }, a[0]) * squares(if n > 1 { b } else { a }, b[1]); s * s }
    pub fn first_or_zero(a: &[f64], b: f64) -> f64 { pick(a.first().unwrap_or(&b), b) + pick(a.get(2).unwrap_or(&0.5), a[0]) }
    pub fn operand(a: f64, b: f64, n: usize) -> f64 { 2.0 * *if n > 2 { &a } else { &b } + a }
    pub fn receiver(a: &[f64], b: &[f64], n: usize) -> f64 { (if n > 2 { a } else { b }).iter().sum::<f64>() * a[0] }
    pub fn field(p: &P, q: &P, n: usize) -> f64 { (if n > 2 { p } else { q }).x * (match n { 0 => p, _ => q }).ys[0] }
    pub fn in_condition(a: &[f64], b: &[f64], n: usize) -> f64 { if squares(if n > 2 { a } else { b }, 1.0) > 3.0 { a[0] * b[0] } else { b[1] } }
    pub fn lazily(a: &[f64], b: &[f64], n: usize) -> f64 { let t = n > 1 && squares(if n > 2 { a } else { b }, 1.0) > 3.0; if t { a[0] } else { b[0] * a[1] } }
    pub fn in_loop(a: &[f64], b: &[f64], n: usize) -> f64 { let mut s = 1.0; for i in 0..n { s += squares(if i % 2 == 0 { a } else { b }, s) * 0.1; } s }
    pub fn loop_over(a: &[f64], b: &[f64], n: usize) -> f64 { let mut s = 1.0; for x in if n > 2 { a } else { b } { s *= x + 1.0; } for x in (if n > 2 { b } else { a }).iter() { s += x * x; } s }
    pub fn with_jump(a: &[f64], b: &[f64], n: usize) -> Option<f64> { let s = squares(if n > 2 { a } else { b }, *a.get(n)?); if s > 100.0 { return None; } Some(s * squares(if s > 2.0 { a } else { b }, 1.0)) }
    pub fn scale(xs: &mut [f64], k: f64) { for x in xs.iter_mut() { *x *= k; } }
    pub fn chosen_mut(mut a: Vec<f64>, mut b: Vec<f64>, n: usize) -> f64 { let k = a[0]; scale(if n > 2 { &mut a } else { &mut b }, k); a[0] * b[0] + a[1] * b[1] }
    pub fn by_reference(x: &f64, y: &f64, n: usize) -> f64 { 2.0 * if n > 2 { x } else { y } + pick(if n > 1 { x } else { y }, *x) }
    pub fn iflet(p: Option<P>, q: &P, n: usize) -> f64 { let r = squares(if let Some(p) = &p { &p.ys } else { &q.ys }, 1.0); r * q.x * n as f64 }
}
#[test]
fn chosen_where_used() {
    let (a, b) = (|| vec![1.0, 2.0, 0.5, 1.1], || vec![0.7, -1.2, 3.0, 0.2]);
    let made = |x| P { x, ys: vec![x + 1.0, 2.0 * x] };
    for n in 0..4 {
        laws!(chosen_argument(a: &a(), b: &b(), _: n));
        laws!(chosen_by_match(a: &a(), b: &b(), _: n));
        laws!(chosen_twice(a: &a(), b: &b(), _: n));
        laws!(first_or_zero(a: &a(), b: 1.5));
        laws!(first_or_zero(a: &vec![2.0], b: 1.5));
        laws!(operand(a: 1.0, b: 1.5, _: n));
        laws!(receiver(a: &a(), b: &b(), _: n));
        laws!(field(p: &made(1.0), q: &made(2.0), _: n));
        laws!(in_condition(a: &a(), b: &b(), _: n));
        laws!(lazily(a: &a(), b: &b(), _: n));
        laws!(in_loop(a: &a(), b: &b(), _: n));
        laws!(loop_over(a: &a(), b: &b(), _: n));
        map_laws!(with_jump(a: &a(), b: &b(), _: n));
        laws!(chosen_mut(a: a(), b: b(), _: n));
        laws!(by_reference(x: &1.0, y: &2.0, _: n));
        laws!(iflet(p: Some(made(1.0)), q: &made(2.0), _: n));
        laws!(iflet(p: None, q: &made(2.0), _: n));
    }
}
