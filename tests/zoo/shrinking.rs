//! Lists that become shorter or longer behind patterns, and references to parts of parts: `while let [first, rest @ ..] = list { list = rest; }`.

use chainrule::{Differentiable, differentiable};

#[derive(Differentiable, Clone, Debug)]
pub struct Basket {
    items: Vec<f64>,
    k: f64,
}

/// A struct that borrows.
#[derive(Differentiable, Clone, Copy)]
pub struct View<'a> {
    xs: &'a [f64],
    k: f64,
}

#[differentiable]
pub fn scaled_sum(view: &View<'_>) -> f64 {
    view.xs.iter().sum::<f64>() * view.k
}

#[differentiable]
pub fn positive(x: f64) -> Option<f64> {
    if x > 0.0 { Some(x) } else { None }
}

zoo! {
    pub fn ends(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut s = 0.0;
        while let [first, .., last] = v[..] {
            s = s * 0.5 + first * last;
            v.truncate(v.len() - 1);
            v.rotate_left(1);
        }
        s
    }

    pub fn ends_of_a_field(x: &[f64], k: f64) -> f64 {
        let mut basket = Basket { items: x.to_vec(), k };
        let mut s = 0.0;
        while let [first, .., last] = basket.items[..] {
            s = s * 0.5 + first * last * basket.k;
            basket.items.pop();
        }
        s
    }

    pub fn middle(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut s = 0.0;
        while let [first, middle @ .., last] = &v[..] {
            s = s * 0.5 + first * last;
            let next = middle.to_vec();
            v = next;
        }
        s
    }

    pub fn changed_middle(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut s = 0.0;
        for _ in 0..2 {
            if let [first, middle @ .., last] = v.as_mut_slice() {
                *first *= *last;
                for m in middle.iter_mut() { *m *= *first; }
                s += *last;
            }
            v.pop();
        }
        s + v[0] * v[1]
    }

    pub fn grown(x: &[f64]) -> f64 {
        let mut v = x.to_vec();
        let mut s = 0.0;
        for i in 0..4 {
            if let [.., a, b] = v.as_mut_slice() { *a *= *b; *b += 0.3; s += *a; }
            if i % 2 == 0 { v.push(s); } else { v.remove(0); }
        }
        s + v[1]
    }

    pub fn tails(x: &[f64]) -> f64 {
        let mut rest = x;
        let mut s = 0.0;
        while let [first, tail @ ..] = rest {
            s = s * 0.5 + first * first;
            rest = tail;
        }
        s
    }

    pub fn split_tails(x: &[f64]) -> f64 {
        let mut rest = x;
        let mut s = 0.0;
        while let Some((first, tail)) = rest.split_first() {
            s = s * 0.5 + first * first;
            rest = tail;
        }
        s
    }

    pub fn halves(x: &[f64]) -> f64 {
        let mut v = x;
        let mut s = 0.0;
        while v.len() >= 2 {
            let (a, b) = v.split_at(v.len() / 2);
            s = 0.5 * s + a[0] * b[b.len() - 1];
            v = if a.len() > b.len() { a } else { b };
        }
        s
    }

    pub fn views_of_a_view(xs: &[f64], k: f64) -> f64 {
        let view = View { xs, k };
        let mut s = 0.0;
        for _ in 0..3 {
            let next = View { k: view.k * 2.0, ..view };
            s += scaled_sum(&next);
        }
        s
    }

    pub fn used_twice(xs: &[f64], scale: f64) -> Option<f64> {
        let scale = positive(scale)?;
        let mut sum = 0.0;
        for x in xs {
            let z = x / scale;
            sum += z - scale.ln();
        }
        Some(sum)
    }
}

/// Of a struct that the caller lends.
#[differentiable]
fn views(view: &View<'_>) -> f64 {
    let mut s = 0.0;
    for i in 0..3 {
        let next = View { xs: view.xs, k: view.k + i as f64 };
        s += scaled_sum(&next);
    }
    s
}

#[test]
fn shrinking() {
    let x = vec![0.3, 0.7, 1.2, 0.5, 0.9];
    laws!(ends(x: &x.clone()));
    laws!(ends_of_a_field(x: &x.clone(), k: 1.3));
    laws!(middle(x: &x.clone()));
    laws!(changed_middle(x: &x.clone()));
    laws!(grown(x: &x.clone()));
    laws!(tails(x: &x.clone()));
    laws!(split_tails(x: &x.clone()));
    laws!(halves(x: &x.clone()));
    laws!(views_of_a_view(x: &x.clone(), k: 1.3));
    map_laws!(used_twice(x: &x.clone(), scale: 1.3));
    map_laws!(used_twice(x: &x.clone(), scale: -1.3));
    let gradient = views::grad(&View { xs: &x, k: 0.5 });
    assert_eq!((gradient.xs, gradient.k), (vec![4.5; 5], 3.0 * x.iter().sum::<f64>()));
    assert_eq!(views::vjp(&View { xs: &x, k: 0.5 }).1(2.0).xs, vec![9.0; 5]);
}
