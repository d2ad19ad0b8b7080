//! Hand tracking after ADBench (Srajer, Kukelova, Fitzgibbon, 2018): how far the points of a posed hand are from measured ones, and
//! the whole Jacobian by the 26 numbers of the pose.
//!
//! A pose is a rotation vector and a translation of the hand, and for each of five fingers a spread and three bends. A finger is a
//! chain of four bones, and a point of the skin follows two bones of one finger.

use super::{Case, repeat, spread};
use chainrule::differentiable;
use chainrule::sparse::ColumnColoring;
use nalgebra::{DMatrix, Matrix3, Vector3};
use std::hint::black_box;

const FINGERS: usize = 5;
const BONES: usize = 4;
/// The numbers of a pose.
pub const POSE: usize = 6 + 4 * FINGERS;

/// A hand at rest, and what was measured.
pub struct Hand {
    /// Where each bone begins, as seen from the one before: finger by finger.
    offsets: Vec<[f64; 3]>,
    /// The points of the skin.
    points: Vec<Point>,
}

/// A point of the skin.
pub struct Point {
    finger: usize,
    /// The first of the two bones that it follows.
    bone: usize,
    /// How much it follows the first one.
    weight: f64,
    /// Where it is, as seen from either bone.
    place: [f64; 3],
    measured: [f64; 3],
}

/// The matrix of a rotation vector (Rodrigues), row by row.
#[differentiable(sparse)]
pub fn rotation(r: &[f64; 3]) -> [f64; 9] {
    let square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    if square == 0.0 {
        return [1.0, -r[2], r[1], r[2], 1.0, -r[0], -r[1], r[0], 1.0];
    }
    let angle = square.sqrt();
    let (sine, cosine) = (angle.sin() / angle, angle.cos());
    let c = (1.0 - cosine) / square;
    [
        cosine + c * r[0] * r[0],
        c * r[0] * r[1] - sine * r[2],
        c * r[0] * r[2] + sine * r[1],
        c * r[0] * r[1] + sine * r[2],
        cosine + c * r[1] * r[1],
        c * r[1] * r[2] - sine * r[0],
        c * r[0] * r[2] - sine * r[1],
        c * r[1] * r[2] + sine * r[0],
        cosine + c * r[2] * r[2],
    ]
}

/// How a bone lies, from how the bone before it does: three rows of a rotation and a place. It begins at `offset`, is turned
/// about the third axis by `spread` and then about the first one by `bend`.
#[differentiable(sparse, wrt(before, spread, bend))]
pub fn joined(before: &[f64; 12], offset: &[f64; 3], spread: f64, bend: f64) -> [f64; 12] {
    let (cs, ss) = (spread.cos(), spread.sin());
    let (cb, sb) = (bend.cos(), bend.sin());
    let mut bone = [0.0; 12];
    for row in 0..3 {
        let (x, y, z) = (before[4 * row], before[4 * row + 1], before[4 * row + 2]);
        let turned = y * cs - x * ss;
        bone[4 * row] = x * cs + y * ss;
        bone[4 * row + 1] = turned * cb + z * sb;
        bone[4 * row + 2] = z * cb - turned * sb;
        bone[4 * row + 3] = x * offset[0] + y * offset[1] + z * offset[2] + before[4 * row + 3];
    }
    bone
}

/// The differences between the points and where they were measured, three numbers a point.
#[differentiable(sparse, wrt(pose))]
pub fn residuals(pose: &[f64], hand: &Hand) -> Vec<f64> {
    let turn: [f64; 9] = rotation(&[pose[0], pose[1], pose[2]]);
    let mut bones: Vec<[f64; 12]> = vec![[0.0; 12]; FINGERS * BONES];
    for finger in 0..FINGERS {
        let mut bone: [f64; 12] = [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        for joint in 0..BONES {
            let at = finger * BONES + joint;
            let spread = if joint == 0 { pose[6 + 4 * finger] } else { 0.0 };
            let bend = if joint < 3 { pose[7 + 4 * finger + joint] } else { 0.0 };
            bone = joined(&bone, &hand.offsets[at], spread, bend);
            bones[at] = bone;
        }
    }
    let mut differences = Vec::with_capacity(3 * hand.points.len());
    for point in hand.points.iter() {
        let at = point.finger * BONES + point.bone;
        let (weight, seen, measured): (f64, [f64; 3], [f64; 3]) = (point.weight, point.place, point.measured);
        let mut place = [0.0; 3];
        for row in 0..3 {
            let mut first = bones[at][4 * row + 3];
            let mut second = bones[at + 1][4 * row + 3];
            for i in 0..3 {
                first += bones[at][4 * row + i] * seen[i];
                second += bones[at + 1][4 * row + i] * seen[i];
            }
            place[row] = weight * first + (1.0 - weight) * second;
        }
        for row in 0..3 {
            let turned = turn[3 * row] * place[0] + turn[3 * row + 1] * place[1] + turn[3 * row + 2] * place[2];
            differences.push(turned + pose[3 + row] - measured[row]);
        }
    }
    differences
}

/// The Jacobian by hand: a bone moves with the joints of its own finger before it, and only their columns are touched.
pub fn by_hand(pose: &[f64], hand: &Hand, jacobian: &mut DMatrix<f64>) {
    jacobian.fill(0.0);
    let (turn, turn_by) = rotation_by_hand(&Vector3::new(pose[0], pose[1], pose[2]));
    let mut bones = [[0.0; 12]; FINGERS * BONES];
    // the bone's derivatives by the spread and the three bends of its finger
    let mut by_joint = [[[0.0; 12]; 4]; FINGERS * BONES];
    for finger in 0..FINGERS {
        let mut before = [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        let mut before_by = [[0.0; 12]; 4];
        for joint in 0..BONES {
            let at = finger * BONES + joint;
            let offset = &hand.offsets[at];
            let spread = if joint == 0 { pose[6 + 4 * finger] } else { 0.0 };
            let bend = if joint < 3 { pose[7 + 4 * finger + joint] } else { 0.0 };
            let bone = joined(&before, offset, spread, bend);
            for (by, before_by) in by_joint[at].iter_mut().zip(&before_by).take(joint + 1) {
                *by = joined(before_by, offset, spread, bend);
            }
            for row in 0..3 {
                let (y, z) = (bone[4 * row + 1], bone[4 * row + 2]);
                if joint < 3 {
                    by_joint[at][joint + 1][4 * row + 1] = z;
                    by_joint[at][joint + 1][4 * row + 2] = -y;
                }
                if joint == 0 {
                    let (cs, ss) = (spread.cos(), spread.sin());
                    let (cb, sb) = (bend.cos(), bend.sin());
                    let (x, y) = (before[4 * row], before[4 * row + 1]);
                    let turned = -y * ss - x * cs;
                    by_joint[at][0][4 * row] = y * cs - x * ss;
                    by_joint[at][0][4 * row + 1] = turned * cb;
                    by_joint[at][0][4 * row + 2] = -turned * sb;
                }
            }
            bones[at] = bone;
            (before, before_by) = (bone, by_joint[at]);
        }
    }
    for (index, point) in hand.points.iter().enumerate() {
        let at = point.finger * BONES + point.bone;
        let place = follow(&bones[at], &bones[at + 1], point);
        for (column, turn_by) in turn_by.iter().enumerate() {
            jacobian.fixed_view_mut::<3, 1>(3 * index, column).copy_from(&(turn_by * place));
        }
        for row in 0..3 {
            jacobian[(3 * index + row, 3 + row)] = 1.0;
        }
        for joint in 0..4 {
            let moved = follow(&by_joint[at][joint], &by_joint[at + 1][joint], point);
            let column = 6 + 4 * point.finger + joint;
            jacobian.fixed_view_mut::<3, 1>(3 * index, column).copy_from(&(turn * moved));
        }
    }
}

fn follow(first: &[f64; 12], second: &[f64; 12], point: &Point) -> Vector3<f64> {
    let [x, y, z] = point.place;
    let along = |bone: &[f64; 12], row: usize| {
        bone[4 * row] * x + bone[4 * row + 1] * y + bone[4 * row + 2] * z + bone[4 * row + 3]
    };
    Vector3::from_fn(|row, _| point.weight * along(first, row) + (1.0 - point.weight) * along(second, row))
}

/// A rotation and its derivatives by the rotation vector, for a vector that is not zero.
fn rotation_by_hand(r: &Vector3<f64>) -> (Matrix3<f64>, [Matrix3<f64>; 3]) {
    let square = r.norm_squared();
    let angle = square.sqrt();
    let (sine, cosine) = (angle.sin() / angle, angle.cos());
    let c = (1.0 - cosine) / square;
    // the derivatives of the three factors by half the square
    let (sine_by, cosine_by, c_by) = ((cosine - sine) / square, -sine, (sine - 2.0 * c) / square);
    let (outer, cross) = (r * r.transpose(), r.cross_matrix());
    let turn = Matrix3::identity() * cosine + outer * c + cross * sine;
    let by = [0, 1, 2].map(|k| {
        let unit = Vector3::from_fn(|row, _| f64::from(u8::from(row == k)));
        let sides = unit * r.transpose() + r * unit.transpose();
        let along = Matrix3::identity() * cosine_by + outer * c_by + cross * sine_by;
        along * r[k] + sides * c + unit.cross_matrix() * sine
    });
    (turn, by)
}

/// A pose away from rest, and a hand with so many points.
pub fn input(points: usize) -> (Vec<f64>, Hand) {
    let pose = spread(POSE, 5);
    let (places, measured, weights) = (spread(3 * points, 100), spread(3 * points, 900), spread(points, 2000));
    let offsets = spread(3 * FINGERS * BONES, 4000).chunks(3).map(|c| [c[0], 1.0 + c[1], c[2]]).collect();
    let points = (0..points).map(|index| Point {
        finger: index % FINGERS,
        bone: index / FINGERS % (BONES - 1),
        weight: 0.5 + weights[index],
        place: [places[3 * index], places[3 * index + 1], places[3 * index + 2]],
        measured: [measured[3 * index], measured[3 * index + 1], measured[3 * index + 2]],
    });
    (pose, Hand { offsets, points: points.collect() })
}

/// A hundred points.
pub fn cases() -> Vec<Case> {
    let n = 100;
    let [(x, a), (y, b), (z, c)] = [(); 3].map(|()| input(n));
    let coloring = ColumnColoring::of(residuals::jacobian_pattern(&y, &b));
    let mut jacobian = DMatrix::zeros(3 * n, POSE);
    vec![Case {
        name: "hand-100".into(),
        primal: repeat(move || residuals(black_box(&x), &a)[0]),
        generated: repeat(move || {
            residuals::jacobian_colored(black_box(&y), &b, &coloring).map_or(f64::NAN, |jacobian| jacobian.values()[0])
        }),
        by_hand: repeat(move || {
            by_hand(black_box(&z), &c, black_box(&mut jacobian));
            jacobian[(0, 0)]
        }),
        product: None,
    }]
}
