//! Jacobians by several directions at once, and sparse Jacobians, against rows that are pulled one by one.
// what cancels, and a loop that never runs, are tested on purpose
#![allow(clippy::eq_op, clippy::reversed_empty_ranges)]

use chainrule::differentiable;
use chainrule::sparse::ColumnColoring;
use nalgebra::{DMatrix, Dim, RawStorage};

/// Declares a function with its ways to a Jacobian, and checks at each point that they agree and how many entries the
/// sparse one has.
macro_rules! directions {
    ($name:ident $([$($generics:tt)*])? ($($params:tt)*) -> $ret:ty $body:block at $($point:tt has $entries:expr),+) => {
        mod $name {
            use super::*;

            #[differentiable(jacobian = reverse)]
            pub fn by_rows $(<$($generics)*>)? ($($params)*) -> $ret $body

            #[differentiable(jacobian = forward)]
            pub fn by_directions $(<$($generics)*>)? ($($params)*) -> $ret $body

            #[differentiable(jacobian = auto)]
            pub fn automatic $(<$($generics)*>)? ($($params)*) -> $ret $body

            #[differentiable(sparse)]
            pub fn sparse $(<$($generics)*>)? ($($params)*) -> $ret $body

            #[differentiable(sparse, jacobian = forward, simplify = false)]
            pub fn unsimplified $(<$($generics)*>)? ($($params)*) -> $ret $body
        }

        #[test]
        fn $name() {
            $({
                let expected = one_by_one!($name::by_rows, $point);
                assert_agree(&dense(&$name::by_rows::jacobian $point), &expected);
                assert_agree(&dense(&$name::by_directions::jacobian $point), &expected);
                assert_agree(&dense(&$name::automatic::jacobian $point), &expected);
                assert_agree(&dense(&$name::sparse::jacobian $point), &expected);
                assert_agree(&dense(&$name::unsimplified::jacobian $point), &expected);
                let sparse = $name::sparse::jacobian_sparse $point;
                assert_agree(&DMatrix::from(&sparse), &expected);
                assert_agree(&DMatrix::from(&$name::unsimplified::jacobian_sparse $point), &expected);
                assert_eq!(sparse.nnz(), $entries, "entries of {}", DMatrix::from(&sparse));
                assert_eq!(sparse.pattern(), &$name::sparse::jacobian_pattern $point);
                let coloring = ColumnColoring::of($name::sparse::jacobian_pattern $point);
                assert_colored(&coloring);
                colored!(coloring, sparse, $name $point);
            })+
        }
    };
}

/// The rows of a Jacobian, from the pullback.
macro_rules! one_by_one {
    ($($name:ident)::+, $point:tt) => {{
        let (value, pullback) = $($name)::+::vjp $point;
        let mut value_bar = chainrule::Differentiable::zero_tangent(&value);
        let rows = chainrule::jacobian::count(&value_bar);
        let columns = chainrule::jacobian::count(&pullback(value_bar.clone()));
        let mut jacobian = DMatrix::zeros(rows, columns);
        for row in 0..rows {
            chainrule::jacobian::set_unit(&mut value_bar, row);
            chainrule::jacobian::write_row(&mut jacobian, row, 0, &pullback(value_bar.clone()));
        }
        jacobian
    }};
}

/// The Jacobian with the pattern of its own point is the one that takes the pattern anew.
macro_rules! colored {
    ($coloring:ident, $sparse:ident, $name:ident ($($arg:expr),*)) => {
        assert_agree(
            &DMatrix::from(&$name::sparse::jacobian_colored($($arg,)* &$coloring).unwrap()),
            &DMatrix::from(&$sparse),
        );
    };
}

pub fn dense<T: chainrule::Real, R: Dim, C: Dim, S: RawStorage<T, R, C>>(
    matrix: &nalgebra::Matrix<T, R, C, S>,
) -> DMatrix<T> {
    DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |row, column| matrix[(row, column)])
}

pub fn assert_agree<T: chainrule::Real>(found: &DMatrix<T>, expected: &DMatrix<T>) {
    assert_eq!(found.shape(), expected.shape());
    let tolerance = 16.0 * T::REAL_EPSILON.to_f64_lossy();
    for (a, b) in found.iter().zip(expected) {
        let (a, b) = (a.to_f64_lossy(), b.to_f64_lossy());
        let same = a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= tolerance * (1.0 + b.abs());
        assert!(same, "{found} is not {expected}");
    }
}

/// No two columns of one colour have a row in common.
pub fn assert_colored(coloring: &ColumnColoring) {
    let pattern = coloring.pattern();
    let mut seen = std::collections::BTreeSet::new();
    for (column, &row) in
        (0..pattern.major_dim()).flat_map(|column| pattern.lane(column).iter().map(move |r| (column, r)))
    {
        assert!(coloring.color_of()[column] < coloring.colors());
        assert!(seen.insert((row, coloring.color_of()[column])), "two columns of one colour in row {row}");
    }
}

directions!(tridiagonal(x: &[f64]) -> Vec<f64> {
    let n = x.len();
    let mut y = vec![0.0; n];
    for i in 0..n {
        let left = if i > 0 { x[i - 1] } else { 0.0 };
        let right = if i + 1 < n { x[i + 1] } else { 0.0 };
        y[i] = (3.0 - 2.0 * x[i]) * x[i] - left - 2.0 * right + 1.0;
    }
    y
} at (&[0.5, -0.2, 0.75, 0.1, 2.0]) has 13, (&[0.0]) has 1, (&[]) has 0);

/// Rows and columns in several sets.
#[test]
fn sets_of_rows() {
    for n in [2, 7, 8, 9, 16, 17] {
        let x: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
        let expected = one_by_one!(tridiagonal::by_rows, (&x));
        assert_agree(&dense(&tridiagonal::by_rows::jacobian(&x)), &expected);
        assert_agree(&dense(&tridiagonal::by_directions::jacobian(&x)), &expected);
        assert_agree(&dense(&tridiagonal::automatic::jacobian(&x)), &expected);
        let (value, jacobian) = tridiagonal::by_rows::value_and_jacobian(&x);
        assert_eq!(value, tridiagonal::by_rows(&x));
        assert_agree(&jacobian, &expected);
    }
}

// zeros of shapes that the reverse sweep cannot see are kept by the forward sweep, in each iteration
directions!(shapes_in_loops(x: &[f64], n: usize) -> Vec<f64> {
    let mut all = Vec::new();
    for i in 0..n {
        let mut part = vec![1.0; i + 1];
        for j in 0..=i {
            part[j] = x[(i + j) % x.len()] * x[j % x.len()];
        }
        if i % 2 == 1 {
            part = vec![part[0] * x[0], part[i]];
        }
        part.truncate(2);
        all.push(part.iter().sum::<f64>() * part[0]);
        all.extend(part);
    }
    all
} at (&[0.5, -0.2, 0.75], 5) has 26, (&[0.5, -0.2], 0) has 0);

directions!(moved_rows(x: &[f64]) -> Vec<f64> {
    let mut y = x.to_vec();
    let mut rows = vec![x[0]; 2];
    for i in 0..x.len() {
        y.swap(0, i);
        y[i] *= rows[i % 2];
        rows[i % 2] = y[0];
        rows.push(y[i]);
    }
    rows.extend_from_slice(&y[1..]);
    rows.reverse();
    rows
} at (&[0.5, -0.2, 0.75, 1.5]) has 13);

directions!(products_at_zero(x: [f64; 3]) -> [f64; 4] {
    let mut p = [0.0; 4];
    for i in 0..3 {
        p[i] = x[i] * x[(i + 1) % 3];
    }
    p[3] = x[0].powi(3) * (x[1] - x[1]);
    p
} at ([0.0, 0.0, 0.0]) has 8, ([0.5, -1.0, 2.0]) has 8);

directions!(strong_zeros(x: f64, y: f64, n: usize) -> Vec<f64> {
    let mut roots = Vec::new();
    for _ in 0..n {
        roots.push((x * y).sqrt() * y);
        roots.push(x.hypot(y));
        roots.push((x * 0.0).powf(1.5));
    }
    roots
} at (0.5, 2.0, 2) has 10, (1.0, 2.0, 1) has 5);

/// A strong zero hides no entry, and keeps its value: reverse mode multiplies the infinite slope by `x = 0`.
#[test]
fn strong_zeros_at_a_singular_point() {
    let (x, y, n) = (0.0, 2.0, 1);
    let jacobian = strong_zeros::sparse::jacobian_sparse(x, y, n);
    assert_eq!(jacobian.nnz(), 5);
    let columns = [(1.0, 0.0), (0.0, 1.0)].map(|direction| strong_zeros::sparse::jvp(x, y, n, direction).1);
    assert_agree(&DMatrix::from(&jacobian), &DMatrix::from_columns(&columns.map(nalgebra::DVector::from)));
    assert_eq!(strong_zeros::by_directions::jacobian(x, y, n), DMatrix::from(&jacobian));
}

directions!(kinks(x: f64, y: f64, n: usize) -> Vec<f64> {
    let mut all = vec![0.0; 4 * n];
    for i in 0..n {
        all[4 * i] = x.max(y);
        all[4 * i + 1] = x.min(2.0 * y) * x;
        all[4 * i + 2] = x.clamp(y, 9.0);
        all[4 * i + 3] = (x * y).abs() + x.signum();
    }
    all
} at (0.5, -0.2, 1) has 8, (-0.5, 0.7, 2) has 16, (0.5, 0.5, 1) has 8);

directions!(branches_by_value(x: &[f64]) -> Vec<f64> {
    let mut y = Vec::with_capacity(x.len());
    for i in 0..x.len() {
        y.push(if x[i] > 0.0 { x[i] * x[0] } else { x[i] });
    }
    y
} at (&[1.0, -0.5, 2.0]) has 4, (&[-1.0, 0.5, 2.0]) has 5);

directions!(aggregates(p: (f64, [f64; 2]), q: &[(f64, usize)], #[no_diff] w: f64) -> ((f64, f64), Vec<[f64; 2]>) {
    let (a, v) = p;
    let mut rows = Vec::new();
    for (value, at) in q {
        rows.push([*value * w * v[*at], a.sin()]);
    }
    ((a * v[0], v[1]), rows)
} at ((0.5, [2.0, -1.0]), &[(0.3, 0), (0.7, 1), (0.0, 1)], 3.0) has 12, ((0.5, [2.0, -1.0]), &[], 3.0) has 3);

directions!(moved(x: &[f64], k: usize) -> Vec<f64> {
    let mut y = x.to_vec();
    y.swap(0, 1);
    y.sort_by(|a, b| b.partial_cmp(a).unwrap());
    y.rotate_left(k);
    let last = y.pop().unwrap();
    y.push(last * last);
    y.insert(1, 2.0 * x[0]);
    y
} at (&[0.5, -0.2, 0.75, 0.1], 1) has 5, (&[3.0, 2.0, 1.0], 0) has 4);

directions!(iterators(x: &[f64], y: &[f64]) -> Vec<f64> {
    let sum: f64 = y.iter().map(|y| y * y).sum();
    let mut z: Vec<f64> = x.iter().zip(y).map(|(x, y)| x * y).collect();
    z.push(sum);
    z.push(x.windows(2).map(|pair| pair[1] / pair[0]).fold(1.0, |a, b| a * b));
    z
} at (&[0.5, -0.2, 0.75], &[1.0, 0.0, 3.0]) has 12);

directions!(left_early(x: &[f64], limit: f64) -> [f64; 3] {
    let mut sum = 0.0;
    let mut i = 0;
    while i < x.len() {
        if x[i] < 0.0 {
            return [sum, limit, sum * limit];
        }
        sum += x[i] * x[i];
        if sum > limit {
            break;
        }
        i += 1;
    }
    [sum, x[0] - sum, x[0]]
} at (&[0.5, 0.2, 0.75], 9.0) has 7, (&[0.5, -0.2, 0.75], 9.0) has 4, (&[0.5, 2.0, 0.75], 1.0) has 5);

directions!(by_value(mut x: Vec<f64>, y: [f64; 2]) -> Vec<f64> {
    x[0] *= y[0];
    x.push(y[1]);
    for value in &mut x {
        *value += y[0];
    }
    x
} at (vec![1.0, 2.0], [0.5, -3.0]) has 6);

directions!(written(x: &mut [f64], y: &mut Vec<f64>, k: f64) -> f64 {
    x[0] *= k;
    y[1] = x[0] * y[0];
    y[1]
} at (&mut [1.0, 2.0], &mut vec![0.5, -3.0], 0.7) has 3);

directions!(single(x: [f32; 5], y: f32) -> Vec<f32> {
    let mut sums = vec![0.0; 5];
    for i in 0..5 {
        sums[i] = (x[i] / y).exp() + 0.5 * x[4 - i];
    }
    sums
} at ([0.5, -0.25, 1.0, 2.0, -1.0], 4.0) has 14);

directions!(sized[const N: usize](x: [f64; N], y: &[f64; N]) -> [f64; N] {
    let mut z = [0.0; N];
    for i in 0..N {
        z[i] = x[i] * y[N - 1 - i];
    }
    z
} at ([0.5, -0.25, 1.0], &[1.0, 2.0, -1.0]) has 6);

directions!(without_outputs(x: &[f64]) -> Vec<f64> {
    let mut y = Vec::new();
    for i in 3..x.len() {
        y.push(x[i]);
    }
    y
} at (&[1.0, 2.0]) has 0, (&[1.0, 2.0, 3.0, 4.0]) has 1);

directions!(constants(x: &[f64], y: f64) -> (f64, f64, f64) {
    let floor = y.floor();
    (2.5, floor, x[0] + floor * y)
} at (&[1.0, 2.0], 0.5) has 2);

// a constant that moves into the result
directions!(constant_list(x: &[f64], n: usize) -> Vec<f64> {
    let _ = x;
    vec![-1.5; n]
} at (&[1.0, 2.0], 3) has 0, (&[1.0], 0) has 0);

directions!(constant_parts(x: &[f64]) -> (Vec<f64>, [f64; 3]) {
    let list = vec![1.0, 2.0];
    (list, [x[0], x[0] * x[1], 2.0])
} at (&[1.0, 2.0]) has 3);

directions!(powers_of_products(x: &[f64]) -> [f64; 3] {
    let mut p = 1.0;
    let mut q = 0.0;
    for (i, x) in x.iter().enumerate() {
        p *= x;
        q = (q + p / (1.0 + x * x)) / (2.0 + i as f64) - -q;
    }
    [p, q, -(p * q) * 2.0 / q.cosh()]
} at (&[0.5, -0.2, 0.75]) has 9, (&[0.0, 0.0]) has 6);

type D = usize;

directions!(named_like_a_direction(x: [f64; 2], y: f64, #[no_diff] n: D) -> [f64; 2] {
    let mut z = x;
    for _ in 0..n {
        z = [z[0] * y, z[1]];
    }
    z
} at ([0.5, 0.0], 2.0, 2) has 3);

#[differentiable(sparse)]
fn spring(a: &[f64; 2], b: &[f64; 2], #[no_diff] rest: f64) -> [f64; 2] {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = (dx * dx + dy * dy).sqrt();
    let force = (length - rest) / length;
    [force * dx, force * dy]
}

directions!(springs(nodes: &[[f64; 2]], #[no_diff] rest: f64) -> Vec<f64> {
    let mut forces = Vec::new();
    for i in 1..nodes.len() {
        let force: [f64; 2] = spring(&nodes[i - 1], &nodes[i], rest);
        forces.push(force[0]);
        forces.push(force[1]);
    }
    // a call with an argument that is not active
    let held: [f64; 2] = spring(&[0.0, 1.0], &nodes[0], rest);
    forces.push(held[0]);
    forces
} at (&[[0.5, 0.1], [1.0, 0.2], [2.0, 0.0]], 1.5) has 18);
