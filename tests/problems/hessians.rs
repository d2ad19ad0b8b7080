//! Products with Hessians, by differences of gradients.

use crate::problems::{self, black_scholes, gmm, heat, kalman, mlp, n_body, rosenbrock};

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
