//! Hessians by several directions at once and sparse Hessians, against products with the Hessian.

use super::directions::{assert_agree, dense};
use chainrule::sparse::{Error, StarColoring};
use chainrule::{Real, Tangent, differentiable, jacobian};
use nalgebra::DMatrix;

/// Declares a function of second order, and checks at each point that its Hessians agree and how many entries the sparse
/// one has.
macro_rules! curvature {
    ($name:ident $([$($generics:tt)*])? ($($params:tt)*) -> $ret:ty $body:block
        at $(($($arg:expr),*) has $entries:expr),+) => {
        mod $name {
            use super::*;

            #[differentiable(order = 2)]
            pub fn plain $(<$($generics)*>)? ($($params)*) -> $ret $body

            #[differentiable(order = 2, sparse)]
            pub fn sparse $(<$($generics)*>)? ($($params)*) -> $ret $body

            #[differentiable(order = 2, sparse, simplify = false)]
            pub fn unsimplified $(<$($generics)*>)? ($($params)*) -> $ret $body
        }

        #[test]
        fn $name() {
            $({
                let expected = by_products($name::plain::grad($($arg),*), |v| $name::plain::hvp($($arg,)* v));
                assert_agree(&dense(&$name::plain::hessian($($arg),*)), &expected);
                assert_agree(&dense(&$name::unsimplified::hessian($($arg),*)), &expected);
                let sparse = $name::sparse::hessian_sparse($($arg),*);
                assert_agree(&DMatrix::from(&sparse), &expected);
                assert_agree(&DMatrix::from(&$name::unsimplified::hessian_sparse($($arg),*)), &expected);
                assert_eq!(sparse.nnz(), $entries, "entries of {}", DMatrix::from(&sparse));
                assert_eq!(DMatrix::from(&sparse), DMatrix::from(&sparse).transpose());
                let coloring = StarColoring::of($name::sparse::hessian_pattern($($arg),*));
                assert_star(&coloring);
                assert_agree(
                    &DMatrix::from(&$name::sparse::hessian_colored($($arg,)* &coloring).unwrap()),
                    &DMatrix::from(&sparse),
                );
            })+
        }
    };
}

/// The Hessian from its product with each unit vector, of which the part below the diagonal counts.
fn by_products<T: Real, G: Tangent>(mut gradient: G, hvp: impl Fn(G) -> G) -> DMatrix<T> {
    gradient.set_to_zero();
    let size = jacobian::count(&gradient);
    let mut hessian = DMatrix::from_element(size, size, T::constant(0.0));
    for column in 0..size {
        jacobian::set_unit(&mut gradient, column);
        jacobian::write_column(&mut hessian, 0, column, &hvp(gradient.clone()));
    }
    jacobian::mirror(&mut hessian);
    hessian
}

/// Neighbours have different colours, and no path of four columns has two.
fn assert_star(coloring: &StarColoring) {
    let (pattern, color_of) = (coloring.pattern(), coloring.color_of());
    let neighbors = |of: usize| pattern.lane(of).iter().copied().filter(move |other| *other != of);
    for a in 0..color_of.len() {
        assert!(color_of[a] < coloring.colors());
        for b in neighbors(a) {
            assert_ne!(color_of[a], color_of[b]);
            for c in neighbors(b).filter(|c| *c != a && color_of[*c] == color_of[a]) {
                assert!(neighbors(c).all(|d| d == b || color_of[d] != color_of[b]), "a path of two colours");
            }
        }
    }
}

curvature!(rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..x.len() {
        let (a, b) = (1.0 - x[i - 1], x[i] - x[i - 1] * x[i - 1]);
        sum += a * a + 100.0 * b * b;
    }
    sum
} at (&[0.5, -0.2, 0.75, 1.0, 0.1, 0.9, -1.0, 0.3, 0.2]) has 25, (&[0.0; 4]) has 10, (&[0.5]) has 0);

curvature!(arrow(x: &[f64], s: f64) -> f64 {
    let mut sum = s.sin();
    for i in 0..x.len() {
        sum += (x[i] * s).exp();
    }
    sum
} at (&[0.5, -0.2, 0.75], 0.0) has 10, (&[], 1.0) has 1);

curvature!(linear_parts(x: [f64; 3], y: f64) -> f64 {
    2.0 * x[0] + x[1] * y + x[2] * x[2]
} at ([0.5, -0.2, 0.75], 0.0) has 3);

curvature!(mutated(x: &[f64], n: usize) -> f64 {
    let mut q = x.to_vec();
    for _ in 0..n {
        for i in 1..q.len() {
            q[i] = q[i] * q[i - 1].cos() + 0.1;
        }
        q[0] *= 1.5;
    }
    let last = q[q.len() - 1];
    last * last / (1.0 + q[0] * q[0])
} at (&[0.5, -0.2, 0.75], 2) has 9, (&[0.5, -0.2], 0) has 4);

curvature!(kinked(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 1..x.len() {
        sum += x[i].max(x[i - 1]) * x[i] + (x[i] * x[i]).sqrt() + x[0].abs().powf(1.5);
    }
    sum
} at (&[0.5, -0.2, 0.75]) has 7);

curvature!(while_and_branch(x: &[f64], limit: f64) -> f64 {
    let (mut sum, mut i) = (0.0, 0);
    while i < x.len() && sum < limit {
        sum += if x[i] > 0.0 { x[i].powi(3) } else { x[i] * x[0] };
        i += 1;
    }
    sum * sum
} at (&[0.5, -0.2, 0.75], 9.0) has 9, (&[0.5, -0.2, 0.75], 0.1) has 1);

curvature!(pairs(p: (f64, [f64; 2]), q: &[(f64, usize)], #[no_diff] w: f64) -> f64 {
    let (a, v) = p;
    let mut sum = 0.0;
    for (value, at) in q {
        sum += value * w * v[*at];
    }
    sum * a
} at ((0.5, [2.0, -1.0]), &[(0.3, 0), (0.7, 1)], 3.0) has 12);

curvature!(single(x: [f32; 4], y: f32) -> f32 {
    let mut sum = 0.0;
    for i in 0..4 {
        sum += (x[i] / y).exp() + 0.5 * x[i] * x[3 - i];
    }
    sum
} at ([0.5, -0.25, 1.0, 2.0], 4.0) has 17);

curvature!(sized[const N: usize](x: [f64; N], y: &[f64; N]) -> f64 {
    let mut sum = 0.0;
    for i in 0..N {
        sum += x[i] * y[N - 1 - i].sin();
    }
    sum
} at ([0.5, -0.25, 1.0], &[1.0, 2.0, -1.0]) has 9);

curvature!(collected(x: &[f64]) -> f64 {
    let y: Vec<f64> = x.iter().map(|x| x * x).collect();
    let z: Vec<f64> = y.windows(2).map(|pair| pair[0] * pair[1]).collect();
    z.iter().sum::<f64>() + x.iter().product::<f64>()
} at (&[0.5, -0.2, 0.75]) has 9, (&[0.5, 0.0, 0.0, 1.0]) has 16);

curvature!(moved(x: Vec<f64>) -> f64 {
    let mut y = x;
    y.swap(0, 1);
    let last = y.pop().unwrap();
    y.push(last * last);
    y.sort_by(|a, b| b.partial_cmp(a).unwrap());
    y[0] * y[1] + y[2].ln()
} at (vec![0.5, 0.2, 0.75]) has 4);

// what is taken away has a cotangent of zero, with which the pattern counts as with any number
curvature!(popped(x: &[f64]) -> f64 {
    let mut a = x.to_vec();
    let mut grown = Vec::new();
    for i in 0..a.len() {
        grown.push(a[i] * x[0]);
    }
    grown.pop();
    a[1] += a[0] * 0.3;
    a[0] -= a[1] * a[1];
    let mut total = a[0];
    for g in &grown {
        total += g * a[1];
    }
    total
} at (&[0.5, -0.2, 0.75]) has 6);

#[differentiable(order = 2, sparse)]
fn energy(a: &[f64; 2], b: &[f64; 2], #[no_diff] rest: f64) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let strain = (dx * dx + dy * dy).sqrt() - rest;
    0.5 * strain * strain
}

#[differentiable(order = 2, sparse)]
fn scale(x: &mut [f64], by: f64) -> f64 {
    for value in x.iter_mut() {
        *value *= by;
    }
    x[0] * by
}

#[differentiable(order = 2, sparse)]
fn shifted(x: &[f64; 2], by: f64) -> [f64; 2] {
    [x[0] * by, x[1] + by]
}

curvature!(springs(nodes: &[[f64; 2]], #[no_diff] rest: f64) -> f64 {
    let mut sum = 0.0;
    for i in 1..nodes.len() {
        let one: f64 = energy(&nodes[i - 1], &nodes[i], rest);
        sum += one;
    }
    let held: f64 = energy(&[0.0, 1.0], &nodes[0], rest);
    sum + held
} at (&[[0.5, 0.1], [1.0, 0.2], [2.0, 0.0], [2.5, -0.3]], 1.5) has 40);

curvature!(called(x: &[f64], s: f64) -> f64 {
    let mut y = x.to_vec();
    let first: f64 = scale(&mut y, s);
    let pair: [f64; 2] = shifted(&[y[0], x[1]], s);
    first * y[1] + pair[0] * pair[1]
} at (&[0.5, -0.2], 0.7) has 7);

/// The number of directions does not grow with the size, and symmetry makes it less than the columns of a row.
#[test]
fn colors() {
    let mut found = Vec::new();
    for n in [10, 300, 600] {
        let x: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
        let hessian = rosenbrock::sparse::hessian_sparse(&x);
        assert_eq!(hessian.nnz(), 3 * n - 2);
        assert_agree(&DMatrix::from(&hessian), &dense(&rosenbrock::plain::hessian(&x)));
        let coloring = StarColoring::of(rosenbrock::sparse::hessian_pattern(&x));
        assert_star(&coloring);
        found.push(coloring.colors());
        let coloring = StarColoring::of(arrow::sparse::hessian_pattern(&x, 0.3));
        // a full row needs no direction for each column here
        assert_eq!(coloring.colors(), 2);
        let hessian = arrow::sparse::hessian_colored(&x, 0.3, &coloring).unwrap();
        assert_agree(&DMatrix::from(&hessian), &dense(&arrow::plain::hessian(&x, 0.3)));
    }
    assert!(found.iter().all(|colors| *colors <= 4), "{found:?}");
}

/// A pattern of another point: an error where it does not fit, never a wrong matrix.
#[test]
fn patterns_of_other_points() {
    let (x, other) = ([0.5, 0.2, 0.75], [0.5, -0.2, 0.75]);
    let pattern = linear_where_negative::hessian_pattern(&other);
    let coloring = StarColoring::of(pattern);
    assert_eq!(linear_where_negative::hessian_colored(&x, &coloring), Err(Error::Pattern { row: 0 }));
    let coloring = StarColoring::of(linear_where_negative::hessian_pattern(&x));
    let hessian = linear_where_negative::hessian_colored(&other, &coloring).unwrap();
    assert_agree(&DMatrix::from(&hessian), &dense(&linear_where_negative::hessian(&other)));
    let found = linear_where_negative::hessian_colored(&[0.5; 2], &coloring);
    assert_eq!(found, Err(Error::Shape { pattern: (3, 3), found: (2, 2) }));
}

#[differentiable(order = 2, sparse)]
fn linear_where_negative(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += if x[i] > 0.0 { x[i] * x[0] } else { x[i] };
    }
    sum
}
