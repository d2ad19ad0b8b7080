//! Second derivatives of operators of the user's own types, which need not be linear in their operands.

use chainrule::{Differentiable, differentiable};
use std::ops::{Add, Div, Mul, Neg, Sub};

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct V {
    pub x: f64,
    pub y: f64,
}

#[differentiable]
impl Add for V {
    type Output = V;
    fn add(self, o: V) -> V {
        V { x: self.x + o.x, y: self.y + o.y }
    }
}

#[differentiable]
impl Sub for V {
    type Output = V;
    fn sub(self, o: V) -> V {
        V { x: self.x - o.x, y: self.y - o.y }
    }
}

#[differentiable]
impl Neg for V {
    type Output = V;
    fn neg(self) -> V {
        V { x: -self.x, y: -self.y }
    }
}

/// No multiple.
#[differentiable(order = 2)]
impl Mul<f64> for V {
    type Output = V;
    fn mul(self, s: f64) -> V {
        V { x: self.x * s, y: self.y * s.sin() * self.x }
    }
}

#[differentiable]
impl Mul<V> for f64 {
    type Output = V;
    #[differentiable(order = 2)]
    fn mul(self, v: V) -> V {
        v * self
    }
}

#[differentiable(order = 2)]
impl Div<f64> for V {
    type Output = V;
    fn div(self, s: f64) -> V {
        let r = 1.0 / s;
        V { x: self.x * r, y: self.y * self.y * r }
    }
}

#[differentiable(order = 2)]
impl Mul for V {
    type Output = f64;
    fn mul(self, o: V) -> f64 {
        self.x * o.x + self.y * o.y
    }
}

#[derive(Differentiable, Clone, Debug)]
pub struct Row<const N: usize>(pub [f64; N]);

#[differentiable(order = 2)]
impl<'a, const N: usize> Mul<&'a Row<N>> for &Row<N> {
    type Output = f64;
    fn mul(self, o: &Row<N>) -> f64 {
        let mut s = 0.0;
        for i in 0..N {
            s += self.0[i] * o.0[i].exp();
        }
        s
    }
}

#[derive(Differentiable, Clone, Copy, Debug)]
pub struct G<T> {
    pub a: T,
    pub b: T,
}

#[differentiable(order = 2)]
impl<T: num_traits::Float> Mul<T> for G<T> {
    type Output = Self;
    fn mul(self, k: T) -> Self {
        G { a: self.a * k * k, b: self.b.exp() * k }
    }
}

#[differentiable(order = 2)]
fn all(v: V, s: f64, n: usize) -> f64 {
    let mut w = v;
    for _ in 0..n {
        w = w * s + v / 3.0 - (0.5 * w) * 2.0;
        w = -w;
    }
    w.x * w.y + (w * v) * s
}

#[differentiable(order = 2)]
fn by_reference(a: &Row<3>, b: &Row<3>) -> f64 {
    (a * b) * (a * a)
}

#[differentiable(order = 2)]
fn generic(g: G<f64>, k: f64) -> f64 {
    let h = (g * k) * 1.5;
    h.a * h.b
}

#[differentiable(order = 2)]
fn of_the_operand_alone(v: V, #[no_diff] k: f64) -> f64 {
    (v * k).y
}

#[differentiable(order = 2)]
fn of_the_factor_alone(s: f64, #[no_diff] v: V) -> f64 {
    (v * s).y * (s * v).x + (v / s).y
}

/// Products of fields, whose types the macro does not see either.
#[differentiable(order = 3)]
fn of_fields(v: &V, s: f64) -> f64 {
    let q = v.x * v.y;
    2.0 * q / v.x * (s * v.y) / (v.y * 0.5)
}

/// The Hessian against differences of the gradient.
fn compare<const N: usize>(
    gradient: impl Fn([f64; N]) -> Vec<f64>,
    at: [f64; N],
    hessian: impl Fn(usize, usize) -> f64,
) {
    let step = 1e-5;
    for column in 0..N {
        let (mut above, mut below) = (at, at);
        above[column] += step;
        below[column] -= step;
        for (row, (above, below)) in gradient(above).iter().zip(gradient(below)).enumerate() {
            let expected = (above - below) / (2.0 * step);
            let found = hessian(row, column);
            assert!((expected - found).abs() < 1e-8 * (1.0 + expected.abs()), "{row}, {column}: {found}, {expected}");
        }
    }
}

fn v(at: [f64; 3]) -> V {
    V { x: at[0], y: at[1] }
}

#[test]
fn operators_of_second_order() {
    let at = [0.7, -0.4, 0.8];
    let flat = |(g, s): (VTangent, f64)| vec![g.x, g.y, s];
    for n in 0..3 {
        let hessian = all::hessian(v(at), at[2], n);
        compare(|at: [f64; 3]| flat(all::grad(v(at), at[2], n)), at, |i, j| hessian[(i, j)]);
        let direction = (VTangent { x: 0.3, y: 0.9 }, -0.2);
        let along: f64 = flat(all::hvp(v(at), at[2], n, direction.clone()))
            .iter()
            .zip(flat(direction.clone()))
            .map(|(h, d)| h * d)
            .sum();
        let [.., second] = all::taylor::<3>(v(at), at[2], n, direction);
        assert!((2.0 * second - along).abs() < 1e-12 * (1.0 + along.abs()), "{second} {along}");
    }
    let hessian = generic::hessian(G { a: at[0], b: at[1] }, at[2]);
    let gradient = |at: [f64; 3]| {
        let (g, k) = generic::grad(G { a: at[0], b: at[1] }, at[2]);
        vec![g.a, g.b, k]
    };
    compare(gradient, at, |i, j| hessian[(i, j)]);
    let rows = |at: [f64; 6]| (Row([at[0], at[1], at[2]]), Row([at[3], at[4], at[5]]));
    let at_rows = [0.1, 0.2, 0.3, 0.5, 0.4, -0.3];
    let (a, b) = rows(at_rows);
    let hessian = by_reference::hessian(&a, &b);
    let gradient = |at: [f64; 6]| {
        let (a, b) = rows(at);
        let (a, b) = by_reference::grad(&a, &b);
        [a.0, b.0].concat()
    };
    compare(gradient, at_rows, |i, j| hessian[(i, j)]);
}

#[test]
fn one_operand_alone() {
    let at = [0.7, -0.4, 0.8];
    let hessian = of_the_operand_alone::hessian(v(at), 0.8);
    let gradient = |at: [f64; 2]| {
        let bar = of_the_operand_alone::grad(V { x: at[0], y: at[1] }, 0.8);
        vec![bar.x, bar.y]
    };
    compare(gradient, [0.7, -0.4], |i, j| hessian[(i, j)]);
    let hessian = of_the_factor_alone::hessian(0.8, v(at));
    compare(|s: [f64; 1]| vec![of_the_factor_alone::grad(s[0], v(at))], [0.8], |i, j| hessian[(i, j)]);
    assert!((of_the_factor_alone::derivative::<2>(0.8, v(at)) - hessian[(0, 0)]).abs() < 1e-12);
    // 4 s y
    let coefficients = of_fields::taylor::<4>(&v(at), at[2], (VTangent { x: 0.3, y: 0.5 }, 2.0));
    for (found, expected) in coefficients.into_iter().zip([-1.28, -1.6, 4.0, 0.0]) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
}
