//! What is put in other words before lowering: patterns of parameters, arrays out of lists, iterators that are stepped by `next`; and values that
//! are taken out of their places.

use chainrule::Differentiable;
use std::collections::VecDeque;

#[derive(Differentiable, Clone, Debug, Default)]
pub struct Store {
    items: Vec<f64>,
    k: f64,
    last: Option<f64>,
}

impl crate::laws::flat::Components for Store {
    fn append_to(&self, components: &mut Vec<f64>) {
        components.extend(self.items.iter().chain([&self.k]).chain(&self.last));
    }
}

zoo! {
    pub fn tuple((a, b): (f64, f64), _: usize) -> f64 { a * b * b }
    pub fn array([a, b, c]: [f64; 3]) -> f64 { a * b * c }
    pub fn reference(&[a, b, c]: &[f64; 3], _: bool, _: bool) -> f64 { a * b * c }
    pub fn fields(Store { items, k, .. }: &Store, #[no_diff] (i, mut j): (usize, f64)) -> f64 {
        j += 1.0;
        items[i] * k * j
    }
    pub fn changed_fields(Store { items, k, .. }: &mut Store) -> f64 {
        items[0] *= *k;
        items[0]
    }
    pub fn calls(x: &[f64], (mut a, b): (f64, f64)) -> f64 {
        a *= x[0];
        tuple((a, b), 2) * array([a, x[1], b]) + reference(&[a, b, 2.0], true, false)
    }

    pub fn taken_apart(x: &[f64]) -> f64 {
        let [a, b, c] = <[f64; 3]>::try_from(&x[..3]).unwrap();
        a * b + c
    }
    pub fn of_a_part(x: &[f64], k: usize) -> f64 {
        let v: [f64; 3] = x[k..k + 3].try_into().unwrap();
        v[0] * v[1] + v[2]
    }
    pub fn lent_array(x: &[f64]) -> f64 {
        let v: &[f64; 3] = x[..3].try_into().expect("three");
        let [a, b, c] = v;
        a * b + c + reference(v, true, true)
    }
    pub fn of_rows(x: &[f64]) -> f64 {
        let rows = [[x[0], x[1]], [x[2], x[3]]];
        let last: [[f64; 2]; 1] = rows[1..].try_into().unwrap();
        last[0][0] * last[0][1]
    }

    pub fn while_next(x: &[f64]) -> f64 {
        let mut it = x.iter();
        let mut s = 0.0;
        while let Some(a) = it.next() { s = s * 0.5 + a * a; }
        s
    }
    pub fn first_and_rest(x: &[f64]) -> f64 {
        let mut it = x.iter();
        let first = it.next().unwrap();
        let mut s = *first;
        for a in it { s = s * a + first; }
        s
    }
    pub fn in_pairs(x: &[f64]) -> f64 {
        let mut it = x.iter().copied();
        let mut s = 0.0;
        while let Some(a) = it.next() {
            let Some(b) = it.next() else { s += a; break };
            s += a * b;
        }
        s
    }
    pub fn zipped(x: &[f64]) -> f64 {
        let mut it = x.iter().zip(x[1..].iter());
        let mut s = 0.0;
        'a: while let Some((&a, &b)) = it.next() {
            if a > 1.0 { continue 'a; }
            s = s * b + a;
        }
        s
    }
    pub fn of_each_row(x: &[f64]) -> f64 {
        let mut s = 0.0;
        for row in x.chunks(2) {
            let mut it = row.iter();
            let a = *it.next().unwrap();
            if let Some(b) = it.next() { s += a * b; } else { s += a * a; }
        }
        s
    }
    pub fn first_and_sum(x: &[f64]) -> f64 {
        let mut it = x.iter();
        let first = *it.next().unwrap();
        first * it.map(|a| a * a).sum::<f64>()
    }
    pub fn beside_calls(x: &[f64]) -> f64 {
        let mut it = x.iter();
        let mut s = 0.0;
        while let Some(a) = it.next() { s += a * while_next(x); }
        s
    }
    pub fn from_both_ends(x: &[f64]) -> f64 {
        let mut a = x.iter();
        let mut b = x.iter().rev();
        let mut s = 0.0;
        while let Some(p) = a.next() {
            let q = b.next().unwrap();
            s += p * q * q;
        }
        s
    }

    pub fn parts_of_the_last(x: &[f64]) -> f64 {
        let mut pairs = vec![(x[0], x[1]), (x[1], x[2])];
        let (a, b) = pairs.last_mut().unwrap();
        *a *= *b;
        *b += 1.0;
        pairs[1].0 * pairs[1].1
    }
    pub fn parts_of_a_struct(x: &[f64]) -> f64 {
        let mut stores = vec![Store { items: x.to_vec(), k: x[1], last: None }];
        let Store { items, k, .. } = stores.get_mut(0).unwrap();
        items[0] *= *k;
        *k *= 2.0;
        stores[0].items[0] * stores[0].k
    }

    pub fn taken_fields(x: &[f64]) -> f64 {
        let mut s = Store { items: x.to_vec(), k: x[1], last: Some(x[2]) };
        let old = std::mem::take(&mut s.items);
        s.items.push(s.k * old[0]);
        let last = std::mem::take(&mut s.last);
        s.items[0] * old[2] * last.unwrap()
    }
    pub fn taken_in_a_loop(x: &[f64]) -> f64 {
        let mut s = Store { items: x.to_vec(), k: x[1], last: None };
        for _ in 0..3 {
            let old = std::mem::take(&mut s.items);
            s.items = old.iter().map(|q| q * s.k).collect();
            s.k += s.items[0];
        }
        s.items.iter().sum::<f64>() * s.k
    }
    pub fn taken_struct(x: &[f64]) -> f64 {
        let mut s = Store { items: x.to_vec(), k: x[0], last: None };
        let old = std::mem::take(&mut s);
        s.k += old.k * old.items[1];
        s.items.push(old.items[2] * s.k);
        s.k * s.items[0]
    }
    pub fn given_back(s: &mut Store) -> f64 {
        let items = std::mem::take(&mut s.items);
        let t = items[0] * items[1];
        s.items = items;
        s.items[0] * t
    }

    pub fn replaced(x: &[f64]) -> f64 {
        let mut previous: Option<[f64; 2]> = None;
        let mut s = 0.0;
        for w in x.windows(2) {
            let p = [w[0], w[1] * w[0]];
            if let Some(old) = previous.replace(p) {
                let [a, b] = old;
                s += (p[0] - a).hypot(p[1] - b);
            }
        }
        s
    }
    pub fn replaced_field(x: &[f64]) -> f64 {
        let mut store = Store { items: x.to_vec(), k: x[0], last: None };
        let mut s = 0.0;
        for q in x {
            if let Some(old) = store.last.replace(q * store.k) {
                s += old * q;
                store.k += old;
            }
        }
        s * store.last.unwrap_or(1.0)
    }
    pub fn queue(x: &[f64]) -> f64 {
        let mut q: VecDeque<f64> = x.iter().map(|a| a * a).collect();
        q.push_back(q[0]);
        let first = q.pop_front().unwrap();
        q[0] * q[1] + q.back().unwrap() * first
    }
    pub fn filtered_queue(x: &[f64]) -> f64 {
        let q = x.iter().filter(|a| **a > 0.4).copied().collect::<VecDeque<f64>>();
        q.iter().product()
    }

    pub fn sin_cos_by_path(x: f64, y: f64) -> f64 {
        let (sin, cos) = f64::sin_cos(x * y);
        sin * cos * y
    }
}

/// A constant that only the body reads.
#[chainrule::differentiable]
fn first_product<const N: usize>(x: &[f64]) -> f64 {
    let v: [f64; N] = x[..N].try_into().unwrap();
    v.iter().product()
}

#[test]
fn parameters() {
    let x = vec![0.3, 0.7, 1.2, 0.5, 0.9];
    let store = Store { items: x.clone(), k: 1.3, last: None };
    laws!(tuple(p: (0.3, 0.7), _: 1));
    laws!(array(p: [0.3, 0.7, 1.2]));
    laws!(reference(p: &[0.3, 0.7, 1.2], _: true, _: false));
    laws!(fields(s: &store.clone(), _: (1, 0.5)));
    laws!(changed_fields(s: &mut store.clone()));
    laws!(calls(x: &x.clone(), p: (0.3, 0.7)));
}

#[test]
fn arrays() {
    let x = vec![0.3, 0.7, 1.2, 0.5, 0.9];
    laws!(taken_apart(x: &x.clone()));
    laws!(of_a_part(x: &x.clone(), _: 1));
    laws!(lent_array(x: &x.clone()));
    laws!(of_rows(x: &x.clone()));
    assert_eq!(first_product::grad::<2>(&[2.0, 3.0, 4.0]), [3.0, 2.0, 0.0]);
}

#[test]
fn cursors() {
    for n in [1, 2, 5] {
        let x = vec![0.3, 0.7, 1.2, 0.5, 0.9][..n].to_vec();
        laws!(while_next(x: &x.clone()));
        laws!(first_and_rest(x: &x.clone()));
        laws!(in_pairs(x: &x.clone()));
        laws!(zipped(x: &x.clone()));
        laws!(of_each_row(x: &x.clone()));
        laws!(first_and_sum(x: &x.clone()));
        laws!(beside_calls(x: &x.clone()));
        laws!(from_both_ends(x: &x.clone()));
    }
}

#[test]
fn taken() {
    let x = vec![0.3, 0.7, 1.2, 0.5, 0.9];
    laws!(parts_of_the_last(x: &x.clone()));
    laws!(parts_of_a_struct(x: &x.clone()));
    laws!(taken_fields(x: &x.clone()));
    laws!(taken_in_a_loop(x: &x.clone()));
    laws!(taken_struct(x: &x.clone()));
    laws!(given_back(s: &mut Store { items: x.clone(), k: 1.3, last: None }));
    laws!(replaced(x: &x.clone()));
    laws!(replaced_field(x: &x.clone()));
    laws!(queue(x: &x.clone()));
    laws!(filtered_queue(x: &x.clone()));
    laws!(sin_cos_by_path(x: 0.3, y: 0.7));
}
