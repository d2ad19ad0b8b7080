//! The price of a European call (Black & Scholes, 1973) and its five sensitivities.

use super::{Case, repeat};
use chainrule::differentiable;
use std::f64::consts::{FRAC_1_SQRT_2, PI};
use std::hint::black_box;

/// Coefficients of Hart's rational approximation, from the highest power down.
const NUMERATOR: [f64; 7] = [
    3.526_249_659_989_11e-2,
    0.700_383_064_443_688,
    6.373_962_203_531_65,
    33.912_866_078_383,
    112.079_291_497_871,
    221.213_596_169_931,
    220.206_867_912_376,
];
const DENOMINATOR: [f64; 8] = [
    8.838_834_764_831_84e-2,
    1.755_667_163_182_64,
    16.064_177_579_207,
    86.780_732_202_946_1,
    296.564_248_779_674,
    637.333_633_378_831,
    793.826_512_519_948,
    440.413_735_824_752,
];

/// The standard normal distribution function for |x| < 7, to about 1e-15 (Hart, 1968; West, Better approximations to
/// cumulative normal functions, 2005).
#[differentiable(order = 2)]
pub fn normal_cdf(x: f64) -> f64 {
    let a = x.abs();
    let mut numerator: f64 = NUMERATOR[0];
    for i in 1..7 {
        numerator = numerator * a + NUMERATOR[i];
    }
    let mut denominator: f64 = DENOMINATOR[0];
    for i in 1..8 {
        denominator = denominator * a + DENOMINATOR[i];
    }
    let tail = (-0.5 * a * a).exp() * numerator / denominator;
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// The price of a call: spot, strike, rate per year, volatility per square root of a year, years to expiry.
#[differentiable(order = 2)]
pub fn call_price(spot: f64, strike: f64, rate: f64, volatility: f64, years: f64) -> f64 {
    let deviation = volatility * years.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility * volatility) * years) / deviation;
    let d2 = d1 - deviation;
    spot * normal_cdf(d1) - strike * (-rate * years).exp() * normal_cdf(d2)
}

/// The same distribution function with a rule: its derivative is the density, which no rational approximation tells.
#[differentiable(custom_vjp = distribution_vjp)]
pub fn distribution(x: f64) -> f64 {
    normal_cdf(x)
}

/// The value and its pullback. The exponential is the one that the value contains.
fn distribution_vjp(x: f64) -> (f64, impl Fn(f64) -> f64) {
    let density = density(x.abs());
    (normal_cdf(x), move |result_bar| result_bar * density)
}

/// exp(-a²/2) / √(2π).
fn density(a: f64) -> f64 {
    (-0.5 * a * a).exp() * (FRAC_1_SQRT_2 / PI.sqrt())
}

/// [`call_price`] in terms of the function that has a rule.
#[differentiable]
pub fn call_price_by_rule(spot: f64, strike: f64, rate: f64, volatility: f64, years: f64) -> f64 {
    let deviation = volatility * years.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility * volatility) * years) / deviation;
    let d2 = d1 - deviation;
    spot * distribution(d1) - strike * (-rate * years).exp() * distribution(d2)
}

/// The price and the textbook's sensitivities, in the order of the parameters.
pub fn by_hand(spot: f64, strike: f64, rate: f64, volatility: f64, years: f64) -> (f64, [f64; 5]) {
    let root = years.sqrt();
    let deviation = volatility * root;
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility * volatility) * years) / deviation;
    let (inside, exercised) = (normal_cdf(d1), normal_cdf(d1 - deviation));
    let density = density(d1);
    let discount = (-rate * years).exp();
    let price = spot * inside - strike * discount * exercised;
    let vega = spot * density * root;
    let rho = strike * discount * years * exercised;
    let theta = 0.5 * volatility * vega / years + rate * rho / years;
    (price, [inside, -discount * exercised, rho, vega, theta])
}

/// An option slightly out of the money.
pub const INPUT: [f64; 5] = [100.0, 105.0, 0.03, 0.2, 0.75];

/// One price, without a rule for the distribution function and with one.
pub fn cases() -> Vec<Case> {
    let product = repeat(|| {
        let [spot, strike, rate, volatility, years] = black_box(INPUT);
        let direction = black_box((1.0, -0.5, 0.25, 2.0, -1.5));
        call_price::hvp(spot, strike, rate, volatility, years, direction).0
    });
    vec![
        Case { product: Some(product), ..case("black-scholes", call_price, call_price::value_and_grad) },
        case("black-scholes-by-rule", call_price_by_rule, call_price_by_rule::value_and_grad),
    ]
}

fn case<G: 'static>(
    name: &str,
    price: impl Fn(f64, f64, f64, f64, f64) -> f64 + 'static,
    generated: impl Fn(f64, f64, f64, f64, f64) -> (f64, G) + 'static,
) -> Case {
    Case {
        name: name.into(),
        primal: repeat(move || {
            let [spot, strike, rate, volatility, years] = black_box(INPUT);
            price(spot, strike, rate, volatility, years)
        }),
        generated: repeat(move || {
            let [spot, strike, rate, volatility, years] = black_box(INPUT);
            let (price, gradient) = generated(spot, strike, rate, volatility, years);
            black_box(gradient);
            price
        }),
        by_hand: repeat(|| {
            let [spot, strike, rate, volatility, years] = black_box(INPUT);
            let (price, gradient) = by_hand(spot, strike, rate, volatility, years);
            black_box(gradient);
            price
        }),
        product: None,
    }
}
