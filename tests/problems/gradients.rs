//! Gradients, by hand and by differences.

use crate::problems::{
    self, black_scholes, bundle, density, gmm, heat, kalman, markov, mlp, n_body, network, process, rosenbrock, sorting,
};
use approx::{assert_relative_eq, relative_eq};
use chainrule::Differentiable;
use chainrule::check::assert_grad;

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
