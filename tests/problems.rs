//! The gradients of the benchmark problems: generated, by hand and by differences.

#[path = "../benches/problems/mod.rs"]
mod problems;

use approx::{assert_relative_eq, relative_eq};
use chainrule::Differentiable;
use chainrule::check::assert_grad;
use chainrule::sparse::ColumnColoring;
use problems::{
    black_scholes, bundle, density, gmm, hand, heat, kalman, markov, mlp, n_body, network, process, rosenbrock, sorting,
};

#[test]
fn density_has_the_gradient_by_hand() {
    for n in [1, 2, 5, 20] {
        let (a, b) = density::input(n);
        let (mut a_bar, mut b_bar) = (a.clone(), b.clone());
        let value = density::by_hand(&a, &b, &mut a_bar, &mut b_bar);
        let (generated_value, (by_a, by_b)) = density::exponent::value_and_grad(&a, &b);
        assert_relative_eq!(generated_value, value, max_relative = 1e-13);
        assert_relative_eq!(by_a, a_bar, max_relative = 1e-11, epsilon = 1e-13);
        assert_relative_eq!(by_b, b_bar, max_relative = 1e-11, epsilon = 1e-13);
    }
    // without a solution the value is a constant
    let (_, (by_a, by_b)) = density::exponent::value_and_grad(&nalgebra::DMatrix::zeros(3, 3), &density::input(3).1);
    assert!(by_a.iter().chain(&by_b).all(|bar| *bar == 0.0));
}

#[test]
fn rosenbrock_has_the_gradient_by_hand() {
    for n in [2, 10, 100] {
        let x = rosenbrock::input(n);
        let mut by_hand = vec![f64::NAN; n];
        let value = rosenbrock::by_hand(&x, &mut by_hand);
        let (generated_value, generated) = rosenbrock::rosenbrock::value_and_grad(&x);
        assert_eq!(generated_value, value);
        assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-13);
    }
}

#[test]
fn rosenbrock_agrees_with_differences() {
    let x = rosenbrock::input(6);
    assert_grad(|x| rosenbrock::rosenbrock(x), &rosenbrock::rosenbrock::grad(&x), &x);
}

#[test]
fn the_call_price_has_the_textbook_sensitivities() {
    let [spot, strike, rate, volatility, years] = black_scholes::INPUT;
    let (value, by_hand) = black_scholes::by_hand(spot, strike, rate, volatility, years);
    for (generated_value, generated) in [
        black_scholes::call_price::value_and_grad(spot, strike, rate, volatility, years),
        black_scholes::call_price_by_rule::value_and_grad(spot, strike, rate, volatility, years),
    ] {
        assert_eq!(generated_value, value);
        let generated: [f64; 5] = generated.into();
        assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-11);
    }
}

#[test]
fn the_call_price_agrees_with_differences() {
    let price = |x: &[f64; 5]| black_scholes::call_price(x[0], x[1], x[2], x[3], x[4]);
    // in the money and out of it: both sides of the distribution function
    for strike in [80.0, 105.0, 150.0] {
        let x = [100.0, strike, 0.03, 0.2, 0.75];
        let gradient = black_scholes::call_price::grad(x[0], x[1], x[2], x[3], x[4]);
        assert_grad(price, &gradient.into(), &x);
    }
}

#[test]
fn the_normal_distribution_has_its_known_values() {
    for (x, expected) in [(0.0, 0.5), (1.0, 0.841_344_746_068_542_9), (-2.5, 6.209_665_325_776_132e-3)] {
        assert_relative_eq!(black_scholes::normal_cdf(x), expected, max_relative = 1e-13);
    }
}

#[test]
fn the_network_has_the_gradient_by_hand() {
    let (w, examples) = mlp::input();
    let mut by_hand = vec![f64::NAN; mlp::PARAMETERS];
    let value = mlp::by_hand(&w, &examples, &mut by_hand);
    let (generated_value, generated) = mlp::loss::value_and_grad(&w, &examples);
    assert_relative_eq!(generated_value, value, max_relative = 1e-14);
    assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-12);
}

#[test]
fn the_network_agrees_with_differences() {
    let (w, examples) = mlp::input();
    assert_grad(|w| mlp::loss(w, &examples), &mlp::loss::grad(&w, &examples), &w);
}

#[test]
fn the_mixture_has_the_gradient_by_hand() {
    let ([alphas, means, icf], mut data) = gmm::input(4, 3, 20);
    (data.gamma, data.m) = (1.5, 2.0);
    let [mut alphas_bar, mut means_bar, mut icf_bar] = [&alphas, &means, &icf].map(|x| vec![f64::NAN; x.len()]);
    let bars = [&mut alphas_bar[..], &mut means_bar[..], &mut icf_bar[..]];
    let value = gmm::by_hand(&alphas, &means, &icf, &data, bars);
    let (generated_value, generated) =
        gmm::objective::value_and_grad(&alphas, &means, &icf, &data.x, data.gamma, data.m);
    assert_relative_eq!(generated_value, value, max_relative = 1e-13);
    assert_relative_eq!(generated.0[..], alphas_bar[..], max_relative = 1e-11);
    assert_relative_eq!(generated.1[..], means_bar[..], max_relative = 1e-11);
    assert_relative_eq!(generated.2[..], icf_bar[..], max_relative = 1e-11);
}

#[test]
fn the_mixture_agrees_with_differences() {
    let ([alphas, means, icf], data) = gmm::input(3, 4, 10);
    let value = |(alphas, means, icf): &(Vec<f64>, Vec<f64>, Vec<f64>)| {
        gmm::objective(alphas, means, icf, &data.x, data.gamma, data.m)
    };
    let gradient = gmm::objective::grad(&alphas, &means, &icf, &data.x, data.gamma, data.m);
    assert_grad(value, &gradient, &(alphas, means, icf));
}

#[test]
fn the_variants_of_every_timed_case_have_one_value() {
    for mut case in problems::cases() {
        let name = case.name.clone();
        // a Jacobian alone has no value
        let first = if name.starts_with("hand") { &mut case.by_hand } else { &mut case.primal };
        let value = first(1);
        for (variant, run) in case.variants() {
            // the second run finds the buffers of the first
            let values = [run(1), run(1)];
            let expected = match variant {
                "primal" if name.starts_with("hand") => continue,
                "product" => values[0],
                _ => value,
            };
            assert!(
                values.iter().all(|value| relative_eq!(*value, expected, max_relative = 1e-12)),
                "{name}, {variant}: {values:?}"
            );
        }
    }
}

#[test]
fn the_energy_has_the_forces_by_hand() {
    let [places, velocities, masses] = n_body::input(7);
    let [mut forces, mut momenta] = [&places, &velocities].map(|x| vec![f64::NAN; x.len()]);
    let value = n_body::by_hand(&places, &velocities, &masses, [&mut forces, &mut momenta]);
    let (generated_value, generated) = n_body::energy::value_and_grad(&places, &velocities, &masses);
    assert_relative_eq!(generated_value, value, max_relative = 1e-13);
    assert_relative_eq!(generated.0[..], forces[..], max_relative = 1e-11);
    assert_relative_eq!(generated.1[..], momenta[..], max_relative = 1e-13);
    assert_grad(|x| n_body::energy(x, &velocities, &masses), &generated.0, &places);
}

#[test]
fn the_rod_has_the_gradient_by_hand() {
    let (start, rate, measured) = heat::input(12);
    let mut by_hand = vec![f64::NAN; start.len()];
    let value = heat::by_hand(&start, rate, &measured, 30, &mut by_hand);
    let (generated_value, generated) = heat::misfit::value_and_grad(&start, rate, &measured, 30);
    assert_relative_eq!(generated_value, value, max_relative = 1e-13);
    assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-11);
    assert_grad(|x| heat::misfit(x, rate, &measured, 30), &generated, &start);
}

#[test]
fn the_filter_has_the_gradient_by_hand() {
    let ([decay, disturbance, noise], series) = kalman::input(50);
    let (value, by_hand) = kalman::by_hand(decay, disturbance, noise, &series);
    let (generated_value, generated) = kalman::likelihood::value_and_grad(decay, disturbance, noise, &series);
    assert_relative_eq!(generated_value, value, max_relative = 1e-13);
    let generated: [f64; 3] = generated.into();
    assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-10);
    let likelihood = |x: &[f64; 3]| kalman::likelihood(x[0], x[1], x[2], &series);
    assert_grad(likelihood, &generated, &[decay, disturbance, noise]);
}

#[test]
fn the_process_has_the_gradient_by_hand() {
    for n in [1, 2, 12] {
        let (params, at, values) = process::input(n);
        let (value, by_hand) = process::by_hand(&params, &at, &values);
        let (generated_value, generated) = process::likelihood::value_and_grad(&params, &at, &values);
        assert_relative_eq!(generated_value, value, max_relative = 1e-12);
        assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-9, epsilon = 1e-11);
        assert_grad(|x| process::likelihood(x, &at, &values), &generated, &params);
    }
}

#[test]
fn the_hidden_states_have_the_gradient_by_hand() {
    for (states, kinds, length) in [(1, 2, 3), (3, 4, 20)] {
        let (transitions, emissions, symbols) = markov::input(states, kinds, length);
        let (mut a_bar, mut b_bar) = (transitions.clone(), emissions.clone());
        let value = markov::by_hand([&transitions, &emissions], states, &symbols, [&mut a_bar, &mut b_bar]);
        let (generated_value, (by_a, by_b)) =
            markov::likelihood::value_and_grad(&transitions, &emissions, states, &symbols);
        assert_relative_eq!(generated_value, value, max_relative = 1e-12);
        assert_relative_eq!(by_a[..], a_bar[..], max_relative = 1e-10);
        assert_relative_eq!(by_b[..], b_bar[..], max_relative = 1e-10);
        assert_grad(|x| markov::likelihood(x, &emissions, states, &symbols), &by_a, &transitions);
    }
}

#[test]
fn the_order_statistics_have_the_gradient_by_hand() {
    let [x, weights] = sorting::input(37);
    let mut by_hand = vec![f64::NAN; x.len()];
    let value = sorting::by_hand(&x, &weights, &mut by_hand);
    let (generated_value, generated) = sorting::weighted_order::value_and_grad(&x, &weights);
    assert_relative_eq!(generated_value, value, max_relative = 1e-13);
    assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-13);
    assert_grad(|x| sorting::weighted_order(x, &weights), &generated, &x);
}

#[test]
fn the_observation_has_the_block_by_hand() {
    for (mut camera, point, weight, feature) in bundle::input(5) {
        let (error, by_hand) = bundle::by_hand(&camera, &point, weight, &feature);
        let (generated_error, generated) = bundle::generated(&camera, &point, weight, &feature);
        for row in 0..2 {
            assert_relative_eq!(generated_error[row], error[row], max_relative = 1e-12, epsilon = 1e-14);
            assert_relative_eq!(generated[row][..], by_hand[row][..], max_relative = 1e-9, epsilon = 1e-12);
        }
        let first = |x: &[f64; 11]| bundle::reprojection(x, &point, weight, &feature)[0];
        let mut gradient = [0.0; 11];
        gradient.copy_from_slice(&generated[0][..11]);
        assert_grad(first, &gradient, &camera);
        // without a rotation
        camera[..3].fill(0.0);
        let (_, by_hand) = bundle::by_hand(&camera, &point, weight, &feature);
        let (_, generated) = bundle::generated(&camera, &point, weight, &feature);
        assert_relative_eq!(generated[1][3..], by_hand[1][3..], max_relative = 1e-9, epsilon = 1e-12);
    }
}

/// The tasks whose counts are published, each in the three ways to its Jacobian.
mod eliminated {
    use super::problems::jacobians::{arm, human_heart_dipole, propane_combustion, reprojection, roe_flux_1d};
    use super::problems::spread;
    use chainrule::Cost;
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
                std::array::from_fn(|i| {
                    *camera_bar.iter().chain(&point_bar).chain([&weight_bar]).nth(i).expect("of 15")
                })
            },
        );
    }

    #[test]
    fn kinematics() {
        let q = [0.3, -1.2, 0.8, 0.5, -0.7, 2.0];
        let (_, pullback) = arm::vjp(q);
        check(&arm::jacobian(q), |t| arm::jvp(q, t).1, pullback);
    }
}

#[test]
fn the_network_of_matrices_has_the_gradient_by_hand() {
    let (model, x, labels) = network::input();
    let mut by_hand = model.zero_tangent();
    let value = network::by_hand(&model, &x, &labels, &mut by_hand);
    let (generated_value, generated) = network::batch_loss::value_and_grad(&model, &x, &labels);
    assert_relative_eq!(generated_value, value, max_relative = 1e-13);
    for (generated, by_hand) in generated.layers.iter().zip(&by_hand.layers) {
        assert_relative_eq!(generated.weights, by_hand.weights, max_relative = 1e-11, epsilon = 1e-14);
        assert_relative_eq!(generated.bias, by_hand.bias, max_relative = 1e-11, epsilon = 1e-14);
    }
}

/// The product of a Hessian with a direction, against the difference of two gradients along it.
fn assert_product(name: &str, product: &[f64], gradient: impl Fn(f64) -> Vec<f64>) {
    let step = 1e-6;
    let (above, below) = (gradient(step), gradient(-step));
    for (index, product) in product.iter().enumerate() {
        let difference = (above[index] - below[index]) / (2.0 * step);
        assert!(
            (product - difference).abs() < 1e-6 * (1.0 + difference.abs()),
            "{name}, {index}: {product} {difference}"
        );
    }
}

#[test]
fn products_with_hessians_agree_with_differences_of_gradients() {
    let along = |x: &[f64], v: &[f64], step: f64| -> Vec<f64> { x.iter().zip(v).map(|(x, v)| x + step * v).collect() };

    let (x, v) = (rosenbrock::input(10), problems::spread(10, 40));
    let product = rosenbrock::rosenbrock::hvp(&x, &v);
    assert_product("Rosenbrock", &product, |step| rosenbrock::rosenbrock::grad(&along(&x, &v, step)));

    let (x, v) = (black_scholes::INPUT, [1.0, -0.5, 0.001, 0.02, -0.03]);
    let product = black_scholes::call_price::hvp(x[0], x[1], x[2], x[3], x[4], v.into());
    assert_product("Black-Scholes", &<[f64; 5]>::from(product), |step| {
        let x = along(&x, &v, step);
        <[f64; 5]>::from(black_scholes::call_price::grad(x[0], x[1], x[2], x[3], x[4])).to_vec()
    });

    let (w, examples) = mlp::input();
    let v = problems::spread(w.len(), 500);
    assert_product("network", &mlp::loss::hvp(&w, &examples, &v), |step| {
        mlp::loss::grad(&along(&w, &v, step), &examples)
    });

    let (x, series) = kalman::input(50);
    let v = [1.0, -0.5, 0.25];
    let product = kalman::likelihood::hvp(x[0], x[1], x[2], &series, v.into());
    assert_product("Kalman", &<[f64; 3]>::from(product), |step| {
        let x = along(&x, &v, step);
        <[f64; 3]>::from(kalman::likelihood::grad(x[0], x[1], x[2], &series)).to_vec()
    });

    let (start, rate, measured) = heat::input(8);
    let v = problems::spread(8, 600);
    let product = heat::misfit::hvp(&start, rate, &measured, 30, &v);
    assert_product("heat", &product, |step| heat::misfit::grad(&along(&start, &v, step), rate, &measured, 30));

    let ([alphas, means, icf], data) = gmm::input(3, 4, 10);
    let v = [&alphas, &means, &icf].map(|x| problems::spread(x.len(), 700));
    let (by_alphas, by_means, by_icf) =
        gmm::objective::hvp(&alphas, &means, &icf, &data.x, data.gamma, data.m, (&v[0], &v[1], &v[2]));
    assert_product("mixture", &[by_alphas, by_means, by_icf].concat(), |step| {
        let [alphas, means, icf] = [(&alphas, &v[0]), (&means, &v[1]), (&icf, &v[2])].map(|(x, v)| along(x, v, step));
        let (a, b, c) = gmm::objective::grad(&alphas, &means, &icf, &data.x, data.gamma, data.m);
        [a, b, c].concat()
    });

    let [places, velocities, masses] = n_body::input(4);
    let [v, w] = [problems::spread(12, 300), problems::spread(12, 1200)];
    let (product, _) = n_body::energy::hvp(&places, &velocities, &masses, (&v, &w));
    assert_product("bodies", &product, |step| {
        n_body::energy::grad(&along(&places, &v, step), &along(&velocities, &w, step), &masses).0
    });
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
