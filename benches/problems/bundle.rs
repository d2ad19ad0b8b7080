//! Bundle adjustment as in ADBench (Srajer, Kukelova, Fitzgibbon, 2018): where a camera sees a point, and the 2 x 15 block
//! of the Jacobian that belongs to one observation.
//!
//! A camera has 11 numbers: rotation vector, centre, focal length, principal point, two coefficients of the radial
//! distortion.

use super::{Case, repeat};
use chainrule::differentiable;
use std::hint::black_box;

/// `x` turned around `r` by its length (Rodrigues).
#[differentiable(jacobian = cross_country)]
pub fn rotate(r: &[f64; 3], x: &[f64; 3]) -> [f64; 3] {
    let squared = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    let cross = [r[1] * x[2] - r[2] * x[1], r[2] * x[0] - r[0] * x[2], r[0] * x[1] - r[1] * x[0]];
    if squared > 0.0 {
        let angle = squared.sqrt();
        let (cosine, along) = (angle.cos(), angle.sin() / angle);
        let dot = (r[0] * x[0] + r[1] * x[1] + r[2] * x[2]) * (1.0 - cosine) / squared;
        [
            x[0] * cosine + cross[0] * along + r[0] * dot,
            x[1] * cosine + cross[1] * along + r[1] * dot,
            x[2] * cosine + cross[2] * along + r[2] * dot,
        ]
    } else {
        [x[0] + cross[0], x[1] + cross[1], x[2] + cross[2]]
    }
}

/// The weighted distance between where a point is seen and the feature that was found.
#[differentiable(wrt(camera, point, weight), jacobian = cross_country)]
pub fn reprojection(camera: &[f64; 11], point: &[f64; 3], weight: f64, feature: &[f64; 2]) -> [f64; 2] {
    let rotation = [camera[0], camera[1], camera[2]];
    let moved = [point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]];
    let seen: [f64; 3] = rotate(&rotation, &moved);
    let x = seen[0] / seen[2];
    let y = seen[1] / seen[2];
    let radius = x * x + y * y;
    let scale = camera[6] * (1.0 + camera[9] * radius + camera[10] * radius * radius);
    [weight * (x * scale + camera[7] - feature[0]), weight * (y * scale + camera[8] - feature[1])]
}

/// The distances and the block of the Jacobian: camera, point, weight.
pub type Block = ([f64; 2], [[f64; 15]; 2]);

/// The block as generated: by elimination, with the Jacobian of the rotation as one of its vertices.
pub fn generated(camera: &[f64; 11], point: &[f64; 3], weight: f64, feature: &[f64; 2]) -> Block {
    let (error, jacobian) = reprojection::value_and_jacobian(camera, point, weight, feature);
    (error, std::array::from_fn(|row| std::array::from_fn(|column| jacobian[(row, column)])))
}

/// The block by hand: both rows at once through the two coordinates, then through the rotation, whose matrix is built
/// once.
pub fn by_hand(camera: &[f64; 11], point: &[f64; 3], weight: f64, feature: &[f64; 2]) -> Block {
    let r = [camera[0], camera[1], camera[2]];
    let moved = [point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]];
    let (turned, matrix, by_rotation) = rotation_and_slopes(&r, &moved);
    let inverse = 1.0 / turned[2];
    let seen = [turned[0] * inverse, turned[1] * inverse];
    let radius = seen[0] * seen[0] + seen[1] * seen[1];
    let distortion = 1.0 + (camera[9] + camera[10] * radius) * radius;
    let slope = camera[6] * 2.0 * (camera[9] + 2.0 * camera[10] * radius);
    let scale = camera[6] * distortion;
    let mut rows = [[0.0; 15]; 2];
    let mut error = [0.0; 2];
    for (axis, row) in rows.iter_mut().enumerate() {
        let offset = seen[axis] * scale + camera[7 + axis] - feature[axis];
        error[axis] = weight * offset;
        let mut by_seen = [weight * slope * seen[axis] * seen[0], weight * slope * seen[axis] * seen[1]];
        by_seen[axis] += weight * scale;
        let [a, b] = by_seen.map(|by| by * inverse);
        let by_turned = [a, b, -(a * seen[0] + b * seen[1])];
        for k in 0..3 {
            let column = |m: &[[f64; 3]; 3]| by_turned[0] * m[0][k] + by_turned[1] * m[1][k] + by_turned[2] * m[2][k];
            row[k] = column(&by_rotation);
            row[11 + k] = column(&matrix);
            row[3 + k] = -row[11 + k];
        }
        row[6] = weight * distortion * seen[axis];
        row[7 + axis] = weight;
        row[9] = weight * camera[6] * seen[axis] * radius;
        row[10] = row[9] * radius;
        row[14] = offset;
    }
    (error, rows)
}

/// The turned vector, the rotation's matrix, and the derivative of the turned vector by the rotation vector.
fn rotation_and_slopes(r: &[f64; 3], x: &[f64; 3]) -> ([f64; 3], [[f64; 3]; 3], [[f64; 3]; 3]) {
    let squared = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    let cross = [r[1] * x[2] - r[2] * x[1], r[2] * x[0] - r[0] * x[2], r[0] * x[1] - r[1] * x[0]];
    // cos θ, sin θ / θ, (1 - cos θ) / θ², and their derivatives by θ over θ
    let (cosine, along, twist, along_slope, twist_slope) = if squared > 0.0 {
        let inverse = 1.0 / squared;
        let angle = squared.sqrt();
        let (sine, cosine) = angle.sin_cos();
        let (along, twist) = (sine / angle, (1.0 - cosine) * inverse);
        (cosine, along, twist, (cosine - along) * inverse, (along - 2.0 * twist) * inverse)
    } else {
        (1.0, 1.0, 0.0, 0.0, 0.0)
    };
    let dot = r[0] * x[0] + r[1] * x[1] + r[2] * x[2];
    let skew = [[0.0, -r[2], r[1]], [r[2], 0.0, -r[0]], [-r[1], r[0], 0.0]];
    let skew_x = [[0.0, x[2], -x[1]], [-x[2], 0.0, x[0]], [x[1], -x[0], 0.0]];
    let (mut turned, mut matrix, mut slopes) = ([0.0; 3], [[0.0; 3]; 3], [[0.0; 3]; 3]);
    for i in 0..3 {
        turned[i] = x[i] * cosine + cross[i] * along + r[i] * dot * twist;
        let radial = along_slope * cross[i] - along * x[i] + twist_slope * dot * r[i];
        for j in 0..3 {
            matrix[i][j] = along * skew[i][j] + twist * r[i] * r[j];
            slopes[i][j] = radial * r[j] + along * skew_x[i][j] + twist * r[i] * x[j];
        }
        matrix[i][i] += cosine;
        slopes[i][i] += twist * dot;
    }
    (turned, matrix, slopes)
}

/// Cameras, points, weights and features of a scene in front of the cameras.
pub fn input(n: usize) -> Vec<([f64; 11], [f64; 3], f64, [f64; 2])> {
    let numbers = super::spread(16 * n, 0);
    let observation = |s: &[f64]| {
        let camera = [s[0], s[1], s[2], s[3], s[4], s[5] - 4.0, 1.0 + s[6], s[7], s[8], 0.1 * s[9], 0.02 * s[10]];
        (camera, [s[11], s[12], s[13]], 1.0 + s[14], [s[15], s[7]])
    };
    numbers.chunks(16).map(observation).collect()
}

/// A hundred observations.
pub fn cases() -> Vec<Case> {
    let [x, y, z] = [input(100), input(100), input(100)];
    vec![Case {
        name: "bundle-100".into(),
        primal: repeat(move || x.iter().map(|(c, p, w, f)| black_box(reprojection(black_box(c), p, *w, f))[0]).sum()),
        generated: repeat(move || y.iter().map(|(c, p, w, f)| black_box(generated(black_box(c), p, *w, f)).0[0]).sum()),
        by_hand: repeat(move || z.iter().map(|(c, p, w, f)| black_box(by_hand(black_box(c), p, *w, f)).0[0]).sum()),
        product: None,
    }]
}
