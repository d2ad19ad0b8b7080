//! Items that are looked for, elements that are taken out, and lists that are there only if all of their items are.

use chainrule::{Differentiable, differentiable};
#[derive(Differentiable, Clone, Debug)]
pub struct Track {
    pub xs: Vec<f64>,
    pub last: Option<f64>,
    pub gain: f64,
}
#[differentiable]
impl Track {
    fn prune(&mut self, limit: f64) {
        self.xs.retain(|x| x.abs() < limit);
    }
    fn pop_front(&mut self, k: usize) -> f64 {
        let s: f64 = self.xs.drain(..k).sum();
        s * self.gain
    }
    fn flush(&mut self) -> f64 {
        match self.last.take() {
            Some(x) => x * self.gain,
            None => self.gain,
        }
    }
    fn observe(&mut self, x: f64) {
        if let Some(old) = self.last.take() {
            self.xs.push(old * x);
        }
        self.last = Some(x);
    }
}
zoo! {
    pub fn root(x: f64) -> Option<f64> { if x >= 0.0 { Some(x.sqrt()) } else { None } }
    pub fn checked(x: f64) -> Result<f64, String> { if x >= 0.0 { Ok(x.sqrt()) } else { Err(format!("negative {x}")) } }
    pub fn all_roots(xs: &[f64]) -> Option<f64> { let r: Option<Vec<f64>> = xs.iter().map(|x| root(*x)).collect(); let r = r?; Some(r.iter().sum::<f64>() * r[0]) }
    pub fn all_roots_tried(xs: &[f64]) -> Option<f64> { let r = xs.iter().map(|x| root(*x)).collect::<Option<Vec<_>>>()?; Some(r[0] * r[1]) }
    pub fn all_checked_tried(xs: &[f64]) -> Result<f64, String> { let r = xs.iter().map(|x| checked(*x)).collect::<Result<Vec<f64>, String>>()?; Ok(r[0] * r[1]) }
    pub fn all_checked_named(xs: &[f64]) -> Result<f64, String> { let r: Result<Vec<_>, _> = xs.iter().map(|&x| checked(x + 1.0)).collect(); let r = r?; Ok(r.iter().product()) }
    pub fn gathered(xs: &[f64]) -> Option<Vec<f64>> { xs.iter().map(|x| root(*x)).collect() }
    pub fn of_checked(xs: &[f64]) -> f64 { let a = match all_checked_tried(xs) { Ok(v) => v * v, Err(_) => xs[0] }; a + match all_checked_named(xs) { Ok(v) => v, Err(_) => xs[1] } }
    pub fn gathered_filtered(xs: &[f64]) -> f64 { let v: Option<Vec<f64>> = xs.iter().filter(|x| **x > 0.8).map(|x| root(*x - 0.6)).collect(); v.map(|v| v.iter().sum()).unwrap_or(0.0) }
    pub fn found(xs: &[f64], t: f64) -> f64 { let x = xs.iter().find(|x| **x > t); match x { Some(x) => x * t, None => t } }
    pub fn found_unwrapped(xs: &[f64], t: f64) -> f64 { let x = *xs.iter().find(|x| **x > t).unwrap(); x * x }
    pub fn found_pair(xs: &[f64], t: f64) -> f64 { let (i, x) = xs.iter().enumerate().find(|(_, x)| **x > t).unwrap(); x * i as f64 }
    pub fn found_map(xs: &[f64], t: f64) -> f64 { xs.iter().map(|x| x * t).find(|x| *x > 1.3 * t).map_or(t, |x| x * 2.0) }
    pub fn filtered_max(xs: &[f64]) -> f64 { xs.iter().copied().filter(|x| *x < 2.0).max_by(|a, b| a.total_cmp(b)).unwrap_or(0.0) * xs[0] }
    pub fn filtered_min(xs: &[f64]) -> f64 { xs.iter().filter(|x| **x > 0.0).min_by(|a, b| a.partial_cmp(b).unwrap()).copied().unwrap() }
    pub fn filtered_reduce(xs: &[f64]) -> f64 { xs.iter().copied().filter(|x| *x > 0.0).reduce(|a, b| a * b).unwrap() }
    pub fn filtered_reduce_max(xs: &[f64]) -> f64 { xs.iter().copied().filter(|x| *x < 2.0).reduce(f64::max).unwrap_or(f64::NAN) }
    pub fn filtered_last(xs: &[f64]) -> f64 { xs.iter().filter(|x| **x > 0.0).last().copied().unwrap_or(1.0) }
    pub fn filtered_nth(xs: &[f64]) -> f64 { xs.iter().copied().filter(|x| *x > 0.0).nth(1).unwrap() }
    pub fn filtered_next(xs: &[f64], t: f64) -> f64 { xs.iter().filter(|x| **x > t).next().map(|x| x * t).unwrap_or(t) }
    pub fn flat_last(rows: &[Vec<f64>]) -> f64 { *rows.iter().flatten().last().unwrap() * rows[0][0] }
    pub fn best_point(ps: &[(f64, f64)]) -> f64 { let best = ps.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap(); best.0 * best.1 }
    pub fn pruned(t: Track, limit: f64) -> f64 { let mut t = t; t.prune(limit); t.xs.iter().sum::<f64>() * t.gain }
    pub fn consumed(t: Track) -> f64 { let mut t = t; let a = t.pop_front(2); a * t.xs[0] + t.flush() * t.flush() }
    pub fn observed(t: Track, xs: &[f64]) -> f64 { let mut t = t; for x in xs { t.observe(*x); } t.xs.iter().sum::<f64>() + t.flush() }
    pub fn drained_middle(xs: &[f64]) -> f64 { let mut v = xs.to_vec(); let taken: Vec<f64> = v.drain(1..3).collect(); taken[0] * taken[1] + v[1] * v[0] }
    pub fn drained_all(xs: &[f64]) -> f64 { let mut v = xs.to_vec(); let mut s = 1.0; for x in v.drain(..) { s *= x; } v.push(s); s + v[0] * 2.0 }
    pub fn drained_tail(xs: &[f64], k: usize) -> f64 { let mut v = xs.to_vec(); v.drain(k..); let s: f64 = v.iter().sum(); v.drain(..=0); s * v[0] }
    pub fn drained_rev(xs: &[f64]) -> f64 { let mut v = xs.to_vec(); v.drain(..).rev().enumerate().map(|(i, x)| x * i as f64).sum() }
    pub fn retained_active(xs: &[f64], t: f64) -> f64 { let mut v: Vec<f64> = xs.iter().map(|x| x * t).collect(); v.retain(|&x| x > 1.1 * t); v.retain(|x| *x < 100.0); if v.is_empty() { return t; } v[0] * v[v.len() - 1] }
    pub fn taken_loop(x: f64, n: usize) -> f64 { let mut next = Some(x); let mut s = 0.0; let mut k = 0; while let Some(v) = next.take() { s += v * v; k += 1; if k < n { next = Some(v * x); } } s }
    pub fn inspected_chain(xs: &[f64]) -> f64 { let mut n = 0; let s: f64 = xs.iter().inspect(|_| n += 1).map(|x| x.exp()).inspect(|y| debug_assert!(*y > 0.0)).sum(); s / n as f64 }
    pub fn state_kept(xs: &[f64]) -> f64 { let mut seen: Vec<f64> = Vec::new(); let mut s = 0.0; for &x in xs { if let Some(&l) = seen.last() { s += (x - l) * (x - l); } seen.push(x); } s }
    pub fn converted(x: f64, k: u8, b: bool) -> f64 { f64::from(k) * x + f64::from(u8::from(b)) * x * x + f64::from(u32::from(x > 1.0)) + f64::from(i16::from(k)) * x }
}
#[test]
fn iterators() {
    let v = || vec![1.0, 2.5, 0.5, 3.0, 1.5];
    let w = || vec![1.0, 2.5, -0.5, 3.0, 1.5];
    for v in [v, w] {
        map_laws!(all_roots(xs: &v()));
        map_laws!(all_roots_tried(xs: &v()));
        laws!(of_checked(xs: &v()));
        map_laws!(gathered(xs: &v()));
        laws!(gathered_filtered(xs: &v()));
        laws!(found(xs: &v(), t: 2.0));
        laws!(found(xs: &v(), t: 20.0));
        laws!(found_unwrapped(xs: &v(), t: 2.0));
        laws!(found_pair(xs: &v(), t: 2.0));
        laws!(found_map(xs: &v(), t: 2.0));
        laws!(found_map(xs: &v(), t: -2.0));
        laws!(filtered_max(xs: &v()));
        laws!(filtered_min(xs: &v()));
        laws!(filtered_reduce(xs: &v()));
        laws!(filtered_reduce_max(xs: &v()));
        laws!(filtered_last(xs: &v()));
        laws!(filtered_nth(xs: &v()));
        laws!(filtered_next(xs: &v(), t: 2.0));
        laws!(filtered_next(xs: &v(), t: 20.0));
        laws!(flat_last(rows: &vec![v(), vec![], v()]));
        laws!(best_point(ps: &vec![(1.0, 2.0), (3.0, 5.0), (2.0, 1.0)]));
        let t = Track { xs: v(), last: Some(0.7), gain: 1.3 };
        let u = Track { xs: v(), last: None, gain: 1.3 };
        laws!(pruned(t: t.clone(), limit: 2.0));
        laws!(pruned(t: t.clone(), limit: 0.1));
        laws!(consumed(t: t.clone()));
        laws!(consumed(t: u.clone()));
        laws!(observed(t: t.clone(), xs: &v()));
        laws!(observed(t: u.clone(), xs: &vec![]));
        laws!(drained_middle(xs: &v()));
        laws!(drained_all(xs: &v()));
        laws!(drained_tail(xs: &v(), _: 3));
        laws!(drained_rev(xs: &v()));
        laws!(retained_active(xs: &v(), t: 1.2));
        laws!(retained_active(xs: &v(), t: 12.0));
        laws!(taken_loop(x: 0.9, _: 3));
        laws!(inspected_chain(xs: &v()));
        laws!(state_kept(xs: &v()));
        laws!(converted(x: 1.2, _: 3, _: true));
        laws!(converted(x: 0.2, _: 3, _: false));
    }
}
