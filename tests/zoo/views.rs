//! Structs that borrow what the function made, and references inside of the types of parameters.

use chainrule::Differentiable;

/// A series and a factor.
#[derive(Differentiable, Clone)]
pub struct View<'a> {
    pub xs: &'a [f64],
    pub k: f64,
}

#[chainrule::differentiable]
impl<'a> View<'a> {
    pub fn energy(&self) -> f64 {
        self.k * self.xs.iter().map(|x| x.sin()).sum::<f64>()
    }

    pub fn spent(self, w: f64) -> f64 {
        w * self.k + self.xs.iter().map(|x| x * x).sum::<f64>() * self.k
    }
}

#[chainrule::differentiable]
pub fn through(view: &View<'_>) -> f64 {
    view.k * view.xs[0] + view.xs.iter().product::<f64>()
}

#[chainrule::differentiable]
pub fn owning(view: View<'_>, ys: Vec<f64>, w: &[f64]) -> f64 {
    view.k * view.xs.iter().zip(&ys).map(|(a, b)| a * b * b).sum::<f64>() * w[0]
}

zoo! {
    pub fn of_local(x: &[f64]) -> f64 {
        let ys: Vec<f64> = x.iter().map(|v| v * v).collect();
        let view = View { xs: &ys, k: x[0] };
        view.energy() + through(&view)
    }

    pub fn of_array(x: &[f64]) -> f64 {
        let ys = [x[0] * x[1], x[1]];
        through(&View { xs: &ys, k: x[0] }) * through(&View { xs: &[x[1], x[0] * x[0]], k: x[1] })
    }

    pub fn of_param(x: &[f64], n: usize) -> f64 {
        let view = View { xs: &x[..n], k: x[0] };
        view.energy() + view.spent(x[1])
    }

    pub fn by_value(x: &[f64], n: usize) -> f64 {
        let ys: Vec<f64> = x.iter().map(|v| v * v).collect();
        let zs = vec![x[0], x[1].exp()];
        let mut s = owning(View { xs: &ys, k: x[0] }, zs, x);
        if n > 1 {
            s *= owning(View { xs: x, k: s }, ys.clone(), &ys);
        }
        s
    }

    pub fn in_a_branch(x: &[f64], n: usize) -> f64 {
        let ys: Vec<f64> = x.iter().map(|v| v * v).collect();
        let mut s = x[0];
        if n > 1 {
            let view = View { xs: &ys, k: s * x[1] };
            s += through(&view);
            s *= view.spent(s);
        }
        s
    }

    // a view of each iteration, of what the iteration made and of a part that moves
    pub fn in_a_loop(x: &[f64], n: usize) -> f64 {
        let mut s = 1.0;
        let mut at = 0;
        for i in 0..n {
            let ys: Vec<f64> = x.iter().map(|v| v * s).collect();
            let view = View { xs: &ys[at..], k: s };
            at = (at + 1) % 2;
            s = view.energy() * 0.1 + through(&view) + x[i];
            let other = View { xs: &x[i..], k: s };
            s = 0.5 * other.spent(s);
        }
        s
    }

    // what a view showed has changed behind it
    pub fn changed_behind(x: &[f64]) -> f64 {
        let mut ys = vec![x[0] * x[1], x[1]];
        let first = through(&View { xs: &ys, k: x[0] });
        ys[0] = first * x[1];
        ys[1] += 1.0;
        let second = View { xs: &ys, k: first }.energy();
        ys[0] *= 2.0;
        first * second + ys[0] * ys[1]
    }

    pub fn changed_in_a_loop(x: &[f64], n: usize) -> f64 {
        let mut ys = vec![x[0], x[1]];
        for i in 0..n {
            let s = through(&View { xs: &ys, k: ys[1] });
            ys[i % 2] = 0.1 * s + x[i];
        }
        ys[0] * ys[1]
    }

    pub fn tuple_of_slices(ab: (&[f64], &[f64]), k: f64) -> f64 {
        k * ab.0.iter().zip(ab.1).map(|(a, b)| a * b * b).sum::<f64>()
    }

    pub fn slices_in_array(parts: [&[f64]; 2]) -> f64 {
        parts[0].iter().zip(parts[1]).map(|(a, b)| a * b.sin()).sum()
    }

    pub fn rows(rows: Vec<&[f64]>) -> f64 {
        rows.iter().map(|row| row.iter().sum::<f64>().powi(2)).sum()
    }

    pub fn lends_rows(x: &[f64], y: &[f64]) -> f64 {
        let zs = vec![x[0] * y[0], y[1]];
        simplified_rows(vec![x, &zs, y]) * simplified_tuple((x, &zs[..]))
    }

    pub fn lends_rows_in_a_loop(x: &[f64], n: usize) -> f64 {
        let mut s = 1.0;
        for i in 0..n {
            let zs = vec![x[i] * s, s];
            s += 0.1 * simplified_rows(vec![&zs, x]);
        }
        s
    }
}

#[chainrule::differentiable]
pub fn simplified_rows(rows: Vec<&[f64]>) -> f64 {
    rows.iter().map(|row| row.iter().sum::<f64>().powi(2)).sum()
}

#[chainrule::differentiable]
pub fn simplified_tuple(ab: (&[f64], &[f64])) -> f64 {
    ab.0.iter().zip(ab.1).map(|(a, b)| a * b * b).sum()
}

#[test]
fn views() {
    laws!(of_local(x: &vec![0.7, 1.3]));
    laws!(of_array(x: &vec![0.7, 1.3]));
    laws!(of_param(x: &vec![0.7, 1.3, 0.4], _: 2));
    laws!(by_value(x: &vec![0.7, 1.3], _: 2));
    laws!(by_value(x: &vec![0.7, 1.3], _: 1));
    laws!(in_a_branch(x: &vec![0.7, 1.3], _: 2));
    laws!(in_a_branch(x: &vec![0.7, 1.3], _: 0));
    laws!(in_a_loop(x: &vec![0.7, 1.3, 0.4], _: 3));
    laws!(changed_behind(x: &vec![0.7, 1.3]));
    laws!(changed_in_a_loop(x: &vec![0.7, 1.3, 0.4], _: 3));
}

#[test]
fn references_inside_of_parameters() {
    laws!(lends_rows(x: &vec![0.7, 1.3], y: &vec![0.4, 0.9]));
    laws!(lends_rows_in_a_loop(x: &vec![0.7, 1.3], _: 2));
    let (a, b) = ([0.7, 1.3], [0.4, 0.9]);
    let (y, pullback) = simplified::tuple_of_slices::vjp((&a, &b), 2.0);
    assert_eq!(y, 2.0 * (0.7 * 0.16 + 1.3 * 0.81));
    let ((a_bar, b_bar), k_bar) = pullback(1.0);
    assert_eq!((a_bar, k_bar), (vec![2.0 * (0.4 * 0.4), 2.0 * (0.9 * 0.9)], y / 2.0));
    assert_eq!(b_bar, vec![2.0 * 2.0 * 0.7 * 0.4, 2.0 * 2.0 * 1.3 * 0.9]);
    assert_eq!(simplified::slices_in_array::grad([&a, &b])[0], vec![0.4_f64.sin(), 0.9_f64.sin()]);
    assert_eq!(simplified::rows::grad(vec![&a, &b]), vec![vec![4.0; 2], vec![2.6; 2]]);
}
