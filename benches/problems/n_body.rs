//! The energy of bodies that attract each other: Σᵢ ½ mᵢ vᵢ² - Σᵢ<ⱼ mᵢ mⱼ / rᵢⱼ, and the forces.

use super::{Case, repeat};
use chainrule::differentiable;
use std::hint::black_box;

/// The energy; places and velocities have three numbers a body.
#[differentiable(wrt(places, velocities), order = 2)]
pub fn energy(places: &[f64], velocities: &[f64], masses: &[f64]) -> f64 {
    let n = masses.len();
    let mut energy = 0.0;
    for i in 0..n {
        let v = &velocities[3 * i..3 * i + 3];
        energy += 0.5 * masses[i] * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        for j in i + 1..n {
            let dx = places[3 * i] - places[3 * j];
            let dy = places[3 * i + 1] - places[3 * j + 1];
            let dz = places[3 * i + 2] - places[3 * j + 2];
            energy -= masses[i] * masses[j] / (dx * dx + dy * dy + dz * dz).sqrt();
        }
    }
    energy
}

/// The gradient by hand: the force between two bodies is computed with their potential, and that on the first body of a
/// pair stays in registers.
pub fn by_hand(places: &[f64], velocities: &[f64], masses: &[f64], bars: [&mut [f64]; 2]) -> f64 {
    let [places_bar, velocities_bar] = bars;
    places_bar.fill(0.0);
    let n = masses.len();
    let mut energy = 0.0;
    for i in 0..n {
        let v = &velocities[3 * i..3 * i + 3];
        energy += 0.5 * masses[i] * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        velocities_bar[3 * i..3 * i + 3].iter_mut().zip(v).for_each(|(bar, v)| *bar = masses[i] * v);
        let (before, behind) = places_bar.split_at_mut(3 * i + 3);
        let place = &places[3 * i..3 * i + 3];
        let mut force = [0.0; 3];
        let others = places[3 * i + 3..].chunks_exact(3).zip(behind.chunks_exact_mut(3));
        for ((other, other_bar), mass) in others.zip(&masses[i + 1..]) {
            let [dx, dy, dz] = [place[0] - other[0], place[1] - other[1], place[2] - other[2]];
            let squared = dx * dx + dy * dy + dz * dz;
            let potential = masses[i] * mass / squared.sqrt();
            energy -= potential;
            let pull = potential / squared;
            for (axis, d) in [dx, dy, dz].into_iter().enumerate() {
                force[axis] += pull * d;
                other_bar[axis] -= pull * d;
            }
        }
        before[3 * i..].iter_mut().zip(force).for_each(|(bar, force)| *bar += force);
    }
    energy
}

/// Bodies in a cube.
pub fn input(n: usize) -> [Vec<f64>; 3] {
    [super::spread(3 * n, 0), super::spread(3 * n, 700), super::spread(n, 90).iter().map(|m| 1.0 + m).collect()]
}

/// A hundred bodies.
pub fn cases() -> Vec<Case> {
    let n = 100;
    let [[x, v, m], [y, w, o], [z, u, q], [p, s, r]] = [(); 4].map(|()| input(n));
    let directions = [super::spread(3 * n, 300), super::spread(3 * n, 1200)];
    let [mut y_bar, mut w_bar, mut z_bar, mut u_bar] = [(); 4].map(|()| vec![0.0; 3 * n]);
    vec![Case {
        name: "n-body-100".into(),
        primal: repeat(move || energy(black_box(&x), black_box(&v), &m)),
        generated: repeat(move || {
            energy::grad_into(black_box(&y), black_box(&w), &o, (black_box(&mut y_bar), black_box(&mut w_bar)))
        }),
        by_hand: repeat(move || {
            by_hand(black_box(&z), black_box(&u), &q, [black_box(&mut z_bar), black_box(&mut u_bar)])
        }),
        product: Some(repeat(move || {
            energy::hvp(black_box(&p), black_box(&s), &r, (&directions[0], &directions[1])).0[0]
        })),
    }]
}
