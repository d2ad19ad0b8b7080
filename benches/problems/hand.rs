//! Hand tracking after ADBench (Srajer, Kukelova, Fitzgibbon, 2018): how far the skin of a posed hand is from measured points, and
//! the whole Jacobian by the 26 numbers of the pose: a rotation vector, a translation, and four angles for each finger.
//!
//! The steps are ADBench's: angles of all bones, their transforms along the skeleton, linear blend skinning, the hand's own rotation
//! and translation, differences. Two things are written as one would in Rust: transforms have three rows, without
//! the fourth that is always the same, and weights that are zero are passed over, where ADBench multiplies by them.

use super::{Case, repeat, spread};
use chainrule::differentiable;
use chainrule::sparse::ColumnColoring;
use nalgebra::{Matrix3, Vector3};
use std::hint::black_box;

const FINGERS: usize = 5;
/// The wrist, four bones for each finger, the forearm.
const BONES: usize = 22;
/// The numbers of a pose.
pub const POSE: usize = 6 + 4 * FINGERS;

/// A rotation, row by row. What the macro reads is written out, since it does not see what a name stands for.
type Rotation = [[f64; 3]; 3];
/// A rotation with a translation in its last column.
type Transform = [[f64; 4]; 3];

/// A hand at rest, and what was measured.
pub struct Hand {
    bones: Vec<Bone>,
    skin: Vec<Vertex>,
    measured: Vec<Measured>,
}

/// A part of the skeleton. Its parent comes before it.
pub struct Bone {
    parent: Option<usize>,
    /// From the parent at rest.
    base: Transform,
    /// Back from where it is at rest.
    unposed: Transform,
}

/// A point of the skin, where it is at rest.
pub struct Vertex {
    place: [f64; 3],
    /// How much it follows each bone: few of them are not zero.
    weights: [f64; BONES],
}

/// A measured point, and the point of the skin that it belongs to.
pub struct Measured {
    vertex: usize,
    place: [f64; 3],
}

/// The matrix of a rotation vector (Rodrigues).
#[differentiable(sparse)]
pub fn rotation(r: &[f64; 3]) -> [[f64; 3]; 3] {
    let angle = (r[0] * r[0] + r[1] * r[1] + r[2] * r[2]).sqrt();
    if angle < 1e-4 {
        return [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    }
    let (x, y, z) = (r[0] / angle, r[1] / angle, r[2] / angle);
    let (s, c) = (angle.sin(), angle.cos());
    [
        [x * x + (1.0 - x * x) * c, x * y * (1.0 - c) - z * s, x * z * (1.0 - c) + y * s],
        [x * y * (1.0 - c) + z * s, y * y + (1.0 - y * y) * c, y * z * (1.0 - c) - x * s],
        [x * z * (1.0 - c) - y * s, y * z * (1.0 - c) + x * s, z * z + (1.0 - z * z) * c],
    ]
}

/// The angles of all bones about the x, z and y axes. A finger bends in three joints, and spreads in the first.
#[differentiable(sparse)]
pub fn bone_angles(fingers: &[[f64; 4]; FINGERS]) -> [[f64; 3]; BONES] {
    let mut angles = [[0.0; 3]; BONES];
    for finger in 0..FINGERS {
        let first = 2 + 4 * finger;
        angles[first][0] = fingers[finger][0];
        angles[first][1] = fingers[finger][1];
        angles[first + 1][0] = fingers[finger][2];
        angles[first + 2][0] = fingers[finger][3];
    }
    angles
}

#[differentiable(sparse)]
pub fn product(a: &[[f64; 3]; 3], b: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let mut c = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..3 {
            c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
        }
    }
    c
}

/// The rotation by three angles: about the x axis, then the y axis, then the z axis.
#[differentiable(sparse)]
pub fn euler(xzy: &[f64; 3]) -> [[f64; 3]; 3] {
    let (sx, cx) = (xzy[0].sin(), xzy[0].cos());
    let (sz, cz) = (xzy[1].sin(), xzy[1].cos());
    let (sy, cy) = (xzy[2].sin(), xzy[2].cos());
    let about_x = [[1.0, 0.0, 0.0], [0.0, cx, -sx], [0.0, sx, cx]];
    let about_y = [[cy, 0.0, sy], [0.0, 1.0, 0.0], [-sy, 0.0, cy]];
    let about_z = [[cz, -sz, 0.0], [sz, cz, 0.0], [0.0, 0.0, 1.0]];
    let zy: [[f64; 3]; 3] = product(&about_z, &about_y);
    product(&zy, &about_x)
}

/// `a` after a rotation.
#[differentiable(sparse)]
pub fn rotated(a: &[[f64; 4]; 3], b: &[[f64; 3]; 3]) -> [[f64; 4]; 3] {
    let mut c = *a;
    for i in 0..3 {
        for j in 0..3 {
            c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
        }
    }
    c
}

/// `a` after `b`.
#[differentiable(sparse)]
pub fn composed(a: &[[f64; 4]; 3], b: &[[f64; 4]; 3]) -> [[f64; 4]; 3] {
    let mut c = [[0.0; 4]; 3];
    for i in 0..3 {
        for j in 0..4 {
            c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
        }
        c[i][3] += a[i][3];
    }
    c
}

/// What moves a point of the skin with each bone, from where the point is at rest.
#[differentiable(sparse, wrt(angles))]
pub fn transforms(angles: &[[f64; 3]; BONES], bones: &[Bone]) -> [[[f64; 4]; 3]; BONES] {
    let mut absolutes = [[[0.0; 4]; 3]; BONES];
    let mut transforms = [[[0.0; 4]; 3]; BONES];
    for index in 0..BONES {
        let turn: [[f64; 3]; 3] = euler(&angles[index]);
        let relative: [[f64; 4]; 3] = rotated(&bones[index].base, &turn);
        let absolute: [[f64; 4]; 3] = match bones[index].parent {
            None => relative,
            Some(parent) => composed(&absolutes[parent], &relative),
        };
        absolutes[index] = absolute;
        transforms[index] = composed(&absolute, &bones[index].unposed);
    }
    transforms
}

/// Where a point of the skin goes: linear blend skinning.
#[differentiable(sparse, wrt(transforms))]
pub fn skinned(transforms: &[[[f64; 4]; 3]; BONES], vertex: &Vertex) -> [f64; 3] {
    let place: [f64; 3] = vertex.place;
    let mut position = [0.0; 3];
    for bone in 0..BONES {
        let weight: f64 = vertex.weights[bone];
        if weight != 0.0 {
            for i in 0..3 {
                let row: [f64; 4] = transforms[bone][i];
                position[i] += weight * (row[0] * place[0] + row[1] * place[1] + row[2] * place[2] + row[3]);
            }
        }
    }
    position
}

/// The differences between the measured points and those of the skin, three numbers a point.
#[differentiable(sparse, wrt(turn, translation, fingers))]
pub fn residuals(turn: &[f64; 3], translation: &[f64; 3], fingers: &[[f64; 4]; FINGERS], hand: &Hand) -> Vec<f64> {
    let angles: [[f64; 3]; BONES] = bone_angles(fingers);
    let transforms: [[[f64; 4]; 3]; BONES] = transforms(&angles, &hand.bones);
    let turn: [[f64; 3]; 3] = rotation(turn);
    let mut positions = Vec::with_capacity(hand.skin.len());
    for vertex in hand.skin.iter() {
        let at: [f64; 3] = skinned(&transforms, vertex);
        let mut position = [0.0; 3];
        for i in 0..3 {
            position[i] = turn[i][0] * at[0] + turn[i][1] * at[1] + turn[i][2] * at[2] + translation[i];
        }
        positions.push(position);
    }
    let mut differences = Vec::with_capacity(3 * hand.measured.len());
    for measured in hand.measured.iter() {
        for i in 0..3 {
            differences.push(measured.place[i] - positions[measured.vertex][i]);
        }
    }
    differences
}

/// A transform's derivatives by the four angles of a finger, side by side.
type ByAngles = [[[f64; 4]; 4]; 3];

/// The Jacobian by hand, column by column. A bone moves with the angles of its own finger alone, so only these are carried, and only
/// their columns are written; they stand side by side, so that the loops over them vectorise. What an angle about the bone's own axis
/// does needs no product.
pub fn by_hand(turn: &[f64; 3], fingers: &[[f64; 4]; FINGERS], hand: &Hand, jacobian: &mut [f64]) {
    jacobian.fill(0.0);
    let rows = 3 * hand.measured.len();
    let angles = bone_angles(fingers);
    let (mut absolutes, mut transforms) = ([[[0.0; 4]; 3]; BONES], [[[0.0; 4]; 3]; BONES]);
    let (mut absolutes_by, mut transforms_by) = ([[[[0.0; 4]; 4]; 3]; BONES], [[[[0.0; 4]; 4]; 3]; BONES]);
    for index in 0..BONES {
        let bone = &hand.bones[index];
        let turn = euler(&angles[index]);
        let relative = rotated(&bone.base, &turn);
        absolutes[index] = bone.parent.map_or(relative, |parent| composed(&absolutes[parent], &relative));
        if let (Some(parent), Some(joint)) = (bone.parent, joint_of(index)) {
            let by = match joint {
                0 => spread_by_hand(&composed(&absolutes[parent], &bone.base), &turn),
                _ => composed_by_hand(&absolutes_by[parent], &relative),
            };
            absolutes_by[index] = bent_by_hand(by, &absolutes[index], if joint == 0 { 0 } else { joint + 1 });
            transforms_by[index] = composed_by_hand(&absolutes_by[index], &bone.unposed);
        }
        transforms[index] = composed(&absolutes[index], &bone.unposed);
    }
    let (turn, turn_by) = rotation_by_hand(&Vector3::from(*turn));
    for (index, measured) in hand.measured.iter().enumerate() {
        let vertex = &hand.skin[measured.vertex];
        let at = skinned(&transforms, vertex);
        for row in 0..3 {
            for (column, turn_by) in turn_by.iter().enumerate() {
                let along = turn_by[(row, 0)] * at[0] + turn_by[(row, 1)] * at[1] + turn_by[(row, 2)] * at[2];
                jacobian[column * rows + 3 * index + row] = -along;
            }
            jacobian[(3 + row) * rows + 3 * index + row] = -1.0;
        }
        for finger in 0..FINGERS {
            let bones = 2 + 4 * finger..5 + 4 * finger;
            if vertex.weights[bones.clone()].iter().any(|weight| *weight != 0.0) {
                let moved = skinned_by_hand(&transforms_by[bones.clone()], &vertex.weights[bones], &vertex.place);
                for row in 0..3 {
                    for angle in 0..4 {
                        let of = |i: usize| turn[(row, i)] * moved[i][angle];
                        jacobian[(6 + 4 * finger + angle) * rows + 3 * index + row] = -(of(0) + of(1) + of(2));
                    }
                }
            }
        }
    }
}

/// Which joint of its finger a bone turns in, of three.
fn joint_of(bone: usize) -> Option<usize> {
    let fingers = 1..1 + 4 * FINGERS;
    fingers.contains(&bone).then(|| (bone - 1) % 4).and_then(|place| place.checked_sub(1))
}

/// By the angle about the z axis, which turns first: `before`, a quarter of a turn, and the rest.
fn spread_by_hand(before: &Transform, turn: &Rotation) -> ByAngles {
    let mut by = [[[0.0; 4]; 4]; 3];
    for i in 0..3 {
        for j in 0..3 {
            by[i][j][1] = before[i][1] * turn[0][j] - before[i][0] * turn[1][j];
        }
    }
    by
}

/// By the angle about the x axis, which turns last: a quarter of a turn after the bone's own transform.
fn bent_by_hand(mut by: ByAngles, absolute: &Transform, angle: usize) -> ByAngles {
    for i in 0..3 {
        by[i][1][angle] = absolute[i][2];
        by[i][2][angle] = -absolute[i][1];
    }
    by
}

fn composed_by_hand(by: &ByAngles, b: &Transform) -> ByAngles {
    let mut c = [[[0.0; 4]; 4]; 3];
    for i in 0..3 {
        for j in 0..4 {
            for angle in 0..4 {
                c[i][j][angle] = by[i][0][angle] * b[0][j] + by[i][1][angle] * b[1][j] + by[i][2][angle] * b[2][j];
            }
        }
        for angle in 0..4 {
            c[i][3][angle] += by[i][3][angle];
        }
    }
    c
}

/// How a point of the skin moves with the four angles of a finger whose bones it follows.
fn skinned_by_hand(transforms_by: &[ByAngles], weights: &[f64], place: &[f64; 3]) -> [[f64; 4]; 3] {
    let mut moved = [[0.0; 4]; 3];
    for (by, &weight) in transforms_by.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
        for i in 0..3 {
            for angle in 0..4 {
                let row = [by[i][0][angle], by[i][1][angle], by[i][2][angle], by[i][3][angle]];
                moved[i][angle] += weight * (row[0] * place[0] + row[1] * place[1] + row[2] * place[2] + row[3]);
            }
        }
    }
    moved
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

/// A pose: the rotation vector, the translation, and the angles of the fingers.
pub type Pose = ([f64; 3], [f64; 3], [[f64; 4]; FINGERS]);

/// A pose away from rest, and a hand with so many points of skin, each of which is measured once.
pub fn input(points: usize) -> (Pose, Hand) {
    let numbers = spread(POSE, 5);
    let angle = |at: usize| numbers[6 + at];
    let fingers = std::array::from_fn(|finger| std::array::from_fn(|at| angle(4 * finger + at)));
    let pose = (std::array::from_fn(|at| numbers[at]), std::array::from_fn(|at| numbers[3 + at]), fingers);
    let mut bones: Vec<Bone> = Vec::new();
    let mut at_rest: Vec<Transform> = Vec::new();
    for index in 0..BONES {
        // the wrist carries the forearm and the fingers
        let parent = match index {
            0 => None,
            _ if index + 1 == BONES || index % 4 == 1 => Some(0),
            _ => Some(index - 1),
        };
        let [x, z, y, along, across, up] = std::array::from_fn(|at| spread(6, 4000 + 6 * index)[at]);
        let turn = euler(&[x, z, y]);
        let offset = [1.0 + along, across, up];
        let base = std::array::from_fn(|i| [turn[i][0], turn[i][1], turn[i][2], offset[i]]);
        let absolute = parent.map_or(base, |parent| composed(&at_rest[parent], &base));
        bones.push(Bone { parent, base, unposed: inverse(&absolute) });
        at_rest.push(absolute);
    }
    let (places, measured) = (spread(3 * points, 100), spread(3 * points, 900));
    let triple = |of: &[f64], at: usize| [of[3 * at], of[3 * at + 1], of[3 * at + 2]];
    let skin = (0..points).map(|index| {
        // a bone, and the two before it
        let mut weights = [0.0; BONES];
        let mut bone = Some(index % BONES);
        for weight in [0.6, 0.3, 0.1] {
            let Some(at) = bone else { break };
            weights[at] = weight;
            bone = bones[at].parent;
        }
        Vertex { place: triple(&places, index), weights }
    });
    let skin: Vec<Vertex> = skin.collect();
    // the other way round
    let measured =
        (0..points).map(|index| Measured { vertex: points - 1 - index, place: triple(&measured, index) }).collect();
    (pose, Hand { bones, skin, measured })
}

fn inverse(transform: &Transform) -> Transform {
    let back = |i: usize| {
        transform[0][i] * transform[0][3] + transform[1][i] * transform[1][3] + transform[2][i] * transform[2][3]
    };
    std::array::from_fn(|i| [transform[0][i], transform[1][i], transform[2][i], -back(i)])
}

/// A hundred points.
pub fn cases() -> Vec<Case> {
    let n = 100;
    let [(x, a), (y, b), (z, c)] = [(); 3].map(|()| input(n));
    let coloring = ColumnColoring::of(residuals::jacobian_pattern(&y.0, &y.1, &y.2, &b));
    let mut jacobian = vec![0.0; 3 * n * POSE];
    vec![Case {
        name: "hand-100".into(),
        primal: repeat(move || {
            let (turn, translation, fingers) = black_box(&x);
            residuals(turn, translation, fingers, &a)[0]
        }),
        generated: repeat(move || {
            let (turn, translation, fingers) = black_box(&y);
            let jacobian = residuals::jacobian_colored(turn, translation, fingers, &b, &coloring);
            jacobian.map_or(f64::NAN, |jacobian| jacobian.values()[0])
        }),
        by_hand: repeat(move || {
            let (turn, _, fingers) = black_box(&z);
            by_hand(turn, fingers, &c, black_box(&mut jacobian));
            jacobian[0]
        }),
        product: None,
    }]
}
