//! References that a choice gives, that a tuple holds, that change what they refer to.

use chainrule::Differentiable;

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct Pair {
    pub a: f64,
    pub b: f64,
}

zoo! {
pub fn of_fields(a: f64, s: Pair, k: usize) -> f64 {
    let zs = vec![s.a; 4];
    zs.get(k).copied().unwrap_or(a.sin()) * s.b
}
pub fn of_structs(x: f64, s: Pair, n: usize) -> f64 {
    let zs = vec![s, s];
    zs.get(n).copied().unwrap_or(Pair { a: x, b: x }).a * x
}
pub fn of_copies(x: f64, s: Pair, n: usize) -> f64 {
    let zs = [s.a, s.b * 2.0];
    let ws = zs.to_vec();
    ws.get(n).copied().map_or(x, |w| w * w)
}
pub fn scaled(us: &mut [f64], a: f64, m: usize) -> f64 {
    us[m % 2] *= a;
    us.get(m % 3).copied().unwrap_or(a.sin())
}
pub fn of_results(x: f64, ys: &mut [f64], n: usize) -> f64 {
    let zs = vec![scaled(ys, x, n); 2];
    if let Some(t) = zs.get(n % 3).copied() {
        return zs.get(n).copied().unwrap_or(t * x);
    }
    x
}
pub fn moved_in_one_way(x: f64, zs: &[Vec<f64>], n: usize) -> f64 {
    let d = vec![x, x];
    let v = if n < zs.len() { zs[n].clone() } else { d };
    v[0] * x
}
pub fn one_of_two(x: f64, zs: &[Vec<f64>], n: usize) -> f64 {
    let d = vec![x, x];
    let v = if n < zs.len() { &zs[n] } else { &d };
    v[0] * x
}
pub fn shorter_and_longer(x: f64, a: &[f64], b: &[f64]) -> f64 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.iter().zip(long).map(|(s, l)| s * l * l).sum::<f64>() * x
}
pub fn looped_over(x: f64, a: &[f64], b: &[f64], n: usize) -> f64 {
    let c = if n > 2 { a } else { b };
    let mut s = 0.0;
    for v in c { s += v * x; }
    s + c[0]
}
pub fn written_through(x: f64, a: &mut [f64], b: &mut [f64], n: usize) -> f64 {
    let c = if n > 2 { &mut *a } else { &mut *b };
    for v in c.iter_mut() { *v += x; }
    a[0] * b[0]
}
pub fn parts_or_whole(x: f64, a: &[f64], b: &[f64], n: usize) -> f64 {
    let c = match n { 0 => &a[1..], 1 => &b[..2], _ => a };
    c.iter().sum::<f64>() * x
}
pub fn larger_is_damped(x: f64, y: f64, n: usize) -> f64 {
    let mut a = x; let mut b = y;
    for i in 0..n {
        let r = if a > b { &mut a } else { &mut b };
        *r *= 0.5 * y;
        if i == 3 { break; }
    }
    a * b
}
pub fn rebound_by_name(x: f64, y: f64) -> f64 {
    let mut a = x; let mut b = y;
    let r = &mut a;
    *r *= y;
    let r = &mut b;
    *r *= y;
    a * b
}
pub fn best_so_far(x: f64, a: &[f64], b: &[f64], n: usize) -> f64 {
    let mut best = a;
    for i in 0..n { if b[i] > best[i] { best = b; } }
    best[0] * x
}
pub fn squares(a: &[f64]) -> f64 { a.iter().map(|v| v * v).sum() }
pub fn best_by_function(x: f64, a: &[f64], b: &[f64], n: usize) -> f64 {
    let mut best = a;
    for _ in 0..n { if squares(b) > squares(best) { best = b; } }
    squares(best) * x
}
pub fn tuple_of_references(x: f64, a: &Vec<f64>) -> f64 {
    let d = vec![x, 2.0 * x];
    let (p, q) = (a, &d);
    let pair = (a, &d);
    squares(p) * q[1] + pair.0[0] * pair.1[0]
}
pub fn halves_in_either_order(x: f64, a: &mut [f64], n: usize) -> f64 {
    let (l, r) = a.split_at_mut(n);
    let (p, q) = if x > 0.0 { (l, r) } else { (r, l) };
    p[0] *= x; q[0] += x;
    a[0] * a[n]
}
pub fn payload_or_slice(x: f64, a: &[f64], o: Option<Vec<f64>>) -> f64 {
    let v = match &o { Some(v) if v.len() > 1 => v, _ => a };
    squares(v) * x
}
pub fn chosen_argument(x: f64, a: &[f64], b: &[f64], n: usize) -> f64 {
    let c = if n > 2 { a } else { b }; squares(c) * x
}
pub fn element_or_other(x: f64, zs: &[Vec<f64>], n: usize) -> f64 {
    let d = vec![x];
    let v = zs.get(n).unwrap_or(&d);
    v[0] * x + squares(v)
}
}
#[test]
fn chosen_references() {
    laws!(one_of_two(x: 2.0, zs: &vec![vec![1.0, 2.0], vec![3.0]], _: 1));
    laws!(one_of_two(x: 2.0, zs: &vec![vec![1.0, 2.0], vec![3.0]], _: 2));
    laws!(shorter_and_longer(x: 2.0, a: &vec![1.0, 2.0], b: &vec![1.0, 2.0, 3.0]));
    laws!(shorter_and_longer(x: 2.0, b: &vec![1.0, 2.0, 3.0], a: &vec![1.0, 2.0]));
    laws!(looped_over(x: 2.0, b: &vec![1.0, 2.0, 3.0], a: &vec![1.0, 2.0], _: 3));
    laws!(written_through(x: 2.0, b: &mut vec![1.0, 2.0, 3.0], a: &mut vec![1.0, 2.0], _: 3));
    laws!(written_through(x: 2.0, b: &mut vec![1.0, 2.0, 3.0], a: &mut vec![1.0, 2.0], _: 2));
    for k in 0..3 {
        laws!(parts_or_whole(x: 2.0, b: &vec![1.0, 2.0, 3.0], a: &vec![1.0, 2.0], _: k));
    }
    laws!(larger_is_damped(x: 2.0, y: 1.3, _: 6));
    laws!(rebound_by_name(x: 2.0, y: 1.3));
    laws!(best_so_far(x: 2.0, a: &vec![1.0, 2.0, 0.5], b: &vec![1.0, 2.0, 3.0], _: 3));
    laws!(best_by_function(x: 2.0, a: &vec![1.0, 2.0, 0.5], b: &vec![1.0, 2.0, 3.0], _: 3));
    laws!(tuple_of_references(x: 2.0, a: &vec![1.0, 2.0, 0.5]));
    laws!(halves_in_either_order(x: 2.0, a: &mut vec![1.0, 2.0, 0.5], _: 1));
    laws!(payload_or_slice(x: 2.0, a: &vec![1.0, 2.0, 0.5], o: Some(vec![1.0, 2.0, 0.5])));
    laws!(chosen_argument(x: 2.0, a: &vec![1.0, 2.0, 0.5], b: &vec![1.0, 2.0, 3.0], _: 3));
    laws!(element_or_other(x: 2.0, zs: &vec![vec![1.0, 2.0], vec![3.0]], _: 2));
    laws!(of_fields(a: 2.0, s: Pair { a: 1.5, b: 0.5 }, _: 3));
    laws!(of_fields(a: 2.0, s: Pair { a: 1.5, b: 0.5 }, _: 4));
    for k in 0..3 {
        laws!(of_structs(x: 2.0, s: Pair { a: 1.5, b: 0.5 }, _: k));
        laws!(of_copies(x: 2.0, s: Pair { a: 1.5, b: 0.5 }, _: k));
        laws!(moved_in_one_way(x: 2.0, zs: &vec![vec![1.0, 2.0], vec![3.0]], _: k));
    }
    laws!(of_results(x: 2.0, ys: &mut vec![1.0, 0.5], _: 1));
    laws!(of_results(x: 2.0, ys: &mut vec![1.0, 0.5], _: 3));
}
