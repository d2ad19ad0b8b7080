//! The gradients of the benchmark problems: generated, by hand and by differences.

#[path = "../benches/problems/mod.rs"]
mod problems;

use approx::{assert_relative_eq, relative_eq};
use chainrule::check::assert_grad;
use problems::{black_scholes, gmm, mlp, rosenbrock};

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
    let (generated_value, generated) = black_scholes::call_price::value_and_grad(spot, strike, rate, volatility, years);
    assert_eq!(generated_value, value);
    let generated: [f64; 5] = generated.into();
    assert_relative_eq!(generated[..], by_hand[..], max_relative = 1e-11);
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
        let [(_, primal), variants @ ..] = case.variants();
        let primal = primal(1);
        for (variant, run) in variants {
            // the second run finds the buffers of the first
            let values = [run(1), run(1)];
            assert!(
                values.iter().all(|value| relative_eq!(*value, primal, max_relative = 1e-12)),
                "{name}, {variant}: {values:?}"
            );
        }
    }
}
