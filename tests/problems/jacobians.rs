//! Jacobians: those of the tasks whose counts are published, each in the three ways, and that of the hand by hand.

use crate::problems::jacobians::{arm, human_heart_dipole, propane_combustion, reprojection, roe_flux_1d};
use crate::problems::{hand, spread};
use approx::assert_relative_eq;
use chainrule::Cost;
use chainrule::sparse::ColumnColoring;
use nalgebra::SMatrix;

/// The columns from `jvp`, the rows from `vjp`.
fn check<const R: usize, const C: usize>(
    eliminated: &SMatrix<f64, R, C>,
    column: impl Fn([f64; C]) -> [f64; R],
    row: impl Fn([f64; R]) -> [f64; C],
) {
    let unit = |at: usize, i: usize| f64::from(u8::from(at == i));
    let scale = eliminated.amax();
    for at in 0..C {
        let column = SMatrix::<f64, R, 1>::from(column(std::array::from_fn(|i| unit(at, i))));
        let error = (eliminated.column(at) - column).amax();
        assert!(error <= 1e-14 * scale, "column {at}: {error:e}");
    }
    for at in 0..R {
        let row = SMatrix::<f64, 1, C>::from_row_slice(&row(std::array::from_fn(|i| unit(at, i))));
        let error = (eliminated.row(at) - row).amax();
        assert!(error <= 1e-14 * scale, "row {at}: {error:e}");
    }
}

#[test]
fn roe_flux() {
    for offset in 0..4 {
        let s = spread(6, 6 * offset);
        // fast enough that the mean speed of sound is real
        let [a, b, c, d, e, f]: [f64; 6] = std::array::from_fn(|i| [1.0, 3.0, 2.0][i % 3] + 0.2 * s[i]);
        let (_, pullback) = roe_flux_1d::vjp(a, b, c, d, e, f);
        check(
            &roe_flux_1d::jacobian(a, b, c, d, e, f),
            |[ta, tb, tc, td, te, tf]| roe_flux_1d::jvp(a, b, c, d, e, f, (ta, tb, tc, td, te, tf)).1.into(),
            |[x, y, z]| pullback((x, y, z)).into(),
        );
    }
    let published = Cost { forward: 620, reverse: 364, markowitz: 407, chosen: 295 };
    assert_eq!(roe_flux_1d::COST_PUBLISHED, published);
    let Cost { forward, reverse, chosen, .. } = roe_flux_1d::COST;
    assert!(forward <= 288 && reverse <= 203 && chosen <= 160, "{:?}", roe_flux_1d::COST);
}

#[test]
fn heart_dipole() {
    let x: [f64; 8] = std::array::from_fn(|i| spread(8, 3)[i]);
    let (_, pullback) = human_heart_dipole::vjp(x);
    check(&human_heart_dipole::jacobian(x), |t| human_heart_dipole::jvp(x, t).1, pullback);
    let published = Cost { forward: 240, reverse: 172, markowitz: 194, chosen: 148 };
    assert_eq!(human_heart_dipole::COST_PUBLISHED, published);
    let Cost { forward, reverse, chosen, .. } = human_heart_dipole::COST;
    assert!(forward <= 48 && reverse <= 52 && chosen <= 48, "{:?}", human_heart_dipole::COST);
}

#[test]
fn propane() {
    let x: [f64; 11] = std::array::from_fn(|i| spread(11, 5)[i] + 1.0);
    let (_, pullback) = propane_combustion::vjp(x);
    check(&propane_combustion::jacobian(x), |t| propane_combustion::jvp(x, t).1, pullback);
    let published = Cost { forward: 151, reverse: 90, markowitz: 111, chosen: 88 };
    assert_eq!(propane_combustion::COST_PUBLISHED, published);
    let Cost { forward, reverse, chosen, .. } = propane_combustion::COST;
    assert!(forward <= 26 && reverse <= 26 && chosen <= 24, "{:?}", propane_combustion::COST);
}

#[test]
fn reprojection_error() {
    let camera = [0.3, -0.2, 0.4, 0.1, -0.3, -4.0, 1.2, 0.02, -0.01, 0.1, -0.05];
    let (point, weight, observed) = ([0.4, -0.6, 0.8], 0.7, [0.1, -0.2]);
    let (_, pullback) = reprojection::vjp(camera, point, weight, observed);
    check(
        &reprojection::jacobian(camera, point, weight, observed),
        |t| {
            let (camera_dot, point_dot) = (std::array::from_fn(|i| t[i]), std::array::from_fn(|i| t[11 + i]));
            reprojection::jvp(camera, point, weight, observed, (camera_dot, point_dot, t[14])).1
        },
        |y| {
            let (camera_bar, point_bar, weight_bar) = pullback(y);
            std::array::from_fn(|i| *camera_bar.iter().chain(&point_bar).chain([&weight_bar]).nth(i).expect("of 15"))
        },
    );
}

#[test]
fn kinematics() {
    let q = [0.3, -1.2, 0.8, 0.5, -0.7, 2.0];
    let (_, pullback) = arm::vjp(q);
    check(&arm::jacobian(q), |t| arm::jvp(q, t).1, pullback);
}

#[test]
fn the_hand_has_the_jacobian_by_hand_in_every_way() {
    let points = 45;
    let ((turn, translation, fingers), model) = hand::input(points);
    let mut by_hand = nalgebra::DMatrix::zeros(3 * points, hand::POSE);
    hand::by_hand(&turn, &fingers, &model, by_hand.as_mut_slice());
    let sparse = hand::residuals::jacobian_sparse(&turn, &translation, &fingers, &model);
    assert_relative_eq!(nalgebra::DMatrix::from(&sparse), by_hand, epsilon = 1e-13);
    let one_by_one = hand::residuals::jacobian(&turn, &translation, &fingers, &model);
    assert_relative_eq!(one_by_one, by_hand, epsilon = 1e-13);
    // the fingers share directions: three for the rotation, one for the translation, four for a finger
    let coloring = ColumnColoring::of(hand::residuals::jacobian_pattern(&turn, &translation, &fingers, &model));
    assert_eq!(coloring.colors(), 8);
}

/// Along each number of the pose.
#[test]
fn the_hand_agrees_with_differences() {
    let points = 45;
    let ((turn, translation, fingers), model) = hand::input(points);
    let mut by_hand = nalgebra::DMatrix::zeros(3 * points, hand::POSE);
    hand::by_hand(&turn, &fingers, &model, by_hand.as_mut_slice());
    let step = 1e-5;
    for column in 0..hand::POSE {
        let moved = |by: f64| {
            let (mut turn, mut translation, mut fingers) = (turn, translation, fingers);
            match column {
                0..3 => turn[column] += by,
                3..6 => translation[column - 3] += by,
                _ => fingers.as_flattened_mut()[column - 6] += by,
            }
            nalgebra::DVector::from_vec(hand::residuals(&turn, &translation, &fingers, &model))
        };
        let slope = (moved(step) - moved(-step)) / (2.0 * step);
        assert_relative_eq!(slope, by_hand.column(column).into_owned(), epsilon = 1e-8);
    }
}
