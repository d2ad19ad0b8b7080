//! What `f::COST` counts of the functions that are called.

use chainrule::{Cost, differentiable};

/// Two products: one for the angle in each output.
#[differentiable(jacobian = cross_country)]
pub fn polar(r: f64, angle: f64) -> (f64, f64) {
    (r * angle.cos(), r * angle.sin())
}

#[differentiable]
fn without_costs(x: f64) -> f64 {
    x * x * x.sin()
}

/// Two calls, whose Jacobians meet in products of their own.
#[differentiable(jacobian = cross_country)]
fn polar_twice(r: f64, angle: f64, k: f64) -> (f64, f64) {
    let once: (f64, f64) = polar(r * k, angle);
    let twice: (f64, f64) = polar(once.0, once.1);
    twice
}

/// The same by hand.
#[differentiable(jacobian = cross_country)]
fn polar_twice_by_hand(r: f64, angle: f64, k: f64) -> (f64, f64) {
    let scaled = r * k;
    let (x, y) = (scaled * angle.cos(), scaled * angle.sin());
    (x * y.cos(), x * y.sin())
}

#[differentiable(jacobian = cross_country)]
fn in_a_loop(x: [f64; 3], angle: f64) -> f64 {
    let mut sum = 0.0;
    for i in 0..3 {
        let p: (f64, f64) = polar(x[i], angle);
        sum += p.0 * p.1;
    }
    sum
}

#[differentiable(jacobian = cross_country)]
fn of_a_callee_without(x: f64, y: f64) -> (f64, f64) {
    let z: f64 = without_costs(x);
    (z * y, z)
}

#[differentiable(jacobian = cross_country)]
fn in_a_branch(r: f64, angle: f64) -> (f64, f64) {
    if angle > 0.0 {
        let p: (f64, f64) = polar(r, angle);
        p
    } else {
        (r, angle)
    }
}

/// Calls itself, with an elimination of its own.
#[differentiable(jacobian = cross_country)]
fn power(x: f64, #[no_diff] n: usize) -> f64 {
    if n == 0 {
        1.0
    } else {
        let less: f64 = power(x, n - 1);
        x * less
    }
}

/// The costs of `polar`, so many times.
fn of_polar(count: usize) -> Cost {
    let Cost { forward, reverse, markowitz, chosen } = polar::COST;
    Cost { forward: count * forward, reverse: count * reverse, markowitz: count * markowitz, chosen: count * chosen }
}

#[test]
fn callees_are_counted_as_often_as_they_are_called() {
    assert_eq!(polar::COST, Cost { forward: 2, reverse: 2, markowitz: 2, chosen: 2 });
    let Cost { chosen, .. } = polar_twice::COST;
    assert!(chosen > of_polar(2).chosen, "{chosen}");
    assert!(in_a_loop::COST.chosen >= of_polar(3).chosen + 3 && in_a_loop::COST.forward >= of_polar(3).forward + 3);
    assert!(polar_twice::COST_PUBLISHED.chosen > 2 * polar::COST_PUBLISHED.chosen);
    // a callee without an elimination, and one in a branch, add nothing
    assert_eq!(of_a_callee_without::COST.chosen, 1);
    assert_eq!(in_a_branch::COST.chosen, 0);
}

#[test]
fn calls_do_not_change_the_jacobian() {
    let difference = polar_twice::jacobian(0.7, 0.4, 1.1) - polar_twice_by_hand::jacobian(0.7, 0.4, 1.1);
    assert!(difference.norm() < 1e-15, "{difference}");
    assert_eq!(power::jacobian(2.0, 5)[(0, 0)], 80.0);
    assert_eq!(in_a_branch::jacobian(0.7, -0.4)[(0, 0)], 1.0);
}
