//! Sparse Jacobians over blocks and bands, their patterns at other points, and what they call.
// what cancels is tested on purpose
#![allow(clippy::eq_op)]

use super::directions::{assert_agree, assert_colored, dense};
use chainrule::differentiable;
use chainrule::sparse::{ColumnColoring, CscMatrix, Error, SparsityPattern};
use nalgebra::DMatrix;

mod bundle {
    use super::*;

    /// A camera (rotation vector, translation, focal length, two distortions) sees a point.
    #[differentiable(sparse)]
    pub fn reprojection(camera: &[f64; 9], point: &[f64; 3], seen: &[f64; 2]) -> [f64; 2] {
        let squared = camera[0] * camera[0] + camera[1] * camera[1] + camera[2] * camera[2];
        let mut p = *point;
        if squared > 1e-20 {
            let angle = squared.sqrt();
            let (sin, cos) = angle.sin_cos();
            let axis = [camera[0] / angle, camera[1] / angle, camera[2] / angle];
            let along = (axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2]) * (1.0 - cos);
            for i in 0..3 {
                let (j, k) = ((i + 1) % 3, (i + 2) % 3);
                let across = axis[j] * point[k] - axis[k] * point[j];
                p[i] = point[i] * cos + across * sin + axis[i] * along;
            }
        }
        for i in 0..3 {
            p[i] += camera[3 + i];
        }
        let (u, v) = (-p[0] / p[2], -p[1] / p[2]);
        let r2 = u * u + v * v;
        let scale = camera[6] * (1.0 + r2 * (camera[7] + camera[8] * r2));
        [scale * u - seen[0], scale * v - seen[1]]
    }

    #[differentiable(sparse, wrt(cameras, points))]
    pub fn residuals(cameras: &[[f64; 9]], points: &[[f64; 3]], seen: &[(usize, usize, [f64; 2])]) -> Vec<f64> {
        let mut residuals = Vec::with_capacity(2 * seen.len());
        for (camera, point, at) in seen {
            let error: [f64; 2] = reprojection(&cameras[*camera], &points[*point], at);
            residuals.push(error[0]);
            residuals.push(error[1]);
        }
        residuals
    }
}

/// Cameras on a line that see the points near them: the colours do not grow with the number of cameras.
#[test]
fn bundle_adjustment() {
    let mut colors = Vec::new();
    for count in [2, 5, 40] {
        let wave = |i: usize, scale: f64| (i as f64 * 1.7).sin() * scale;
        let cameras: Vec<[f64; 9]> = (0..count)
            .map(|i| [wave(i, 0.2), wave(i + 1, 0.1), 0.05, i as f64, wave(i, 0.5), 6.0, 500.0, wave(i, 0.01), 0.001])
            .collect();
        let points: Vec<[f64; 3]> =
            (0..3 * count).map(|i| [-(i as f64) / 3.0, wave(i, 1.0), wave(i + 2, 0.5)]).collect();
        let mut seen = Vec::new();
        for camera in 0..count {
            for point in (3 * camera).saturating_sub(2)..(3 * camera + 5).min(points.len()) {
                seen.push((camera, point, [wave(point, 3.0), wave(camera, 2.0)]));
            }
        }
        let sparse = bundle::residuals::jacobian_sparse(&cameras, &points, &seen);
        assert_eq!(sparse.nnz(), 2 * 12 * seen.len());
        let expected = dense(&bundle::residuals::jacobian(&cameras, &points, &seen));
        let scale = expected.amax();
        assert_agree(&(DMatrix::from(&sparse) / scale), &(expected / scale));
        let coloring = ColumnColoring::of(bundle::residuals::jacobian_pattern(&cameras, &points, &seen));
        assert_colored(&coloring);
        colors.push(coloring.colors());
        // another point of the same structure
        let moved: Vec<[f64; 3]> = points.iter().map(|p| p.map(|x| 1.01 * x)).collect();
        let again = bundle::residuals::jacobian_colored(&cameras, &moved, &seen, &coloring);
        assert_eq!(again, Ok(bundle::residuals::jacobian_sparse(&cameras, &moved, &seen)));
    }
    assert!(colors[2] <= colors[1] + 2, "{colors:?}");
}

mod full_rows {
    use super::*;

    #[differentiable(sparse)]
    pub fn with_totals(x: &[f64], #[no_diff] k: f64) -> Vec<f64> {
        let n = x.len();
        let mut y = vec![0.0; n + 2];
        for i in 0..n {
            y[i] = x[i] * x[i] + k;
            y[n] += x[i] * k;
            y[n + 1] += x[i].sin() * x[(i + 1) % n];
        }
        y
    }

    #[differentiable(sparse)]
    pub fn with_a_column(x: &[f64]) -> Vec<f64> {
        let mut y = Vec::new();
        for i in 0..x.len() {
            y.push(x[i] * x[0]);
        }
        y
    }
}

/// A few full rows make every column need its own direction, but leave the rows few colours; a full column does it the
/// other way round.
#[test]
fn fewer_colors_of_rows() {
    for n in [1, 2, 5, 40] {
        let x: Vec<f64> = (0..n).map(|i| 0.3 + (i as f64).sin()).collect();
        let jacobian = full_rows::with_totals::jacobian_sparse(&x, 0.7);
        assert_agree(&DMatrix::from(&jacobian), &dense(&full_rows::with_totals::jacobian(&x, 0.7)));
        let columns = ColumnColoring::of(full_rows::with_totals::jacobian_pattern(&x, 0.7));
        assert_eq!(columns.colors(), n);
        assert_eq!(full_rows::with_totals::jacobian_colored(&x, 0.7, &columns), Ok(jacobian));
        let jacobian = full_rows::with_a_column::jacobian_sparse(&x);
        assert_agree(&DMatrix::from(&jacobian), &dense(&full_rows::with_a_column::jacobian(&x)));
    }
}

mod recursive {
    use super::*;

    #[differentiable(sparse)]
    pub fn halves(x: &[f64], low: usize, high: usize) -> f64 {
        if high - low == 1 {
            return x[low] * x[low];
        }
        let middle = (low + high) / 2;
        let left: f64 = halves(x, low, middle);
        let right: f64 = halves(x, middle, high);
        left * right
    }

    #[differentiable(sparse)]
    pub fn prefixes(x: &[f64]) -> Vec<f64> {
        let mut all = Vec::new();
        for i in 0..x.len() {
            let half: f64 = halves(x, 0, i + 1);
            all.push(half);
        }
        all
    }

    #[differentiable(sparse)]
    pub fn scale(x: &mut [f64], by: f64) {
        for value in x.iter_mut() {
            *value *= by;
        }
    }

    #[differentiable(sparse)]
    pub fn scaled(x: &[f64], by: f64) -> Vec<f64> {
        let mut y = x.to_vec();
        scale(&mut y, by);
        y
    }

    #[differentiable(sparse)]
    pub fn chosen<const N: usize>(x: &[f64; N], at: usize) -> f64 {
        x[at]
    }

    #[differentiable(sparse)]
    pub fn pair(x: &[f64; 3]) -> [f64; 2] {
        let a: f64 = chosen::<3>(x, 0);
        let b: f64 = chosen(x, 2);
        [a * b, b]
    }
}

#[test]
fn calls() {
    let x = [0.5, -0.2, 0.75, 0.1];
    let jacobian = recursive::prefixes::jacobian_sparse(&x);
    assert_eq!(jacobian.nnz(), 10);
    assert_agree(&DMatrix::from(&jacobian), &dense(&recursive::prefixes::jacobian(&x)));
    let jacobian = recursive::scaled::jacobian_sparse(&x, 3.0);
    assert_eq!(jacobian.nnz(), 8);
    assert_agree(&DMatrix::from(&jacobian), &dense(&recursive::scaled::jacobian(&x, 3.0)));
    let jacobian = recursive::pair::jacobian_sparse(&[0.0, 1.0, 2.0]);
    assert_eq!(jacobian.nnz(), 3);
    assert_agree(&DMatrix::from(&jacobian), &dense(&recursive::pair::jacobian(&[0.0, 1.0, 2.0])));
}

/// More columns than a set tells apart, and a coupling of the first with the last.
#[test]
fn many_columns() {
    #[differentiable(sparse)]
    fn ring(x: &[f64]) -> Vec<f64> {
        let n = x.len();
        let mut y = vec![0.0; n];
        for i in 0..n {
            y[i] = x[i] * x[(i + 1) % n] - x[(i + n - 1) % n].cos();
        }
        y
    }
    for n in [3, 255, 256, 257, 700] {
        let x: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
        let jacobian = ring::jacobian_sparse(&x);
        assert_eq!(jacobian.nnz(), 3 * n);
        assert_agree(&DMatrix::from(&jacobian), &dense(&ring::jacobian(&x)));
        let coloring = ColumnColoring::of(ring::jacobian_pattern(&x));
        assert_colored(&coloring);
        // the number of directions does not grow with the size
        assert!(coloring.colors() <= 5, "{} colours of {n} columns", coloring.colors());
    }
}

/// As many colours as lanes, and one more or less, with the direction that checks them and without.
#[test]
fn numbers_of_colors() {
    #[differentiable(sparse, wrt(x))]
    fn windows(x: &[f64], width: usize) -> Vec<f64> {
        let mut y = vec![0.0; x.len() - width + 1];
        for i in 0..y.len() {
            for k in 0..width {
                y[i] += (k as f64 + 1.5) * x[i + k] * x[i + k];
            }
        }
        y
    }
    let x: Vec<f64> = (0..24).map(|i| (i as f64).sin()).collect();
    for width in [1, 3, 4, 5, 9, 10, 11, 19, 20, 21] {
        let jacobian = windows::jacobian_sparse(&x, width);
        assert_agree(&DMatrix::from(&jacobian), &dense(&windows::jacobian(&x, width)));
        let coloring = ColumnColoring::of(jacobian.pattern().clone());
        assert_eq!(coloring.colors(), width);
        assert_eq!(windows::jacobian_colored(&x, width, &coloring), Ok(jacobian));
    }
    // the last entry of the last row is missing
    let pattern = windows::jacobian_pattern(&x, 10);
    let (mut offsets, mut indices) = (pattern.major_offsets().to_vec(), pattern.minor_indices().to_vec());
    indices.pop();
    offsets[x.len()] -= 1;
    let narrow = SparsityPattern::try_from_offsets_and_indices(24, 15, offsets, indices).unwrap();
    assert_eq!(windows::jacobian_colored(&x, 10, &ColumnColoring::of(narrow)), Err(Error::Pattern { row: 14 }));
}

mod straight {
    use super::*;

    #[differentiable(sparse)]
    pub fn eliminated(x: f64, y: f64, z: f64) -> (f64, f64, f64) {
        let p = x * y;
        (p.sin(), z - z + y, 2.0 * x)
    }

    #[differentiable(sparse, jacobian = cross_country)]
    pub fn with_branch(x: [f64; 2], s: f64) -> [f64; 2] {
        let t = if s > 0.0 { x[0] * s } else { x[0] };
        [t, x[1]]
    }

    #[differentiable(sparse)]
    pub fn nothing(x: f64, y: f64) -> (f64, f64) {
        let _ = (x, y);
        (1.0, 2.0 * 3.0)
    }
}

/// Where the graph of a function is known, so is the pattern, without a run.
#[test]
fn of_straight_line_code() {
    for x in [0.0, 0.7] {
        let jacobian = straight::eliminated::jacobian_sparse(x, 0.5, 2.0);
        assert_eq!(jacobian.nnz(), 4);
        assert_eq!(jacobian.pattern(), &straight::eliminated::jacobian_pattern(x, 0.5, 2.0));
        assert_agree(&DMatrix::from(&jacobian), &dense(&straight::eliminated::jacobian(x, 0.5, 2.0)));
        let coloring = ColumnColoring::of(jacobian.pattern().clone());
        assert_eq!(straight::eliminated::jacobian_colored(x, 0.5, 2.0, &coloring), Ok(jacobian));
    }
    for s in [-0.5, 0.5] {
        let jacobian = straight::with_branch::jacobian_sparse([0.5, 2.0], s);
        // what depends on a value in either branch is an entry
        assert_eq!(jacobian.nnz(), 3);
        assert_agree(&DMatrix::from(&jacobian), &dense(&straight::with_branch::jacobian([0.5, 2.0], s)));
    }
    assert_eq!(straight::nothing::jacobian_sparse(1.0, 2.0).nnz(), 0);
}

mod reused {
    use super::*;

    #[differentiable(sparse)]
    pub fn switch(x: &[f64]) -> Vec<f64> {
        let n = x.len();
        let mut y = vec![0.0; n];
        for i in 0..n {
            y[i] = if x[i] > 0.0 { x[i].exp() } else { x[i] * x[n - 1 - i] };
        }
        y
    }
}

/// A pattern of another point: an error where it does not fit, never a wrong matrix.
#[test]
fn patterns_of_other_points() {
    use reused::switch;
    let (x, same, other) = ([0.5, 0.2, 0.75, 0.1], [1.5, 0.3, 0.1, 0.2], [0.5, -0.2, 0.75, 0.1]);
    let coloring = ColumnColoring::of(switch::jacobian_pattern(&x));
    assert_eq!(coloring.colors(), 1);
    assert_eq!(switch::jacobian_colored(&same, &coloring), Ok(switch::jacobian_sparse(&same)));
    assert_eq!(switch::jacobian_colored(&other, &coloring), Err(Error::Pattern { row: 1 }));
    // the pattern of a point that goes both ways fits the others
    let coloring = ColumnColoring::of(switch::jacobian_pattern(&[-1.0; 4]));
    for x in [x, same, other] {
        let jacobian: CscMatrix<f64> = switch::jacobian_colored(&x, &coloring).unwrap();
        assert_agree(&DMatrix::from(&jacobian), &dense(&switch::jacobian(&x)));
    }
    let shape = |pattern, found| Err(Error::Shape { pattern, found });
    assert_eq!(switch::jacobian_colored(&[0.5; 3], &coloring), shape((4, 4), (3, 3)));
    assert_eq!(switch::jacobian_colored(&[0.5; 5], &coloring), shape((4, 4), (5, 5)));
    assert_eq!(Error::Pattern { row: 1 }.to_string().lines().count(), 1);
}
